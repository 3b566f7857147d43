/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-exchange.h"

G_BEGIN_DECLS

/* Applies a change of a store that knew less: what belongs together is applied wholly or
 * passed over. @cards gets what was passed over, with table, row and reason. */
gboolean benk_exchange_apply_parts (
  BenkDb *db, GBytes *changeset, gint64 schema, GPtrArray *cards, GError **error);
void benk_card_free (BenkCard *self);

G_END_DECLS
