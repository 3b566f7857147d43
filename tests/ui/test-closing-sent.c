/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-alarm-details.h"
#include "benk-close-alarm-dialog.h"
#include "benk-closed-dialog.h"
#include "benk-feeds.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-virtual-hub.h"

/* What a person sees of a closing that goes to a source, where the source has its own
 * will. */

#define SERIAL "MD0000001"
#define TOKEN "very-secret-token"
#define NOTE "Rullen satt fast"

typedef struct
{
  BenkStage stage;
  BenkVirtualHub *hub;
  char *remote;
  BenkAlarm *alarm;
} Fixture;

static void
add_feed (Fixture *f)
{
  BenkFeeds *feeds = benk_session_get_feeds (f->stage.session);
  g_autofree char *path = g_build_filename (f->stage.dir, "token", NULL);
  const BenkNewFeed new = { .name = "Hub",
                            .url = benk_virtual_hub_get_url (f->hub),
                            .token_file = path };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, TOKEN, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            &error);
  g_assert_no_error (error);
  benk_feeds_add_async (feeds, &new, NULL, benk_stage_keep, &result);
  feed = benk_feeds_add_finish (feeds, benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

static void
ask_source (Fixture *f)
{
  BenkFeeds *feeds = benk_session_get_feeds (f->stage.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_feeds_sync_async (feeds, NULL, benk_stage_keep, &result);
  benk_feeds_sync_finish (feeds, benk_stage_await (&result), NULL, NULL, &error);
  g_assert_no_error (error);
}

static BenkAlarms *
get_alarms (Fixture *f)
{
  return benk_session_get_alarms (f->stage.session);
}

static gboolean
has_one (gpointer alarms)
{
  return benk_alarms_get_n_open (alarms) == 1;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  const BenkNewDevice device = {
    "medido", SERIAL, NULL, "D-037", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };
  const BenkVirtualAlarm alarm = { .serial = SERIAL,
                                   .device_name = "Medisindispenser",
                                   .code = "1.8",
                                   .text = "Rull sitter fast",
                                   .patient_number = "13116900216",
                                   .patient_name = "Line Danser" };
  g_autoptr (GError) error = NULL;

  benk_keys_set_up (&f->stage, &device, 1);
  benk_stage_choose_staff (&f->stage, "KA", "Kari Aas");
  f->hub = benk_virtual_hub_new (f->stage.clock, TOKEN);
  g_assert_true (benk_virtual_hub_start (f->hub, &error));
  add_feed (f);
  f->remote = benk_virtual_hub_raise (f->hub, &alarm);
  ask_source (f);
  g_assert_true (benk_shot_wait (has_one, get_alarms (f), 10));
  f->alarm = g_list_model_get_item (benk_alarms_get_queue (get_alarms (f)), 0);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  benk_feeds_stop (benk_session_get_feeds (f->stage.session));
  benk_virtual_hub_stop (f->hub);
  g_clear_object (&f->hub);
  g_clear_object (&f->alarm);
  g_clear_pointer (&f->remote, g_free);
  benk_stage_tear_down (&f->stage);
}

static void
press (gpointer from, const char *label)
{
  GtkWidget *button = benk_find_button (GTK_WIDGET (from), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_gone (gpointer window)
{
  return !gtk_widget_get_visible (window);
}

/* Returns: (transfer full): the filled dialog. */
static GtkWidget *
open_dialog (Fixture *f)
{
  GtkWidget *dialog = benk_close_alarm_dialog_new (GTK_WINDOW (f->stage.window),
                                                   f->stage.session, f->alarm);

  gtk_window_present (GTK_WINDOW (dialog));
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "cause_row")),
                              1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "action_row")),
                              1);
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "note_row")), NOTE);
  return g_object_ref (dialog);
}

static const char *
get_text (gpointer dialog, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (benk_stage_get_child (dialog, id)));
}

/* Returns: (transfer full): the dialog after somebody was quicker. */
static GtkWidget *
lose (Fixture *f)
{
  GtkWidget *dialog = open_dialog (f);

  g_assert_true (
    benk_virtual_hub_close_elsewhere (f->hub, f->remote, "Ansvarsvakt", NULL));
  press (dialog, "_Close Alarm");
  g_assert_true (
    benk_shot_wait (is_shown, benk_stage_get_child (dialog, "conflict_box"), 10));
  return dialog;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(char **) slot = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer slot)
{
  return *(char **) slot != NULL;
}

static void
test_who_was_first (Fixture *f, gconstpointer unused)
{
  g_autoptr (GtkWidget) dialog = lose (f);
  g_autofree char *copied = NULL;

  g_assert_nonnull (strstr (get_text (dialog, "problem"), "Ansvarsvakt"));
  g_assert_cmpstr (gtk_editable_get_text (
                     GTK_EDITABLE (benk_stage_get_child (dialog, "note_row"))),
                   ==, NOTE);
  g_assert_false (
    gtk_widget_is_sensitive (benk_stage_get_child (dialog, "close_button")));
  press (dialog, "_Copy What I Wrote");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (dialog), NULL, on_read,
                                 &copied);
  g_assert_true (benk_shot_wait (is_set, &copied, 10));
  g_assert_nonnull (strstr (copied, NOTE));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_sent_all_the_same (Fixture *f, gconstpointer unused)
{
  g_autoptr (GtkWidget) dialog = lose (f);
  g_autofree char *document = NULL;

  press (dialog, "_Send My Document All the Same");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  document = benk_virtual_hub_dup_document (f->hub, 0);
  g_assert_nonnull (strstr (document, NOTE));
}

/* Returns: (transfer full): the alarms that are closed, with the first one opened. */
static GtkWidget *
open_closed (Fixture *f)
{
  GtkWidget *dialog =
    benk_closed_dialog_new (GTK_WINDOW (f->stage.window), f->stage.session);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_find_wait_text (dialog, "Roll jammed · ");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (
                                   benk_find_typed (dialog, ADW_TYPE_EXPANDER_ROW)),
                                 TRUE);
  return g_object_ref (dialog);
}

static void
close_alarm (Fixture *f)
{
  g_autoptr (GtkWidget) dialog = open_dialog (f);

  press (dialog, "_Close Alarm");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
}

static gboolean
may_not_try (gpointer dialog)
{
  return benk_find_button (dialog, "_Try Again") == NULL;
}

static void
test_try_again (Fixture *f, gconstpointer unused)
{
  g_autoptr (GtkWidget) dialog = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "422:POST@1", NULL));
  close_alarm (f);
  benk_virtual_hub_clear_faults (f->hub);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 0);
  dialog = open_closed (f);
  benk_find_wait_text (dialog, "Refused, not with Hub");
  press (dialog, "_Try Again");
  g_assert_true (benk_shot_wait (may_not_try, dialog, 10));
  g_assert_null (benk_find_text (dialog, "Refused, not with Hub"));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
close_unseen (Fixture *f)
{
  const BenkAlarmClosing closing = { .cause = "roll", .action = "visited" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_close_async (get_alarms (f), benk_alarm_get_id (f->alarm), &closing, NULL,
                           benk_stage_keep, &result);
  benk_alarms_close_finish (get_alarms (f), benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

/* It says why, and what cannot be taken back. */
static void
test_open_again (Fixture *f, gconstpointer unused)
{
  g_autoptr (GtkWidget) dialog = NULL;
  GtkWindow *reason;

  close_unseen (f);
  dialog = open_closed (f);
  benk_find_wait_text (dialog, "Open Again…");
  press (dialog, "_Open Again…");
  reason = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  benk_find_wait_text (GTK_WIDGET (reason), "What was sent cannot be taken back");
  gtk_editable_set_text (GTK_EDITABLE (
                           benk_find_typed (GTK_WIDGET (reason), GTK_TYPE_ENTRY)),
                         "Ringte igjen");
  benk_stage_respond (reason, "go-on");
  g_assert_true (benk_shot_wait (has_one, get_alarms (f), 10));
  benk_find_wait_text (GTK_WIDGET (f->stage.window),
                       "The alarm is open again, and it is yours.");
  gtk_window_close (GTK_WINDOW (dialog));
}

/* No undo: what has left is not taken back by that. */
static void
test_told_after_closing (Fixture *f, gconstpointer unused)
{
  g_autofree char *copied = NULL;
  GtkWidget *window = GTK_WIDGET (f->stage.window);

  close_alarm (f);
  benk_find_wait_text (window, "The alarm is closed.");
  g_assert_null (benk_find_button (window, "Undo"));
  press (window, "Copy Text for Patient Record");
  benk_find_wait_text (window, "The text for the patient record is copied.");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, on_read,
                                 &copied);
  g_assert_true (benk_shot_wait (is_set, &copied, 10));
  g_assert_nonnull (strstr (copied, "D-037"));
}

#define TEST(path, func)                                                                 \
  g_test_add ("/ui/closing-sent/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  TEST ("who-was-first-is-told-and-the-text-is-kept", test_who_was_first);
  TEST ("sent-all-the-same", test_sent_all_the_same);
  TEST ("refused-is-tried-again", test_try_again);
  TEST ("opened-again-with-a-reason", test_open_again);
  TEST ("told-after-closing", test_told_after_closing);
  return g_test_run ();
}
