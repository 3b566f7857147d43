/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-private.h"

#include <cairo-pdf.h>

struct _BenkPaper
{
  char *title;
  char *language;
  gint64 made_ms;
  char *footer;
  char *warning;
  GPtrArray *blocks; /* BenkPaperBlock */
};

static void
block_free (gpointer data)
{
  BenkPaperBlock *block = data;

  g_free (block->text);
  g_free (block->second);
  g_free (block);
}

static void
add (BenkPaper *self,
     BenkPaperBlockKind kind,
     BenkPaperMark mark,
     const char *text,
     const char *second)
{
  BenkPaperBlock *block = g_new0 (BenkPaperBlock, 1);

  block->kind = kind;
  block->mark = mark;
  block->text = g_strdup (text);
  block->second = g_strdup (second);
  g_ptr_array_add (self->blocks, block);
}

/**
 * benk_paper_new:
 * @head: what the whole document has; copied
 *
 * Returns: (transfer full): a document without blocks
 */
BenkPaper *
benk_paper_new (const BenkPaperHead *head)
{
  BenkPaper *self = g_new0 (BenkPaper, 1);

  self->title = g_strdup (head->title);
  self->language = g_strdup (head->language);
  self->made_ms = head->made_ms;
  self->footer = g_strdup (head->footer);
  self->warning = g_strdup (head->warning);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

/** benk_paper_free: @self: (transfer full): what benk_paper_new() gave */
void
benk_paper_free (BenkPaper *self)
{
  g_free (self->title);
  g_free (self->language);
  g_free (self->footer);
  g_free (self->warning);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/** benk_paper_add_title: @text: the first line, in big type */
void
benk_paper_add_title (BenkPaper *self, const char *text)
{
  add (self, BENK_PAPER_TITLE, BENK_PAPER_MARK_OPEN, text, NULL);
}

/** benk_paper_add_heading: @text: stays with what follows it */
void
benk_paper_add_heading (BenkPaper *self, const char *text)
{
  add (self, BENK_PAPER_HEADING, BENK_PAPER_MARK_OPEN, text, NULL);
}

/** benk_paper_add_text: @text: a paragraph; may run over to the next page */
void
benk_paper_add_text (BenkPaper *self, const char *text)
{
  add (self, BENK_PAPER_TEXT, BENK_PAPER_MARK_OPEN, text, NULL);
}

/** benk_paper_add_row: @value: (nullable): beside @name; %NULL is shown as unknown */
void
benk_paper_add_row (BenkPaper *self, const char *name, const char *value)
{
  add (self, BENK_PAPER_ROW, BENK_PAPER_MARK_OPEN, name, value != NULL ? value : "–");
}

/** benk_paper_add_check: @result: how it came out, in words */
void
benk_paper_add_check (BenkPaper *self,
                      BenkPaperMark mark,
                      const char *text,
                      const char *result)
{
  add (self, BENK_PAPER_CHECK, mark, text, result);
}

/** benk_paper_add_code: @payload: goes into a QR code at the right of what follows */
void
benk_paper_add_code (BenkPaper *self, const char *payload)
{
  add (self, BENK_PAPER_CODE, BENK_PAPER_MARK_OPEN, payload, NULL);
}

/** benk_paper_add_page: what follows begins on a new page */
void
benk_paper_add_page (BenkPaper *self)
{
  add (self, BENK_PAPER_PAGE, BENK_PAPER_MARK_OPEN, NULL, NULL);
}

static BenkPaperHead
get_head (const BenkPaper *self)
{
  return (BenkPaperHead){ self->title, self->language, self->made_ms, self->footer,
                          self->warning };
}

/* The number of pages stands on each of them: it is counted first. */
static guint
count_pages (BenkPaper *self)
{
  const BenkPaperHead head = get_head (self);
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (NULL, NULL, BENK_PAPER_WIDTH, BENK_PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint pages = benk_paper_press (cr, &head, self->blocks, 0);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return pages;
}

static guint
press (cairo_t *cr, gpointer data)
{
  BenkPaper *self = data;
  const BenkPaperHead head = get_head (self);

  return benk_paper_press (cr, &head, self->blocks, count_pages (self));
}

/**
 * benk_paper_render:
 * @self: a document
 * @n_pages: (out) (optional): how many pages it has
 * @error: %BENK_ERROR_FAILED
 *
 * Makes the PDF.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_render (BenkPaper *self, guint *n_pages, GError **error)
{
  const BenkPaperHead head = get_head (self);

  return benk_paper_make_pdf (&head, BENK_PAPER_WIDTH, BENK_PAPER_HEIGHT, press, self,
                              n_pages, error);
}
