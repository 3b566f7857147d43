/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attention-bar.h"

#include <glib/gi18n.h>

#include "benk-attention.h"

struct _BenkAttentionBar
{
  GtkWidget parent_instance;

  BenkAttention *attention;

  GtkWidget *problem_row;
  GtkLabel *problem;
  GtkWidget *quiet_row;
  GtkLabel *quiet;
};

G_DEFINE_FINAL_TYPE (BenkAttentionBar, benk_attention_bar, GTK_TYPE_WIDGET)

static void
add_line (GString *text, const char *line)
{
  if (line)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static void
update (BenkAttentionBar *self)
{
  g_autoptr (GString) problems = g_string_new (NULL);
  g_autofree char *until = benk_attention_describe_quiet (self->attention);
  g_autofree char *quiet = NULL;

  add_line (problems, benk_attention_get_watch_problem (self->attention));
  add_line (problems, benk_attention_get_save_problem (self->attention));
  add_line (problems, benk_attention_get_problem (self->attention));
  add_line (problems, benk_attention_get_sound_problem (self->attention));
  if (until)
    /* Translators: “Quiet until 13:30”, then what that means. */
    quiet = g_strdup_printf (_ ("%s. All alarms are listed and counted here; the desktop "
                                "shows only critical ones, without sound."),
                             until);
  gtk_label_set_text (self->problem, problems->str);
  gtk_label_set_text (self->quiet, quiet ? quiet : "");
  gtk_widget_set_visible (self->problem_row, problems->len > 0);
  gtk_widget_set_visible (self->quiet_row, quiet != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), problems->len > 0 || quiet);
}

static void
on_end_clicked (BenkAttentionBar *self)
{
  benk_attention_end_quiet (self->attention);
}

static void
benk_attention_bar_dispose (GObject *object)
{
  BenkAttentionBar *self = BENK_ATTENTION_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->attention);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_attention_bar_parent_class)->dispose (object);
}

static void
benk_attention_bar_class_init (BenkAttentionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_attention_bar_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-attention-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionBar, problem_row);
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionBar, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionBar, quiet_row);
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionBar, quiet);
  gtk_widget_class_bind_template_callback (widget_class, on_end_clicked);
}

static void
benk_attention_bar_init (BenkAttentionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_attention_bar_set_session:
 * @self: a bar above the alarms
 * @session: the open session
 *
 * Shows why the desktop shows nothing, why nothing sounds, why alarms may come late and
 * what could not be written down, each while it is so; and until when it is quiet, with a
 * button that ends it.
 */
void
benk_attention_bar_set_session (BenkAttentionBar *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_ATTENTION_BAR (self));
  g_return_if_fail (self->attention == NULL);

  self->attention = g_object_ref (benk_session_get_attention (session));
  g_signal_connect_object (self->attention, "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
