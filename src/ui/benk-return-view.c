/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-return-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-plan.h"
#include "benk-return-row.h"
#include "benk-return-step-dialog.h"
#include "benk-returns.h"
#include "benk-rows.h"
#include "benk-wording.h"

struct _BenkReturnView
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkTicker *ticker;
  BenkReturnCase *shown;
  gulong notify_handler;
  GCancellable *loading;
  GListModel *steps;
  GPtrArray *fact_rows;
  GPtrArray *history_rows;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *vendor;
  GtkLabel *deadline;
  GtkWidget *proposed;
  GtkBox *line;
  GtkWidget *blocked_box;
  GtkLabel *blocked;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *history;
  GtkButton *next_button;
  GtkWidget *cancel_button;
  GtkWidget *device_button;
};

G_DEFINE_FINAL_TYPE (BenkReturnView, benk_return_view, GTK_TYPE_WIDGET)

static char *
say_instant (BenkReturnView *self, gint64 ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  return benk_wording_instant (ms, benk_ticker_get_now_ms (self->ticker), zone);
}

/* When the return came to @state, or 0. */
static gint64
get_reached_ms (BenkReturnView *self, BenkReturnState state)
{
  const char *label = benk_return_state_get_label (state);

  for (guint i = 0; self->steps && i < g_list_model_get_n_items (self->steps); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (self->steps, i);
      const char *const *changes = benk_history_item_get_changes (item);

      if (changes && g_strv_contains (changes, label))
        return benk_history_item_get_at_ms (item);
    }
  return 0;
}

static void
add_step (BenkReturnView *self, BenkReturnState state)
{
  BenkReturnState current = benk_return_case_get_state (self->shown);
  gint64 reached_ms = get_reached_ms (self, state);
  gboolean done = reached_ms > 0 || state == current;
  g_autofree char *when = reached_ms > 0 ? say_instant (self, reached_ms) : NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon =
    gtk_image_new_from_icon_name (done ? "object-select-symbolic" : "radio-symbolic");
  GtkWidget *label = gtk_label_new (benk_return_state_get_label (state));
  GtkWidget *date = gtk_label_new (when);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (date, "caption");
  gtk_widget_add_css_class (date, "numeric");
  gtk_widget_add_css_class (box, "return-step");
  gtk_widget_add_css_class (box, state == current ? "current" : done ? "done" : "ahead");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  done ? _ ("done") : _ ("not done"), -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), date);
  gtk_box_append (self->line, box);
}

/* A cancelled return ends where it came to; one that a list brought in under way begins
 * there. */
static gboolean
is_in_line (BenkReturnView *self, BenkReturnState state)
{
  BenkReturnState current = benk_return_case_get_state (self->shown);

  if (current != BENK_RETURN_STATE_CANCELLED && state >= current)
    return TRUE;
  return get_reached_ms (self, state) > 0;
}

static void
update_line (BenkReturnView *self)
{
  gboolean cancelled =
    benk_return_case_get_state (self->shown) == BENK_RETURN_STATE_CANCELLED;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->line))) != NULL)
    gtk_box_remove (self->line, child);
  for (int state = BENK_RETURN_STATE_REGISTERED; state <= BENK_RETURN_STATE_CLOSED;
       state++)
    if (is_in_line (self, (BenkReturnState) state))
      add_step (self, (BenkReturnState) state);
  if (cancelled)
    add_step (self, BENK_RETURN_STATE_CANCELLED);
}

static void
update_facts (BenkReturnView *self)
{
  const struct
  {
    const char *title;
    const char *value;
  } rows[] = {
    { _ ("Reason"), benk_return_case_get_reason (self->shown) },
    { _ ("Return number (RMA)"), benk_return_case_get_no_rma (self->shown)
                                   ? _ ("The vendor uses no number")
                                   : benk_return_case_get_rma_number (self->shown) },
    { _ ("Tracking number"), benk_return_case_get_tracking (self->shown) },
    { _ ("Outcome"),
      benk_return_outcome_get_label (benk_return_case_get_outcome (self->shown)) },
  };

  benk_rows_clear (self->facts, self->fact_rows);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].value && *rows[i].value)
      benk_rows_add_fact (self->facts, self->fact_rows, rows[i].title, rows[i].value);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), self->fact_rows->len > 0);
}

static gboolean
get_next (BenkReturnView *self, BenkReturnState *next)
{
  BenkReturnState state = benk_return_case_get_state (self->shown);

  if (state >= BENK_RETURN_STATE_CLOSED)
    return FALSE;
  *next = (BenkReturnState) (state + 1);
  return TRUE;
}

static void
update_buttons (BenkReturnView *self)
{
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  BenkReturnState next = BENK_RETURN_STATE_CLOSED;
  gboolean open = get_next (self, &next);

  gtk_widget_set_visible (GTK_WIDGET (self->next_button), open);
  gtk_button_set_label (self->next_button, benk_return_step_get_label (next));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), may_write);
  gtk_widget_set_visible (self->cancel_button, benk_return_case_get_state (self->shown) <=
                                                 BENK_RETURN_STATE_PACKED);
  gtk_widget_set_sensitive (self->cancel_button, may_write);
}

static void
update (BenkReturnView *self)
{
  g_autofree char *deadline = NULL;
  gboolean overdue = FALSE;

  if (!self->shown)
    return;
  deadline =
    benk_return_row_describe_deadline (self->shown, benk_ticker_get_now_ms (self->ticker),
                                       &overdue);
  gtk_label_set_text (self->title, benk_return_case_get_device_label (self->shown));
  gtk_label_set_text (self->vendor, benk_return_case_get_vendor (self->shown));
  gtk_label_set_text (self->deadline, deadline ? deadline : "");
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), deadline != NULL);
  gtk_widget_set_visible (self->proposed, deadline != NULL);
  if (overdue)
    gtk_widget_add_css_class (GTK_WIDGET (self->deadline), "overdue");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->deadline), "overdue");
  update_line (self);
  update_facts (self);
  update_buttons (self);
}

static void
add_history (BenkReturnView *self)
{
  benk_rows_clear (self->history, self->history_rows);
  for (guint i = 0; i < g_list_model_get_n_items (self->steps); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (self->steps, i);

      benk_rows_add_history (self->history, self->history_rows, item,
                             benk_ticker_get_now_ms (self->ticker));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->history), self->history_rows->len > 0);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReturnView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *blocked = NULL;
  g_autoptr (GListModel) steps =
    benk_returns_load_finish (BENK_RETURNS (source), result, &blocked, &error);

  if (!self->shown)
    return;
  if (!steps)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
          !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s",
                                    error->message);
      return;
    }
  g_set_object (&self->steps, steps);
  gtk_label_set_text (self->blocked, blocked ? blocked : "");
  gtk_widget_set_visible (self->blocked_box, blocked && *blocked);
  add_history (self);
  update (self);
}

static void
load (BenkReturnView *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (!self->shown)
    return;
  self->loading = g_cancellable_new ();
  benk_returns_load_async (benk_session_get_returns (self->session),
                           benk_return_case_get_id (self->shown), self->loading,
                           on_loaded, g_object_ref (self));
}

static void
ask_step (BenkReturnView *self, BenkReturnState state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_return_step_dialog_new (GTK_WINDOW (root), self->session, self->shown, state)));
}

static void
on_next_clicked (BenkReturnView *self)
{
  BenkReturnState next;

  if (get_next (self, &next))
    ask_step (self, next);
}

static void
on_cancel_clicked (BenkReturnView *self)
{
  ask_step (self, BENK_RETURN_STATE_CANCELLED);
}

static void
on_device_clicked (BenkReturnView *self)
{
  g_autofree char *id = benk_id_to_string (benk_return_case_get_device_id (self->shown));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-device", "s", id);
}

static void
benk_return_view_dispose (GObject *object)
{
  BenkReturnView *self = BENK_RETURN_VIEW (object);
  GtkWidget *child;

  if (self->stack)
    benk_return_view_set_case (self, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->ticker);
  g_clear_pointer (&self->fact_rows, g_ptr_array_unref);
  g_clear_pointer (&self->history_rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_return_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, title);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, vendor);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, deadline);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, proposed);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, line);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, blocked_box);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, blocked);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, facts);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, history);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, next_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnView, device_button);
}

static void
benk_return_view_class_init (BenkReturnViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_return_view_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-return-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_device_clicked);
}

static void
benk_return_view_init (BenkReturnView *self)
{
  self->fact_rows = g_ptr_array_new ();
  self->history_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_return_view_set_session:
 * @self: the view
 * @session: the open session
 * @ticker: says when relative times are to be said anew
 *
 * Gives the view what it works with; once.
 */
void
benk_return_view_set_session (BenkReturnView *self,
                              BenkSession *session,
                              BenkTicker *ticker)
{
  g_return_if_fail (BENK_IS_RETURN_VIEW (self));
  g_set_object (&self->session, session);
  g_set_object (&self->ticker, ticker);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * benk_return_view_set_case:
 * @self: the view
 * @return_case: (nullable): what to show
 *
 * Shows how far a return has come, what blocks the next step, and a button for it.
 */
void
benk_return_view_set_case (BenkReturnView *self, BenkReturnCase *return_case)
{
  g_return_if_fail (BENK_IS_RETURN_VIEW (self));
  if (self->shown)
    g_clear_signal_handler (&self->notify_handler, self->shown);
  g_set_object (&self->shown, return_case);
  g_clear_object (&self->steps);
  gtk_stack_set_visible_child_name (self->stack, return_case ? "return" : "none");
  if (return_case)
    {
      /* What is kept of the steps changes with the state. */
      self->notify_handler =
        g_signal_connect_swapped (return_case, "notify::state", G_CALLBACK (load), self);
      gtk_widget_set_visible (self->blocked_box, FALSE);
      update (self);
    }
  load (self);
}
