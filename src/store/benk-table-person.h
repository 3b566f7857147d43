/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_person_find (BenkDb *db,
                                 const char *reference,
                                 BenkId *out_id,
                                 GError **error);
gboolean benk_table_person_ensure (BenkDb *db,
                                   const char *reference,
                                   BenkId *out_id,
                                   GError **error);
char *benk_table_person_get_reference (BenkDb *db,
                                       const BenkId *id,
                                       gboolean *erased,
                                       GError **error);
gboolean benk_table_person_erase (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS
