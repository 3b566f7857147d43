/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-step-row.h"

#include <glib/gi18n.h>

struct _BenkStepRow
{
  GtkListBoxRow parent_instance;

  BenkStep *step;
  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (BenkStepRow, benk_step_row, GTK_TYPE_LIST_BOX_ROW)

typedef struct
{
  const char *icon;
  const char *css_class;
  const char *word;
} Look;

static const Look looks[] = {
  [BENK_BENCH_STEP_WAITING] = { "content-loading-symbolic", "dim-label", N_ ("waiting") },
  [BENK_BENCH_STEP_RUNNING] = { "media-playback-start-symbolic", "accent",
                                N_ ("under way") },
  [BENK_BENCH_STEP_DONE] = { "object-select-symbolic", "success", N_ ("done") },
  [BENK_BENCH_STEP_FAILED] = { "dialog-warning-symbolic", "error", N_ ("failed") },
  [BENK_BENCH_STEP_SKIPPED] = { "action-unavailable-symbolic", "dim-label",
                                N_ ("not done") },
};

static void
update (BenkStepRow *self)
{
  const Look *look = &looks[benk_step_get_state (self->step)];
  const char *detail = benk_step_get_detail (self->step);
  g_autofree char *spoken =
    g_strdup_printf ("%s: %s%s%s", benk_step_get_label (self->step), _ (look->word),
                     detail ? ". " : "", detail ? detail : "");

  gtk_image_set_from_icon_name (self->icon, look->icon);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), look->css_class);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), _ (look->word));
  gtk_label_set_text (self->label, benk_step_get_label (self->step));
  gtk_label_set_text (self->detail, detail ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail && *detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
benk_step_row_dispose (GObject *object)
{
  BenkStepRow *self = BENK_STEP_ROW (object);

  g_clear_object (&self->step);
  G_OBJECT_CLASS (benk_step_row_parent_class)->dispose (object);
}

static void
benk_step_row_class_init (BenkStepRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_step_row_dispose;
}

static void
benk_step_row_init (BenkStepRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  self->detail = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->detail, 0);
  gtk_label_set_wrap (self->detail, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "caption");
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_margin_top (box, 2);
  gtk_widget_set_margin_bottom (box, 2);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * benk_step_row_new:
 * @step: a step of a job
 *
 * Returns: (transfer floating): the step with a sign and a word for how far it is
 */
GtkWidget *
benk_step_row_new (BenkStep *step)
{
  BenkStepRow *self = g_object_new (BENK_TYPE_STEP_ROW, NULL);

  self->step = g_object_ref (step);
  g_signal_connect_object (step, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
