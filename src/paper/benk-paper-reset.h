/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-link-kind.h"
#include "benk-paper.h"

G_BEGIN_DECLS

/**
 * BenkPaperResetCheck:
 * @id: of a step of a reset, or of a line of a checklist
 * @text: (nullable): the line in words; %NULL takes those of @id
 * @result: (nullable): what is beside it, such as initials; %NULL takes that of @mark
 */
typedef struct
{
  char *id;
  BenkPaperMark mark;
  char *text;
  char *result;
} BenkPaperResetCheck;

/**
 * BenkPaperReset:
 * @model: name of the model
 * @started_ms: when the reset began, UTC milliseconds
 * @proven_ms: when it was proven
 * @demo: whether the store is a demo store
 * @checks: (element-type BenkPaperResetCheck): in the order they were made
 * @name: (nullable): of who did it, as chosen in the program; %NULL once it is erased
 * @account: the account of the machine
 * @run: id of the run
 * @row: of the change log, in which the proof was written
 * @row_hash: its hash
 * @head: the newest row of the change log
 * @head_hash: its hash
 *
 * One reset, as it goes on paper. Nothing in it is about a user.
 */
typedef struct
{
  char *model;
  char *serial;
  char *asset;
  char *imei;
  char *firmware;
  gint64 started_ms;
  gint64 proven_ms;
  BenkLinkKind link_kind;
  gboolean demo;
  GPtrArray *checks;
  char *name;
  char *account;
  char *run;
  gint64 row;
  char *row_hash;
  gint64 head;
  char *head_hash;
} BenkPaperReset;

BenkPaperReset *benk_paper_reset_new (void);
void benk_paper_reset_free (BenkPaperReset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPaperReset, benk_paper_reset_free)

void benk_paper_reset_add_check (BenkPaperReset *self,
                                 const char *id,
                                 BenkPaperMark mark,
                                 const char *text,
                                 const char *result);
gboolean benk_paper_reset_proves (const BenkPaperReset *self);
GBytes *benk_paper_reset_compose (
  GPtrArray *resets, gint64 made_ms, GTimeZone *zone, guint *n_pages, GError **error);

G_END_DECLS
