/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-devices-hand.h"
#include "benk-edit-device-dialog.h"
#include "benk-join-dialog.h"
#include "benk-keys.h"
#include "benk-shot.h"

/* The page of devices by keyboard and pointer, as the display server sends them. */

#define SLOW 130

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice shelf[] = {
    { "medido", "MD0000001", NULL, "D-10", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
    { "medido", "MD0000002", NULL, "D-9", NULL, "Shelf 2", BENK_DEVICE_STATE_RECEIVED },
    { "pilly-sms", "PP000003", NULL, "D-100", NULL, "Shelf 1",
      BENK_DEVICE_STATE_ORDERED },
  };

  benk_keys_set_up (stage, shelf, G_N_ELEMENTS (shelf));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static void
test_open_to_correct (BenkStage *stage, gconstpointer key)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);
  GtkWindow *dialog;

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  benk_devices_hand_click_first (page);
  benk_devices_hand_expect_shown (page, "MD0000001");
  benk_keys_press (key);
  dialog = benk_stage_wait_window (BENK_TYPE_EDIT_DEVICE_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_keys_press ("Escape");
  g_assert_null (benk_stage_find_window (BENK_TYPE_EDIT_DEVICE_DIALOG));
}

static void
test_arrows_show_the_next (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  benk_devices_hand_click_first (page);
  benk_devices_hand_expect_shown (page, "MD0000001");
  benk_keys_press ("Down");
  benk_devices_hand_expect_shown (page, "MD0000002");
  benk_keys_press ("shift+Down");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (benk_stage_get_child (
                     benk_stage_get_child (page, "details"), "stack"))),
                   ==, "many");
}

static const char *
get_search (BenkStage *stage)
{
  return gtk_editable_get_text (
    GTK_EDITABLE (benk_stage_get_child (stage->window, "search_entry")));
}

static gboolean
is_in_rows (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  g_printerr ("FOCUS %s\n", focus ? G_OBJECT_TYPE_NAME (focus) : "-");
  return focus && g_str_equal (G_OBJECT_TYPE_NAME (focus), "GtkListItemWidget");
}

static void
test_search (BenkStage *stage, gconstpointer unused)
{
  static const char *const pages[] = { "alarms", "devices", "bench", "returns",
                                       "reports" };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      benk_window_show_page (stage->window, pages[i]);
      gtk_window_set_focus (GTK_WINDOW (stage->window), NULL);
      benk_keys_press ("ctrl+f");
      benk_keys_type ("000000", SLOW, NULL);
      g_assert_cmpstr (get_search (stage), ==, "000000");
      benk_devices_hand_expect_list (benk_devices_hand_show_page (stage), "D-10 D-9");
      /* Enter with part of a number goes to those that have it. */
      benk_keys_press ("Return");
      g_assert_true (benk_shot_wait (is_in_rows, stage->window, 10));
      benk_devices_hand_expect_shown (benk_devices_hand_show_page (stage), "MD0000001");
      benk_keys_press ("Down");
      benk_devices_hand_expect_shown (benk_devices_hand_show_page (stage), "MD0000002");
      g_assert_null (benk_stage_find_window (ADW_TYPE_MESSAGE_DIALOG));
      benk_keys_press ("ctrl+f");
      benk_keys_press ("Escape");
      g_assert_cmpstr (get_search (stage), ==, "");
      benk_devices_hand_expect_list (benk_devices_hand_show_page (stage),
                                     "D-10 D-9 D-100");
    }
}

static void
test_search_finds_nothing (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_keys_press ("ctrl+f");
  benk_keys_type ("QQ99", SLOW, NULL);
  benk_keys_press ("Return");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (
    strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "QQ99"));
  gtk_window_destroy (dialog);
}

static gboolean
is_on_shelf (gpointer stage, const char *shelf)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0000001");

  return g_strcmp0 (benk_device_get_place_name (device), shelf) == 0;
}

static gboolean
is_moved (gpointer stage)
{
  return is_on_shelf (stage, "Van");
}

static gboolean
is_back (gpointer stage)
{
  return is_on_shelf (stage, "Shelf 1");
}

static void
move_first (BenkStage *stage, GtkWidget *page)
{
  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  benk_devices_hand_click_first (page);
  benk_devices_hand_expect_shown (page, "MD0000001");
  benk_keys_click (
    benk_devices_hand_wait_button (benk_stage_get_child (page, "details"), "Move…"));
  benk_shot_settle (GTK_WIDGET (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG)));
  benk_keys_type ("Van", SLOW, NULL);
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (is_moved, stage, 10));
}

static void
test_undo_by_key (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);

  move_first (stage, page);
  /* In a text the key belongs to the text. */
  benk_keys_press ("ctrl+f");
  benk_keys_type ("D", SLOW, NULL);
  benk_keys_press ("ctrl+z");
  benk_stage_wait_idle ();
  g_assert_true (is_moved (stage));
  benk_keys_press ("Escape");
  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  benk_devices_hand_click_first (page);
  benk_keys_press ("ctrl+z");
  g_assert_true (benk_shot_wait (is_back, stage, 10));
}

static void
test_undo_by_toast (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);

  GtkWidget *toast;

  move_first (stage, page);
  toast = gtk_widget_get_last_child (benk_stage_get_child (stage->window, "toasts"));
  benk_keys_click (benk_devices_hand_wait_button (toast, "Undo"));
  g_assert_true (benk_shot_wait (is_back, stage, 10));
}

static GtkWidget *
find_chip (GtkWidget *widget, const char *starts)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) &&
      g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), starts))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_chip (child, starts);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_kept_over_a_restart (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);
  GtkWidget *view = benk_stage_get_child (page, "view");

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_widget_activate_action (view, "order.sort", "s", "asset");
  gtk_widget_activate_action (view, "order.descending", NULL);
  benk_devices_hand_expect_list (page, "D-100 D-10 D-9");
  benk_stage_reopen (stage);
  page = benk_devices_hand_show_page (stage);
  benk_devices_hand_expect_list (page, "D-100 D-10 D-9");

  benk_shot_settle (page);
  benk_keys_click (find_chip (benk_stage_get_child (page, "chips"), "Received"));
  benk_devices_hand_expect_list (page, "D-10 D-9");
  gtk_widget_activate_action (benk_stage_get_child (page, "view"), "order.model", "s",
                              "pilly-sms");
  benk_devices_hand_expect_list (page, "");
  benk_stage_reopen (stage);
  page = benk_devices_hand_show_page (stage);
  benk_devices_hand_expect_list (page, "");
  g_assert_cmpstr (gtk_menu_button_get_label (
                     GTK_MENU_BUTTON (benk_stage_get_child (page, "model_button"))),
                   ==, "Pilly SMS");
  benk_keys_click (benk_devices_hand_wait_button (page, "Show All Devices"));
  benk_devices_hand_expect_list (page, "D-100 D-10 D-9");
  benk_stage_reopen (stage);
  benk_devices_hand_expect_list (benk_devices_hand_show_page (stage), "D-100 D-10 D-9");
}

/* What another view asks to see is not what a person has chosen. */
static void
test_asked_for_is_not_kept (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_widget_activate_action (benk_stage_get_child (page, "view"), "shelf.list", "(uss)",
                              BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED),
                              "medido", "Shelf 1");
  benk_devices_hand_expect_list (page, "D-10");
  benk_stage_reopen (stage);
  benk_devices_hand_expect_list (benk_devices_hand_show_page (stage), "D-10 D-9 D-100");
}

/* A place is searched through by state; given up, its chip is gone. */
static void
test_place_and_state (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);
  GtkWidget *chips = benk_stage_get_child (page, "chips");

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_widget_activate_action (benk_stage_get_child (page, "view"), "shelf.list", "(uss)",
                              0, "", "Shelf 1");
  benk_devices_hand_expect_list (page, "D-10 D-100");
  benk_shot_settle (page);
  benk_keys_click (find_chip (chips, "Received"));
  benk_devices_hand_expect_list (page, "D-10");
  benk_keys_click (find_chip (chips, "Shelf 1"));
  benk_devices_hand_expect_list (page, "D-10 D-9");
  benk_shot_settle (page);
  g_assert_false (gtk_widget_get_mapped (find_chip (chips, "Shelf 1")));
}

/* Of those that were selected fewer are listed: what is said of them follows. */
static void
test_selected_and_narrowed (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);
  GtkWidget *chips = benk_stage_get_child (page, "chips");
  GtkWidget *details = benk_stage_get_child (page, "details");
  GtkStack *stack = GTK_STACK (benk_stage_get_child (details, "stack"));
  GtkLabel *many = GTK_LABEL (benk_stage_get_child (details, "many"));

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  gtk_selection_model_select_all (benk_devices_hand_get_selection (page));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "many");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (many), "3 devices"));
  benk_shot_settle (page);
  benk_keys_click (find_chip (chips, "Received"));
  benk_devices_hand_expect_list (page, "D-10 D-9");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (many), "2 devices"));
  gtk_widget_activate_action (benk_stage_get_child (page, "view"), "order.model", "s",
                              "pilly-sms");
  benk_devices_hand_expect_list (page, "");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "none");
}

static gboolean
may_join (gpointer dialog)
{
  return adw_message_dialog_get_response_enabled (dialog, "join");
}

/* A dialog is closed when its answer comes, and still tells the window how to go back. */
static void
test_join_by_key (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_devices_hand_show_page (stage);
  GtkWindow *dialog;

  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
  benk_devices_hand_click_first (page);
  benk_devices_hand_expect_shown (page, "MD0000001");
  gtk_widget_grab_focus (
    benk_devices_hand_wait_button (benk_stage_get_child (page, "details"),
                                   "These Two Are One…"));
  benk_keys_press ("Return");
  dialog = benk_stage_wait_window (BENK_TYPE_JOIN_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_keys_type ("D-9", SLOW, NULL);
  g_assert_true (benk_shot_wait (may_join, dialog, 10));
  benk_keys_press ("Return");
  benk_devices_hand_expect_list (page, "D-10 D-100");
  gtk_widget_grab_focus (benk_devices_hand_wait_button (
    gtk_widget_get_last_child (benk_stage_get_child (stage->window, "toasts")), "Undo"));
  benk_keys_press ("Return");
  benk_devices_hand_expect_list (page, "D-10 D-9 D-100");
}

#define ADD(path, data, test)                                                            \
  g_test_add ("/ui/devices-keys/" path, BenkStage, data, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("f2-corrects", "F2", test_open_to_correct);
  ADD ("enter-corrects", "Return", test_open_to_correct);
  ADD ("arrows-show-the-next", NULL, test_arrows_show_the_next);
  ADD ("searches-from-any-page", NULL, test_search);
  ADD ("says-what-is-not-found", NULL, test_search_finds_nothing);
  ADD ("undo-by-key", NULL, test_undo_by_key);
  ADD ("undo-by-toast", NULL, test_undo_by_toast);
  ADD ("join-by-key", NULL, test_join_by_key);
  ADD ("kept-over-a-restart", NULL, test_kept_over_a_restart);
  ADD ("asked-for-is-not-kept", NULL, test_asked_for_is_not_kept);
  ADD ("selected-and-narrowed", NULL, test_selected_and_narrowed);
  ADD ("place-and-state-together", NULL, test_place_and_state);

  return g_test_run ();
}
