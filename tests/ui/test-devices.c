/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-dialog.h"
#include "benk-devices-hand.h"
#include "benk-devices-page.h"
#include "benk-edit-device-dialog.h"
#include "benk-join-dialog.h"
#include "benk-shelf-page.h"
#include "benk-shot.h"
#include "benk-stage.h"

/* Working with the list: order, model, many at once and back. */

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static GtkWidget *
fill (BenkStage *stage)
{
  static const BenkNewDevice shelf[] = {
    { "medido", "MD0000001", NULL, "D-10", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
    { "medido", "MD0000002", NULL, "D-9", NULL, "Shelf 2", BENK_DEVICE_STATE_RECEIVED },
    { "pilly-sms", "PP000003", NULL, "D-100", NULL, "Shelf 1",
      BENK_DEVICE_STATE_ORDERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shelf); i++)
    benk_stage_add (stage, &shelf[i]);
  return benk_devices_hand_show_page (stage);
}

static void
set_order (GtkWidget *page, const char *action, GVariant *value)
{
  GtkWidget *inside = benk_stage_get_child (page, "view");
  g_autofree char *name = g_strdup_printf ("order.%s", action);

  g_assert_true (gtk_widget_activate_action_variant (inside, name, value));
}

static void
test_sort (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkColumnView *view = GTK_COLUMN_VIEW (benk_stage_get_child (page, "view"));
  g_autoptr (GtkColumnViewColumn) first =
    g_list_model_get_item (gtk_column_view_get_columns (view), 0);
  g_autoptr (GtkColumnViewColumn) place =
    g_list_model_get_item (gtk_column_view_get_columns (view), 3);

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  set_order (page, "sort", g_variant_new_string ("asset"));
  benk_devices_hand_expect_list (page, "D-9 D-10 D-100");
  set_order (page, "descending", NULL);
  benk_devices_hand_expect_list (page, "D-100 D-10 D-9");
  /* By the heads of the columns, both ways. */
  gtk_column_view_sort_by_column (view, first, GTK_SORT_ASCENDING);
  benk_devices_hand_expect_list (page, "D-9 D-10 D-100");
  gtk_column_view_sort_by_column (view, first, GTK_SORT_DESCENDING);
  benk_devices_hand_expect_list (page, "D-100 D-10 D-9");
  gtk_column_view_sort_by_column (view, place, GTK_SORT_DESCENDING);
  benk_devices_hand_expect_list (page, "D-9 D-10 D-100");
}

static void
test_model (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *entry = benk_stage_get_child (stage->window, "search_entry");

  set_order (page, "model", g_variant_new_string ("pilly-sms"));
  benk_devices_hand_expect_list (page, "D-100");
  gtk_editable_set_text (GTK_EDITABLE (entry), "D-9");
  benk_devices_hand_expect_list (page, "");
  set_order (page, "clear", NULL);
  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
}

static gboolean
is_nothing_shown (gpointer details)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (
                      GTK_STACK (benk_stage_get_child (details, "stack"))),
                    "none") == 0;
}

/* What is not listed cannot be worked on beside the list. */
static void
test_search_without_the_shown (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *details = benk_stage_get_child (page, "details");
  GtkEditable *entry =
    GTK_EDITABLE (benk_stage_get_child (stage->window, "search_entry"));
  BenkDevicesPage *list = benk_shelf_page_get_list (BENK_SHELF_PAGE (page));
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0000001");
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  benk_devices_page_show_device (list, id);
  benk_devices_hand_expect_shown (page, "MD0000001");
  gtk_editable_set_text (entry, "D-9");
  benk_devices_hand_expect_list (page, "D-9");
  g_assert_true (benk_shot_wait (is_nothing_shown, details, 10));
  gtk_editable_set_text (entry, "nobody");
  benk_devices_hand_expect_list (page, "");
  g_assert_true (is_nothing_shown (details));
  gtk_editable_set_text (entry, "");
  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  benk_devices_hand_expect_shown (page, "MD0000001");
  /* Without any hit it leaves as well; asked for by name it is shown all the same. */
  gtk_editable_set_text (entry, "nobody");
  benk_devices_hand_expect_list (page, "");
  g_assert_true (benk_shot_wait (is_nothing_shown, details, 10));
  benk_devices_page_show_device (list, id);
  benk_devices_hand_expect_shown (page, "MD0000001");
}

static char *
get_place (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);

  return g_strdup (benk_device_get_place_name (device));
}

typedef struct
{
  BenkStage *stage;
  const char *serial;
  const char *place;
} Placed;

static gboolean
is_placed (gpointer user_data)
{
  Placed *placed = user_data;
  g_autofree char *place = get_place (placed->stage, placed->serial);

  return g_strcmp0 (place, placed->place) == 0;
}

static void
expect_place (BenkStage *stage, const char *serial, const char *place)
{
  Placed placed = { stage, serial, place };

  g_assert_true (benk_shot_wait (is_placed, &placed, 10));
}

/* The first entry row inside a dialog. */
static GtkWidget *
find_row (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_move_many (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *bar = benk_stage_get_child (page, "selection_bar");
  GtkRevealer *revealer = GTK_REVEALER (benk_stage_get_child (bar, "revealer"));
  GtkWindow *dialog;

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_selection_model_select_item (benk_devices_hand_get_selection (page), 0, TRUE);
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  gtk_selection_model_select_all (benk_devices_hand_get_selection (page));
  g_assert_true (gtk_revealer_get_reveal_child (revealer));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (benk_stage_get_child (bar, "count"))),
                   ==, "3 selected");

  g_assert_true (gtk_widget_activate_action (benk_stage_get_child (bar, "buttons"),
                                             "selection.move", NULL));
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  gtk_editable_set_text (GTK_EDITABLE (
                           find_row (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
                         "Van");
  benk_stage_respond (dialog, "go-on");
  expect_place (stage, "MD0000001", "Van");
  expect_place (stage, "PP000003", "Van");
  g_assert_cmpuint (gtk_bitset_get_size (gtk_selection_model_get_selection (
                      benk_devices_hand_get_selection (page))),
                    ==, 3);

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.undo", NULL);
  expect_place (stage, "MD0000001", "Shelf 1");
  expect_place (stage, "MD0000002", "Shelf 2");
}

/* Nothing is signed for many because it stood first in a list. */
static void
test_signs_what_is_chosen (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *bar = benk_stage_get_child (page, "selection_bar");
  GtkWindow *dialog;
  GtkDropDown *what;
  AdwMessageDialog *question;

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_selection_model_select_all (benk_devices_hand_get_selection (page));
  gtk_widget_activate_action (benk_stage_get_child (bar, "buttons"), "selection.attest",
                              NULL);
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  question = ADW_MESSAGE_DIALOG (dialog);
  what = GTK_DROP_DOWN (find_row (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN));
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (what)),
                   ==, "Choose…");
  g_assert_false (adw_message_dialog_get_response_enabled (question, "go-on"));
  gtk_drop_down_set_selected (what, BENK_FACT_LABEL_READ);
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (what)),
                   ==, benk_fact_kind_get_label (BENK_FACT_LABEL_READ));
  g_assert_true (adw_message_dialog_get_response_enabled (question, "go-on"));
  gtk_drop_down_set_selected (what, 0);
  g_assert_false (adw_message_dialog_get_response_enabled (question, "go-on"));
  benk_stage_respond (dialog, "cancel");
}

static gboolean
is_faulty (gpointer stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0000002");

  return benk_device_get_state (device) == BENK_DEVICE_STATE_FAULTY;
}

static void
test_some_cannot (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *bar = benk_stage_get_child (page, "selection_bar");
  GtkWindow *dialog;
  GtkWidget *drop_down;
  GtkLabel *can;

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_selection_model_select_all (benk_devices_hand_get_selection (page));
  gtk_widget_activate_action (benk_stage_get_child (bar, "buttons"), "selection.state",
                              NULL);
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  drop_down = find_row (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN);
  for (guint i = 0;; i++)
    {
      GListModel *names = gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down));
      const char *name = gtk_string_list_get_string (GTK_STRING_LIST (names), i);

      g_assert_nonnull (name);
      if (!g_str_equal (name, "Faulty"))
        continue;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), i);
      break;
    }
  benk_stage_respond (dialog, "go-on");
  dialog = benk_stage_wait_window (BENK_TYPE_BULK_DIALOG);
  can = GTK_LABEL (benk_stage_get_child (dialog, "can"));
  g_assert_cmpstr (gtk_label_get_text (can), ==, "2 devices can.");
  g_signal_emit_by_name (benk_stage_get_child (dialog, "go_on_button"), "clicked");
  g_assert_true (benk_shot_wait (is_faulty, stage, 10));
}

static void
click (GtkWidget *widget, const char *label)
{
  g_signal_emit_by_name (benk_devices_hand_wait_button (widget, label), "clicked");
}

static gboolean
is_device_shown (gpointer details)
{
  GtkStack *stack = GTK_STACK (benk_stage_get_child (details, "stack"));

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), "device") == 0;
}

static GtkWidget *
show_first (GtkWidget *page)
{
  GtkWidget *details = benk_stage_get_child (page, "details");

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_selection_model_select_item (benk_devices_hand_get_selection (page), 0, TRUE);
  g_assert_true (benk_shot_wait (is_device_shown, details, 10));
  return details;
}

static gboolean
is_corrected (gpointer details)
{
  GtkLabel *title = GTK_LABEL (benk_stage_get_child (details, "title"));

  return strstr (gtk_label_get_text (title), "MD0000099") != NULL;
}

static gboolean
is_as_before (gpointer details)
{
  return !is_corrected (details);
}

static void
test_correct_and_undo (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *details = show_first (page);
  GtkWidget *history = benk_stage_get_child (details, "history");
  GtkWindow *dialog;

  click (details, "Correct…");
  dialog = benk_stage_wait_window (BENK_TYPE_EDIT_DEVICE_DIALOG);
  gtk_editable_set_text (GTK_EDITABLE (
                           find_row (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
                         "MD0000099");
  g_signal_emit_by_name (benk_stage_get_child (dialog, "save_button"), "clicked");
  g_assert_true (benk_shot_wait (is_corrected, details, 10));
  expect_place (stage, "MD0000099", "Shelf 1");
  /* By the wrong one as well. */
  expect_place (stage, "MD0000001", "Shelf 1");

  click (history, "Undo");
  g_assert_true (benk_shot_wait (is_as_before, details, 10));
  expect_place (stage, "MD0000001", "Shelf 1");
}

static gboolean
may_join (gpointer dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "join");
}

static void
test_two_are_one (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = fill (stage);
  GtkWidget *details = show_first (page);
  GtkWindow *dialog;

  click (details, "These Two Are One…");
  dialog = benk_stage_wait_window (BENK_TYPE_JOIN_DIALOG);
  g_assert_false (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "join"));
  gtk_editable_set_text (GTK_EDITABLE (
                           find_row (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
                         "D-9");
  g_assert_true (benk_shot_wait (may_join, dialog, 10));
  benk_stage_respond (dialog, "join");
  benk_devices_hand_expect_list (page, "D-10 D-100");
  /* Found by the other's number, and taken apart from beside the list. */
  expect_place (stage, "MD0000002", "Shelf 1");
  click (benk_stage_get_child (details, "same"), "Take Apart");
  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/devices/" path, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sorts-by-menu-and-by-heads", test_sort);
  ADD ("lists-one-model-and-shows-all-again", test_model);
  ADD ("search-without-the-shown-device-shows-none", test_search_without_the_shown);
  ADD ("moves-many-and-takes-it-back", test_move_many);
  ADD ("signs-for-many-only-what-was-chosen", test_signs_what_is_chosen);
  ADD ("says-who-cannot-and-goes-on-with-the-rest", test_some_cannot);

  ADD ("corrects-a-serial-and-takes-it-back-in-history", test_correct_and_undo);
  ADD ("makes-two-rows-one-and-takes-them-apart", test_two_are_one);

  return g_test_run ();
}
