/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-private.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

/* Points. */
#define LEFT 50.0
#define TOP 42.0
#define BOTTOM 788.0
#define FOOT 800.0
#define WIDE (BENK_PAPER_WIDTH - 2 * LEFT)
#define NAME_WIDE 112.0
#define RESULT_WIDE 130.0
#define GAP 6.0
#define MARK_WIDE 18.0
/* What a heading must have below it on its page. */
#define WITH_HEADING 40.0
#define STRIPE 9.0

typedef struct
{
  double size;
  gboolean bold;
  double before; /* space above */
  double after;  /* space below */
  const char *tag;
} Style;

static const Style styles[BENK_PAPER_N_BLOCKS] = {
  [BENK_PAPER_TITLE] = { 18, TRUE, 4, 6, "H1" },
  [BENK_PAPER_HEADING] = { 10.5, TRUE, 9, 3, "H2" },
  [BENK_PAPER_TEXT] = { 9, FALSE, 1, 3, "P" },
  [BENK_PAPER_ROW] = { 9, FALSE, 1.5, 1.5, "P" },
  [BENK_PAPER_CHECK] = { 9, FALSE, 1.5, 1.5, "P" },
  [BENK_PAPER_CODE] = { 0 },
};

typedef struct
{
  cairo_t *cr;
  PangoContext *context;
  const BenkPaperHead *head;
  guint page; /* counted from 1; 0 before the first */
  guint n_pages;
  double y;
  gboolean fresh; /* nothing stands on the page yet */
  double beside;  /* what a code at the right takes of the lines … */
  double until;   /* … down to here */
} Press;

static PangoLayout *
lay (Press *self, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans, Sans");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* What is copied or searched for is what was written. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, clig=0"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

static void
show (Press *self, PangoLayout *layout, double x, double y, double grey)
{
  cairo_set_source_rgb (self->cr, grey, grey, grey);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
}

/* --- pages --- */

static void
draw_stripes (Press *self, double height)
{
  cairo_t *cr = self->cr;

  cairo_save (cr);
  cairo_rectangle (cr, LEFT, self->y, WIDE, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.15, 0.15, 0.15);
  cairo_set_line_width (cr, STRIPE * 0.7);
  for (double x = LEFT - height; x < LEFT + WIDE + height; x += 2 * STRIPE)
    {
      cairo_move_to (cr, x, self->y + height + STRIPE);
      cairo_line_to (cr, x + height + 2 * STRIPE, self->y - STRIPE);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_warning (Press *self)
{
  g_autoptr (PangoLayout) layout = NULL;
  double height, box;

  if (self->head->warning == NULL)
    return;
  layout = lay (self, self->head->warning, 11, TRUE, WIDE - 6 * STRIPE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  box = get_height (layout) + 8;
  height = box + 2 * STRIPE;
  draw_stripes (self, height);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_rectangle (self->cr, LEFT + 2 * STRIPE, self->y + STRIPE, WIDE - 4 * STRIPE, box);
  cairo_fill (self->cr);
  cairo_tag_begin (self->cr, "P", NULL);
  show (self, layout, LEFT + 3 * STRIPE, self->y + STRIPE + 4, 0);
  cairo_tag_end (self->cr, "P");
  self->y += height + 8;
}

static void
draw_foot (Press *self)
{
  g_autofree char *number =
    g_strdup_printf (_ ("Page %u of %u"), self->page, self->n_pages);
  g_autoptr (PangoLayout) right = lay (self, number, 8, FALSE, 90);
  g_autoptr (PangoLayout) left = lay (self, self->head->footer, 7, FALSE, WIDE - 100);

  cairo_set_source_rgb (self->cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (self->cr, 0.5);
  cairo_move_to (self->cr, LEFT, FOOT - 4);
  cairo_rel_line_to (self->cr, WIDE, 0);
  cairo_stroke (self->cr);
  pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
  show (self, left, LEFT, FOOT, 0.25);
  show (self, right, LEFT + WIDE - 90, FOOT, 0.25);
}

static void
begin_page (Press *self)
{
  if (self->page > 0)
    {
      draw_foot (self);
      cairo_show_page (self->cr);
    }
  self->page++;
  self->y = TOP;
  self->until = 0;
  draw_warning (self);
  self->fresh = TRUE;
}

/* What is higher than a page stays where it is and is cut by nobody but itself. */
static void
make_room (Press *self, double height)
{
  if (self->page == 0 || (!self->fresh && self->y + height > BOTTOM))
    begin_page (self);
}

/* --- blocks --- */

/* How long a line may be here. */
static double
get_wide (Press *self)
{
  return self->y < self->until ? WIDE - self->beside - GAP : WIDE;
}

static void
print_lines (Press *self, PangoLayout *layout, const char *tag)
{
  for (GSList *item = pango_layout_get_lines_readonly (layout); item != NULL;
       item = item->next)
    {
      PangoLayoutLine *line = item->data;
      PangoRectangle logical;

      pango_layout_line_get_extents (line, NULL, &logical);
      make_room (self, (double) logical.height / PANGO_SCALE);
      cairo_tag_begin (self->cr, tag, NULL);
      cairo_set_source_rgb (self->cr, 0, 0, 0);
      cairo_move_to (self->cr, LEFT, self->y - (double) logical.y / PANGO_SCALE);
      pango_cairo_show_layout_line (self->cr, line);
      cairo_tag_end (self->cr, tag);
      self->y += (double) logical.height / PANGO_SCALE;
      self->fresh = FALSE;
    }
}

static void
print_text (Press *self, const BenkPaperBlock *block, const Style *style)
{
  g_autoptr (PangoLayout) layout =
    lay (self, block->text, style->size, style->bold, get_wide (self));

  make_room (self, style->before + (style->bold ? WITH_HEADING : 0));
  self->y += self->fresh ? 0 : style->before;
  print_lines (self, layout, style->tag);
  self->y += style->after;
}

/* Two texts side by side that stay together. */
static void
print_pair (
  Press *self, PangoLayout *first, double at, PangoLayout *second, double beside)
{
  double height = MAX (get_height (first), get_height (second));

  cairo_tag_begin (self->cr, "P", NULL);
  show (self, first, at, self->y, 0.2);
  cairo_tag_end (self->cr, "P");
  cairo_tag_begin (self->cr, "P", NULL);
  show (self, second, beside, self->y, 0);
  cairo_tag_end (self->cr, "P");
  self->y += height;
  self->fresh = FALSE;
}

static void
print_row (Press *self, const BenkPaperBlock *block, const Style *style)
{
  g_autoptr (PangoLayout) name = lay (self, block->text, style->size, FALSE, NAME_WIDE);
  g_autoptr (PangoLayout) value =
    lay (self, block->second, style->size, FALSE, get_wide (self) - NAME_WIDE - GAP);

  make_room (self, MAX (get_height (name), get_height (value)) + style->before);
  self->y += style->before;
  print_pair (self, name, LEFT, value, LEFT + NAME_WIDE + GAP);
  self->y += style->after;
}

static void
draw_mark (Press *self, BenkPaperMark mark)
{
  cairo_t *cr = self->cr;
  double x = LEFT + 1;
  double y = self->y + 1.5;

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 0.6);
  cairo_rectangle (cr, x, y, 8, 8);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1.4);
  if (mark == BENK_PAPER_MARK_DONE)
    {
      cairo_move_to (cr, x + 1.6, y + 4.2);
      cairo_line_to (cr, x + 3.4, y + 6.2);
      cairo_line_to (cr, x + 6.6, y + 1.8);
    }
  else if (mark == BENK_PAPER_MARK_SKIPPED)
    {
      cairo_move_to (cr, x + 2, y + 4);
      cairo_line_to (cr, x + 6, y + 4);
    }
  else if (mark == BENK_PAPER_MARK_FAILED)
    {
      cairo_move_to (cr, x + 2, y + 2);
      cairo_line_to (cr, x + 6, y + 6);
      cairo_move_to (cr, x + 6, y + 2);
      cairo_line_to (cr, x + 2, y + 6);
    }
  cairo_stroke (cr);
}

static void
print_check (Press *self, const BenkPaperBlock *block, const Style *style)
{
  double whole = get_wide (self);
  double wide = whole - MARK_WIDE - RESULT_WIDE - GAP;
  g_autoptr (PangoLayout) text = lay (self, block->text, style->size, FALSE, wide);
  g_autoptr (PangoLayout) result =
    lay (self, block->second, style->size, FALSE, RESULT_WIDE);

  make_room (self, MAX (get_height (text), get_height (result)) + style->before);
  self->y += style->before;
  draw_mark (self, block->mark);
  print_pair (self, text, LEFT + MARK_WIDE, result, LEFT + whole - RESULT_WIDE);
  self->y += style->after;
}

/* Measured before it is drawn, on a surface that nobody sees. */
static double
measure_code (const char *payload)
{
  cairo_surface_t *surface =
    cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double side = benk_paper_code_draw (cr, payload, 0, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return side;
}

/* At the right, beside what follows. */
static void
print_code (Press *self, const BenkPaperBlock *block)
{
  double side = measure_code (block->text);

  make_room (self, side);
  benk_paper_code_draw (self->cr, block->text, LEFT + WIDE - side, self->y);
  self->beside = side;
  self->until = self->y + side;
}

static void
print_block (Press *self, const BenkPaperBlock *block)
{
  const Style *style = &styles[block->kind];

  switch (block->kind)
    {
    case BENK_PAPER_TITLE:
    case BENK_PAPER_HEADING:
    case BENK_PAPER_TEXT:
      print_text (self, block, style);
      break;
    case BENK_PAPER_ROW:
      print_row (self, block, style);
      break;
    case BENK_PAPER_CHECK:
      print_check (self, block, style);
      break;
    case BENK_PAPER_CODE:
      print_code (self, block);
      break;
    case BENK_PAPER_PAGE:
      begin_page (self);
      break;
    case BENK_PAPER_N_BLOCKS:
    default:
      break;
    }
}

/* Its own fonts at one point a unit, so that no setting of the screen reaches the paper.
 */
static PangoContext *
create_context (void)
{
  PangoFontMap *map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  PangoContext *context;
  cairo_font_options_t *options = cairo_font_options_create ();

  if (map == NULL)
    map = pango_cairo_font_map_new ();
  context = pango_font_map_create_context (map);
  g_object_unref (map);
  pango_cairo_context_set_resolution (context, 72);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

guint
benk_paper_press (cairo_t *cr,
                  const BenkPaperHead *head,
                  GPtrArray *blocks,
                  guint n_pages)
{
  Press press = { .cr = cr, .head = head, .n_pages = n_pages };

  press.context = create_context ();
  cairo_tag_begin (cr, "Document", NULL);
  make_room (&press, 0);
  for (guint i = 0; i < blocks->len; i++)
    print_block (&press, g_ptr_array_index (blocks, i));
  draw_foot (&press);
  cairo_tag_end (cr, "Document");
  cairo_show_page (cr);
  g_object_unref (press.context);
  return press.page;
}
