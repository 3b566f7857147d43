/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stage.h"

#include <string.h>

#include "benk-checklist-runner.h"
#include "benk-shot.h"

typedef struct
{
  BenkStage stage;
  GtkWidget *page;
  GtkWidget *view;
  GtkWidget *runner;
} Fixture;

typedef gboolean (*Condition) (Fixture *self);

typedef struct
{
  Fixture *fixture;
  Condition condition;
} Wait;

static gboolean
holds (gpointer user_data)
{
  Wait *wait = user_data;

  return wait->condition (wait->fixture);
}

static void
wait_until (Fixture *self, Condition condition)
{
  Wait wait = { self, condition };

  g_assert_true (benk_shot_wait (holds, &wait, 10));
}

static gboolean
has_runner (Fixture *self)
{
  self->runner = gtk_widget_get_last_child (self->page);
  return BENK_IS_CHECKLIST_RUNNER (self->runner);
}

static GtkWidget *
get (Fixture *self, const char *id)
{
  return benk_stage_get_child (self->runner, id);
}

/* The device that was asked for is found. */
static gboolean
can_start (Fixture *self)
{
  return gtk_widget_is_sensitive (benk_stage_get_child (self->view, "start_button"));
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  BenkNewDevice device = { .model_id = "medido",
                           .serial = "MD0001",
                           .place = "Shelf",
                           .state = BENK_DEVICE_STATE_RECEIVED };

  benk_stage_set_up (&self->stage, FALSE);
  benk_stage_choose_staff (&self->stage, "MH", "Mona Hansen");
  benk_stage_add (&self->stage, &device);
  benk_stage_show_window (&self->stage, 1366, 768);
  gtk_widget_activate_action (GTK_WIDGET (self->stage.window), "win.bench-device", "s",
                              "MD0001");
  self->page = benk_window_get_page (self->stage.window, "bench");
  self->view = benk_stage_get_child (self->page, "checklist");
  wait_until (self, can_start);
  g_signal_emit_by_name (benk_stage_get_child (self->view, "start_button"), "clicked");
  wait_until (self, has_runner);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_stage_tear_down (&self->stage);
}

static guint n_wanted;

static gboolean
shows_progress (Fixture *self)
{
  g_autofree char *words = g_strdup_printf ("%u of 4 steps done", n_wanted);

  return g_strcmp0 (gtk_label_get_text (GTK_LABEL (get (self, "progress"))), words) == 0;
}

static void
activate (Fixture *self, int row, guint n_done)
{
  GtkListBox *steps = GTK_LIST_BOX (get (self, "steps"));

  g_signal_emit_by_name (steps, "row-activated",
                         gtk_list_box_get_row_at_index (steps, row));
  n_wanted = n_done;
  wait_until (self, shows_progress);
}

/* A row is ticked and taken back by activating it; the focus moves on to what is not
 * done; only a whole list can be completed. */
static void
test_steps_are_ticked_in_turn (Fixture *self, gconstpointer unused)
{
  GtkListBox *steps = GTK_LIST_BOX (get (self, "steps"));
  GtkWidget *complete = get (self, "complete_button");

  g_assert_false (gtk_widget_is_sensitive (complete));
  activate (self, 0, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->stage.window)) ==
                 GTK_WIDGET (gtk_list_box_get_row_at_index (steps, 1)));
  activate (self, 1, 2);
  activate (self, 1, 1);
  activate (self, 1, 2);
  activate (self, 2, 3);
  g_assert_false (gtk_widget_is_sensitive (complete));
  activate (self, 3, 4);
  g_assert_true (gtk_widget_is_sensitive (complete));
}

static gboolean
shows_answer (Fixture *self)
{
  return gtk_widget_get_visible (get (self, "answer"));
}

static void
test_result_is_said (Fixture *self, gconstpointer unused)
{
  for (int i = 0; i < 4; i++)
    activate (self, i, (guint) i + 1);
  g_signal_emit_by_name (get (self, "complete_button"), "clicked");
  wait_until (self, shows_answer);
  g_assert_true (g_str_has_prefix (
    gtk_label_get_text (GTK_LABEL (get (self, "answer"))),
    "Done by checklist, not read from the dispenser (version 1, not decided by the "
    "district)."));
  g_assert_false (gtk_widget_get_visible (get (self, "complete_button")));
  g_assert_false (gtk_widget_get_visible (get (self, "drop_button")));
}

static gboolean
offers_resume (Fixture *self)
{
  return gtk_widget_get_visible (benk_stage_get_child (self->view, "group"));
}

/* Putting it off gives the page back and offers the list. */
static void
test_later_keeps_the_list (Fixture *self, gconstpointer unused)
{
  GtkWidget *first = gtk_widget_get_first_child (self->page);

  g_assert_false (gtk_widget_get_visible (first));
  activate (self, 0, 1);
  g_signal_emit_by_name (get (self, "back_button"), "clicked");
  g_assert_false (has_runner (self));
  g_assert_true (gtk_widget_get_visible (first));
  wait_until (self, offers_resume);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/ui/checklist/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("steps-are-ticked-in-turn", test_steps_are_ticked_in_turn);
  ADD ("result-is-said", test_result_is_said);
  ADD ("later-keeps-the-list", test_later_keeps_the_list);

  return g_test_run ();
}
