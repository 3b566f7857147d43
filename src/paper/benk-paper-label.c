/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-label.h"

#include "benk-paper-private.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#define POINTS_A_MM (72 / 25.4)
/* Printers leave the edge of a sheet white, and sheets slip by a millimetre. */
#define PAD_MM 4.0
#define ROLL_PAD_MM 2.0
#define CODE_MM 27.0
#define GAP_MM 2.0

#define ASSET_SIZE 25.0
#define MODEL_SIZE 9.0
#define SERIAL_SIZE 10.0
#define LEAST_SERIAL_SIZE 7.0
#define WRAPPED_SIZE 12.0
#define MARK_SIZE 7.0

/* Everything on a label in points, from its upper left corner. */
typedef struct
{
  cairo_t *cr;
  PangoContext *context;
  double x;
  double y;
  double width;
  double bottom;
} Column;

/**
 * benk_paper_label_new:
 * @code: what the QR code holds
 * @asset: (nullable): the short asset number
 * @model: name of the model
 * @serial: serial
 * @simulated: whether it is no real device, or of a demo store
 *
 * Returns: (transfer full): a label
 */
BenkPaperLabel *
benk_paper_label_new (const char *code,
                      const char *asset,
                      const char *model,
                      const char *serial,
                      gboolean simulated)
{
  BenkPaperLabel *self = g_new0 (BenkPaperLabel, 1);

  self->code = g_strdup (code);
  self->asset = g_strdup (asset);
  self->model = g_strdup (model);
  self->serial = g_strdup (serial);
  self->simulated = simulated;
  return self;
}

/** benk_paper_label_free: @self: (transfer full): a label */
void
benk_paper_label_free (BenkPaperLabel *self)
{
  g_free (self->code);
  g_free (self->asset);
  g_free (self->model);
  g_free (self->serial);
  g_free (self);
}

static PangoLayout *
lay (Column *self, const char *text, double size, gboolean bold)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans, Sans");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, clig=0"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

static double
get_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

/* As big as @size where it fits in one line, then smaller, at last in several lines. */
static PangoLayout *
fit (
  Column *self, const char *text, double size, double least, gboolean bold, guint lines)
{
  PangoLayout *layout = lay (self, text, size, bold);

  for (double smaller = size; get_width (layout) > self->width && smaller > least;)
    {
      smaller = MAX (least, smaller - 0.5);
      g_object_unref (layout);
      layout = lay (self, text, smaller, bold);
    }
  if (get_width (layout) <= self->width)
    return layout;
  for (double wrapped = MIN (size, WRAPPED_SIZE);; wrapped -= 0.5)
    {
      g_object_unref (layout);
      layout = lay (self, text, wrapped, bold);
      pango_layout_set_width (layout, (int) (self->width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_CHAR);
      if ((guint) pango_layout_get_line_count (layout) <= lines || wrapped <= least)
        return layout;
    }
}

static void
put (Column *self, PangoLayout *layout)
{
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_move_to (self->cr, self->x, self->y);
  pango_cairo_show_layout (self->cr, layout);
  self->y += get_height (layout);
}

static void
put_line (
  Column *self, const char *text, double size, double least, gboolean bold, guint lines)
{
  g_autoptr (PangoLayout) layout = fit (self, text, size, least, bold, lines);

  pango_layout_set_height (layout, -(int) lines);
  pango_layout_set_ellipsize (layout, pango_layout_get_width (layout) > 0
                                        ? PANGO_ELLIPSIZE_END
                                        : PANGO_ELLIPSIZE_NONE);
  put (self, layout);
}

/* White on black, at the foot of the column. */
static void
put_mark (Column *self)
{
  g_autoptr (PangoLayout) layout =
    fit (self, _ ("SIMULATED – no real device"), MARK_SIZE, 4, TRUE, 1);
  double height = get_height (layout) + 2;

  self->bottom -= height;
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_rectangle (self->cr, self->x - 1, self->bottom, self->width + 1, height);
  cairo_fill (self->cr);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_move_to (self->cr, self->x, self->bottom + 1);
  pango_cairo_show_layout (self->cr, layout);
}

/* The code on the left, on the right what a person reads. */
static void
draw_label (cairo_t *cr, const BenkPaperLabel *label, const BenkLabelSheet *sheet)
{
  gboolean roll = sheet->columns == 1;
  double pad = (roll ? ROLL_PAD_MM : PAD_MM) * POINTS_A_MM;
  double width = sheet->label_width * POINTS_A_MM;
  double height = sheet->label_height * POINTS_A_MM;
  double side = MIN (CODE_MM * POINTS_A_MM, height - 2 * pad);
  PangoContext *context = pango_cairo_create_context (cr);
  double text_x = pad + side + GAP_MM * POINTS_A_MM;
  Column column = { cr, context, text_x, pad, width - pad - text_x, height - pad };

  benk_paper_code_fit (cr, label->code, pad, (height - side) / 2, side);
  if (label->simulated)
    put_mark (&column);
  put_line (&column, label->asset != NULL ? label->asset : label->serial, ASSET_SIZE, 12,
            TRUE, 2);
  put_line (&column, label->model, MODEL_SIZE, LEAST_SERIAL_SIZE, FALSE, 1);
  if (label->asset != NULL)
    put_line (&column, label->serial, SERIAL_SIZE, LEAST_SERIAL_SIZE, FALSE, 2);
  g_object_unref (context);
}

/**
 * benk_paper_label_draw:
 * @cr: a page in points
 * @labels: (element-type BenkPaperLabel): all labels
 * @format: what is printed on
 * @start: the first label of the first page to use, from 1
 * @page: which page, from 0
 *
 * Draws a page of labels.
 */
void
benk_paper_label_draw (
  cairo_t *cr, GPtrArray *labels, BenkLabelFormat format, guint start, guint page)
{
  const BenkLabelSheet *sheet = benk_label_format_get_sheet (format);
  guint n_cells = benk_label_format_get_n_cells (format);
  guint skipped = MIN (MAX (start, 1), n_cells) - 1;

  for (guint cell = 0; cell < n_cells; cell++)
    {
      guint at = page * n_cells + cell;

      if (at < skipped || at - skipped >= labels->len)
        continue;
      cairo_save (cr);
      cairo_translate (
        cr, (sheet->left + cell % sheet->columns * sheet->across) * POINTS_A_MM,
        (sheet->top + cell / sheet->columns * sheet->label_height) * POINTS_A_MM);
      draw_label (cr, g_ptr_array_index (labels, at - skipped), sheet);
      cairo_restore (cr);
    }
}

typedef struct
{
  GPtrArray *labels;
  BenkLabelFormat format;
  guint start;
} Pages;

static guint
draw_pages (cairo_t *cr, gpointer data)
{
  Pages *pages = data;
  guint n_pages =
    benk_label_format_count_pages (pages->format, pages->labels->len, pages->start);

  for (guint page = 0; page < n_pages; page++)
    {
      benk_paper_label_draw (cr, pages->labels, pages->format, pages->start, page);
      cairo_show_page (cr);
    }
  return n_pages;
}

/**
 * benk_paper_label_compose:
 * @labels: (element-type BenkPaperLabel): at least one
 * @format: what is printed on
 * @start: the first label of the first page to use, from 1
 * @made_ms: when, UTC milliseconds
 * @n_pages: (out): how many pages it has
 * @error: %BENK_ERROR_FAILED
 *
 * Makes a PDF of labels. The same labels give the same octets.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_label_compose (GPtrArray *labels,
                          BenkLabelFormat format,
                          guint start,
                          gint64 made_ms,
                          guint *n_pages,
                          GError **error)
{
  const BenkLabelSheet *sheet = benk_label_format_get_sheet (format);
  const BenkPaperHead head = { _ ("Labels"), C_ ("language of a document", "en"), made_ms,
                               NULL, NULL };
  Pages pages = { labels, format, start };

  return benk_paper_make_pdf (&head, sheet->width * POINTS_A_MM,
                              sheet->height * POINTS_A_MM, draw_pages, &pages, n_pages,
                              error);
}
