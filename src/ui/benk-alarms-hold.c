/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-hold.h"

#include <glib/gi18n.h>

#define KEY "benk-alarms-hold"

/* While pointer or focus is in the list, its rows stay where they are. */
typedef struct
{
  BenkAlarmsShown *shown;
  GtkEventController *motion;
  GtkEventController *focus;
  guint source;
  gboolean apply;
} Hold;

static void
hold_free (gpointer data)
{
  Hold *hold = data;

  g_clear_handle_id (&hold->source, g_source_remove);
  g_object_unref (hold->shown);
  g_free (hold);
}

static gboolean
is_held (Hold *hold)
{
  return gtk_event_controller_motion_contains_pointer (
           GTK_EVENT_CONTROLLER_MOTION (hold->motion)) ||
         gtk_event_controller_focus_contains_focus (
           GTK_EVENT_CONTROLLER_FOCUS (hold->focus));
}

static gboolean
on_idle (gpointer user_data)
{
  Hold *hold = user_data;

  hold->source = 0;
  if (hold->apply)
    benk_alarms_shown_apply (hold->shown);
  hold->apply = FALSE;
  benk_alarms_shown_set_held (hold->shown, is_held (hold));
  return G_SOURCE_REMOVE;
}

/* Not while GTK still tells the rows of an event: it does not bear that they go then. */
static void
follow_soon (Hold *hold)
{
  if (hold->source == 0)
    hold->source = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, hold, NULL);
}

static void
update (Hold *hold)
{
  if (is_held (hold))
    benk_alarms_shown_set_held (hold->shown, TRUE);
  else
    follow_soon (hold);
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, Hold *hold)
{
  benk_alarms_shown_note_input (hold->shown);
  return FALSE;
}

static gboolean
on_escape (GtkWidget *page, GVariant *args, gpointer user_data)
{
  Hold *hold = user_data;

  if (!gtk_widget_get_mapped (page) || !benk_alarms_shown_is_waiting (hold->shown))
    return FALSE;
  hold->apply = TRUE;
  follow_soon (hold);
  return TRUE;
}

/**
 * benk_alarms_hold_attach:
 * @area: what the rows stand in
 * @page: where Esc lets what waits come
 * @shown: the list
 *
 * Holds @shown while pointer or focus is in @area, which is a part of @page.
 */
void
benk_alarms_hold_attach (GtkWidget *area, GtkWidget *page, BenkAlarmsShown *shown)
{
  Hold *hold = g_new0 (Hold, 1);
  GtkEventController *input = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  hold->shown = g_object_ref (shown);
  hold->motion = gtk_event_controller_motion_new ();
  hold->focus = gtk_event_controller_focus_new ();
  g_object_set_data_full (G_OBJECT (area), KEY, hold, hold_free);
  g_signal_connect_swapped (hold->motion, "notify::contains-pointer", G_CALLBACK (update),
                            hold);
  g_signal_connect_swapped (hold->focus, "notify::contains-focus", G_CALLBACK (update),
                            hold);
  gtk_event_controller_set_propagation_phase (input, GTK_PHASE_CAPTURE);
  g_signal_connect (input, "event", G_CALLBACK (on_event), hold);
  gtk_widget_add_controller (area, hold->motion);
  gtk_widget_add_controller (area, hold->focus);
  gtk_widget_add_controller (area, input);

  /* The pointer may be in the list while keys go elsewhere. */
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (on_escape, hold, NULL)));
  gtk_widget_add_controller (page, keys);
}

/**
 * benk_alarms_hold_describe:
 * @waiting: what waits
 *
 * Returns: (transfer full): what a button says that lets it come; empty if nothing waits
 */
char *
benk_alarms_hold_describe (const BenkAlarmsWaiting *waiting)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (waiting->n_new > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u new", "%u new", waiting->n_new),
                                      waiting->n_new));
  if (waiting->n_critical > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u critical", "%u critical",
                                                       waiting->n_critical),
                                             waiting->n_critical));
  if (waiting->n_gone > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u no longer open", "%u no longer open",
                                                waiting->n_gone),
                                      waiting->n_gone));
  if (parts->len == 0 && waiting->moved)
    g_ptr_array_add (parts, g_strdup (_ ("New order")));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
