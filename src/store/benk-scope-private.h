/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-scope.h"

G_BEGIN_DECLS

BenkScope *
benk_scope_begin_step (BenkDb *db, const BenkChange *change, int schema, GError **error);
void benk_scope_set_undoes (BenkScope *self, gint64 seq);

G_END_DECLS
