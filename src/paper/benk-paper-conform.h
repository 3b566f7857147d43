/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-link-kind.h"
#include "benk-paper.h"

G_BEGIN_DECLS

/**
 * BenkPaperConformRow:
 * @id: of the requirement; those of the service extension begin with "E-"
 * @clause: where it is asked for
 * @text: what is asked for
 * @mark: how it went
 * @result: the same in words
 * @seen: (nullable): what was seen, or why it was not tried
 */
typedef struct
{
  const char *id;
  const char *clause;
  const char *text;
  BenkPaperMark mark;
  const char *result;
  const char *seen;
} BenkPaperConformRow;

/**
 * BenkPaperConform:
 * @maker: (nullable): what the device says of itself, as the four that follow
 * @link_kind: how it was reached
 * @demo: whether the store is a demo store
 * @destructive: whether it was given another plan and wiped
 * @at_ms: when the trial began, UTC milliseconds
 * @rows: (element-type BenkPaperConformRow): every requirement, in the order of the trial
 * @name: (nullable): of who tried it, as chosen in the program
 * @account: (nullable): the account of the machine
 * @version: of the program
 * @head: the newest row of the change log
 * @head_hash: its hash
 *
 * What came of trying the requirements with one device, as it goes on paper.
 */
typedef struct
{
  char *maker;
  char *model;
  char *serial;
  char *system_id;
  char *firmware;
  BenkLinkKind link_kind;
  gboolean demo;
  gboolean destructive;
  gint64 at_ms;
  GPtrArray *rows;
  guint n_passed;
  guint n_failed;
  guint n_not_offered;
  guint n_not_tried;
  char *name;
  char *account;
  char *version;
  gint64 head;
  char *head_hash;
} BenkPaperConform;

BenkPaperConform *benk_paper_conform_new (void);
void benk_paper_conform_free (BenkPaperConform *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPaperConform, benk_paper_conform_free)

void benk_paper_conform_add_row (BenkPaperConform *self, const BenkPaperConformRow *row);
gboolean benk_paper_conform_proves (const BenkPaperConform *self);
GBytes *benk_paper_conform_compose (const BenkPaperConform *self,
                                    gint64 made_ms,
                                    GTimeZone *zone,
                                    guint *n_pages,
                                    GError **error);

G_END_DECLS
