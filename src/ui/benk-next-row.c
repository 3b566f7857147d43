/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-next-row.h"

#include <glib/gi18n.h>

#include "benk-guard-link.h"
#include "benk-inventory.h"
#include "benk-lifecycle.h"
#include "benk-reason-dialog.h"
#include "benk-return-dialog.h"
#include "benk-toasts.h"

struct _BenkNextRow
{
  AdwExpanderRow parent_instance;

  BenkSession *session;
  BenkDevice *device;
  BenkNextState *next;
  BenkDeviceState from;
  GtkWidget *window; /* while it is waited for an answer */
};

G_DEFINE_FINAL_TYPE (BenkNextRow, benk_next_row, ADW_TYPE_EXPANDER_ROW)

/* What the patient record should know of; NULL if nothing. */
static const char *
get_record_verb (BenkDeviceState from, BenkDeviceState to)
{
  if (to == BENK_DEVICE_STATE_PAUSED)
    return "pause";
  if (to == BENK_DEVICE_STATE_TO_COLLECT)
    return "end";
  if (from == BENK_DEVICE_STATE_PAUSED &&
      (to == BENK_DEVICE_STATE_TRIAL || to == BENK_DEVICE_STATE_OPERATION))
    return "resume";
  if (from == BENK_DEVICE_STATE_TRIAL && to == BENK_DEVICE_STATE_OPERATION)
    return "evaluation";
  return NULL;
}

/* What rests on work on the device, or on others, has no way back. */
static void
tell_done (BenkNextRow *self, GtkWidget *window, gint64 seq)
{
  BenkDeviceState to = benk_next_state_get_state (self->next);
  const char *verb = get_record_verb (self->from, to);
  g_autofree char *sentence =
    g_strdup_printf ("%s: %s", benk_device_get_serial (self->device),
                     benk_device_state_get_label (to, TRUE));

  if (benk_lifecycle_can_undo (benk_device_get_state (self->device), to))
    benk_toasts_tell_change (window, sentence, seq);
  else
    gtk_widget_activate_action (window, "win.tell", "s", sentence);
  if (verb)
    gtk_widget_activate_action (window, "win.offer-record", "(ss)", verb,
                                benk_device_get_serial (self->device));
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNextRow) self = user_data;
  g_autoptr (GtkWidget) window = g_steal_pointer (&self->window);
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    tell_done (self, window, seq);
  else
    gtk_widget_activate_action (window, "win.tell-error", "s", error->message);
}

static void
set_state (BenkNextRow *self, const char *owed_reason)
{
  /* The row may be gone from the window when the answer comes. */
  g_set_object (&self->window, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  self->from = benk_device_get_state (self->device);
  benk_inventory_set_state_async (benk_session_get_inventory (self->session),
                                  benk_device_get_id (self->device),
                                  benk_next_state_get_state (self->next), owed_reason,
                                  NULL, on_changed, g_object_ref (self));
}

static void
on_reason (const char *reason, gpointer user_data)
{
  set_state (user_data, reason);
}

/* States of a return are set by its steps only. */
static gboolean
is_by_return (BenkNextRow *self)
{
  return (BENK_DEVICE_STATES_BY_RETURN_CASE &
          BENK_DEVICE_STATE_MASK (benk_next_state_get_state (self->next))) != 0;
}

static void
on_return (BenkNextRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (benk_next_state_get_state (self->next) == BENK_DEVICE_STATE_RMA_REQUESTED)
    gtk_window_present (GTK_WINDOW (
      benk_return_dialog_new (GTK_WINDOW (root), self->session, self->device)));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "returns");
}

static void
on_go_clicked (BenkNextRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (is_by_return (self))
    {
      on_return (self);
      return;
    }
  if (!benk_next_state_needs_reason (self->next))
    {
      set_state (self, NULL);
      return;
    }
  benk_reason_dialog_ask (
    GTK_WINDOW (root), _ ("Go on, and do the rest later?"),
    _ ("What is missing becomes a task with a date and shows in reports. Say why."),
    _ ("_Go On"), on_reason, G_OBJECT (self));
}

/* What is missing in the guard's words; what is signed in the fact's. Other guards that
 * hold have no words of their own and are left out. */
static const char *
get_guard_text (BenkNextGuard *guard)
{
  if (benk_next_guard_is_met (guard) && benk_next_guard_get_fact (guard) < 0)
    return NULL;
  return benk_next_guard_get_text (guard);
}

/* A button is read aloud alone: what it is about belongs to its name. */
static void
name_button (GtkWidget *button, const char *about)
{
  g_autofree char *name =
    g_strdup_printf ("%s: %s", gtk_button_get_label (GTK_BUTTON (button)), about);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
add_guard (BenkNextRow *self, BenkNextGuard *guard)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean met = benk_next_guard_is_met (guard);
  GtkWidget *icon = gtk_image_new_from_icon_name (met ? "object-select-symbolic"
                                                      : "dialog-warning-symbolic");
  GtkWidget *link = met ? NULL : benk_guard_link_new (self->session, self->device, guard);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_guard_text (guard));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (icon, met ? "success" : "warning");
  gtk_widget_set_tooltip_text (icon, met ? _ ("done") : _ ("missing"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (!met && benk_next_guard_is_owed (guard))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("May be done afterwards"));
  if (link)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), link);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
benk_next_row_dispose (GObject *object)
{
  BenkNextRow *self = BENK_NEXT_ROW (object);

  g_clear_object (&self->window);
  g_clear_object (&self->next);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_next_row_parent_class)->dispose (object);
}

static void
benk_next_row_class_init (BenkNextRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_next_row_dispose;
}

static void
benk_next_row_init (BenkNextRow *self)
{
}

static guint
add_guards (BenkNextRow *self)
{
  GListModel *guards = benk_next_state_get_guards (self->next);
  guint n_missing = 0;
  guint n_shown = 0;

  for (guint i = 0; i < g_list_model_get_n_items (guards); i++)
    {
      g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, i);

      n_missing += benk_next_guard_is_met (guard) ? 0 : 1;
      if (!get_guard_text (guard))
        continue;
      add_guard (self, guard);
      n_shown++;
    }
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), n_shown > 0);
  return n_missing;
}

static const char *
get_button_label (BenkNextRow *self)
{
  if (benk_next_state_get_state (self->next) == BENK_DEVICE_STATE_RMA_REQUESTED)
    return _ ("Return…");
  if (is_by_return (self))
    return _ ("Show Returns");
  if (benk_next_state_is_open (self->next) && benk_next_state_needs_reason (self->next))
    return _ ("Go On…");
  return _ ("Set");
}

/**
 * benk_next_row_new:
 * @session: the open session
 * @device: the device
 * @next: a state it may go to
 *
 * Returns: (transfer floating): the state with a button that goes there, and what is
 * missing before it
 */
GtkWidget *
benk_next_row_new (BenkSession *session, BenkDevice *device, BenkNextState *next)
{
  BenkNextRow *self = g_object_new (BENK_TYPE_NEXT_ROW, NULL);
  gboolean open = benk_next_state_is_open (next);
  guint n_missing;
  GtkWidget *button;
  g_autofree char *missing = NULL;

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  self->next = g_object_ref (next);
  adw_preferences_row_set_title (
    ADW_PREFERENCES_ROW (self),
    benk_device_state_get_label (benk_next_state_get_state (next), TRUE));
  n_missing = add_guards (self);
  if (n_missing > 0)
    missing = g_strdup_printf (ngettext ("%u thing is missing", "%u things are missing",
                                         n_missing),
                               n_missing);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), missing ? missing : "");
  button = gtk_button_new_with_label (get_button_label (self));
  name_button (button, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, (open || is_by_return (self)) &&
                                      benk_session_get_staff (session) != NULL);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_go_clicked), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
  return GTK_WIDGET (self);
}

/**
 * benk_next_row_get_state:
 * @self: a row
 *
 * Returns: the state that it goes to
 */
BenkDeviceState
benk_next_row_get_state (BenkNextRow *self)
{
  return benk_next_state_get_state (self->next);
}
