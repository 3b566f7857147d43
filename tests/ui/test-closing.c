/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-alarms-deadlines.h"
#include "benk-close-alarm-dialog.h"
#include "benk-deadline-row.h"
#include "benk-deadlines-dialog.h"
#include "benk-incident-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"

#define SERIAL "MD0000001"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  const BenkNewDevice device = {
    "medido", SERIAL, NULL, "D-037", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED
  };

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Aas");
  benk_stage_add (stage, &device);
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static void
type (gpointer dialog, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, id)), text);
}

static gboolean
may_press (gpointer dialog, const char *id)
{
  return gtk_widget_is_sensitive (benk_stage_get_child (dialog, id));
}

static void
press (gpointer dialog, const char *id)
{
  g_assert_true (may_press (dialog, id));
  g_signal_emit_by_name (benk_stage_get_child (dialog, id), "clicked");
}

/* --- Deadlines --- */

static GtkWidget *
find_row (GtkWidget *widget, const char *code)
{
  if (BENK_IS_DEADLINE_ROW (widget))
    {
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

      return g_str_has_suffix (title, code) ? widget : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, code);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_rows (gpointer dialog)
{
  return find_row (GTK_WIDGET (dialog), "(1.1)") != NULL;
}

static GtkWidget *
open_deadlines (BenkStage *stage)
{
  GtkWidget *dialog =
    benk_deadlines_dialog_new (GTK_WINDOW (stage->window), stage->session);

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (benk_shot_wait (has_rows, dialog, 10));
  return dialog;
}

static void
test_deadline_needs_a_name (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_deadlines (stage);

  g_assert_false (may_press (dialog, "decide_button"));
  benk_deadline_row_set_chosen (BENK_DEADLINE_ROW (find_row (dialog, "(1.1)")), TRUE);
  g_assert_false (may_press (dialog, "decide_button"));
  type (dialog, "who_row", "Kari Nesttun");
  g_assert_false (may_press (dialog, "decide_button"));
  type (dialog, "role_row", "head of home care");
  g_assert_true (may_press (dialog, "decide_button"));
  type (dialog, "day_row", "");
  g_assert_false (may_press (dialog, "decide_button"));
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
is_decided (gpointer stage)
{
  BenkAlarms *alarms = benk_session_get_alarms (((BenkStage *) stage)->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) current = NULL;

  benk_alarms_load_deadlines_async (alarms, NULL, NULL, benk_stage_keep, &result);
  current = benk_alarms_load_deadlines_finish (alarms, benk_stage_await (&result),
                                               &versions, NULL);
  return versions->len == 1 &&
         ((BenkDeadline *) versions->pdata[0])->allowance.take_min == 5;
}

static void
set_take (GtkWidget *widget, double minutes, gboolean *done)
{
  if (!*done && GTK_IS_SPIN_BUTTON (widget))
    {
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (widget), minutes);
      *done = TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !*done;
       child = gtk_widget_get_next_sibling (child))
    set_take (child, minutes, done);
}

static void
test_changed_deadline_is_chosen_and_kept (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_deadlines (stage);
  GtkWidget *row = find_row (dialog, "(1.8)");
  gboolean done = FALSE;

  g_assert_false (benk_deadline_row_is_chosen (BENK_DEADLINE_ROW (row)));
  set_take (row, 5, &done);
  g_assert_true (done);
  g_assert_true (benk_deadline_row_is_chosen (BENK_DEADLINE_ROW (row)));
  type (dialog, "who_row", "Kari Nesttun");
  type (dialog, "role_row", "head of home care");
  press (dialog, "decide_button");
  g_assert_true (benk_shot_wait (is_decided, stage, 10));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* --- Closing --- */

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static gboolean
is_gone (gpointer window)
{
  return !gtk_widget_get_visible (window);
}

static void
choose (gpointer dialog, const char *id, guint n)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, id)), n);
}

static GtkWidget *
open_close_dialog (BenkStage *stage, BenkAlarm *alarm)
{
  GtkWidget *dialog =
    benk_close_alarm_dialog_new (GTK_WINDOW (stage->window), stage->session, alarm);

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static guint
find_action (const char *name)
{
  const BenkAlarmChoice *actions = benk_alarms_get_actions ();

  for (guint i = 0; actions[i].name; i++)
    if (g_str_equal (actions[i].name, name))
      return i + 1;
  g_assert_not_reached ();
}

static void
test_dose_given_asks_who (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, SERIAL, "1.8", 0);
  GtkWidget *dialog = open_close_dialog (stage, alarm);
  GtkWidget *role = benk_stage_get_child (dialog, "role_row");

  choose (dialog, "cause_row", 1);
  choose (dialog, "action_row", find_action ("phoned"));
  g_assert_false (gtk_widget_get_visible (role));
  g_assert_true (may_press (dialog, "close_button"));
  choose (dialog, "action_row", find_action ("dose-given"));
  g_assert_true (gtk_widget_get_visible (role));
  g_assert_false (may_press (dialog, "close_button"));
  choose (dialog, "role_row", 3);
  type (dialog, "confirmed_row", "Berit");
  g_assert_true (may_press (dialog, "close_button"));
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
none_open (gpointer alarms)
{
  return benk_alarms_get_n_open (alarms) == 0;
}

static void
test_others_of_the_user_are_closed_too (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, SERIAL, "1.8", 0);
  g_autoptr (BenkAlarm) second = benk_stage_alarm (stage, SERIAL, "1.17", 0);
  g_autoptr (BenkAlarm) third = benk_stage_alarm (stage, SERIAL, "1.19", 0);
  g_autoptr (GtkWidget) dialog = g_object_ref (open_close_dialog (stage, alarm));
  GtkWidget *also = benk_stage_get_child (dialog, "also_row");

  g_assert_true (benk_shot_wait (is_shown, also, 10));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (also)), ==,
                   "Also close 2 more of this user");
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (also), TRUE);
  choose (dialog, "cause_row", 1);
  choose (dialog, "action_row", find_action ("visited"));
  press (dialog, "close_button");
  g_assert_true (benk_shot_wait (is_gone, dialog, 10));
  g_assert_true (
    benk_shot_wait (none_open, benk_session_get_alarms (stage->session), 10));
}

static void
test_bad_time_of_a_call_is_told (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, SERIAL, "1.8", 0);
  GtkWidget *dialog = open_close_dialog (stage, alarm);

  choose (dialog, "cause_row", 1);
  choose (dialog, "action_row", find_action ("phoned"));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (
                                           benk_stage_get_child (dialog, "call_row")),
                                         TRUE);
  type (dialog, "call_from_row", "soon");
  press (dialog, "close_button");
  g_assert_true (benk_shot_wait (is_shown, benk_stage_get_child (dialog, "problem"), 10));
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
has_draft (gpointer dialog)
{
  return may_press (dialog, "copy_button");
}

static void
test_incident_draft_is_shown (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, SERIAL, "1.8", 0);
  GtkWidget *dialog =
    benk_incident_dialog_new (GTK_WINDOW (stage->window), stage->session,
                              benk_alarm_get_id (alarm), 1);
  GtkTextIter start, end;
  GtkTextBuffer *buffer;
  g_autofree char *text = NULL;

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (benk_shot_wait (has_draft, dialog, 10));
  buffer =
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (benk_stage_get_child (dialog, "text")));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_nonnull (strstr (text, "D-037"));
  g_assert_nonnull (strstr (text, "Raised:"));
  gtk_window_close (GTK_WINDOW (dialog));
}

#define TEST(path, func) g_test_add (path, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  TEST ("/ui/closing/deadline-needs-a-name", test_deadline_needs_a_name);
  TEST ("/ui/closing/dose-given-asks-who", test_dose_given_asks_who);
  TEST ("/ui/closing/others-of-the-user-are-closed-too",
        test_others_of_the_user_are_closed_too);
  TEST ("/ui/closing/bad-time-of-a-call-is-told", test_bad_time_of_a_call_is_told);
  TEST ("/ui/closing/incident-draft-is-shown", test_incident_draft_is_shown);
  TEST ("/ui/closing/changed-deadline-is-chosen-and-kept",
        test_changed_deadline_is_chosen_and_kept);
  return g_test_run ();
}
