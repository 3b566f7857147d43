/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-deadlines.h"
#include "benk-deadline-row.h"
#include "benk-deadlines-dialog.h"
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

#define TEST(path, func) g_test_add (path, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  TEST ("/ui/closing/deadline-needs-a-name", test_deadline_needs_a_name);
  TEST ("/ui/closing/changed-deadline-is-chosen-and-kept",
        test_changed_deadline_is_chosen_and_kept);
  return g_test_run ();
}
