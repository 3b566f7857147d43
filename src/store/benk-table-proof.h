/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-proof.h"

G_BEGIN_DECLS

gboolean benk_table_proof_insert (BenkDb *db, BenkProof *proof, GError **error);
GPtrArray *benk_table_proof_list (BenkDb *db, const BenkId *device, GError **error);

G_END_DECLS
