/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-card.h"
#include "benk-bench-private.h"
#include "benk-error.h"
#include "benk-reset-dialog.h"
#include "benk-save-reset.h"
#include "benk-shelf-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-usb-item-private.h"
#include "benk-usb-items-dialog.h"

#define SERIAL "MD0900001"
#define OTHER "MD0900002"

static BenkBench *
get_bench (BenkStage *stage)
{
  return benk_session_get_bench (stage->session);
}

static GListModel *
get_devices (BenkStage *stage)
{
  return benk_bench_get_devices (get_bench (stage));
}

static BenkBenchDevice *
get_device (BenkStage *stage, guint index)
{
  g_autoptr (BenkBenchDevice) device = g_list_model_get_item (get_devices (stage), index);

  return device;
}

static gboolean
has_card (gpointer stage)
{
  BenkBenchDevice *device = get_device (stage, 0);

  return device && !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

static void
plug (BenkStage *stage, const char *serial, const char *fault)
{
  g_autoptr (GError) error = NULL;

  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = serial,
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  benk_bench_plug_virtual (get_bench (stage), "medido", serial, stage->dir, fault,
                           &error);
  g_assert_no_error (error);
}

static GtkWidget *
get_card (BenkStage *stage, int index)
{
  GtkWidget *page = benk_window_get_page (stage->window, "bench");
  GtkListBox *cards = GTK_LIST_BOX (benk_stage_get_child (page, "cards"));

  return gtk_list_box_row_get_child (gtk_list_box_get_row_at_index (cards, index));
}

static gboolean
is_seen (GtkWidget *widget, const char *id)
{
  return gtk_widget_get_visible (benk_stage_get_child (widget, id));
}

static const char *
get_text (GtkWidget *widget, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (benk_stage_get_child (widget, id)));
}

static void
reset (BenkStage *stage)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_reset (get_bench (stage), get_device (stage, 0), SERIAL, &error);

  g_assert_no_error (error);
  benk_bench_wait_async (get_bench (stage), job, NULL, benk_stage_keep, &result);
  benk_bench_wait_finish (get_bench (stage), benk_stage_await (&result), &error);
  g_assert_no_error (error);
}

static void
click (GtkWidget *widget, const char *id)
{
  g_signal_emit_by_name (benk_stage_get_child (widget, id), "clicked");
}

static void
test_a_confirmed_reset_is_saved (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (stage->dir, "reset.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *result;
  GtkWindow *dialog;

  plug (stage, SERIAL, NULL);
  g_assert_true (benk_shot_wait (has_card, stage, 10));
  result = benk_stage_get_child (get_card (stage, 0), "result");
  g_assert_false (gtk_widget_get_visible (result));
  reset (stage);
  g_assert_true (gtk_widget_get_visible (result));
  g_assert_cmpstr (get_text (result, "outcome"), ==, "Verified");
  g_assert_true (g_str_has_prefix (get_text (result, "sentence"), "Reset confirmed"));
  g_assert_true (is_seen (result, "save_button"));
  g_assert_false (is_seen (result, "checklist_button"));

  benk_save_reset_to (result, stage->session,
                      benk_bench_device_get_card_id (get_device (stage, 0)), 1, file);
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "Saved, but it proves nothing");
  g_assert_true (g_file_query_exists (file, NULL));
  benk_stage_respond (dialog, "close");
}

/* The cable is out, the words are still there. */
static void
test_a_result_stays_until_dismissed (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *card;
  GtkWidget *result;

  plug (stage, SERIAL, "disconnect@18");
  g_assert_true (benk_shot_wait (has_card, stage, 10));
  card = get_card (stage, 0);
  reset (stage);
  benk_shot_settle (GTK_WIDGET (stage->window));
  result = benk_stage_get_child (card, "result");
  g_assert_cmpint (benk_bench_device_get_trouble (get_device (stage, 0)), ==,
                   BENK_BENCH_TROUBLE_GONE);
  g_assert_cmpstr (get_text (result, "outcome"), ==, "Unknown, must be read again");
  g_assert_nonnull (strstr (get_text (result, "advice"), "Plug the dispenser in again"));
  g_assert_nonnull (strstr (get_text (card, "problem"), "Plug it in again"));
  g_assert_false (is_seen (card, "buttons"));
  g_assert_true (is_seen (card, "dismiss_button"));
  click (card, "dismiss_button");
  g_assert_cmpuint (g_list_model_get_n_items (get_devices (stage)), ==, 0);
}

static void
test_a_missing_permission_shows_the_command (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GError) problem =
    g_error_new_literal (BENK_ERROR, BENK_ERROR_PERMISSION,
                         "No permission. Ask IT to run this once: sudo tee there");
  BenkBusEvent event = { .kind = BENK_BUS_ARRIVED,
                         .station = 1,
                         .link_kind = BENK_LINK_KIND_USB,
                         .bus_path = (char *) "1-1.4",
                         .problem = problem };
  g_autoptr (BenkBenchDevice) device = benk_bench_device_new (1);
  GtkWidget *card;

  benk_bench_device_arrive (device, &event);
  card = g_object_ref_sink (benk_bench_card_new (stage->session, device));
  g_assert_cmpstr (get_text (card, "problem"), ==,
                   "No permission. Ask IT to run this "
                   "once: ");
  g_assert_cmpstr (get_text (card, "command"), ==, "sudo tee there");
  g_assert_true (is_seen (card, "command_button"));
  g_assert_false (is_seen (card, "provision_button"));
  g_assert_false (is_seen (card, "reset_button"));
  g_object_run_dispose (G_OBJECT (card));
  g_object_unref (card);
}

/* A device that has arrived is not made ready before it is in stock. */
static void
test_what_is_refused_is_not_offered (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *card;

  plug (stage, SERIAL, NULL);
  g_assert_true (benk_shot_wait (has_card, stage, 10));
  card = get_card (stage, 0);
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (card, "provision_button")));
  g_assert_true (gtk_widget_get_sensitive (benk_stage_get_child (card, "reset_button")));
  g_assert_true (is_seen (card, "refusal_box"));
  g_assert_true (g_str_has_suffix (get_text (card, "refusal"), "Put it in stock first."));
}

static void
test_simulated_in_an_ordinary_store_is_never_refused (BenkStage *stage,
                                                      gconstpointer unused)
{
  GtkWidget *card;

  plug (stage, SERIAL, NULL);
  g_assert_true (benk_shot_wait (has_card, stage, 10));
  card = get_card (stage, 0);
  g_assert_true (
    gtk_widget_get_sensitive (benk_stage_get_child (card, "provision_button")));
  g_assert_false (is_seen (card, "refusal_box"));
}

static void
keep_typed (const char *typed, gpointer stage)
{
  g_object_set_data_full (stage, "typed", g_strdup (typed), g_free);
}

static void
test_another_serial_is_refused_while_typed (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    const char *typed;
    gboolean said;
    gboolean enough;
  } rows[] = {
    { "MD09", FALSE, FALSE }, { OTHER, TRUE, FALSE }, { "MD0900001X", TRUE, FALSE },
    { "x", TRUE, FALSE },     { "", FALSE, FALSE },   { "md 0900001", FALSE, TRUE },
    { SERIAL, FALSE, TRUE },
  };
  GObject *target = G_OBJECT (stage->window);
  GtkWidget *dialog =
    benk_reset_dialog_new (GTK_WINDOW (stage->window), SERIAL, keep_typed, target);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *entry =
    gtk_widget_get_first_child (adw_message_dialog_get_extra_child (message));
  GtkWidget *answer = gtk_widget_get_next_sibling (entry);

  gtk_window_present (GTK_WINDOW (dialog));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), rows[i].typed);
      g_assert_cmpint (*gtk_label_get_text (GTK_LABEL (answer)) != '\0', ==,
                       rows[i].said);
      g_assert_cmpint (adw_message_dialog_get_response_enabled (message, "reset"), ==,
                       rows[i].enough);
      gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                        rows[i].said ? GTK_ACCESSIBLE_INVALID_TRUE
                                                     : GTK_ACCESSIBLE_INVALID_FALSE);
    }
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Serial");
  benk_stage_respond (GTK_WINDOW (dialog), "reset");
  g_assert_cmpstr (g_object_get_data (target, "typed"), ==, SERIAL);
}

static gboolean
are_two_plugged (gpointer shelf)
{
  return g_list_model_get_n_items (benk_shelf_reset_get_items (shelf)) == 2;
}

static gboolean
is_over (gpointer shelf)
{
  return benk_shelf_reset_is_started (shelf) && !benk_shelf_reset_is_running (shelf);
}

static gboolean
add_plugged (gpointer shelf)
{
  benk_shelf_reset_add_plugged (shelf);
  return are_two_plugged (shelf);
}

/* The count that is typed is the one confirmation; without it nothing can be started. */
static void
test_a_shelf_asks_for_the_count (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog;
  GtkWidget *start;
  GtkEditable *count;
  BenkShelfReset *shelf;

  plug (stage, SERIAL, NULL);
  plug (stage, OTHER, NULL);
  dialog = benk_shelf_dialog_new (GTK_WINDOW (stage->window), stage->session);
  shelf = benk_shelf_dialog_get_shelf (BENK_SHELF_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (benk_shot_wait (add_plugged, shelf, 10));
  start = benk_stage_get_child (dialog, "start_button");
  count = GTK_EDITABLE (benk_stage_get_child (dialog, "count_entry"));
  g_assert_false (gtk_widget_get_sensitive (start));
  benk_shelf_reset_tick (shelf, benk_shelf_reset_find (shelf, SERIAL), TRUE);
  benk_shelf_reset_tick (shelf, benk_shelf_reset_find (shelf, OTHER), TRUE);
  gtk_editable_set_text (count, "3");
  g_assert_false (gtk_widget_get_sensitive (start));
  gtk_editable_set_text (count, "2");
  g_assert_true (gtk_widget_get_sensitive (start));
  click (dialog, "start_button");
  g_assert_true (benk_shot_wait (is_over, shelf, 20));
  g_assert_cmpstr (get_text (dialog, "summary"), ==, "2 devices: 2 × reset confirmed.");
  g_assert_true (is_seen (dialog, "save_button"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
}

/* In a sentence an outcome begins with a small letter. */
static void
test_a_shelf_counts_what_failed (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    const char *fault;
    const char *summary;
  } rows[] = {
    { "low-battery@1", "1 device: 1 × failed, device untouched." },
    { "wipe-leaves-region:1", "1 device: 1 × failed, must be redone." },
    { "disconnect@18", "1 device: 1 × unknown, must be read again." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkShelfReset) shelf = benk_shelf_reset_new (stage->session);
      g_autofree char *serial = g_strdup_printf ("MD09100%02u", (guint) i);
      g_autofree char *summary = NULL;
      g_autoptr (GError) error = NULL;
      BenkShelfItem *item = NULL;

      plug (stage, serial, rows[i].fault);
      for (guint n = 0; !item && n < 100; n++)
        {
          benk_shot_settle (GTK_WIDGET (stage->window));
          benk_shelf_reset_add_plugged (shelf);
          item = benk_shelf_reset_find (shelf, serial);
        }
      g_assert_nonnull (item);
      benk_shelf_reset_tick (shelf, item, TRUE);
      g_assert_true (benk_shelf_reset_start (shelf, 1, &error));
      g_assert_true (benk_shot_wait (is_over, shelf, 20));
      summary = benk_shelf_reset_dup_summary (shelf);
      g_assert_cmpstr (summary, ==, rows[i].summary);
    }
}

static GtkWidget *
find_inside (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_inside (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
opens_a_card (gpointer item)
{
  return benk_usb_item_get_card (item) != NULL;
}

static gboolean
opens_no_card (gpointer item)
{
  return benk_usb_item_get_card (item) == NULL;
}

static void
test_anything_can_open_a_card (BenkStage *stage, gconstpointer unused)
{
  BenkBusEvent event = { .kind = BENK_BUS_ARRIVED,
                         .bus_path = (char *) "1-1",
                         .label = (char *) "Bridge",
                         .usb_serial = (char *) "0001",
                         .vendor_id = 0x10c4,
                         .product_id = 0xea60 };
  GListStore *items = G_LIST_STORE (benk_bench_get_usb_items (get_bench (stage)));
  g_autoptr (BenkUsbItem) item = benk_usb_item_new (&event);
  GtkWidget *dialog;
  GtkWidget *list;

  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "evondos-e300",
                                           .serial = "PP001007",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  g_list_store_append (items, item);
  dialog = benk_usb_items_dialog_new (GTK_WINDOW (stage->window), stage->session);
  gtk_window_present (GTK_WINDOW (dialog));
  list = benk_stage_get_child (dialog, "list");

  gtk_editable_set_text (GTK_EDITABLE (find_inside (list, GTK_TYPE_ENTRY)), "PP001007");
  g_signal_emit_by_name (find_inside (list, GTK_TYPE_ENTRY), "activate");
  g_assert_true (benk_shot_wait (opens_a_card, item, 10));
  g_assert_cmpstr (benk_device_get_serial (benk_usb_item_get_card (item)), ==,
                   "PP001007");
  g_assert_null (find_inside (list, GTK_TYPE_ENTRY));

  g_signal_emit_by_name (find_inside (list, GTK_TYPE_BUTTON), "clicked");
  g_assert_true (benk_shot_wait (opens_no_card, item, 10));
  g_assert_nonnull (find_inside (list, GTK_TYPE_ENTRY));
  g_list_store_remove_all (items);
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, TRUE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
  benk_window_show_page (stage->window, "bench");
}

static void
set_up_ordinary (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
  benk_window_show_page (stage->window, "bench");
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ui/bench/" path, BenkStage, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("a-confirmed-reset-is-saved", test_a_confirmed_reset_is_saved);
  ADD ("a-result-stays-until-dismissed", test_a_result_stays_until_dismissed);
  ADD ("a-missing-permission-shows-the-command",
       test_a_missing_permission_shows_the_command);
  ADD ("what-is-refused-is-not-offered", test_what_is_refused_is_not_offered);
  g_test_add ("/ui/bench/simulated-in-an-ordinary-store-is-never-refused", BenkStage,
              NULL, set_up_ordinary, test_simulated_in_an_ordinary_store_is_never_refused,
              tear_down);
  ADD ("another-serial-is-refused-while-typed",
       test_another_serial_is_refused_while_typed);
  ADD ("a-shelf-asks-for-the-count", test_a_shelf_asks_for_the_count);
  ADD ("a-shelf-counts-what-failed", test_a_shelf_counts_what_failed);
  ADD ("anything-can-open-a-card", test_anything_can_open_a_card);
  return g_test_run ();
}
