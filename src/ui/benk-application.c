/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "benk-application.h"

#include <glib/gi18n.h>

#include "benk-alarms.h"
#include "benk-background.h"
#include "benk-demo.h"
#include "benk-failure-window.h"
#include "benk-feeds.h"
#include "benk-inventory.h"
#include "benk-notifier.h"
#include "benk-ui-resources.h"
#include "benk-visit-reminder.h"
#include "benk-window.h"

struct _BenkApplication
{
  AdwApplication parent_instance;

  BenkClock *clock;
  BenkSession *session;
  BenkNotifier *notifier;
  char *store_path;
  gboolean demo;
  char *demo_folder;
  char *visit;
  BenkDemo *surroundings;
  gboolean exit_after_startup;
  gboolean hidden;   /* the window waits until somebody wants it */
  gboolean quitting; /* the window is closed for good */
  gboolean started;  /* by a person, and not only registered */
  gboolean opening;
  gboolean failed;
};

G_DEFINE_FINAL_TYPE (BenkApplication, benk_application, ADW_TYPE_APPLICATION)

/* Whoever starts it only to see whether it starts is not there to close a window. */
static void
show_failure (BenkApplication *self, const GError *error)
{
  self->failed = TRUE;
  if (self->exit_after_startup)
    g_printerr ("%s\n", error->message);
  else
    benk_failure_window_show (GTK_APPLICATION (self), error);
}

static gboolean
quit_when_idle (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
  return G_SOURCE_REMOVE;
}

static GtkWindow *
find_main_window (BenkApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link;
       link = link->next)
    if (BENK_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

static void
tell_error (BenkApplication *self, const GError *error)
{
  GtkWindow *window = find_main_window (self);

  if (window)
    benk_window_tell_error (BENK_WINDOW (window), error);
}

/* (transfer none) (nullable): the window in front, where a person who pressed a bubble
 * looks for it */
static GtkWidget *
bring_to_front (BenkApplication *self)
{
  GtkWindow *window = find_main_window (self);
  const char *token = benk_notifier_get_activation_token (self->notifier);

  if (!window)
    return NULL;
  if (token)
    gtk_window_set_startup_id (window, token);
  gtk_window_present (window);
  return GTK_WIDGET (window);
}

static void
on_show_alarm (BenkApplication *self, const char *id)
{
  GtkWidget *window = bring_to_front (self);

  if (window)
    gtk_widget_activate_action (window, "win.show-alarm", "s", id);
}

static void
on_show_alarms (BenkApplication *self)
{
  GtkWidget *window = bring_to_front (self);

  if (window)
    gtk_widget_activate_action (window, "win.show-page", "s", "alarms");
}

static void
on_show_stock (BenkApplication *self)
{
  GtkWidget *window = bring_to_front (self);

  if (window)
    gtk_widget_activate_action (window, "win.show-stock", NULL);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_take_finish (BENK_ALARMS (source), result, &error))
    tell_error (self, error);
}

static void
on_take_alarm (BenkApplication *self, const char *text)
{
  BenkId id;

  if (!benk_id_parse (text, &id))
    return;
  on_show_alarm (self, text);
  benk_alarms_take_async (benk_session_get_alarms (self->session), &id, NULL, on_taken,
                          g_object_ref (self));
}

/* One process of those that share a store asks the sources and shows bubbles. */
static void
start_engine (BenkApplication *self, BenkWindow *window)
{
  g_autoptr (GError) error = NULL;

  if (!benk_session_is_engine (self->session))
    return;
  self->notifier = benk_notifier_new (self->session);
  g_signal_connect_object (self->notifier, "take", G_CALLBACK (on_take_alarm), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "show", G_CALLBACK (on_show_alarm), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "show-alarms", G_CALLBACK (on_show_alarms),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "show-stock", G_CALLBACK (on_show_stock), self,
                           G_CONNECT_SWAPPED);
  if (!benk_feeds_start (benk_session_get_feeds (self->session), &error))
    benk_window_tell_error (window, error);
}

static void
on_demo_runs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_demo_run_finish (BENK_DEMO (source), result, &error))
    tell_error (self, error);
}

static void
on_demo_staff (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkApplication) self = user_data;
  g_autofree char *folder = g_path_get_dirname (self->store_path);
  g_autoptr (GError) error = NULL;

  if (benk_session_choose_staff_finish (BENK_SESSION (source), result, &error))
    self->surroundings = benk_demo_new (BENK_SESSION (source), folder, &error);
  if (self->surroundings)
    benk_demo_run_async (self->surroundings, NULL, on_demo_runs, g_object_ref (self));
  else
    tell_error (self, error);
}

/* Who tries the program is somebody, so that nothing is greyed out. */
static void
start_demo (BenkApplication *self)
{
  benk_session_choose_staff_async (self->session, "DEMO", NULL, NULL, on_demo_staff,
                                   g_object_ref (self));
}

/* A visit is somebody's: it starts when it is said whose. */
static void
start_visit (BenkApplication *self)
{
  GtkWindow *window = find_main_window (self);
  g_autofree char *visit = NULL;

  if (!window || !self->session || !benk_session_get_staff (self->session))
    return;
  visit = g_steal_pointer (&self->visit);
  if (visit)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.visit", "s", visit);
}

typedef struct
{
  BenkApplication *application;
  guint ticks;
} AfterShown;

static void
after_shown_free (AfterShown *after)
{
  g_object_unref (after->application);
  g_free (after);
}

/* The second tick is that of the second frame: the window is seen first. */
static gboolean
on_shown (GtkWidget *window, GdkFrameClock *frame_clock, gpointer user_data)
{
  AfterShown *after = user_data;
  BenkApplication *self = after->application;

  if (++after->ticks < 2)
    return G_SOURCE_CONTINUE;
  /* What the list of devices needs is read before somebody asks for it. */
  benk_inventory_count_async (benk_session_get_inventory (self->session), NULL, NULL,
                              NULL);
  if (self->exit_after_startup)
    g_idle_add_full (G_PRIORITY_LOW, quit_when_idle, self, NULL);
  else if (!self->demo && !benk_session_get_staff (self->session))
    benk_window_choose_staff (BENK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
watch_shown (BenkApplication *self, BenkWindow *window)
{
  AfterShown *after = g_new0 (AfterShown, 1);

  after->application = g_object_ref (self);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_shown, after,
                                (GDestroyNotify) after_shown_free);
}

/* Another way back to the window is there only where starting the program once more leads
 * to this one. */
static gboolean
on_close_request (BenkApplication *self, GtkWindow *window)
{
  GApplicationFlags flags = g_application_get_flags (G_APPLICATION (self));

  if (self->quitting || (flags & G_APPLICATION_NON_UNIQUE))
    return FALSE;
  switch (benk_background_choose (self->session))
    {
    case BENK_BACKGROUND_GO_ON:
      gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
      return TRUE;
    case BENK_BACKGROUND_ASK:
      benk_background_ask (window);
      return TRUE;
    case BENK_BACKGROUND_END:
    default:
      return FALSE;
    }
}

static void
on_session_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkWindow *window;

  g_application_release (G_APPLICATION (self));
  self->opening = FALSE;
  self->session = benk_session_open_finish (result, &error);
  if (!self->session)
    {
      show_failure (self, error);
      return;
    }
  window = benk_window_new (GTK_APPLICATION (self), self->session);
  g_signal_connect_object (window, "close-request", G_CALLBACK (on_close_request), self,
                           G_CONNECT_SWAPPED);
  if (!self->hidden || !benk_session_is_engine (self->session))
    gtk_window_present (GTK_WINDOW (window));
  start_engine (self, window);
  g_signal_connect_object (self->session, "notify::staff", G_CALLBACK (start_visit), self,
                           G_CONNECT_SWAPPED);
  if (self->visit)
    start_visit (self);
  else
    benk_visit_reminder_offer (window);
  if (self->demo && !self->exit_after_startup)
    start_demo (self);
  watch_shown (self, window);
}

static void
open_session (BenkApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  benk_session_open_async (self->store_path, BENK_SESSION_ENGINE, self->clock, NULL,
                           on_session_open, g_object_ref (self));
}

static void
on_store_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_session_create_store_finish (result, &error))
    {
      open_session (self);
    }
  else
    {
      self->opening = FALSE;
      show_failure (self, error);
    }
  g_application_release (G_APPLICATION (self));
}

static void
on_demo_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  self->demo_folder = benk_demo_make_folder_finish (result, &error);
  if (self->demo_folder)
    {
      self->store_path = g_build_filename (self->demo_folder, "demo.db", NULL);
      g_application_activate (G_APPLICATION (self));
    }
  else
    show_failure (self, error);
  g_application_release (G_APPLICATION (self));
}

/* Whether there is a store to be opened; opens it. */
static gboolean
open_existing (BenkApplication *self)
{
  if (!self->store_path)
    self->store_path =
      g_build_filename (g_get_user_data_dir (), "dosebenk", "dosebenk.db", NULL);
  if (!g_file_test (self->store_path, G_FILE_TEST_EXISTS))
    return FALSE;
  self->opening = TRUE;
  open_session (self);
  return TRUE;
}

static void
benk_application_activate (GApplication *application)
{
  BenkApplication *self = BENK_APPLICATION (application);
  GtkWindow *window = find_main_window (self);

  if (!window)
    window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (window)
    {
      gtk_window_present (window);
      return;
    }
  /* Begun at the start, or started once more meanwhile: its window comes. */
  if (self->opening)
    return;
  self->opening = self->demo && !self->store_path;
  if (!self->opening && open_existing (self))
    return;
  g_application_hold (application);
  if (self->opening)
    {
      benk_demo_make_folder_async (NULL, on_demo_folder, g_object_ref (self));
      return;
    }
  self->opening = TRUE;
  benk_session_create_store_async (self->store_path, self->demo, self->clock, NULL,
                                   on_store_created, g_object_ref (self));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BenkApplication *self = BENK_APPLICATION (user_data);
  GtkWindow *window = find_main_window (self);

  if (!window)
    {
      g_application_quit (G_APPLICATION (self));
      return;
    }
  if (!gtk_widget_get_visible (GTK_WIDGET (window)) &&
      !benk_window_is_working (BENK_WINDOW (window)))
    {
      gtk_window_destroy (window);
      return;
    }
  /* The window knows what must not be left, and asks. */
  gtk_window_present (window);
  self->quitting = TRUE;
  gtk_window_close (window);
  self->quitting = FALSE;
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_show_uri (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                "help:dosebenk", GDK_CURRENT_TIME);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (
    gtk_application_get_active_window (GTK_APPLICATION (user_data)), "application-name",
    "Dosebenk", "application-icon", BENK_APP_ID, "version", BENK_VERSION, "license-type",
    GTK_LICENSE_GPL_3_0, "developer-name", _ ("The Dosebenk project"), "comments",
    _ ("Not the alarm receiver: the makers’ own chain must run without it. Not a medical "
       "device. Not a patient record."),
    NULL);
}

static void
benk_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_action },
    { .name = "help", .activate = help_action },
    { .name = "about", .activate = about_action },
  };
  GtkCssProvider *css = gtk_css_provider_new ();
  BenkApplication *self = BENK_APPLICATION (application);

  /* A thread reads the store while GTK makes ready to draw. */
  if (self->started && !self->demo)
    open_existing (self);
  /* With one, the icon theme is read twice before the first frame: see benk-icon.c. */
  g_application_set_resource_base_path (application, NULL);
  /* A static library loses a resource that nothing names. */
  g_resources_register (benk_ui_get_resource ());
  G_APPLICATION_CLASS (benk_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries,
                                   G_N_ELEMENTS (entries), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.help",
                                         (const char *[]){ "F1", NULL });
  gtk_css_provider_load_from_resource (css, "/no/dosebenk/Dosebenk/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (css);
}

/* Ends the program that runs; does nothing where none does. */
static int
quit_running (GApplication *application)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (!g_application_get_is_remote (application))
    return 0;
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_dbus_connection_flush_sync (g_application_get_dbus_connection (application), NULL,
                                NULL);
  return 0;
}

static int
benk_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  BenkApplication *self = BENK_APPLICATION (application);

  if (g_variant_dict_contains (options, "quit"))
    return quit_running (application);
  self->started = TRUE;
  g_variant_dict_lookup (options, "store", "^ay", &self->store_path);
  g_variant_dict_lookup (options, "demo", "b", &self->demo);
  g_variant_dict_lookup (options, "visit", "s", &self->visit);
  /* Only the usual store has one window for everybody who starts the program. */
  if (self->store_path || self->demo)
    g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_variant_dict_lookup (options, "background", "b", &self->hidden);
  g_variant_dict_lookup (options, "exit-after-startup", "b", &self->exit_after_startup);
  return -1;
}

static void
benk_application_shutdown (GApplication *application)
{
  BenkApplication *self = BENK_APPLICATION (application);

  if (self->session)
    benk_feeds_stop (benk_session_get_feeds (self->session));
  g_clear_object (&self->surroundings);
  if (self->notifier)
    benk_notifier_end (self->notifier);
  g_clear_object (&self->notifier);
  G_APPLICATION_CLASS (benk_application_parent_class)->shutdown (application);
  g_clear_object (&self->session);
}

static void
benk_application_finalize (GObject *object)
{
  BenkApplication *self = BENK_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  /* A fresh demo is made each time. The windows are gone: nobody waits. */
  if (self->demo_folder)
    benk_demo_remove_folder (self->demo_folder);
  g_clear_pointer (&self->demo_folder, g_free);
  g_clear_pointer (&self->store_path, g_free);
  g_clear_pointer (&self->visit, g_free);
  G_OBJECT_CLASS (benk_application_parent_class)->finalize (object);
}

static void
benk_application_class_init (BenkApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = benk_application_finalize;
  application_class->startup = benk_application_startup;
  application_class->shutdown = benk_application_shutdown;
  application_class->activate = benk_application_activate;
  application_class->handle_local_options = benk_application_handle_local_options;
}

static void
benk_application_init (BenkApplication *self)
{
  static const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open this store"), N_ ("PATH") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Open a fresh demo store with simulated dispensers and alarms"), NULL },
    { "visit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Start the home visit of a device"),
      N_ ("SERIAL") },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Watch for alarms without showing the window"), NULL },
    { "quit", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("End the Dosebenk that is running"),
      NULL },
    { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL,
      NULL },
    { NULL },
  };

  self->clock = benk_system_clock_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/**
 * benk_application_new:
 *
 * Returns: (transfer full): the desktop application
 */
BenkApplication *
benk_application_new (void)
{
  return g_object_new (BENK_TYPE_APPLICATION, "application-id", BENK_APP_ID, "flags",
                       G_APPLICATION_DEFAULT_FLAGS, NULL);
}

/**
 * benk_application_has_failed:
 * @self: the application
 *
 * Returns: whether the store could not be opened
 */
gboolean
benk_application_has_failed (BenkApplication *self)
{
  g_return_val_if_fail (BENK_IS_APPLICATION (self), FALSE);

  return self->failed;
}
