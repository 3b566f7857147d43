/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-fact-record.h"

G_BEGIN_DECLS

gboolean benk_table_fact_insert (BenkDb *db, BenkFactRecord *fact, GError **error);
gboolean benk_table_fact_insert_by (BenkDb *db,
                                    BenkFactRecord *fact,
                                    const BenkId *staff,
                                    GError **error);
GPtrArray *benk_table_fact_list (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_table_fact_is_attested (BenkDb *db,
                                      const BenkId *device,
                                      BenkFactKind kind,
                                      gint64 order,
                                      gboolean *attested,
                                      GError **error);

G_END_DECLS
