/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-private.h"

#include "benk-config.h"
#include "benk-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

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

static cairo_status_t
take_octets (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The library would put the machine's own clock there. */
static void
set_metadata (BenkPaper *self, cairo_surface_t *surface)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_utc (self->made_ms / 1000);
  g_autofree char *text = g_date_time_format (made, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Dosebenk " BENK_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

static guint
press_on (BenkPaper *self, cairo_surface_t *surface, guint n_pages)
{
  const BenkPaperHead head = { self->title, self->language, self->made_ms, self->footer,
                               self->warning };
  cairo_t *cr = cairo_create (surface);
  guint pages = benk_paper_press (cr, &head, self->blocks, n_pages);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  return pages;
}

static guint
count_pages (BenkPaper *self)
{
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (NULL, NULL, BENK_PAPER_WIDTH, BENK_PAPER_HEIGHT);
  guint pages = press_on (self, surface, 0);

  cairo_surface_destroy (surface);
  return pages;
}

/**
 * benk_paper_render:
 * @self: a document
 * @n_pages: (out) (optional): how many pages it has
 * @error: %BENK_ERROR_FAILED
 *
 * Makes the PDF. It is held to version 1.4, whose plain list of objects is what
 * benk_paper_language_add() can add to.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_render (BenkPaper *self, guint *n_pages, GError **error)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  guint pages = count_pages (self);
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (take_octets, octets, BENK_PAPER_WIDTH,
                                         BENK_PAPER_HEIGHT);
  cairo_status_t status;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  set_metadata (self, surface);
  press_on (self, surface, pages);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
                   _ ("The PDF could not be made: %s"), cairo_status_to_string (status));
      return NULL;
    }
  if (n_pages != NULL)
    *n_pages = pages;
  return benk_paper_language_add (octets, self->language, error);
}
