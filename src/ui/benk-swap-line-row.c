/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-line-row.h"

#include <glib/gi18n.h>

struct _BenkSwapLineRow
{
  AdwActionRow parent_instance;

  BenkSwapLine *line;
  GtkCheckButton *tick;
  GtkImage *sign;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (BenkSwapLineRow, benk_swap_line_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *icon;
  const char *css_class;
  const char *word;
} looks[] = {
  [BENK_SWAP_WILL] = { NULL, "dim-label", "" },
  [BENK_SWAP_UNDER_WAY] = { "media-playback-start-symbolic", "accent", N_ ("under way") },
  [BENK_SWAP_DONE] = { "object-select-symbolic", "success", N_ ("done") },
  [BENK_SWAP_NOT_DONE] = { "dialog-warning-symbolic", "error", N_ ("not done") },
  [BENK_SWAP_OWED] = { "document-open-recent-symbolic", "warning", N_ ("still owed") },
  [BENK_SWAP_NOTHING] = { NULL, "dim-label", N_ ("nothing to do") },
};

static void
update (BenkSwapLineRow *self)
{
  BenkSwapState state = benk_swap_line_get_state (self->line);
  const char *label = benk_swap_line_get_label (self->line);
  const char *detail = benk_swap_line_get_detail (self->line);
  const char *word = *looks[state].word ? _ (looks[state].word) : "";
  gboolean open = state == BENK_SWAP_WILL || state == BENK_SWAP_NOT_DONE;
  g_autofree char *spoken = g_strdup_printf ("%s%s%s", label, *word ? ": " : "", word);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), detail ? detail : "");
  gtk_check_button_set_active (self->tick, benk_swap_line_is_ticked (self->line));
  gtk_widget_set_sensitive (GTK_WIDGET (self->tick), open);
  gtk_image_set_from_icon_name (self->sign, looks[state].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), looks[state].icon != NULL);
  gtk_label_set_text (self->word, word);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->sign), looks[i].css_class);
      gtk_widget_remove_css_class (GTK_WIDGET (self->word), looks[i].css_class);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), looks[state].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->word), looks[state].css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tick),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
on_toggled (BenkSwapLineRow *self)
{
  benk_swap_line_set_ticked (self->line, gtk_check_button_get_active (self->tick));
}

static void
benk_swap_line_row_dispose (GObject *object)
{
  g_clear_object (&BENK_SWAP_LINE_ROW (object)->line);
  G_OBJECT_CLASS (benk_swap_line_row_parent_class)->dispose (object);
}

static void
benk_swap_line_row_class_init (BenkSwapLineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_swap_line_row_dispose;
}

static void
benk_swap_line_row_init (BenkSwapLineRow *self)
{
  self->tick = GTK_CHECK_BUTTON (gtk_check_button_new ());
  self->sign = GTK_IMAGE (gtk_image_new ());
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->tick), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->tick));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->sign));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->word));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->tick));
}

/**
 * benk_swap_line_row_new:
 * @line: a line of a swap
 *
 * Returns: (transfer floating): the line with its tick, and what became of it
 */
GtkWidget *
benk_swap_line_row_new (BenkSwapLine *line)
{
  BenkSwapLineRow *self = g_object_new (BENK_TYPE_SWAP_LINE_ROW, NULL);

  self->line = g_object_ref (line);
  g_signal_connect_object (line, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_signal_connect_object (self->tick, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
