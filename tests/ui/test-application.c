/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-application.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "benk-background.h"
#include "benk-demo.h"
#include "benk-feeds.h"
#include "benk-settings.h"
#include "benk-window.h"

static guint n_activations;
static guint n_windows;

static void
on_activate (GApplication *application)
{
  /* The second click on the icon comes before the store is open. */
  if (n_activations++ == 0)
    g_application_activate (application);
}

static gboolean
close_all (gpointer user_data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (user_data)) != NULL)
    gtk_window_destroy (windows->data);
  return G_SOURCE_REMOVE;
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  if (!ADW_IS_APPLICATION_WINDOW (window))
    return;
  n_windows++;
  g_idle_add_full (G_PRIORITY_LOW, close_all, application, NULL);
}

/* The application runs until every store that it opens has shown its window. */
static void
test_started_twice (void)
{
  g_autoptr (BenkApplication) application = benk_application_new ();

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), NULL);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_cmpuint (n_activations, ==, 2);
  g_assert_cmpuint (n_windows, ==, 1);
}

/* Who holds an application that is registered and not started; it is let go. */
static guint
count_holders (const char *application_id)
{
  g_autoptr (BenkApplication) application = benk_application_new ();
  g_autoptr (GError) error = NULL;

  g_application_set_application_id (G_APPLICATION (application), application_id);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return G_OBJECT (application)->ref_count;
}

/* What opens a store holds the application meanwhile. */
static void
test_registered_opens_nothing (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "dosebenk", NULL);
  g_autofree char *path = g_build_filename (folder, "dosebenk.db", NULL);
  g_autoptr (GError) error = NULL;
  guint n_holders = count_holders ("no.dosebenk.NoStore");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_holders ("no.dosebenk.Store"), ==, n_holders);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* -- In the background --------------------------------------------------------------- */

typedef struct
{
  GtkApplication *application;
  BenkWindow *window;
  BenkSession *session; /* weak */
  gboolean has_feed;
  guint step;
  guint n_hidden;
  guint n_asked;
} Closing;

static void
on_feed_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = benk_feeds_add_finish (BENK_FEEDS (source), result, &error);

  g_assert_no_error (error);
  ((Closing *) user_data)->has_feed = TRUE;
}

static void
on_main_window (GtkApplication *application, GtkWindow *window, Closing *c)
{
  if (!BENK_IS_WINDOW (window))
    return;
  c->window = BENK_WINDOW (window);
  g_set_weak_pointer (&c->session, benk_window_get_session (c->window));
}

static void
add_feed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Closing *c = user_data;
  const BenkNewFeed feed = { .name = "Nobody",
                             .url = "http://127.0.0.1:9",
                             .token_file = "" };
  g_autoptr (GError) error = NULL;

  benk_session_choose_staff_finish (BENK_SESSION (source), result, &error);
  g_assert_no_error (error);
  benk_feeds_add_async (benk_session_get_feeds (BENK_SESSION (source)), &feed, NULL,
                        on_feed_added, c);
}

/* Who is working may be asked at the same time. */
static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) &&
          g_str_equal (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (window)),
                       "Go On Watching for Alarms?"))
        return window;
    }
  return NULL;
}

static gboolean
has_listed (Closing *c)
{
  BenkSession *session = benk_window_get_session (c->window);

  return g_list_model_get_n_items (
           benk_feeds_get_list (benk_session_get_feeds (session))) > 0;
}

/* Closed it hides; started again it is back; Quit ends it. */
static gboolean
hide_and_quit (gpointer user_data)
{
  Closing *c = user_data;
  gboolean is_seen = c->window && gtk_widget_get_mapped (GTK_WIDGET (c->window));

  if (c->step == 0 && is_seen)
    {
      benk_session_choose_staff_async (benk_window_get_session (c->window), "KA", NULL,
                                       NULL, add_feed, c);
      c->step++;
    }
  else if (c->step == 1 && c->has_feed && has_listed (c))
    {
      gtk_window_close (GTK_WINDOW (c->window));
      g_assert_false (gtk_widget_get_visible (GTK_WIDGET (c->window)));
      c->n_hidden++;
      g_application_activate (G_APPLICATION (c->application));
      c->step++;
    }
  else if (c->step == 2 && is_seen)
    {
      gtk_window_close (GTK_WINDOW (c->window));
      g_assert_false (gtk_widget_get_visible (GTK_WIDGET (c->window)));
      c->n_hidden++;
      g_action_group_activate_action (G_ACTION_GROUP (c->application), "quit", NULL);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* The first time it asks, and does nothing before the answer. */
static gboolean
ask_and_quit (gpointer user_data)
{
  Closing *c = user_data;
  gboolean is_seen = c->window && gtk_widget_get_mapped (GTK_WIDGET (c->window));
  GtkWidget *question = find_question ();

  if (c->step == 0 && is_seen && has_listed (c))
    {
      gtk_window_close (GTK_WINDOW (c->window));
      c->step++;
    }
  else if (c->step == 1 && question)
    {
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (c->window)));
      c->n_asked++;
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "quit");
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* The usual store, and one program for everybody who starts it; until it has let the
 * store go, for only one at a time may watch. */
static void
run_closing (Closing *c, GSourceFunc play)
{
  BenkApplication *application = benk_application_new ();

  g_application_set_application_id (G_APPLICATION (application), "no.dosebenk.Closing");
  c->application = GTK_APPLICATION (application);
  g_signal_connect (application, "window-added", G_CALLBACK (on_main_window), c);
  g_idle_add_full (G_PRIORITY_LOW, play, c, NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_object_unref (application);
  while (c->session)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_background (void)
{
  g_autoptr (GSettings) settings = benk_settings_new ();
  Closing hidden = { 0 };
  Closing asked = { 0 };

  g_assert_nonnull (settings);
  g_settings_set_boolean (settings, BENK_BACKGROUND_KEY, TRUE);
  run_closing (&hidden, hide_and_quit);
  g_assert_cmpuint (hidden.n_hidden, ==, 2);

  g_settings_reset (settings, BENK_BACKGROUND_KEY);
  run_closing (&asked, ask_and_quit);
  g_assert_cmpuint (asked.n_asked, ==, 1);
  g_assert_false (g_settings_get_boolean (settings, BENK_BACKGROUND_KEY));
  g_assert_true (g_settings_get_boolean (settings, BENK_BACKGROUND_ASKED_KEY));
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-ui-XXXXXX", NULL);
  int code;

  g_setenv ("XDG_DATA_HOME", dir, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/application/registered-opens-no-store",
                   test_registered_opens_nothing);
  g_test_add_func ("/ui/application/started-twice-opens-one-window", test_started_twice);
  g_test_add_func ("/ui/application/goes-on-in-the-background", test_background);
  code = g_test_run ();
  benk_demo_remove_folder (dir);
  return code;
}
