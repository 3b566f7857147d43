/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-deadline-row.h"

#include <glib/gi18n.h>

#include "benk-checklist.h"

/* As benk_allowance_check() says; a spin button goes no further. */
#define MAX_MINUTES 10080
#define MAX_WORKDAYS 30

struct _BenkDeadlineRow
{
  AdwExpanderRow parent_instance;

  char *code;
  BenkAllowance allowance;
  gboolean filling;

  GtkWidget *check;
  GtkWidget *take;
  AdwComboRow *kind_row;
  GtkWidget *amount_row;
  GtkWidget *amount;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkDeadlineRow, benk_deadline_row, ADW_TYPE_EXPANDER_ROW)

static void
show (BenkDeadlineRow *self)
{
  gboolean has_amount = benk_deadline_kind_has_amount (self->allowance.resolve_kind);
  gboolean workdays = self->allowance.resolve_kind == BENK_DEADLINE_WORKDAYS;
  g_autofree char *take = benk_allowance_describe_take (&self->allowance);
  g_autofree char *resolve = benk_allowance_describe_resolve (&self->allowance);
  g_autofree char *subtitle =
    /* Translators: how long there is to take an alarm, and to resolve it. */
    g_strdup_printf (_ ("Take: %s · Resolve: %s"), take, resolve);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_widget_set_visible (self->amount_row, has_amount);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount_row),
                                 workdays ? _ ("Working days, 0 is the same day")
                                          : _ ("Minutes to resolve it"));
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->amount), workdays ? 0 : 1,
                             workdays ? MAX_WORKDAYS : MAX_MINUTES);
}

/* What was changed is what somebody decided. */
static void
on_changed (BenkDeadlineRow *self)
{
  if (self->filling)
    return;
  self->allowance.take_min =
    (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->take));
  self->allowance.resolve_kind = adw_combo_row_get_selected (self->kind_row);
  show (self);
  self->allowance.resolve_amount =
    (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->amount));
  show (self);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), TRUE);
}

static void
on_toggled (BenkDeadlineRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
add_number (BenkDeadlineRow *self, GtkWidget *row, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, MAX_MINUTES, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (on_changed), self);
  return spin;
}

static void
add_kinds (BenkDeadlineRow *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  for (int i = BENK_DEADLINE_NONE; i <= BENK_DEADLINE_WORKDAYS; i++)
    gtk_string_list_append (kinds, benk_deadline_kind_get_label (i));
  self->kind_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind_row), _ ("Resolve"));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kinds));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->kind_row));
  g_signal_connect_swapped (self->kind_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
}

static void
add_state (BenkDeadlineRow *self, const BenkDeadline *deadline)
{
  gboolean proposed = benk_deadline_is_proposed (deadline);
  g_autofree char *words =
    proposed ? NULL : benk_deadline_decision_describe (&deadline->decision);
  GtkWidget *label = gtk_label_new (proposed ? _ ("Proposed") : _ ("Decided"));

  gtk_widget_set_tooltip_text (label, proposed ? benk_proposed_label () : words);
  gtk_widget_add_css_class (label, proposed ? "dim-label" : "heading");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), label);
}

static void
benk_deadline_row_finalize (GObject *object)
{
  g_free (BENK_DEADLINE_ROW (object)->code);
  G_OBJECT_CLASS (benk_deadline_row_parent_class)->finalize (object);
}

static void
benk_deadline_row_class_init (BenkDeadlineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_deadline_row_finalize;
  /**
   * BenkDeadlineRow::chosen:
   *
   * It was chosen, or is no longer.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_deadline_row_init (BenkDeadlineRow *self)
{
  GtkWidget *take_row = adw_action_row_new ();

  self->check = gtk_check_button_new ();
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->check);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (on_toggled), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (take_row),
                                 _ ("Minutes to take it, 0 is no deadline"));
  self->filling = TRUE;
  self->take = add_number (self, take_row, _ ("Minutes to take it, 0 is no deadline"));
  add_kinds (self);
  self->amount_row = adw_action_row_new ();
  self->amount = add_number (self, self->amount_row, _ ("Minutes or working days"));
}

/**
 * benk_deadline_row_new:
 * @deadline: the deadlines of a code
 *
 * Returns: (transfer floating): a row that shows them, and where they can be changed
 */
GtkWidget *
benk_deadline_row_new (const BenkDeadline *deadline)
{
  BenkDeadlineRow *self = g_object_new (BENK_TYPE_DEADLINE_ROW, NULL);
  const BenkAlarmCode *code = benk_alarm_code_resolve (deadline->code);
  g_autofree char *title =
    g_strdup_printf ("%s (%s)", benk_alarm_code_get_label (code), deadline->code);
  g_autofree char *choose = g_strdup_printf (_ ("Choose %s"), title);

  self->code = g_strdup (deadline->code);
  self->allowance = deadline->allowance;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, choose, -1);
  add_state (self, deadline);
  show (self);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->take), deadline->allowance.take_min);
  adw_combo_row_set_selected (self->kind_row, deadline->allowance.resolve_kind);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->amount),
                             deadline->allowance.resolve_amount);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

/**
 * benk_deadline_row_is_chosen:
 * @self: a row
 *
 * Returns: whether it is to be part of the decision
 */
gboolean
benk_deadline_row_is_chosen (BenkDeadlineRow *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

/**
 * benk_deadline_row_set_chosen:
 * @self: a row
 * @chosen: whether it is to be part of the decision
 */
void
benk_deadline_row_set_chosen (BenkDeadlineRow *self, gboolean chosen)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), chosen);
}

/**
 * benk_deadline_row_dup_deadline:
 * @self: a row
 * @model_id: (nullable): the make it is decided for; %NULL = all
 *
 * Returns: (transfer full): the deadlines as they stand in the row
 */
BenkDeadline *
benk_deadline_row_dup_deadline (BenkDeadlineRow *self, const char *model_id)
{
  BenkDeadline *deadline = benk_deadline_new (self->code, model_id);

  deadline->allowance = self->allowance;
  return deadline;
}
