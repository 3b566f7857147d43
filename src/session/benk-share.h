/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkShareVerdict:
 * @BENK_SHARE_NEW: no such entry is known.
 * @BENK_SHARE_CHANGED: one is known and is different.
 * @BENK_SHARE_SAME: one is known and is the same.
 * @BENK_SHARE_REFUSED: it cannot be taken.
 *
 * What an entry of a file is to this district.
 */
typedef enum
{
  BENK_SHARE_NEW,
  BENK_SHARE_CHANGED,
  BENK_SHARE_SAME,
  BENK_SHARE_REFUSED,
} BenkShareVerdict;

#define BENK_N_SHARE_VERDICTS (BENK_SHARE_REFUSED + 1)

const char *benk_share_verdict_to_name (BenkShareVerdict verdict);
const char *benk_share_verdict_get_label (BenkShareVerdict verdict);

/**
 * BenkSharedEntry:
 * @verdict: what it is to this district
 * @reason: (nullable): what is different, or why it is refused
 * @take: whether it is to be taken
 *
 * What each entry of a file begins with that one district makes for another.
 */
typedef struct
{
  BenkShareVerdict verdict;
  char *reason;
  gboolean take;
} BenkSharedEntry;

guint benk_share_count_marked (const GPtrArray *shared);
char *benk_share_describe (const GPtrArray *shared);

G_END_DECLS
