/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-label-format.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName label_format_names[] = {
  [BENK_LABEL_A4_24] = { "a4-24", N_ ("A4: 24 of 70 × 37 mm") },
  [BENK_LABEL_A4_21] = { "a4-21", N_ ("A4: 21 of 63.5 × 38.1 mm") },
  [BENK_LABEL_ROLL_62] = { "roll-62", N_ ("Roll, 62 mm wide") },
};

BENK_DEFINE_NAMES (BenkLabelFormat, benk_label_format, label_format_names)

/* The sheets as they are sold: the first fills the page to its edges, the second has 2.5
 * mm between its columns. */
static const BenkLabelSheet sheets[BENK_N_LABEL_FORMATS] = {
  [BENK_LABEL_A4_24] = { 210, 297, 3, 8, 70, 37, 0, 0.5, 70 },
  [BENK_LABEL_A4_21] = { 210, 297, 3, 7, 63.5, 38.1, 7.25, 15.15, 66 },
  [BENK_LABEL_ROLL_62] = { 62, 32, 1, 1, 62, 32, 0, 0, 62 },
};

/**
 * benk_label_format_get_sheet:
 * @format: what is printed on
 *
 * Returns: (transfer none): how its labels lie
 */
const BenkLabelSheet *
benk_label_format_get_sheet (BenkLabelFormat format)
{
  g_return_val_if_fail ((guint) format < BENK_N_LABEL_FORMATS, NULL);
  return &sheets[format];
}

/**
 * benk_label_format_get_n_cells:
 * @format: what is printed on
 *
 * Returns: how many labels a page has
 */
guint
benk_label_format_get_n_cells (BenkLabelFormat format)
{
  return sheets[format].columns * sheets[format].rows;
}

/**
 * benk_label_format_count_pages:
 * @format: what is printed on
 * @n_labels: how many labels
 * @start: the first label to use, counted from 1, row by row: those before it are gone
 *
 * Returns: how many pages it takes
 */
guint
benk_label_format_count_pages (BenkLabelFormat format, guint n_labels, guint start)
{
  guint n_cells = benk_label_format_get_n_cells (format);

  if (n_labels == 0)
    return 0;
  return (MIN (MAX (start, 1), n_cells) - 1 + n_labels + n_cells - 1) / n_cells;
}
