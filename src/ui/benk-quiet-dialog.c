/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-quiet-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-attention.h"
#include "benk-entry-rows.h"
#include "benk-sentence.h"

struct _BenkQuietDialog
{
  AdwWindow parent_instance;

  BenkSession *session;

  AdwPreferencesGroup *choices;
  AdwEntryRow *time_row;
  GtkLabel *problem;
  GtkWidget *end_button;
};

G_DEFINE_FINAL_TYPE (BenkQuietDialog, benk_quiet_dialog, ADW_TYPE_WINDOW)

static BenkAttention *
get_attention (BenkQuietDialog *self)
{
  return benk_session_get_attention (self->session);
}

static void
be_quiet_until (BenkQuietDialog *self, gint64 until_ms)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *sentence = NULL;

  benk_attention_be_quiet_until (get_attention (self), until_ms);
  sentence = benk_attention_describe_quiet (get_attention (self));
  if (parent && sentence)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell", "s", sentence);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_row_activated (GtkWidget *row, BenkQuietDialog *self)
{
  BenkQuiet quiet =
    (BenkQuiet) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "benk-quiet"));

  /* Counted from the click, not from when the row was made. */
  be_quiet_until (self, benk_attention_propose_quiet (get_attention (self), quiet));
}

static void
on_time_applied (BenkQuietDialog *self)
{
  g_autofree char *text = benk_entry_rows_get_text (self->time_row);
  g_autoptr (GError) error = NULL;
  gint64 until_ms = benk_attention_parse_quiet (get_attention (self), text, &error);

  if (until_ms > 0)
    be_quiet_until (self, until_ms);
  else
    benk_sentence_show (self->problem, error->message);
}

static void
on_time_changed (BenkQuietDialog *self)
{
  benk_sentence_show (self->problem, NULL);
}

static void
on_end_clicked (BenkQuietDialog *self)
{
  benk_attention_end_quiet (get_attention (self));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_choice (BenkQuietDialog *self, BenkQuiet quiet, gint64 now_ms)
{
  gint64 until_ms = benk_attention_propose_quiet (get_attention (self), quiet);
  g_autofree char *until = NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (until_ms <= now_ms)
    return;
  until = benk_wait_describe_until (until_ms, now_ms, BENK_DISTRICT_ZONE);
  /* Translators: a clock time, on its own below a choice such as “1 hour”. */
  subtitle = g_strdup_printf (C_ ("quiet", "Until %s"), until);
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), benk_quiet_get_label (quiet));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "benk-quiet", GINT_TO_POINTER (quiet));
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
  adw_preferences_group_add (self->choices, row);
}

static void
benk_quiet_dialog_dispose (GObject *object)
{
  BenkQuietDialog *self = BENK_QUIET_DIALOG (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_quiet_dialog_parent_class)->dispose (object);
}

static void
benk_quiet_dialog_class_init (BenkQuietDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_quiet_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-quiet-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkQuietDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, BenkQuietDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, BenkQuietDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkQuietDialog, end_button);
  gtk_widget_class_bind_template_callback (widget_class, on_time_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_time_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_end_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_quiet_dialog_init (BenkQuietDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_quiet_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): asks until when only critical alarms are to be shown on the
 *   desktop
 */
GtkWidget *
benk_quiet_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkQuietDialog *self =
    g_object_new (BENK_TYPE_QUIET_DIALOG, "transient-for", parent, NULL);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));

  self->session = g_object_ref (session);
  for (int i = 0; i < BENK_N_QUIETS; i++)
    add_choice (self, (BenkQuiet) i, now_ms);
  gtk_widget_set_visible (self->end_button,
                          benk_attention_is_quiet (get_attention (self)));
  return GTK_WIDGET (self);
}
