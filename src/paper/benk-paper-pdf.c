/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-config.h"
#include "benk-paper-private.h"

#include "benk-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

static cairo_status_t
take_octets (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The library would put the machine's own clock there. */
static void
set_metadata (cairo_surface_t *surface, const BenkPaperHead *head)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_utc (head->made_ms / 1000);
  g_autofree char *text = g_date_time_format (made, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, head->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Dosebenk " BENK_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

/**
 * benk_paper_make_pdf:
 * @head: title, language and instant
 * @width: of a page, in points
 * @height: of a page, in points
 * @draw: draws the pages
 * @data: for @draw
 * @n_pages: (out) (optional): how many pages it has
 * @error: %BENK_ERROR_FAILED
 *
 * Makes a PDF. It is held to version 1.4, whose plain list of objects is what
 * benk_paper_language_add() can add to.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_make_pdf (const BenkPaperHead *head,
                     double width,
                     double height,
                     BenkPaperDraw draw,
                     gpointer data,
                     guint *n_pages,
                     GError **error)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (take_octets, octets, width, height);
  cairo_t *cr;
  cairo_status_t status;
  guint pages;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  set_metadata (surface, head);
  cr = cairo_create (surface);
  pages = draw (cr, data);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
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
  return benk_paper_language_add (octets, head->language, error);
}
