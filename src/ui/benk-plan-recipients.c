/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-recipients.h"

#include <glib/gi18n.h>

#include "benk-plan-words.h"

#define N_PERIODS 3

/* One role, or one of a file that this program does not offer. */
typedef struct
{
  char *role;
  GtkWidget *checks[N_PERIODS];
} Row;

struct _BenkPlanRecipients
{
  GtkGrid parent_instance;

  BenkPlanDraft *draft;
  GPtrArray *rows; /* (element-type Row) */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BenkPlanRecipients, benk_plan_recipients, GTK_TYPE_GRID)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->role);
  g_free (row);
}

static void
on_toggled (BenkPlanRecipients *self)
{
  if (self->updating)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      guint periods = 0;

      for (guint k = 0; k < N_PERIODS; k++)
        if (gtk_check_button_get_active (GTK_CHECK_BUTTON (row->checks[k])))
          periods |= 1u << k;
      benk_plan_draft_set_periods (self->draft, row->role, (BenkDutyPeriods) periods);
    }
}

static void
add_row (BenkPlanRecipients *self, const char *role)
{
  g_autofree char *name = benk_plan_describe_role (role);
  GtkWidget *words = gtk_label_new (name);
  Row *row = g_new0 (Row, 1);
  int at = (int) self->rows->len + 1;

  row->role = g_strdup (role);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (GTK_GRID (self), words, 0, at, 1, 1);
  for (guint k = 0; k < N_PERIODS; k++)
    {
      g_autofree char *when = benk_plan_describe_periods ((BenkDutyPeriods) (1u << k));
      g_autofree char *label = g_strdup_printf ("%s, %s", name, when);

      row->checks[k] = gtk_check_button_new ();
      gtk_widget_add_css_class (row->checks[k], "plan-check");
      gtk_widget_set_halign (row->checks[k], GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (row->checks[k], label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->checks[k]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_grid_attach (GTK_GRID (self), row->checks[k], (int) k + 1, at, 1, 1);
      g_signal_connect_swapped (row->checks[k], "toggled", G_CALLBACK (on_toggled), self);
    }
  g_ptr_array_add (self->rows, row);
}

static gboolean
has_row (BenkPlanRecipients *self, const char *role)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (((Row *) g_ptr_array_index (self->rows, i))->role, role) == 0)
      return TRUE;
  return FALSE;
}

static void
update (BenkPlanRecipients *self)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);

  for (guint i = 0; i < benk_plan_get_n_recipients (plan); i++)
    if (!has_row (self, benk_plan_get_recipient (plan, i)->role))
      add_row (self, benk_plan_get_recipient (plan, i)->role);
  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      BenkDutyPeriods periods = benk_plan_get_periods (plan, row->role);

      for (guint k = 0; k < N_PERIODS; k++)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (row->checks[k]),
                                     (periods & 1u << k) != 0);
    }
  self->updating = FALSE;
}

static void
benk_plan_recipients_dispose (GObject *object)
{
  g_clear_object (&BENK_PLAN_RECIPIENTS (object)->draft);
  G_OBJECT_CLASS (benk_plan_recipients_parent_class)->dispose (object);
}

static void
benk_plan_recipients_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_PLAN_RECIPIENTS (object)->rows);
  G_OBJECT_CLASS (benk_plan_recipients_parent_class)->finalize (object);
}

static void
benk_plan_recipients_class_init (BenkPlanRecipientsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_plan_recipients_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_plan_recipients_finalize;
}

static void
benk_plan_recipients_init (BenkPlanRecipients *self)
{
  static const char *const periods[N_PERIODS] = { N_ ("Day"), N_ ("Evening"),
                                                  N_ ("Weekend") };

  self->rows = g_ptr_array_new_with_free_func (row_free);
  gtk_grid_set_column_spacing (GTK_GRID (self), 6);
  gtk_grid_set_row_spacing (GTK_GRID (self), 2);
  for (guint k = 0; k < N_PERIODS; k++)
    {
      GtkWidget *label = gtk_label_new (_ (periods[k]));

      gtk_widget_add_css_class (label, "caption-heading");
      gtk_grid_attach (GTK_GRID (self), label, (int) k + 1, 0, 1, 1);
    }
  for (guint i = 0; i < benk_plan_get_n_roles (); i++)
    add_row (self, benk_plan_get_role (i));
}

/**
 * benk_plan_recipients_set_draft:
 * @self: the recipients
 * @draft: what they show and change; once
 */
void
benk_plan_recipients_set_draft (BenkPlanRecipients *self, BenkPlanDraft *draft)
{
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * benk_plan_recipients_edit:
 * @self: the recipients
 * @period: when nobody receives
 *
 * Goes to where somebody can be chosen for @period.
 */
void
benk_plan_recipients_edit (BenkPlanRecipients *self, BenkDutyPeriods period)
{
  Row *row = g_ptr_array_index (self->rows, 0);

  for (guint k = 0; k < N_PERIODS; k++)
    if (period == (BenkDutyPeriods) (1u << k))
      gtk_widget_grab_focus (row->checks[k]);
}
