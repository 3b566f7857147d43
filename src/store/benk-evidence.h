/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db-private.h"

G_BEGIN_DECLS

/* In SQL: whether the row of proof with this id is what the change log wrote. */
#define BENK_EVIDENCE_SQL(alias) "proof_is_logged (" alias ".id)"

int benk_evidence_register (BenkDb *db);

G_END_DECLS
