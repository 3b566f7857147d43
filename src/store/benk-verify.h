/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkVerifyResult:
 * @intact: whether everything holds
 * @seq: the newest row when intact; else the first damaged row, or 0 when the fault is in
 * a table
 * @hash: of the newest row, 64 hexadecimal digits
 * @table: (nullable): the table that is not what the change log says
 * @row: the row of it, or nil
 * @text: what was found, one sentence
 *
 * What [func@benk_verify] found.
 */
typedef struct
{
  gboolean intact;
  gint64 seq;
  char *hash;
  char *table;
  BenkId row;
  char *text;
} BenkVerifyResult;

BenkVerifyResult *benk_verify (BenkDb *db,
                               gint64 against_row,
                               const char *against_hash,
                               GCancellable *cancellable,
                               GError **error);
void benk_verify_result_free (BenkVerifyResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkVerifyResult, benk_verify_result_free)

G_END_DECLS
