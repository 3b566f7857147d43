/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench.h"
#include "benk-plan-dialog.h"
#include "benk-plan-draft.h"
#include "benk-plan-handle.h"
#include "benk-plan-proposal.h"
#include "benk-plan-strip.h"
#include "benk-plan-templates.h"
#include "benk-plan-words.h"
#include "benk-shot.h"
#include "benk-stage.h"

#define USER "4711"

typedef struct
{
  BenkStage stage;
  BenkPlanDialog *dialog;
  BenkPlanDraft *draft;
  GtkWidget *strip;
} Fixture;

static GtkWidget *
get_part (Fixture *self, const char *id)
{
  GtkWidget *editor = benk_stage_get_child (self->dialog, "editor");

  return benk_stage_get_child (editor, id);
}

static void
open_dialog (Fixture *self, BenkBenchDevice *device, const char *user)
{
  GtkWidget *dialog = benk_plan_dialog_new (GTK_WINDOW (self->stage.window),
                                            self->stage.session, device, user);

  self->dialog = BENK_PLAN_DIALOG (dialog);
  self->draft = benk_plan_dialog_get_draft (self->dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  benk_shot_settle (dialog);
  self->strip = get_part (self, "strip");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  benk_stage_set_up (&self->stage, TRUE);
  benk_stage_choose_staff (&self->stage, "MH", "Mona Hansen");
  benk_stage_show_window (&self->stage, 1366, 768);
  open_dialog (self, NULL, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->dialog)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  benk_stage_wait_idle ();
  benk_stage_tear_down (&self->stage);
}

static void
assert_times (Fixture *self, const char *words)
{
  g_autofree char *times =
    benk_plan_describe_times (benk_plan_draft_get_plan (self->draft));

  g_assert_cmpstr (times, ==, words);
}

static GtkEventController *
find_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static gboolean
press (Fixture *self, guint key, GdkModifierType state)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (find_controller (self->strip, GTK_TYPE_EVENT_CONTROLLER_KEY),
                         "key-pressed", key, 0, state, &taken);
  return taken;
}

/* Where @minute is, in pixels of the strip. */
static double
get_x (Fixture *self, double minute)
{
  double width = gtk_widget_get_width (self->strip) - 2 * 28;

  return 28 + minute * width / 1440;
}

static GtkWidget *
get_handle (Fixture *self, guint i)
{
  GtkWidget *child = gtk_widget_get_first_child (self->strip);

  for (guint n = 0; child; child = gtk_widget_get_next_sibling (child))
    if (BENK_IS_PLAN_HANDLE (child) && n++ == i)
      return child;
  return NULL;
}

static void
drag (Fixture *self, guint i, gboolean window, double from_minute, double by)
{
  GtkEventController *gesture = find_controller (self->strip, GTK_TYPE_GESTURE_DRAG);
  GtkWidget *handle = get_handle (self, i);
  double per_minute = get_x (self, 1) - get_x (self, 0);
  graphene_rect_t bounds;
  double y;

  benk_shot_settle (GTK_WIDGET (self->dialog));
  g_assert_true (gtk_widget_compute_bounds (handle, self->strip, &bounds));
  y = window ? bounds.origin.y + bounds.size.height - 3 : bounds.origin.y + 5;
  g_signal_emit_by_name (gesture, "drag-begin", get_x (self, from_minute), y);
  for (int step = 1; step <= 10; step++)
    g_signal_emit_by_name (gesture, "drag-update", by * per_minute * step / 10, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", by * per_minute, 0.0);
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  g_assert_false (press (self, GDK_KEY_Left, 0));
  g_assert_true (press (self, GDK_KEY_Insert, 0));
  g_assert_true (press (self, GDK_KEY_plus, 0));
  assert_times (self, "08:00 · 12:00");
  press (self, GDK_KEY_Right, 0);
  press (self, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_times (self, "08:00 · 12:06");
  for (guint i = 0; i < 5; i++)
    press (self, GDK_KEY_Page_Up, 0);
  assert_times (self, "07:06 · 08:00");
  g_assert_cmpint (benk_plan_strip_get_selected (BENK_PLAN_STRIP (self->strip)), ==, 0);
  g_assert_true (press (self, GDK_KEY_Down, 0));
  g_assert_false (press (self, GDK_KEY_Down, 0));
  press (self, GDK_KEY_Right, GDK_CONTROL_MASK);
  press (self, GDK_KEY_Up, GDK_CONTROL_MASK);
  g_assert_cmpuint (
    benk_plan_get_dose (benk_plan_draft_get_plan (self->draft), 1)->after_min, ==, 65);
  g_assert_cmpuint (
    benk_plan_get_dose (benk_plan_draft_get_plan (self->draft), 1)->before_min, ==, 5);
  press (self, GDK_KEY_Delete, 0);
  assert_times (self, "07:06");
  press (self, GDK_KEY_Delete, 0);
  assert_times (self, "");
  g_assert_false (press (self, GDK_KEY_Delete, 0));
}

static void
test_drag (Fixture *self, gconstpointer data)
{
  const BenkDoseTime *dose;

  benk_plan_draft_add_dose (self->draft, 480);
  benk_plan_draft_add_dose (self->draft, 1200);
  drag (self, 0, FALSE, 480, 33);
  assert_times (self, "08:35 · 20:00");
  /* Past the other one, and one press of undo takes all of it back. */
  drag (self, 0, FALSE, 515, 750);
  assert_times (self, "20:00 · 21:05");
  benk_plan_draft_undo (self->draft);
  assert_times (self, "08:35 · 20:00");

  drag (self, 1, TRUE, 1258, 31);
  drag (self, 1, TRUE, 1202, -20);
  dose = benk_plan_get_dose (benk_plan_draft_get_plan (self->draft), 1);
  g_assert_cmpuint (dose->after_min, ==, 90);
  g_assert_cmpuint (dose->before_min, ==, 20);
  drag (self, 0, FALSE, 515, -2000);
  assert_times (self, "00:00 · 20:00");
}

/* What the pointer holds goes while it is held. */
static void
test_drag_of_what_goes (Fixture *self, gconstpointer data)
{
  GtkEventController *gesture = find_controller (self->strip, GTK_TYPE_GESTURE_DRAG);
  graphene_rect_t bounds;

  benk_plan_draft_add_dose (self->draft, 480);
  benk_shot_settle (GTK_WIDGET (self->dialog));
  g_assert_true (gtk_widget_compute_bounds (get_handle (self, 0), self->strip, &bounds));
  g_signal_emit_by_name (gesture, "drag-begin", get_x (self, 480), bounds.origin.y + 5.0);
  press (self, GDK_KEY_Delete, 0);
  g_signal_emit_by_name (gesture, "drag-update", 40.0, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", 40.0, 0.0);
  assert_times (self, "");
}

static void
test_double_click (Fixture *self, gconstpointer data)
{
  GtkEventController *click = find_controller (self->strip, GTK_TYPE_GESTURE_CLICK);

  g_signal_emit_by_name (click, "pressed", 1, get_x (self, 842), 20.0);
  assert_times (self, "");
  g_signal_emit_by_name (click, "pressed", 2, get_x (self, 842), 20.0);
  assert_times (self, "14:00");
}

static GtkWidget *
find_by_type (GtkWidget *parent, GType type, guint *skip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *inside;

      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) && (*skip)-- == 0)
        return child;
      inside = find_by_type (child, type, skip);
      if (inside)
        return inside;
    }
  return NULL;
}

static GtkWidget *
find_nth (GtkWidget *parent, GType type, guint n)
{
  GtkWidget *found = find_by_type (parent, type, &n);

  g_assert_nonnull (found);
  return found;
}

static void
test_typed (Fixture *self, gconstpointer data)
{
  GtkWidget *bar = get_part (self, "dose_bar");
  GtkWidget *time = find_nth (bar, GTK_TYPE_ENTRY, 0);
  GtkWidget *after = find_nth (bar, GTK_TYPE_SPIN_BUTTON, 1);
  GtkWidget *sunday = find_nth (bar, GTK_TYPE_TOGGLE_BUTTON, 6);

  g_assert_false (gtk_widget_is_sensitive (time));
  press (self, GDK_KEY_Insert, 0);
  gtk_editable_set_text (GTK_EDITABLE (time), "1930");
  g_signal_emit_by_name (time, "activate");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (after), 90);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sunday), FALSE);
  assert_times (self, "19:30 (Mon–Sat)");
  g_assert_cmpuint (
    benk_plan_get_dose (benk_plan_draft_get_plan (self->draft), 0)->after_min, ==, 90);

  gtk_editable_set_text (GTK_EDITABLE (time), "25:00");
  g_signal_emit_by_name (time, "activate");
  g_assert_true (gtk_widget_has_css_class (time, "error"));
  assert_times (self, "19:30 (Mon–Sat)");
  benk_plan_draft_undo (self->draft);
  assert_times (self, "19:30");
  g_assert_false (gtk_widget_has_css_class (time, "error"));
}

static void
test_alarms_and_recipients (Fixture *self, gconstpointer data)
{
  GtkWidget *alarms = get_part (self, "alarms");
  GtkWidget *recipients = get_part (self, "recipients");
  BenkPlan *plan;

  gtk_switch_set_active (GTK_SWITCH (find_nth (alarms, GTK_TYPE_SWITCH, 3)), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_nth (alarms, GTK_TYPE_SPIN_BUTTON, 0)),
                             45);
  /* The charge nurse by day. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (
                                 find_nth (recipients, GTK_TYPE_CHECK_BUTTON, 3)),
                               TRUE);
  plan = benk_plan_draft_get_plan (self->draft);
  g_assert_nonnull (benk_plan_find_rule (plan, BENK_ALARM_CONDITION_EMPTY));
  g_assert_cmpuint (benk_plan_find_rule (plan, BENK_ALARM_CONDITION_MISSED)->delay_min,
                    ==, 45);
  g_assert_cmpint (benk_plan_get_periods (plan, "charge-nurse"), ==,
                   BENK_DUTY_PERIODS_ALL);
  benk_plan_draft_undo (self->draft);
  g_assert_false (gtk_check_button_get_active (
    GTK_CHECK_BUTTON (find_nth (recipients, GTK_TYPE_CHECK_BUTTON, 3))));
}

static GtkWidget *
get_problem (Fixture *self, guint i)
{
  GtkWidget *child = gtk_widget_get_first_child (get_part (self, "problems"));

  while (child && i-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* What is missing is live, and each line leads to its field. */
static void
test_missing_leads_to_its_field (Fixture *self, gconstpointer data)
{
  GtkWidget *recipients = get_part (self, "recipients");
  GtkWidget *start = benk_stage_get_child (self->dialog, "start_button");
  GtkWidget *user = benk_stage_get_child (self->dialog, "user_entry");
  GtkWidget *rest = get_part (self, "rest");
  GtkWidget *zone = find_nth (rest, GTK_TYPE_ENTRY, 1);

  g_assert_nonnull (get_problem (self, 0));
  gtk_editable_set_text (GTK_EDITABLE (user), USER);
  press (self, GDK_KEY_Insert, 0);
  g_assert_null (get_problem (self, 0));
  g_assert_true (gtk_widget_is_sensitive (start));

  benk_plan_draft_set_periods (self->draft, "charge-nurse", BENK_DUTY_PERIOD_EVENING);
  g_assert_false (gtk_widget_is_sensitive (start));
  g_signal_emit_by_name (get_problem (self, 0), "clicked");
  g_assert_true (gtk_widget_has_focus (find_nth (recipients, GTK_TYPE_CHECK_BUTTON, 2)));

  gtk_editable_set_text (GTK_EDITABLE (zone), "Europe/Nowhere");
  g_signal_emit_by_name (get_problem (self, 1), "clicked");
  g_assert_nonnull (
    gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (self->dialog)),
                             GTK_TYPE_ENTRY));
  benk_plan_draft_undo (self->draft);
  benk_plan_draft_undo (self->draft);
  g_assert_null (get_problem (self, 0));
  g_assert_true (gtk_widget_is_sensitive (start));
}

static void
test_every_handle_is_named (Fixture *self, gconstpointer data)
{
  static const guint minutes[] = { 420, 720, 1080 };

  for (gsize i = 0; i < G_N_ELEMENTS (minutes); i++)
    benk_plan_draft_add_dose (self->draft, minutes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *words = benk_plan_describe_dose (
        benk_plan_get_dose (benk_plan_draft_get_plan (self->draft), i));
      g_autofree char *time = benk_plan_describe_minute (minutes[i]);

      gtk_test_accessible_assert_role (get_handle (self, i), GTK_ACCESSIBLE_ROLE_SLIDER);
      gtk_test_accessible_assert_property (get_handle (self, i),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, words);
      gtk_test_accessible_assert_property (get_handle (self, i),
                                           GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, time);
    }
  gtk_test_accessible_assert_property (self->strip, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "The day: 3 dose times");
}

static BenkModel *
make_roll_model (void)
{
  static const char text[] =
    "[Model]\nId=roll\nName=Roll\nPackaging=multidose-roll\nTimesFromRoll=true\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);

  return benk_model_new_from_bytes (bytes, NULL);
}

static void
test_roll_locks_the_strip (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkModel) model = make_roll_model ();

  press (self, GDK_KEY_Insert, 0);
  benk_plan_draft_set_model (self->draft, model);
  g_assert_null (get_handle (self, 0));
  g_assert_false (press (self, GDK_KEY_Insert, 0));
  g_assert_false (press (self, GDK_KEY_Right, 0));
  gtk_test_accessible_assert_property (
    self->strip, GTK_ACCESSIBLE_PROPERTY_LABEL,
    "The dose times come from the roll and are not set here.");
  g_assert_false (
    gtk_widget_is_sensitive (find_nth (get_part (self, "dose_bar"), GTK_TYPE_ENTRY, 0)));
}

static gboolean
is_closed (gpointer data)
{
  return ((Fixture *) data)->dialog == NULL;
}

static gboolean
is_compared (gpointer data)
{
  return benk_plan_draft_get_base (((Fixture *) data)->draft) != NULL;
}

/* Saved for a user, found again when the reference is typed, and compared. */
static void
test_saved_and_found_again (Fixture *self, gconstpointer data)
{
  GtkWidget *start = benk_stage_get_child (self->dialog, "start_button");
  GtkWidget *user = benk_stage_get_child (self->dialog, "user_entry");
  GtkWidget *changes;

  gtk_editable_set_text (GTK_EDITABLE (user), USER);
  press (self, GDK_KEY_Insert, 0);
  press (self, GDK_KEY_Insert, 0);
  g_signal_emit_by_name (start, "clicked");
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  g_assert_true (benk_shot_wait (is_closed, self, 10));
  open_dialog (self, NULL, USER);
  g_assert_true (benk_shot_wait (is_compared, self, 10));
  assert_times (self, "08:00 · 12:00");
  g_assert_false (benk_plan_draft_can_undo (self->draft));
  changes = get_part (self, "changes");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (changes)), ==, "No change");
  press (self, GDK_KEY_Right, 0);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (changes)), ==, "08:00 → 08:05");
}

static gboolean
has_templates (gpointer data)
{
  GtkWidget *button =
    benk_stage_get_child (((Fixture *) data)->dialog, "templates_button");

  return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) != NULL;
}

static void
test_template (Fixture *self, gconstpointer data)
{
  BenkPlans *plans = benk_session_get_plans (self->stage.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkPlan) plan = benk_plan_propose ("6 12 18", NULL);

  benk_plans_save_template_async (plans, "Sixes", plan, NULL, benk_stage_keep, &result);
  benk_stage_await (&result);
  g_assert_true (benk_plans_change_template_finish (plans, result, NULL));
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  open_dialog (self, NULL, NULL);
  g_assert_true (benk_shot_wait (has_templates, self, 10));
  gtk_widget_activate_action (GTK_WIDGET (self->dialog), "plan.apply", "s", "Sixes");
  assert_times (self, "06:00 · 12:00 · 18:00");
  benk_plan_draft_undo (self->draft);
  assert_times (self, "");
}

/* From the menu without a user, and from a device with its user. */
static void
test_opened_from_the_window (Fixture *self, gconstpointer data)
{
  static const char *const users[] = { "", USER };

  gtk_window_destroy (GTK_WINDOW (self->dialog));
  self->dialog = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      GtkWindow *dialog;
      GtkWidget *user;

      gtk_widget_activate_action (GTK_WIDGET (self->stage.window), "win.plan", "s",
                                  users[i]);
      dialog = benk_stage_wait_window (BENK_TYPE_PLAN_DIALOG);
      user = benk_stage_get_child (dialog, "user_entry");
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (user)), ==, users[i]);
      gtk_window_destroy (dialog);
      benk_stage_wait_idle ();
    }
}

static gboolean
has_two_times (gpointer data)
{
  return benk_plan_get_n_doses (benk_plan_draft_get_plan (((Fixture *) data)->draft)) ==
         2;
}

static BenkBench *
get_bench (Fixture *self)
{
  return benk_session_get_bench (self->stage.session);
}

static BenkBenchDevice *
get_device (Fixture *self)
{
  g_autoptr (BenkBenchDevice) device =
    g_list_model_get_item (benk_bench_get_devices (get_bench (self)), 0);

  return device;
}

static gboolean
has_card (gpointer data)
{
  BenkBenchDevice *device = get_device (data);

  return device && !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

static void
finish (Fixture *self, BenkBenchJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (job);
  benk_bench_wait_async (get_bench (self), job, NULL, benk_stage_keep, &result);
  benk_bench_wait_finish (get_bench (self), benk_stage_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
}

/* A dispenser is made ready from the editor; the next time the editor shows what it
 * holds, and what would change. */
static void
test_makes_ready (Fixture *self, gconstpointer data)
{
  GtkWidget *user;

  gtk_window_destroy (GTK_WINDOW (self->dialog));
  benk_stage_add (&self->stage, &(BenkNewDevice){ .model_id = "medido",
                                                  .serial = "MD0900001",
                                                  .state = BENK_DEVICE_STATE_STOCK });
  benk_stage_attest (&self->stage, "MD0900001", BENK_FACT_ADAPTER_PRESENT, NULL, NULL);
  g_assert_true (benk_bench_plug_virtual (get_bench (self), "medido", "MD0900001",
                                          self->stage.dir, NULL, NULL));
  g_assert_true (benk_shot_wait (has_card, self, 10));
  finish (self,
          benk_bench_reset (get_bench (self), get_device (self), "MD0900001", NULL));
  open_dialog (self, get_device (self), NULL);
  user = benk_stage_get_child (self->dialog, "user_entry");
  gtk_editable_set_text (GTK_EDITABLE (user), USER);
  press (self, GDK_KEY_Insert, 0);
  press (self, GDK_KEY_Insert, 0);
  g_signal_emit_by_name (benk_stage_get_child (self->dialog, "start_button"), "clicked");
  finish (self, benk_bench_device_get_job (get_device (self)));

  open_dialog (self, get_device (self), NULL);
  g_assert_true (benk_shot_wait (is_compared, self, 10));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get_part (self, "changes_heading"))),
                   ==, "Changes to what the dispenser holds");
  user = benk_stage_get_child (self->dialog, "user_entry");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (user)), ==, USER);
  g_assert_true (benk_shot_wait (has_two_times, self, 10));
  press (self, GDK_KEY_Right, 0);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get_part (self, "changes"))), ==,
                   "08:00 → 08:05");
}

/* Nothing is cut at the sizes that people have. */
static void
test_fits (Fixture *self, gconstpointer data)
{
  int width, height;

  for (guint i = 0; i < 5; i++)
    press (self, GDK_KEY_Insert, 0);
  gtk_widget_measure (GTK_WIDGET (self->dialog), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 1024);
  gtk_widget_measure (gtk_widget_get_parent (get_part (self, "strip")),
                      GTK_ORIENTATION_VERTICAL, 960, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <=, 620);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/ui/plan/keys", test_keys);
  ADD ("/ui/plan/drag", test_drag);
  ADD ("/ui/plan/drag-of-what-goes", test_drag_of_what_goes);
  ADD ("/ui/plan/double-click-adds", test_double_click);
  ADD ("/ui/plan/typed", test_typed);
  ADD ("/ui/plan/alarms-and-recipients", test_alarms_and_recipients);
  ADD ("/ui/plan/missing-leads-to-its-field", test_missing_leads_to_its_field);
  ADD ("/ui/plan/every-handle-is-named", test_every_handle_is_named);
  ADD ("/ui/plan/roll-locks-the-strip", test_roll_locks_the_strip);
  ADD ("/ui/plan/saved-and-found-again", test_saved_and_found_again);
  ADD ("/ui/plan/template", test_template);
  ADD ("/ui/plan/opened-from-the-window", test_opened_from_the_window);
  ADD ("/ui/plan/makes-ready", test_makes_ready);
  ADD ("/ui/plan/fits", test_fits);
  return g_test_run ();
}
