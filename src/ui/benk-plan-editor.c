/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-editor.h"

#include <glib/gi18n.h>

#include "benk-plan-alarms.h"
#include "benk-plan-check.h"
#include "benk-plan-dose-bar.h"
#include "benk-plan-proposal.h"
#include "benk-plan-recipients.h"
#include "benk-plan-rest.h"
#include "benk-plan-strip.h"

struct _BenkPlanEditor
{
  GtkBox parent_instance;

  BenkPlanDraft *draft;
  GPtrArray *shown; /* (element-type BenkPlanProblem): one a button */

  BenkPlanStrip *strip;
  BenkPlanDoseBar *dose_bar;
  GtkLabel *proposed;
  GtkWidget *decide_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  BenkPlanAlarms *alarms;
  BenkPlanRecipients *recipients;
  BenkPlanRest *rest;
  GtkLabel *problems_heading;
  GtkBox *problems;
  GtkLabel *changes_heading;
  GtkLabel *changes;
};

G_DEFINE_FINAL_TYPE (BenkPlanEditor, benk_plan_editor, GTK_TYPE_BOX)

static void
go_to_dose (BenkPlanEditor *self, int item)
{
  if (item >= 0)
    benk_plan_strip_select (self->strip, item, TRUE);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->strip));
}

static void
go_to (BenkPlanEditor *self, const BenkPlanProblem *problem)
{
  switch (problem->field)
    {
    case BENK_PLAN_FIELD_DOSES:
      go_to_dose (self, problem->item);
      break;
    case BENK_PLAN_FIELD_ALARMS:
      gtk_widget_grab_focus (GTK_WIDGET (self->alarms));
      break;
    case BENK_PLAN_FIELD_EVENING:
      benk_plan_recipients_edit (self->recipients, BENK_DUTY_PERIOD_EVENING);
      break;
    case BENK_PLAN_FIELD_WEEKEND:
      benk_plan_recipients_edit (self->recipients, BENK_DUTY_PERIOD_WEEKEND);
      break;
    case BENK_PLAN_FIELD_DAY:
    case BENK_PLAN_FIELD_RECIPIENTS:
      benk_plan_recipients_edit (self->recipients, BENK_DUTY_PERIOD_DAY);
      break;
    case BENK_PLAN_FIELD_ZONE:
    case BENK_PLAN_FIELD_LANGUAGE:
    case BENK_PLAN_FIELD_VOLUME:
    case BENK_PLAN_FIELD_VALID_FROM:
    default:
      benk_plan_rest_edit (self->rest, problem->field);
      break;
    }
}

static void
on_problem (GtkWidget *button, BenkPlanEditor *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "benk-problem"));

  if (i < self->shown->len)
    go_to (self, g_ptr_array_index (self->shown, i));
}

static GtkWidget *
make_link (BenkPlanEditor *self, guint i)
{
  const BenkPlanProblem *problem = g_ptr_array_index (self->shown, i);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (
    problem->blocks ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (problem->sentence);
  g_autofree char *name =
    g_strdup_printf (problem->blocks ? _ ("Missing: %s") : _ ("Warning: %s"),
                     problem->sentence);

  gtk_widget_add_css_class (icon, problem->blocks ? "error" : "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "plan-problem");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_object_set_data (G_OBJECT (button), "benk-problem", GUINT_TO_POINTER (i));
  g_signal_connect (button, "clicked", G_CALLBACK (on_problem), self);
  return button;
}

static gboolean
same_problems (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_strcmp0 (((BenkPlanProblem *) a->pdata[i])->sentence,
                   ((BenkPlanProblem *) b->pdata[i])->sentence) != 0)
      return FALSE;
  return TRUE;
}

/* The buttons stay where nothing changes, so that the one with the focus keeps it. */
static void
show_problems (BenkPlanEditor *self)
{
  g_autoptr (GPtrArray) problems = benk_plan_draft_list_problems (self->draft);
  gboolean complete = benk_plan_draft_is_complete (self->draft);
  gboolean same = same_problems (problems, self->shown);
  GtkWidget *child;

  gtk_label_set_text (self->problems_heading, !complete ? _ ("Missing")
                                              : problems->len > 0
                                                ? _ ("To look at")
                                                : _ ("Nothing is missing"));
  g_ptr_array_unref (self->shown);
  self->shown = g_steal_pointer (&problems);
  if (same)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->problems))))
    gtk_box_remove (self->problems, child);
  for (guint i = 0; i < self->shown->len; i++)
    gtk_box_append (self->problems, make_link (self, i));
}

static void
show_changes (BenkPlanEditor *self)
{
  g_auto (GStrv) changes = benk_plan_draft_diff (self->draft);
  g_autofree char *text = g_strjoinv ("\n", changes);
  gboolean compared = benk_plan_draft_get_base (self->draft) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->changes_heading), compared);
  gtk_label_set_text (self->changes, compared && !*text ? _ ("No change") : text);
}

static void
on_draft_changed (BenkPlanEditor *self)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  g_autofree char *proposed = benk_plan_describe_proposed (plan);

  gtk_label_set_text (self->proposed, proposed ? proposed : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->proposed), proposed);
  gtk_widget_set_visible (self->decide_button, proposed != NULL);
  gtk_widget_set_sensitive (self->undo_button, benk_plan_draft_can_undo (self->draft));
  gtk_widget_set_sensitive (self->redo_button, benk_plan_draft_can_redo (self->draft));
  show_problems (self);
  show_changes (self);
}

static void
on_decide (BenkPlanEditor *self)
{
  benk_plan_draft_decide (self->draft);
}

static void
on_undo (BenkPlanEditor *self)
{
  benk_plan_draft_undo (self->draft);
}

static void
on_redo (BenkPlanEditor *self)
{
  benk_plan_draft_redo (self->draft);
}

/* In a text the keys belong to the text. */
static gboolean
is_in_text (GtkWidget *widget)
{
  return GTK_IS_EDITABLE (gtk_root_get_focus (gtk_widget_get_root (widget)));
}

static gboolean
press_undo (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (is_in_text (widget))
    return FALSE;
  on_undo (BENK_PLAN_EDITOR (widget));
  return TRUE;
}

static gboolean
press_redo (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (is_in_text (widget))
    return FALSE;
  on_redo (BENK_PLAN_EDITOR (widget));
  return TRUE;
}

static void
benk_plan_editor_dispose (GObject *object)
{
  g_clear_object (&BENK_PLAN_EDITOR (object)->draft);
  G_OBJECT_CLASS (benk_plan_editor_parent_class)->dispose (object);
}

static void
benk_plan_editor_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_PLAN_EDITOR (object)->shown);
  G_OBJECT_CLASS (benk_plan_editor_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, strip);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, dose_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, proposed);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, decide_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, redo_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, alarms);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, recipients);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, rest);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, problems_heading);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, problems);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, changes_heading);
  gtk_widget_class_bind_template_child (widget_class, BenkPlanEditor, changes);
}

static void
benk_plan_editor_class_init (BenkPlanEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_plan_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_plan_editor_finalize;
  g_type_ensure (BENK_TYPE_PLAN_ALARMS);
  g_type_ensure (BENK_TYPE_PLAN_DOSE_BAR);
  g_type_ensure (BENK_TYPE_PLAN_RECIPIENTS);
  g_type_ensure (BENK_TYPE_PLAN_REST);
  g_type_ensure (BENK_TYPE_PLAN_STRIP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-plan-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_decide);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_redo);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, press_undo,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z,
                                GDK_CONTROL_MASK | GDK_SHIFT_MASK, press_redo, NULL);
}

static void
benk_plan_editor_init (BenkPlanEditor *self)
{
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_plan_problem_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_plan_editor_set_compared (self, _ ("Changes"));
}

/**
 * benk_plan_editor_set_draft:
 * @self: an editor
 * @draft: what it shows and changes; once
 */
void
benk_plan_editor_set_draft (BenkPlanEditor *self, BenkPlanDraft *draft)
{
  self->draft = g_object_ref (draft);
  benk_plan_strip_set_draft (self->strip, draft);
  benk_plan_dose_bar_set_strip (self->dose_bar, self->strip, draft);
  benk_plan_alarms_set_draft (self->alarms, draft);
  benk_plan_recipients_set_draft (self->recipients, draft);
  benk_plan_rest_set_draft (self->rest, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  on_draft_changed (self);
}

/**
 * benk_plan_editor_set_compared:
 * @self: an editor
 * @heading: what the plan is compared with, in words
 */
void
benk_plan_editor_set_compared (BenkPlanEditor *self, const char *heading)
{
  gtk_label_set_text (self->changes_heading, heading);
}
