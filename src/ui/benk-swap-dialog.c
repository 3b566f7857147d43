/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-dialog.h"

#include <glib/gi18n.h>

#include "benk-bench-checklist.h"
#include "benk-bench.h"
#include "benk-checklist-row.h"
#include "benk-inventory.h"
#include "benk-swap-line-row.h"

struct _BenkSwapDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkSwap *swap;
  BenkChecklist *list;
  GPtrArray *step_rows; /* BenkChecklistRow */
  gboolean filling;

  GtkLabel *heading;
  GtkLabel *begun;
  AdwComboRow *choice_row;
  AdwComboRow *way_row;
  AdwEntryRow *medicine_row;
  AdwPreferencesGroup *steps;
  GtkListBox *step_list;
  GtkListBox *lines;
  GtkLabel *problem;
  GtkWidget *result;
  GtkLabel *record_text;
  GtkWidget *copy_button;
  GtkWidget *run_button;
  GtkWidget *close_button;
  GtkProgressBar *progress;
  gboolean copying; /* the last thing there is to do, and it is being done */
};

G_DEFINE_FINAL_TYPE (BenkSwapDialog, benk_swap_dialog, ADW_TYPE_WINDOW)

static void
say_problem (BenkSwapDialog *self, const char *sentence)
{
  gtk_label_set_text (self->problem, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

/* --- who takes over --- */

static void
fill_choices (BenkSwapDialog *self)
{
  GListModel *choices = benk_swap_get_choices (self->swap);
  BenkSwapChoice *chosen = benk_swap_get_chosen (self->swap);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (BenkSwapChoice) choice = g_list_model_get_item (choices, i);

      gtk_string_list_append (names, benk_swap_choice_get_label (choice));
      if (choice == chosen)
        selected = i;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->choice_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->choice_row, selected);
  self->filling = FALSE;
}

static char *
describe_choice (BenkSwapDialog *self)
{
  BenkSwapChoice *chosen = benk_swap_get_chosen (self->swap);
  const char *difference = chosen ? benk_swap_choice_get_difference (chosen) : NULL;

  if (!chosen)
    return g_strdup (_ ("No device that is ready or in stock can take over."));
  if (difference)
    return g_strdup (difference);
  return g_strdup (_ ("The same make, so the medicine can be moved as it is."));
}

static char *
describe_way (BenkSwapDialog *self)
{
  BenkSwapChoice *chosen = benk_swap_get_chosen (self->swap);
  BenkSwapState state =
    benk_swap_line_get_state (benk_swap_get_line (self->swap, BENK_SWAP_SETTINGS));

  if (state == BENK_SWAP_DONE)
    return g_strdup (_ ("The new device is ready."));
  if (benk_swap_get_by_checklist (self->swap))
    return g_strdup (_ ("Tick each step when it is done."));
  if (!chosen)
    return g_strdup ("");
  return g_strdup (benk_swap_find_plugged (self->swap)
                     ? _ ("The new device is plugged in.")
                     : _ ("Plug the new device in."));
}

static void
show_steps (BenkSwapDialog *self)
{
  BenkSwapState state =
    benk_swap_line_get_state (benk_swap_get_line (self->swap, BENK_SWAP_SETTINGS));

  gtk_widget_set_visible (GTK_WIDGET (self->steps),
                          benk_swap_get_by_checklist (self->swap) &&
                            state != BENK_SWAP_DONE);
}

static gboolean
is_moved (BenkSwapDialog *self)
{
  return benk_swap_line_get_state (benk_swap_get_line (self->swap, BENK_SWAP_MEDICINE)) ==
         BENK_SWAP_DONE;
}

static void
update (BenkSwapDialog *self)
{
  gboolean running = benk_swap_is_running (self->swap);
  gboolean finished = benk_swap_is_finished (self->swap) || self->copying;
  BenkSwapChoice *chosen = benk_swap_get_chosen (self->swap);
  BenkBenchJob *job = benk_swap_get_job (self->swap);
  g_autofree char *choice = describe_choice (self);
  g_autofree char *way = describe_way (self);
  g_autofree char *text = benk_swap_dup_record_text (self->swap);

  /* A text that is greyed out or hidden must not have the keyboard. */
  if ((running || is_moved (self)) &&
      gtk_widget_get_sensitive (GTK_WIDGET (self->medicine_row)))
    gtk_window_set_focus (GTK_WINDOW (self), self->close_button);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->choice_row), choice);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->way_row), way);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choice_row), !running && !text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->way_row), !running && !text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->medicine_row), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->medicine_row), !is_moved (self));
  gtk_widget_set_sensitive (self->run_button, !running && chosen &&
                                                benk_swap_choice_is_possible (chosen) &&
                                                benk_session_get_staff (self->session));
  gtk_widget_set_visible (self->run_button, !finished);
  gtk_button_set_label (GTK_BUTTON (self->run_button),
                        benk_swap_is_begun (self->swap) ? _ ("_Go On") : _ ("_Swap"));
  gtk_button_set_label (GTK_BUTTON (self->close_button),
                        finished ? _ ("_Close") : _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->begun),
                          benk_swap_is_begun (self->swap) && !finished);
  gtk_widget_set_visible (self->result, text != NULL);
  gtk_label_set_text (self->record_text, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  if (job)
    gtk_progress_bar_set_fraction (self->progress, benk_bench_job_get_progress (job));
  show_steps (self);
}

/* --- by checklist --- */

static gint64
get_now_ms (BenkSwapDialog *self)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (self->session));
}

static void
update_steps (BenkSwapDialog *self)
{
  for (guint i = 0; self->list && i < self->step_rows->len; i++)
    benk_checklist_row_update (g_ptr_array_index (self->step_rows, i), self->list,
                               get_now_ms (self));
}

static void
on_step_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkSwapDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_checklist_change_finish (BENK_CHECKLIST (source), result, NULL, &error) &&
      self->session)
    say_problem (self, error->message);
  if (self->session)
    update_steps (self);
}

static void
on_step_ticked (BenkSwapDialog *self, gboolean done, BenkChecklistRow *row)
{
  g_autofree char *typed = benk_checklist_row_get_typed (row);
  BenkStepKind kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "benk-kind"));
  BenkChecklistTick tick = { .step = (char *) benk_checklist_row_get_step (row),
                             .done = done };

  if (done && kind == BENK_STEP_KIND_NAME)
    tick.stated_by = typed;
  else if (done)
    tick.value = typed;
  benk_checklist_tick_async (self->list, NULL, &tick, NULL, on_step_kept,
                             g_object_ref (self));
}

static void
clear_steps (BenkSwapDialog *self)
{
  for (guint i = 0; i < self->step_rows->len; i++)
    gtk_list_box_remove (self->step_list, g_ptr_array_index (self->step_rows, i));
  g_ptr_array_set_size (self->step_rows, 0);
  g_clear_object (&self->list);
}

static void
show_list (BenkSwapDialog *self, BenkChecklist *list)
{
  const GPtrArray *steps = benk_checklist_get_work (list)->form->steps;

  clear_steps (self);
  self->list = g_object_ref (list);
  for (guint i = 0; i < steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (steps, i);
      GtkWidget *row = benk_checklist_row_new (step->id, i + 1, step->kind);

      g_object_set_data (G_OBJECT (row), "benk-kind", GINT_TO_POINTER (step->kind));
      g_signal_connect_object (row, "tick", G_CALLBACK (on_step_ticked), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (self->step_list, row);
      g_ptr_array_add (self->step_rows, row);
    }
  update_steps (self);
}

static void
on_list_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkSwapDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list =
    benk_swap_open_checklist_finish (BENK_SWAP (source), result, &error);

  if (!self->session)
    return;
  if (list)
    show_list (self, list);
  say_problem (self, error ? error->message : NULL);
}

/* The list is the device's, so that ticks are kept when the sheet is closed. */
static void
fill_steps (BenkSwapDialog *self)
{
  clear_steps (self);
  if (benk_swap_get_by_checklist (self->swap) && benk_swap_get_chosen (self->swap))
    benk_swap_open_checklist_async (self->swap, NULL, on_list_opened,
                                    g_object_ref (self));
}

static void
on_choice_selected (BenkSwapDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->choice_row);
  g_autoptr (BenkSwapChoice) choice = NULL;

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  choice = g_list_model_get_item (benk_swap_get_choices (self->swap), selected);
  if (choice)
    benk_swap_choose (self->swap, choice);
  fill_steps (self);
  update (self);
}

static void
on_way_selected (BenkSwapDialog *self)
{
  if (self->filling)
    return;
  benk_swap_set_by_checklist (self->swap,
                              adw_combo_row_get_selected (self->way_row) == 1);
  fill_steps (self);
  update (self);
}

static void
on_chosen (BenkSwapDialog *self)
{
  fill_choices (self);
  update (self);
}

/* --- doing it --- */

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkSwapDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->copying = FALSE;
  if (!benk_swap_mark_copied_finish (BENK_SWAP (source), result, &error) && self->session)
    say_problem (self, error->message);
  if (self->session)
    update (self);
}

static void
on_copy_clicked (BenkSwapDialog *self)
{
  g_autofree char *text = benk_swap_dup_record_text (self->swap);

  if (!text)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  self->copying = TRUE;
  benk_swap_mark_copied_async (self->swap, NULL, on_copied, g_object_ref (self));
}

/* What is ticked is done: the text is on the clipboard as soon as there is one. */
static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkSwapDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkSwapLine *record = benk_swap_get_line (BENK_SWAP (source), BENK_SWAP_RECORD);
  gboolean ran = benk_swap_run_finish (BENK_SWAP (source), result, &error);

  if (!self->session)
    return;
  say_problem (self, ran ? NULL : error->message);
  if (ran && benk_swap_line_is_ticked (record) &&
      benk_swap_line_get_state (record) != BENK_SWAP_DONE)
    on_copy_clicked (self);
  update (self);
}

static void
on_run_clicked (BenkSwapDialog *self)
{
  benk_swap_set_medicine_by (self->swap,
                             gtk_editable_get_text (GTK_EDITABLE (self->medicine_row)));
  say_problem (self, NULL);
  benk_swap_run_async (self->swap, NULL, on_run, g_object_ref (self));
  update (self);
}

static GtkWidget *
create_line (gpointer item, gpointer user_data)
{
  return benk_swap_line_row_new (item);
}

static void
benk_swap_dialog_dispose (GObject *object)
{
  BenkSwapDialog *self = BENK_SWAP_DIALOG (object);

  if (self->lines)
    gtk_list_box_bind_model (self->lines, NULL, NULL, NULL, NULL);
  self->lines = NULL;
  g_clear_pointer (&self->step_rows, g_ptr_array_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->swap);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_swap_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, begun);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, choice_row);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, way_row);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, medicine_row);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, step_list);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, lines);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, result);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, record_text);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, BenkSwapDialog, progress);
}

static void
benk_swap_dialog_class_init (BenkSwapDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_swap_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-swap-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_way_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_run_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_swap_dialog_init (BenkSwapDialog *self)
{
  self->step_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
say_heading (BenkSwapDialog *self)
{
  BenkDevice *old = benk_swap_get_old (self->swap);
  const char *model =
    benk_inventory_get_model_name (benk_session_get_inventory (self->session),
                                   benk_device_get_model_id (old));
  const char *reference = benk_swap_get_reference (self->swap);
  g_autofree char *text =
    g_strdup_printf (_ ("%s %s · user %s"), model ? model : "",
                     benk_swap_get_old_name (self->swap), reference ? reference : "–");

  gtk_label_set_text (self->heading, text);
}

/**
 * benk_swap_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @swap: what was read
 *
 * Returns: (transfer none): the sheet on which a device is swapped
 */
GtkWidget *
benk_swap_dialog_new (GtkWindow *parent, BenkSession *session, BenkSwap *swap)
{
  BenkSwapDialog *self =
    g_object_new (BENK_TYPE_SWAP_DIALOG, "transient-for", parent, NULL);
  GListModel *devices = benk_bench_get_devices (benk_session_get_bench (session));

  self->session = g_object_ref (session);
  self->swap = g_object_ref (swap);
  say_heading (self);
  gtk_list_box_bind_model (self->lines, benk_swap_get_lines (swap), create_line, NULL,
                           NULL);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->way_row, benk_swap_get_by_checklist (swap) ? 1 : 0);
  self->filling = FALSE;
  fill_choices (self);
  fill_steps (self);
  g_signal_connect_object (swap, "notify::chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (swap, "notify::running", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (devices, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->medicine_row));
  return GTK_WIDGET (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSwap) swap = benk_swap_open_finish (result, &error);

  if (swap)
    gtk_window_present (
      GTK_WINDOW (benk_swap_dialog_new (parent, BENK_SESSION (source), swap)));
  else
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell-error", "s",
                                error->message);
}

/**
 * benk_swap_dialog_open:
 * @parent: the main window
 * @session: the open session
 * @device: the device that is to go out
 *
 * Reads what a swap of @device would do and shows the sheet.
 */
void
benk_swap_dialog_open (GtkWindow *parent, BenkSession *session, const BenkId *device)
{
  g_autoptr (GError) error = NULL;

  /* What is plugged in is looked for from now on; without USB there is the checklist. */
  benk_bench_start (benk_session_get_bench (session), &error);
  if (error)
    g_debug ("swap: %s", error->message);
  benk_swap_open_async (session, device, NULL, NULL, on_opened, g_object_ref (parent));
}
