/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkLabelFormat:
 * @BENK_LABEL_A4_24: an A4 sheet of 3 × 8 labels, 70 × 37 mm.
 * @BENK_LABEL_A4_21: an A4 sheet of 3 × 7 labels, 63.5 × 38.1 mm.
 * @BENK_LABEL_ROLL_62: a continuous roll 62 mm wide; one label is one page.
 *
 * What labels are printed on.
 */
typedef enum
{
  BENK_LABEL_A4_24,
  BENK_LABEL_A4_21,
  BENK_LABEL_ROLL_62,
} BenkLabelFormat;

#define BENK_N_LABEL_FORMATS (BENK_LABEL_ROLL_62 + 1)

/**
 * BenkLabelSheet:
 * @width: of the page; all measures in millimetres
 * @height: of the page
 * @columns: labels side by side
 * @rows: labels one below the other
 * @label_width: of one label
 * @label_height: of one label
 * @left: from the left edge of the page to the first label
 * @top: from the top edge of the page to the first label
 * @across: from the left edge of a label to that of the next
 *
 * How the labels lie on a page.
 */
typedef struct
{
  double width;
  double height;
  guint columns;
  guint rows;
  double label_width;
  double label_height;
  double left;
  double top;
  double across;
} BenkLabelSheet;

const char *benk_label_format_to_name (BenkLabelFormat format);
gboolean benk_label_format_from_name (const char *name, BenkLabelFormat *out_format);
const char *benk_label_format_get_label (BenkLabelFormat format);
const BenkLabelSheet *benk_label_format_get_sheet (BenkLabelFormat format);
guint benk_label_format_get_n_cells (BenkLabelFormat format);
guint benk_label_format_count_pages (BenkLabelFormat format, guint n_labels, guint start);

G_END_DECLS
