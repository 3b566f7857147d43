/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-sentence.h"

/**
 * benk_sentence_show:
 * @label: where a dialog or a card says something at times
 * @sentence: (nullable): what to say
 *
 * Says it, or takes the line away where nothing is to be said.
 */
void
benk_sentence_show (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence && *sentence);
}
