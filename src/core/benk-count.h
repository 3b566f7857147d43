/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-count-item.h"

G_BEGIN_DECLS

/**
 * BenkCount:
 * @id: birth name
 * @place: what is counted; nil = every place of our own
 * @place_name: (nullable): its name
 * @started_ms: when it began, UTC milliseconds
 * @ended_ms: when it ended; 0 = it goes on
 * @dropped: whether it ended without counting
 * @who: (nullable): initials of who began it
 * @n_expected: devices that were expected
 * @n_found: those of them that were found; the rest is missing
 * @counts: items of each verdict
 * @n_open: differences about which nothing was done yet
 *
 * A count of what is on the shelves, and how far it has come.
 */
typedef struct
{
  BenkId id;
  BenkId place;
  char *place_name;
  gint64 started_ms;
  gint64 ended_ms;
  gboolean dropped;
  char *who;
  guint n_expected;
  guint n_found;
  guint counts[BENK_N_COUNT_VERDICTS];
  guint n_open;
} BenkCount;

BenkCount *benk_count_new (void);
void benk_count_free (BenkCount *self);
const char *benk_count_get_title (const BenkCount *self);
gboolean benk_count_is_open (const BenkCount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkCount, benk_count_free)

G_END_DECLS
