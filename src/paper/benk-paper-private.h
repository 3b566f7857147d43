/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-paper.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef enum
{
  BENK_PAPER_TITLE,
  BENK_PAPER_HEADING,
  BENK_PAPER_TEXT,
  BENK_PAPER_ROW,
  BENK_PAPER_CHECK,
  BENK_PAPER_CODE,
  BENK_PAPER_PAGE,
  BENK_PAPER_N_BLOCKS,
} BenkPaperBlockKind;

/* @second: value of a row, result of a check. */
typedef struct
{
  BenkPaperBlockKind kind;
  BenkPaperMark mark;
  char *text;
  char *second;
} BenkPaperBlock;

/* ISO 216 A4, in points. */
#define BENK_PAPER_WIDTH 595.276
#define BENK_PAPER_HEIGHT 841.890

/* Lays @blocks out on @cr and answers how many pages they took; @n_pages is printed as
 * the number of pages. */
guint benk_paper_press (cairo_t *cr,
                        const BenkPaperHead *head,
                        GPtrArray *blocks,
                        guint n_pages);

double benk_paper_code_draw (cairo_t *cr, const char *payload, double x, double y);
void
benk_paper_code_fit (cairo_t *cr, const char *payload, double x, double y, double side);

/* Draws all pages and answers how many there are. */
typedef guint (*BenkPaperDraw) (cairo_t *cr, gpointer data);

/* @width, @height: of its pages, in points. */
GBytes *benk_paper_make_pdf (const BenkPaperHead *head,
                             double width,
                             double height,
                             BenkPaperDraw draw,
                             gpointer data,
                             guint *n_pages,
                             GError **error);
GBytes *benk_paper_language_add (GByteArray *pdf, const char *language, GError **error);

G_END_DECLS
