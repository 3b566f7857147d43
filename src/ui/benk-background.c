/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-background.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-autostart.h"
#include "benk-feeds.h"
#include "benk-settings.h"

/**
 * benk_background_choose:
 * @session: the open session
 *
 * There is something to watch only where this program asks a source.
 *
 * Returns: what becomes of the program when its window is closed
 */
BenkBackground
benk_background_choose (BenkSession *session)
{
  GListModel *feeds = benk_feeds_get_list (benk_session_get_feeds (session));
  g_autoptr (GSettings) settings = benk_settings_new ();

  if (!settings || benk_session_is_demo (session) || !benk_session_is_engine (session) ||
      g_list_model_get_n_items (feeds) == 0)
    return BENK_BACKGROUND_END;
  if (g_settings_get_boolean (settings, BENK_BACKGROUND_KEY))
    return BENK_BACKGROUND_GO_ON;
  return g_settings_get_boolean (settings, BENK_BACKGROUND_ASKED_KEY)
           ? BENK_BACKGROUND_END
           : BENK_BACKGROUND_ASK;
}

static void
on_permitted (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean is_on;

  /* There is no window left to say it in. */
  if (!benk_autostart_set_finish (BENK_AUTOSTART (source), result, &is_on, &error))
    g_warning ("The desktop may end the program without a window: %s", error->message);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer unused)
{
  BenkAutostart *autostart = BENK_AUTOSTART (source);
  g_autoptr (GError) error = NULL;
  gboolean is_on = FALSE;

  if (benk_autostart_look_finish (autostart, result, &is_on, &error))
    benk_autostart_set_async (autostart, is_on, NULL, on_permitted, NULL);
}

/* A sandboxed program may go on without a window only where the desktop was asked. */
static void
ask_permission (void)
{
  g_autoptr (BenkAutostart) autostart = benk_autostart_new ();

  if (benk_autostart_is_sandboxed (autostart))
    benk_autostart_look_async (autostart, NULL, on_looked, NULL);
}

static gboolean
close_window (gpointer window)
{
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

/* The question has to be gone first: it ends with its window. */
static void
on_response (GtkWindow *window, const char *response)
{
  g_autoptr (GSettings) settings = benk_settings_new ();
  gboolean go_on = g_str_equal (response, "watch");

  if (!settings || (!go_on && !g_str_equal (response, "quit")))
    return;
  g_settings_set_boolean (settings, BENK_BACKGROUND_KEY, go_on);
  g_settings_set_boolean (settings, BENK_BACKGROUND_ASKED_KEY, TRUE);
  if (go_on)
    ask_permission ();
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_window, g_object_ref (window),
                   g_object_unref);
}

/**
 * benk_background_ask:
 * @window: the main window
 *
 * Asks, the first time, what closing the window is to mean, and closes it accordingly.
 */
void
benk_background_ask (GtkWindow *window)
{
  GtkWidget *dialog = adw_message_dialog_new (
    window, _ ("Go On Watching for Alarms?"),
    _ ("Dosebenk goes on watching in the background, and shows alarms on the desktop. To "
       "end it, choose Quit in the menu or press Ctrl+Q. This can be changed in "
       "Preferences."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "quit", _ ("_Quit"), "watch", _ ("_Go On Watching"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "watch",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "watch");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
