/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-call-facts.h"
#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_call_facts_read (BenkDb *db,
                               const BenkId *device,
                               GListModel *runs,
                               GListModel *alarms,
                               BenkCallFacts *facts,
                               GError **error);

G_END_DECLS
