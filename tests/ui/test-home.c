/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-home.h"

#include "benk-bench-result.h"
#include "benk-checklist-runner.h"
#include "benk-find.h"
#include "benk-plan-dialog.h"
#include "benk-shot.h"
#include "benk-swap-dialog.h"
#include "benk-visit-item-row.h"
#include "benk-visit-page.h"

/* A day in homes, by clicks: what is typed or scanned is no click, and what has to be
 * chosen is a decision. Each scene ends where the work is done. */

typedef struct
{
  BenkStage stage;
  guint n_clicks;
  guint n_decisions;
} Home;

static void
click (Home *home, GtkWidget *button)
{
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_get_mapped (button));
  home->n_clicks++;
  g_signal_emit_by_name (button, "clicked");
  benk_stage_wait_idle ();
}

static gboolean
has_page (gpointer data)
{
  return benk_find_typed (data, BENK_TYPE_VISIT_PAGE) != NULL;
}

static BenkVisitPage *
wait_page (Home *home)
{
  GtkWidget *window = GTK_WIDGET (home->stage.window);

  g_assert_true (benk_shot_wait (has_page, window, 10));
  benk_shot_settle (window);
  return BENK_VISIT_PAGE (benk_find_typed (window, BENK_TYPE_VISIT_PAGE));
}

static BenkVisitItemRow *
find_row (GtkWidget *from, const char *item)
{
  BenkVisitItemRow *found = NULL;

  if (BENK_IS_VISIT_ITEM_ROW (from) &&
      g_str_equal (benk_visit_item_get_id (
                     benk_visit_item_row_get_item (BENK_VISIT_ITEM_ROW (from))),
                   item))
    return BENK_VISIT_ITEM_ROW (from);
  for (GtkWidget *child = gtk_widget_get_first_child (from); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, item);
  return found;
}

static gboolean
is_done (gpointer row)
{
  return benk_visit_item_get_state (benk_visit_item_row_get_item (
           BENK_VISIT_ITEM_ROW (row))) == BENK_VISIT_ITEM_DONE;
}

static void
tick (Home *home, BenkVisitPage *page, const char *item, const char *button)
{
  BenkVisitItemRow *row = find_row (GTK_WIDGET (page), item);

  click (home, benk_find_button (GTK_WIDGET (row), button));
  g_assert_true (benk_shot_wait (is_done, row, 10));
}

/* Scanned or typed, and Enter. */
static void
type (BenkVisitPage *page, const char *item, const char *text)
{
  BenkVisitItemRow *row = find_row (GTK_WIDGET (page), item);
  GtkWidget *entry = benk_find_typed (GTK_WIDGET (row), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (benk_shot_wait (is_done, row, 10));
}

static void
show_device (Home *home, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (&home->stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  gtk_widget_activate_action (GTK_WIDGET (home->stage.window), "win.show-device", "s",
                              id);
  benk_shot_settle (GTK_WIDGET (home->stage.window));
}

static gboolean
has_visit_button (gpointer window)
{
  return benk_find_button (window, "Home Visit…") != NULL;
}

static gboolean
has_swap_button (gpointer window)
{
  return benk_find_button (window, "Swap…") != NULL;
}

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
set_up (Home *home, gconstpointer unused)
{
  benk_home_set_up (&home->stage);
  benk_stage_show_window (&home->stage, 1366, 768);
  home->n_clicks = home->n_decisions = 0;
}

static void
tear_down (Home *home, gconstpointer unused)
{
  benk_stage_tear_down (&home->stage);
}

static void
print_row (Home *home, const char *what, guint clicks, guint decisions)
{
  g_print ("# %-44s %2u / %u   (goal %2u / %u)\n", what, home->n_clicks,
           home->n_decisions, clicks, decisions);
  g_assert_cmpuint (home->n_clicks, <=, clicks);
  g_assert_cmpuint (home->n_decisions, <=, decisions);
}

static void
test_installs (Home *home, gconstpointer unused)
{
  GtkWidget *window = GTK_WIDGET (home->stage.window);
  BenkVisitPage *page;

  show_device (home, BENK_HOME_OLD);
  g_assert_true (benk_shot_wait (has_visit_button, window, 10));
  click (home, benk_find_button (window, "Home Visit…"));
  page = wait_page (home);
  g_assert_null (benk_find_button (window, "New Alarm…"));
  type (page, "right-device", BENK_HOME_OLD);
  tick (home, page, "power", "Done");
  home->n_decisions++;
  tick (home, page, "coverage", "Good");
  g_assert_true (is_done (find_row (GTK_WIDGET (page), "settings")));
  type (page, "medicine", BENK_HOME_NURSE);
  tick (home, page, "test-dose", "Done");
  tick (home, page, "training-user", "Done");
  tick (home, page, "training-kin", "Done");
  tick (home, page, "sheet", "Done");
  click (home, benk_stage_get_child (page, "done_button"));
  g_assert_true (
    benk_shot_wait (is_shown, benk_stage_get_child (page, "copy_button"), 10));
  g_assert_cmpint (benk_home_get_state (&home->stage, BENK_HOME_OLD), ==,
                   BENK_DEVICE_STATE_TRIAL);
  click (home, benk_stage_get_child (page, "copy_button"));
  click (home, benk_stage_get_child (page, "leave_button"));
  benk_shot_settle (window);
  print_row (home, "home installation without a network", 12, 2);
}

static gboolean
is_copied (gpointer swap)
{
  return benk_swap_line_get_state (benk_swap_get_line (swap, BENK_SWAP_RECORD)) ==
         BENK_SWAP_DONE;
}

static BenkSwap *
open_swap (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkSwap *swap;

  benk_swap_open_async (stage->session, benk_device_get_id (device), NULL, NULL,
                        benk_stage_keep, &result);
  swap = benk_swap_open_finish (benk_stage_await (&result), &error);
  g_assert_no_error (error);
  return swap;
}

static void
test_swaps (Home *home, gconstpointer unused)
{
  GtkWidget *window = GTK_WIDGET (home->stage.window);
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkSwap) swap = NULL;
  GtkWindow *dialog;

  benk_home_start_operation (&home->stage);
  alarm = benk_stage_alarm (&home->stage, BENK_HOME_OLD, "1.5", 0);
  benk_home_plug (&home->stage, BENK_HOME_NEW, NULL);
  gtk_widget_activate_action (window, "win.show-page", "s", "devices");
  show_device (home, BENK_HOME_OLD);
  g_assert_true (benk_shot_wait (has_swap_button, window, 10));
  click (home, benk_find_button (window, "Swap…"));
  dialog = benk_stage_wait_window (BENK_TYPE_SWAP_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  /* The replacement is proposed; to take it is the one decision. */
  home->n_decisions++;
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "medicine_row")),
                         BENK_HOME_NURSE);
  click (home, benk_stage_get_child (dialog, "run_button"));
  g_assert_true (
    benk_shot_wait (is_shown, benk_stage_get_child (dialog, "copy_button"), 30));
  benk_stage_wait_idle ();
  g_assert_cmpint (benk_home_get_state (&home->stage, BENK_HOME_OLD), ==,
                   BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (benk_home_get_state (&home->stage, BENK_HOME_NEW), ==,
                   BENK_DEVICE_STATE_OPERATION);
  home->n_clicks++; /* Close */
  gtk_window_close (dialog);
  benk_stage_wait_idle ();
  print_row (home, "swap a dead unit at home", 7, 1);
}

/* What others have to do does not keep a swap open: it is finished, and says so. */
static void
test_owed_swap_is_finished (Home *home, gconstpointer unused)
{
  BenkStage *stage = &home->stage;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkSwap) after = NULL;
  GtkWidget *dialog;

  benk_home_start_operation (stage);
  /* Care's to close. */
  alarm = benk_stage_alarm (stage, BENK_HOME_OLD, "1.1", 0);
  benk_home_plug (stage, BENK_HOME_NEW, NULL);
  after = open_swap (stage);
  dialog = benk_swap_dialog_new (GTK_WINDOW (stage->window), stage->session, after);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "medicine_row")),
                         BENK_HOME_NURSE);
  click (home, benk_stage_get_child (dialog, "run_button"));
  g_assert_true (
    benk_shot_wait (is_shown, benk_stage_get_child (dialog, "copy_button"), 30));
  g_assert_true (benk_shot_wait (is_copied, after, 30));
  benk_stage_wait_idle ();
  g_assert_cmpint (benk_swap_line_get_state (
                     benk_swap_get_line (after, BENK_SWAP_ALARMS)),
                   ==, BENK_SWAP_OWED);
  g_assert_true (benk_swap_is_finished (after));
  g_assert_false (is_shown (benk_stage_get_child (dialog, "begun")));
  g_assert_false (is_shown (benk_stage_get_child (dialog, "run_button")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
may_change (gpointer page)
{
  GtkWidget *button = benk_find_button (page, "Change Settings…");

  return button && gtk_widget_is_sensitive (button);
}

static void
close_dialog (GType type)
{
  GtkWindow *dialog = benk_stage_find_window (type);

  if (dialog)
    gtk_window_destroy (dialog);
  benk_stage_wait_idle ();
}

/* What the button of the settings dialog does, as a click. */
static BenkBenchJob *
write_settings (Home *home, BenkPlan *plan)
{
  g_autoptr (GError) error = NULL;
  BenkBench *bench = benk_session_get_bench (home->stage.session);
  BenkBenchJob *job =
    benk_bench_change_settings (bench,
                                benk_home_get_plugged (&home->stage, BENK_HOME_OLD), plan,
                                &error);

  g_assert_no_error (error);
  home->n_clicks++;
  benk_home_await_job (&home->stage, job);
  return job;
}

static void
test_cable_is_pulled (Home *home, gconstpointer unused)
{
  g_autoptr (BenkPlan) plan = NULL;
  BenkVisitPage *page;
  BenkBenchJob *job;

  benk_home_start_operation (&home->stage);
  plan = benk_home_load_plan (&home->stage, "21:00");
  gtk_widget_activate_action (GTK_WIDGET (home->stage.window), "win.visit", "s",
                              BENK_HOME_OLD);
  page = wait_page (home);
  benk_home_plug (&home->stage, BENK_HOME_OLD, "disconnect-after@30");
  g_assert_true (benk_shot_wait (may_change, page, 10));
  click (home, benk_find_button (GTK_WIDGET (page), "Change Settings…"));
  benk_stage_wait_window (BENK_TYPE_PLAN_DIALOG);
  close_dialog (BENK_TYPE_PLAN_DIALOG);
  job = write_settings (home, plan);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_true (is_shown (benk_stage_get_child (page, "sentence")));
  g_assert_cmpstr (gtk_label_get_text (
                     GTK_LABEL (benk_stage_get_child (page, "sentence"))),
                   ==, benk_bench_job_get_sentence (job));
  benk_home_plug (&home->stage, BENK_HOME_OLD, NULL);
  g_assert_true (benk_shot_wait (may_change, page, 10));
  click (home, benk_find_button (GTK_WIDGET (page), "Change Settings…"));
  benk_stage_wait_window (BENK_TYPE_PLAN_DIALOG);
  close_dialog (BENK_TYPE_PLAN_DIALOG);
  job = write_settings (home, plan);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_true (benk_shot_wait (is_done, find_row (GTK_WIDGET (page), "settings"), 10));
  print_row (home, "cable pulled while changing a time", 4, 0);
}

static gboolean
runner_is_shown (gpointer unused)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (BENK_IS_CHECKLIST_RUNNER (gtk_window_get_child (window)))
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
take_runner (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_assert_true (benk_shot_wait (runner_is_shown, NULL, 10));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (BENK_IS_CHECKLIST_RUNNER (gtk_window_get_child (window)))
        return gtk_window_get_child (window);
    }
  return NULL;
}

static gboolean
runner_is_gone (gpointer unused)
{
  return !runner_is_shown (NULL);
}

/* No cable, and no answer of the dispenser: the list of its make, begun once. */
static void
test_settings_by_checklist (Home *home, gconstpointer unused)
{
  BenkVisitPage *page;

  benk_home_start_operation (&home->stage);
  gtk_widget_activate_action (GTK_WIDGET (home->stage.window), "win.visit", "s",
                              BENK_HOME_OLD);
  page = wait_page (home);
  for (guint round = 0; round < 2; round++)
    {
      GtkWidget *runner;

      click (home, benk_find_button (GTK_WIDGET (page), "By Checklist…"));
      runner = take_runner ();
      g_assert_nonnull (
        gtk_widget_get_first_child (benk_stage_get_child (runner, "steps")));
      g_signal_emit_by_name (benk_stage_get_child (runner, "back_button"), "clicked");
      g_assert_true (benk_shot_wait (runner_is_gone, NULL, 10));
    }
  g_assert_cmpuint (home->n_clicks, ==, 2);
}

/* The window closes in the middle; a new one says what is done and what is left. */
static void
test_swap_after_a_break (Home *home, gconstpointer unused)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog;

  benk_home_start_operation (&home->stage);
  swap = open_swap (&home->stage);
  benk_swap_run_async (swap, NULL, benk_stage_keep, &result);
  g_assert_true (benk_swap_run_finish (swap, benk_stage_await (&result), &error));
  g_clear_object (&swap);
  swap = open_swap (&home->stage);
  dialog =
    benk_swap_dialog_new (GTK_WINDOW (home->stage.window), home->stage.session, swap);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shot_settle (dialog);
  g_assert_true (is_shown (benk_stage_get_child (dialog, "begun")));
  g_assert_cmpstr (gtk_button_get_label (
                     GTK_BUTTON (benk_stage_get_child (dialog, "run_button"))),
                   ==, "_Go On");
  g_assert_false (is_copied (swap));
  g_object_ref (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_stage_wait_unused (dialog);
  g_assert_finalize_object (dialog);
}

/* A sentence on what the dispenser follows is no answer to why it stopped. */
static void
test_what_stopped_it_is_said (Home *home, gconstpointer unused)
{
  BenkStage *stage = &home->stage;
  BenkBench *bench = benk_session_get_bench (stage->session);
  g_autoptr (BenkPlan) plan = benk_home_load_plan (stage, "21:00");
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  BenkBenchJob *job;
  GtkWidget *result;
  GtkLabel *stop;

  benk_home_start_operation (stage);
  benk_window_show_page (stage->window, "bench");
  benk_home_plug (stage, BENK_HOME_OLD, "low-battery@1");
  job = benk_bench_change_settings (bench, benk_home_get_plugged (stage, BENK_HOME_OLD),
                                    plan, &error);
  g_assert_no_error (error);
  benk_home_await_job (stage, job);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  result = benk_find_typed (GTK_WIDGET (stage->window), BENK_TYPE_BENCH_RESULT);
  stop = GTK_LABEL (benk_stage_get_child (result, "stop"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (stop)));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (stop), "Stopped: The battery"));
  words = benk_bench_job_describe (job, "D-037", BENK_LINK_KIND_SIMULATED);
  g_assert_nonnull (strstr (words, gtk_label_get_text (stop)));
}

static GtkWidget *
find_titled (GtkWidget *from, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ACTION_ROW (from) && gtk_widget_get_mapped (from) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from)), title))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_titled (child, title);
  return found;
}

static gboolean
has_settings (gpointer window)
{
  return find_titled (window, "Settings") != NULL;
}

static void
test_details_name_the_settings (Home *home, gconstpointer unused)
{
  BenkStage *stage = &home->stage;
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);
  g_autoptr (BenkDevice) other = benk_stage_find (stage, BENK_HOME_NEW);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
  g_autofree char *other_id = benk_id_to_string (benk_device_get_id (other));
  GtkWidget *window = GTK_WIDGET (stage->window);
  GtkWidget *row;
  const char *words;

  gtk_widget_activate_action (window, "win.show-device", "s", id);
  g_assert_true (benk_shot_wait (has_settings, window, 10));
  row = find_titled (window, "Settings");
  words = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
  g_assert_true (g_str_has_prefix (words, "Saved "));
  g_assert_nonnull (strstr (words, ", in the device since "));
  g_assert_nonnull (strstr (words, benk_link_kind_get_label (BENK_LINK_KIND_SIMULATED)));
  g_assert_true (gtk_widget_activate (row));
  gtk_window_destroy (benk_stage_wait_window (BENK_TYPE_PLAN_DIALOG));

  /* What lies on the shelf holds none. */
  gtk_widget_activate_action (window, "win.show-device", "s", other_id);
  benk_shot_settle (window);
  g_assert_null (find_titled (window, "Settings"));
}

#define ADD(name, func) g_test_add ("/ui/home/" name, Home, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("installs", test_installs);
  ADD ("swaps", test_swaps);
  ADD ("a-swap-with-something-owed-is-finished", test_owed_swap_is_finished);
  ADD ("cable-is-pulled", test_cable_is_pulled);
  ADD ("settings-by-checklist-without-a-cable", test_settings_by_checklist);
  ADD ("swap-after-a-break", test_swap_after_a_break);
  ADD ("details-name-the-settings", test_details_name_the_settings);
  ADD ("what-stopped-it-is-said", test_what_stopped_it_is_said);
  return g_test_run ();
}
