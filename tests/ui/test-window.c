/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench.h"
#include "benk-pages.h"
#include "benk-shot.h"
#include "benk-stage.h"

static const char *
get_page_name (BenkStage *stage)
{
  GtkWidget *stack = benk_stage_get_child (stage->window, "stack");

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static void
set_up (BenkStage *stage, gconstpointer demo)
{
  benk_stage_set_up (stage, GPOINTER_TO_INT (demo));
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer demo)
{
  benk_stage_tear_down (stage);
}

static void
test_new_destroy (void)
{
  BenkStage stage;
  BenkWindow *window;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_show_window (&stage, 1366, 768);
  for (const BenkPage *page = benk_pages; page->name; page++)
    benk_window_show_page (stage.window, page->name);
  benk_shot_settle (GTK_WIDGET (stage.window));
  window = g_object_ref (g_steal_pointer (&stage.window));
  gtk_window_destroy (GTK_WINDOW (window));
  benk_stage_wait_unused (window);
  g_assert_finalize_object (window);
  benk_stage_tear_down (&stage);
}

/* As one does that waits for an answer of the store. */
static void
test_dialog_outlives_its_window (BenkStage *stage, gconstpointer demo)
{
  GtkWindow *dialog;

  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.new-alarm", NULL);
  dialog = g_object_ref (benk_stage_wait_window (ADW_TYPE_WINDOW));
  gtk_window_destroy (dialog);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&stage->window)));
  benk_stage_wait_idle ();
  g_assert_null (gtk_window_get_transient_for (dialog));
  g_object_unref (dialog);
}

static void
test_builds_pages_when_shown (BenkStage *stage, gconstpointer demo)
{
  GtkStack *stack = GTK_STACK (benk_stage_get_child (stage->window, "stack"));

  g_assert_cmpstr (get_page_name (stage), ==, "alarms");
  for (const BenkPage *page = benk_pages + 1; page->name; page++)
    {
      g_assert_null (gtk_stack_get_child_by_name (stack, page->name));
      benk_window_show_page (stage->window, page->name);
      g_assert_nonnull (gtk_stack_get_child_by_name (stack, page->name));
      g_assert_cmpstr (get_page_name (stage), ==, page->name);
    }
  benk_window_show_page (stage->window, "no-such-page");
  g_assert_cmpstr (get_page_name (stage), ==, "reports");
}

/* A bubble, or --visit, may ask for a page before the first frame has brought one. */
static void
test_asked_before_the_first_frame (void)
{
  BenkStage stage;
  GtkStack *stack;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_stage_add (&stage, &(BenkNewDevice){ .model_id = "medido",
                                            .serial = "MD0001",
                                            .state = BENK_DEVICE_STATE_RECEIVED });
  alarm = benk_stage_alarm (&stage, "MD0001", "1.19", 0);
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  stage.window = benk_window_new (GTK_APPLICATION (stage.application), stage.session);
  stack = GTK_STACK (benk_stage_get_child (stage.window, "stack"));
  g_assert_null (gtk_stack_get_visible_child (stack));
  benk_window_show_page (stage.window, "returns");
  g_assert_cmpstr (get_page_name (&stage), ==, "returns");
  gtk_window_present (GTK_WINDOW (stage.window));
  benk_shot_settle (GTK_WIDGET (stage.window));
  g_assert_cmpstr (get_page_name (&stage), ==, "returns");
  g_assert_null (gtk_stack_get_child_by_name (stack, "alarms"));
  benk_stage_close_window (&stage);

  stage.window = benk_window_new (GTK_APPLICATION (stage.application), stage.session);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.show-alarm", "s", id);
  g_assert_cmpstr (get_page_name (&stage), ==, "alarms");
  gtk_window_present (GTK_WINDOW (stage.window));
  benk_shot_settle (GTK_WIDGET (stage.window));
  g_assert_cmpstr (get_page_name (&stage), ==, "alarms");
  benk_stage_tear_down (&stage);
}

static void
test_closed_before_the_first_frame (void)
{
  BenkStage stage;
  BenkWindow *window;

  benk_stage_set_up (&stage, FALSE);
  window = benk_window_new (GTK_APPLICATION (stage.application), stage.session);
  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
  benk_stage_wait_unused (window);
  g_assert_finalize_object (window);
  benk_stage_tear_down (&stage);
}

static void
test_menu_opens_at_once (BenkStage *stage, gconstpointer demo)
{
  GtkMenuButton *button =
    GTK_MENU_BUTTON (benk_stage_get_child (stage->window, "menu_button"));

  for (guint i = 0; i < 2; i++)
    {
      gtk_menu_button_popup (button);
      g_assert_nonnull (gtk_menu_button_get_popover (button));
      g_assert_true (
        gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (button))));
      gtk_menu_button_popdown (button);
    }
}

/* The first button below @widget that does @action. */
static GtkWidget *
find_button (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_look_only_disables (BenkStage *stage, gconstpointer demo)
{
  static const char *const writing[] = { "win.new-alarm", "win.new-device",
                                         "win.import" };
  GtkWidget *window = GTK_WIDGET (stage->window);
  GtkWidget *banner = benk_stage_get_child (window, "look_only_banner");

  g_assert_true (gtk_widget_get_visible (banner));
  for (gsize i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_activate_action (window, writing[i], NULL);
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (ADW_TYPE_WINDOW));
  g_assert_false (gtk_widget_get_sensitive (find_button (window, "win.new-alarm")));

  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  g_assert_false (gtk_widget_get_visible (banner));
  for (gsize i = 0; i < G_N_ELEMENTS (writing); i++)
    {
      GtkWindow *dialog;

      gtk_widget_activate_action (window, writing[i], NULL);
      dialog = benk_stage_wait_window (ADW_TYPE_WINDOW);
      gtk_window_destroy (dialog);
    }
}

static void
test_demo_is_always_said (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *banner = benk_stage_get_child (stage->window, "demo_banner");

  g_assert_true (gtk_widget_get_visible (banner) == GPOINTER_TO_INT (demo));
}

typedef struct
{
  guint keyval;
  GdkModifierType modifiers;
  const char *page;
} PageKey;

static GtkShortcutTrigger *
find_trigger (GtkWidget *widget, guint keyval, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      for (guint j = 0;
           G_IS_LIST_MODEL (one) && j < g_list_model_get_n_items (G_LIST_MODEL (one));
           j++)
        {
          g_autoptr (GtkShortcut) shortcut =
            g_list_model_get_item (G_LIST_MODEL (one), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) ==
                modifiers)
            {
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                            gtk_shortcut_get_arguments (shortcut));
              return trigger;
            }
        }
    }
  return NULL;
}

static void
test_keys_lead_to_pages (BenkStage *stage, gconstpointer demo)
{
  static const PageKey keys[] = {
    { GDK_KEY_2, GDK_ALT_MASK, "devices" }, { GDK_KEY_3, GDK_ALT_MASK, "bench" },
    { GDK_KEY_4, GDK_ALT_MASK, "returns" }, { GDK_KEY_5, GDK_ALT_MASK, "reports" },
    { GDK_KEY_1, GDK_ALT_MASK, "alarms" },
  };
  GtkWidget *search = benk_stage_get_child (stage->window, "search_entry");

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_nonnull (
        find_trigger (GTK_WIDGET (stage->window), keys[i].keyval, keys[i].modifiers));
      g_assert_cmpstr (get_page_name (stage), ==, keys[i].page);
    }
  g_assert_nonnull (
    find_trigger (GTK_WIDGET (stage->window), GDK_KEY_k, GDK_CONTROL_MASK));
  g_assert_true (
    gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (stage->window)), search));
}

static void
test_keys_open_dialogs (BenkStage *stage, gconstpointer demo)
{
  static const PageKey keys[] = {
    { GDK_KEY_F8, 0, "BenkNewAlarmDialog" },
    { GDK_KEY_n, GDK_CONTROL_MASK, "BenkNewDeviceDialog" },
    { GDK_KEY_i, GDK_CONTROL_MASK, "BenkImportDialog" },
  };

  benk_stage_choose_staff (stage, "MH", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWindow *dialog;

      g_assert_nonnull (
        find_trigger (GTK_WIDGET (stage->window), keys[i].keyval, keys[i].modifiers));
      dialog = benk_stage_wait_window (ADW_TYPE_WINDOW);
      g_assert_cmpstr (G_OBJECT_TYPE_NAME (dialog), ==, keys[i].page);
      gtk_window_destroy (dialog);
    }
}

static gboolean
has_undo (gpointer session)
{
  return benk_session_get_undo_label (session) != NULL;
}

static gboolean
has_no_undo (gpointer session)
{
  return benk_session_get_undo_label (session) == NULL;
}

static void
test_undo_button_follows_the_log (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *button = benk_stage_get_child (stage->window, "undo_button");

  g_assert_false (gtk_widget_get_visible (button));
  benk_stage_choose_staff (stage, "MH", NULL);
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "MD0000001",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  g_assert_true (benk_shot_wait (has_undo, stage->session, 10));
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.undo", NULL));
  g_assert_true (benk_shot_wait (has_no_undo, stage->session, 10));
  g_assert_false (gtk_widget_get_visible (button));
}

static void
test_undo_by_key (BenkStage *stage, gconstpointer demo)
{
  GtkWidget *window = GTK_WIDGET (stage->window);

  benk_stage_choose_staff (stage, "MH", NULL);
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "MD0000001",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  g_assert_true (benk_shot_wait (has_undo, stage->session, 10));
  gtk_widget_grab_focus (benk_stage_get_child (window, "search_entry"));
  g_assert_nonnull (find_trigger (window, GDK_KEY_z, GDK_CONTROL_MASK));
  benk_stage_wait_idle ();
  g_assert_true (has_undo (stage->session));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_nonnull (find_trigger (window, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_true (benk_shot_wait (has_no_undo, stage->session, 10));
}

static void
test_a_refusal_is_a_dialog (BenkStage *stage, gconstpointer demo)
{
  GtkWindow *dialog;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.tell-error", "s",
                              "The reset is not proven.");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "The reset is not proven.");
  benk_stage_respond (dialog, "close");
}

static gboolean
has_card (gpointer device)
{
  return !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

static void
test_a_running_job_is_not_left_unasked (BenkStage *stage, gconstpointer demo)
{
  BenkBench *bench = benk_session_get_bench (stage->session);
  GtkWidget *window = GTK_WIDGET (stage->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkBenchDevice) device = NULL;
  GtkWindow *dialog;

  benk_stage_choose_staff (stage, "MH", NULL);
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "MD0900001",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  benk_bench_plug_virtual (bench, "medido", "MD0900001", stage->dir, NULL, &error);
  g_assert_no_error (error);
  benk_bench_settle_async (bench, NULL, benk_stage_keep, &result);
  g_assert_true (benk_bench_settle_finish (bench, benk_stage_await (&result), &error));
  device = g_list_model_get_item (benk_bench_get_devices (bench), 0);
  g_assert_true (benk_shot_wait (has_card, device, 10));
  benk_bench_reset (bench, device, "MD0900001", &error);
  g_assert_no_error (error);
  gtk_window_close (GTK_WINDOW (window));
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (gtk_widget_get_visible (window));
  benk_stage_respond (dialog, "stay");
  g_assert_true (gtk_widget_get_visible (window));
  benk_stage_wait_idle ();
}

#define ADD(path, function)                                                              \
  g_test_add ("/ui/window/" path, BenkStage, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/window/is-finalized", test_new_destroy);
  g_test_add_func ("/ui/window/asked-before-the-first-frame",
                   test_asked_before_the_first_frame);
  g_test_add_func ("/ui/window/closed-before-the-first-frame",
                   test_closed_before_the_first_frame);
  ADD ("its-menu-opens-at-once", test_menu_opens_at_once);
  ADD ("a-dialog-may-outlive-its-window", test_dialog_outlives_its_window);
  ADD ("builds-a-page-when-it-is-shown", test_builds_pages_when_shown);
  ADD ("looking-only-disables-what-writes", test_look_only_disables);
  ADD ("an-ordinary-store-is-no-demo", test_demo_is_always_said);
  g_test_add ("/ui/window/a-demo-store-says-so", BenkStage, GINT_TO_POINTER (TRUE),
              set_up, test_demo_is_always_said, tear_down);
  ADD ("keys-lead-to-pages", test_keys_lead_to_pages);
  ADD ("keys-open-dialogs", test_keys_open_dialogs);
  ADD ("undo-follows-the-log", test_undo_button_follows_the_log);
  ADD ("undo-has-a-key-outside-texts", test_undo_by_key);
  ADD ("a-running-job-is-not-left-unasked", test_a_running_job_is_not_left_unasked);
  ADD ("a-refusal-is-a-dialog", test_a_refusal_is_a_dialog);
  return g_test_run ();
}
