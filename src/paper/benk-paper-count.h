/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-count.h"
#include "benk-paper.h"

G_BEGIN_DECLS

/**
 * BenkPaperCount:
 * @count: what was counted, and the numbers
 * @items: (element-type BenkCountItem): what is not simply found
 * @models: (element-type utf8 utf8): names of models by id
 * @demo: whether the store is a demo store
 * @head: the newest row of the change log
 * @head_hash: its hash
 *
 * The result of a count, as it goes on paper. Nothing in it is about a user.
 */
typedef struct
{
  BenkCount *count;
  GPtrArray *items;
  GHashTable *models;
  gboolean demo;
  gint64 head;
  char *head_hash;
} BenkPaperCount;

void benk_paper_count_free (BenkPaperCount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPaperCount, benk_paper_count_free)

GBytes *benk_paper_count_compose (const BenkPaperCount *self,
                                  gint64 made_ms,
                                  GTimeZone *zone,
                                  guint *n_pages,
                                  GError **error);

G_END_DECLS
