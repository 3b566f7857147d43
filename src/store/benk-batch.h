/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkBatch:
 *
 * Several changes that are kept together or not at all. Each is a #BenkScope of its own,
 * with its row of the change log; nothing is on the disk, and nobody else sees any of it,
 * before [func@benk_batch_commit]. Rolls back when freed before that.
 */
typedef struct _BenkBatch BenkBatch;

BenkBatch *benk_batch_begin (BenkDb *db, GError **error);
gboolean benk_batch_commit (BenkBatch *self, GError **error);
void benk_batch_free (BenkBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkBatch, benk_batch_free)

G_END_DECLS
