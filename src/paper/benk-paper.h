/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkPaperHead:
 * @title: of the document, also in its metadata; never anything personal
 * @language: of its words, BCP-47
 * @made_ms: when it was made, UTC milliseconds
 * @footer: on the left of every page's foot
 * @warning: (nullable): on stripes at the head of every page
 *
 * What a whole document has.
 */
typedef struct
{
  const char *title;
  const char *language;
  gint64 made_ms;
  const char *footer;
  const char *warning;
} BenkPaperHead;

/**
 * BenkPaperMark:
 * @BENK_PAPER_MARK_DONE: done and as it should be
 * @BENK_PAPER_MARK_SKIPPED: not done, because there was nothing to do
 * @BENK_PAPER_MARK_OPEN: not done
 * @BENK_PAPER_MARK_FAILED: done, and not as it should be
 *
 * In front of a line of a list of checks; the line says the same in words.
 */
typedef enum
{
  BENK_PAPER_MARK_DONE,
  BENK_PAPER_MARK_SKIPPED,
  BENK_PAPER_MARK_OPEN,
  BENK_PAPER_MARK_FAILED,
} BenkPaperMark;

/**
 * BenkPaper:
 *
 * A document of A4 pages: blocks one below the other, broken over pages where they have
 * to be. The same blocks give the same octets. May be used from any one thread.
 */
typedef struct _BenkPaper BenkPaper;

BenkPaper *benk_paper_new (const BenkPaperHead *head);
void benk_paper_free (BenkPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPaper, benk_paper_free)

void benk_paper_add_title (BenkPaper *self, const char *text);
void benk_paper_add_heading (BenkPaper *self, const char *text);
void benk_paper_add_text (BenkPaper *self, const char *text);
void benk_paper_add_row (BenkPaper *self, const char *name, const char *value);
void benk_paper_add_check (BenkPaper *self,
                           BenkPaperMark mark,
                           const char *text,
                           const char *result);
void benk_paper_add_code (BenkPaper *self, const char *payload);
void benk_paper_add_page (BenkPaper *self);

GBytes *benk_paper_render (BenkPaper *self, guint *n_pages, GError **error);

G_END_DECLS
