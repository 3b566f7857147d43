/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-keys.h"
#include "benk-new-device-dialog.h"
#include "benk-scan-desk.h"
#include "benk-scan.h"
#include "benk-shot.h"
#include "benk-stage.h"

#define FAST 3
#define SLOW 130

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice devices[] = {
    { .model_id = "evondos-e300",
      .serial = "PP001007",
      .asset = "D-037",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido",
      .serial = "AB-12",
      .imei = "356938035643809",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido", .serial = "7787", .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "pilly-sms", .serial = "7787", .state = BENK_DEVICE_STATE_RECEIVED },
  };

  benk_keys_set_up (stage, devices, G_N_ELEMENTS (devices));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static void
leave_entries (BenkStage *stage)
{
  gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
}

static const char *
get_search (BenkStage *stage)
{
  return gtk_editable_get_text (
    GTK_EDITABLE (benk_stage_get_child (stage->window, "search_entry")));
}

/* The heading of the details on the page of devices. */
static gboolean
shows (gpointer user_data)
{
  gpointer *what = user_data;
  BenkStage *stage = what[0];
  GtkWidget *page;
  GtkWidget *details;
  GtkWidget *title;

  page = gtk_stack_get_visible_child (
    GTK_STACK (benk_stage_get_child (stage->window, "stack")));
  details = page && g_str_has_prefix (G_OBJECT_TYPE_NAME (page), "BenkShelfPage")
              ? benk_stage_get_child (page, "details")
              : NULL;
  title = details ? benk_stage_get_child (details, "title") : NULL;
  return title && strstr (gtk_label_get_text (GTK_LABEL (title)), what[1]) != NULL;
}

static void
assert_opens (BenkStage *stage, const char *serial)
{
  gpointer what[] = { stage, (gpointer) serial };

  g_assert_true (benk_shot_wait (shows, what, 10));
}

static void
test_opens_from_any_page (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    const char *page;
    const char *keys;
    const char *opens;
  } scans[] = {
    { "alarms", "PP001007", "PP001007" },
    { "bench", "pp001007", "PP001007" },
    { "returns", "]C0AB-12", "AB-12" },
    { "devices", "356938035643809", "AB-12" },
    { "alarms", "D-037", "PP001007" },
    { "alarms", "AB+12", "AB-12" },
    { "bench", "(01)07038010000010(21)PP001007", "PP001007" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scans); i++)
    {
      g_test_message ("%s", scans[i].keys);
      benk_window_show_page (stage->window, scans[i].page);
      leave_entries (stage);
      benk_keys_type (scans[i].keys, FAST, i % 2 ? "Return" : "Tab");
      assert_opens (stage, scans[i].opens);
      g_assert_cmpstr (get_search (stage), ==, "");
    }
}

static void
test_own_label_opens (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "PP001007");
  g_autofree char *code =
    benk_scan_compose_own (benk_device_get_id (device), benk_device_get_asset (device));
  g_autofree char *lower = g_ascii_strdown (code, -1);

  leave_entries (stage);
  benk_keys_type (code, FAST, "Return");
  assert_opens (stage, "PP001007");
  benk_window_show_page (stage->window, "alarms");
  leave_entries (stage);
  benk_keys_type (lower, FAST, "Return");
  assert_opens (stage, "PP001007");
}

static void
test_search_is_left_as_it_was (BenkStage *stage, gconstpointer unused)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.search", NULL);
  benk_keys_type ("AB-12", FAST, "Return");
  assert_opens (stage, "AB-12");
  g_assert_cmpstr (get_search (stage), ==, "");
}

static void
test_typing_is_typing (BenkStage *stage, gconstpointer unused)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.search", NULL);
  benk_keys_type ("AB-12", SLOW, NULL);
  g_assert_cmpstr (get_search (stage), ==, "AB-12");
}

static void
test_several_are_asked_about (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  leave_entries (stage);
  benk_keys_type ("7787", FAST, "Return");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "Which one is it?");
  gtk_window_destroy (dialog);
}

static void
assert_says (GtkWindow *dialog, const char *text)
{
  const char *body = adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog));

  g_assert_nonnull (strstr (body, text));
}

static const char *
get_row_text (GtkWindow *dialog, const char *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (benk_stage_get_child (dialog, row)));
}

/* Serial and IMEI of a new box, one after the other, end up in the dialog. */
static void
test_unknown_is_offered (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  leave_entries (stage);
  benk_keys_type ("PP009999", FAST, "Return");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  assert_says (dialog, "PP009999");
  benk_keys_type ("356938035643817", FAST, "Return");
  benk_stage_wait_idle ();
  assert_says (dialog, "PP009999");
  assert_says (dialog, "356938035643817");
  benk_stage_respond (dialog, "register");
  dialog = benk_stage_wait_window (BENK_TYPE_NEW_DEVICE_DIALOG);
  g_assert_cmpstr (get_row_text (dialog, "serial_row"), ==, "PP009999");
  g_assert_cmpstr (get_row_text (dialog, "imei_row"), ==, "356938035643817");
  gtk_window_destroy (dialog);
}

static void
test_product_waits_for_its_serial (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  leave_entries (stage);
  benk_keys_type ("7038010000010", FAST, "Return");
  g_assert_null (benk_stage_find_window (ADW_TYPE_MESSAGE_DIALOG));
  benk_keys_type ("PP009998", FAST, "Return");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  assert_says (dialog, "07038010000010");
  assert_says (dialog, "PP009998");
  gtk_window_destroy (dialog);
}

/* A dialog's default button is not pressed by the Enter of a scan. */
static void
test_no_button_is_pressed (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (stage->window), "Reset?", NULL);

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", "Cancel", "go",
                                    "Go", NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go");
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shot_settle (dialog);
  benk_keys_type ("PP001007", FAST, "Return");
  benk_stage_wait_idle ();
  g_assert_nonnull (dialog);
  g_assert_true (gtk_widget_get_visible (dialog));
  benk_keys_type ("", FAST, "Return");
  benk_stage_wait_idle ();
  g_assert_true (dialog == NULL || !gtk_widget_get_visible (dialog));
  if (dialog)
    gtk_window_destroy (GTK_WINDOW (dialog));
}

static char *taken;

static void
on_taken (GtkWidget *widget, const BenkScan *scan, const BenkScanTyping *typing)
{
  g_free (taken);
  taken = g_strdup (scan->text);
  g_assert_cmpuint (typing->n_keys, ==, strlen (scan->raw));
}

/* Scans go to the entry that takes them; another entry keeps them as text. */
static void
test_takers (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *takes = gtk_entry_new ();
  GtkWidget *note = gtk_entry_new ();

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (stage->window));
  gtk_box_append (GTK_BOX (box), takes);
  gtk_box_append (GTK_BOX (box), note);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  benk_scan_take (takes, on_taken);
  gtk_editable_set_text (GTK_EDITABLE (takes), "before");
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shot_settle (dialog);

  gtk_widget_grab_focus (takes);
  benk_keys_type ("]C0PP001007", FAST, "Return");
  g_assert_cmpstr (taken, ==, "PP001007");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (takes)), ==, "before");
  g_clear_pointer (&taken, g_free);

  gtk_widget_grab_focus (note);
  benk_keys_type ("PP001008", FAST, "Return");
  g_assert_null (taken);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "PP001008");

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  benk_keys_type ("PP001009", FAST, "Return");
  g_assert_cmpstr (taken, ==, "PP001009");
  g_clear_pointer (&taken, g_free);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ADD(name, func)                                                                  \
  g_test_add ("/ui/scan/" name, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("opens-from-any-page", test_opens_from_any_page);
  ADD ("own-label-opens", test_own_label_opens);
  ADD ("search-is-left-as-it-was", test_search_is_left_as_it_was);
  ADD ("typing-is-typing", test_typing_is_typing);
  ADD ("several-are-asked-about", test_several_are_asked_about);
  ADD ("unknown-is-offered", test_unknown_is_offered);
  ADD ("product-waits-for-its-serial", test_product_waits_for_its_serial);
  ADD ("no-button-is-pressed", test_no_button_is_pressed);
  ADD ("takers", test_takers);
  return g_test_run ();
}
