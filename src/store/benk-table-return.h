/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-return-case.h"

G_BEGIN_DECLS

/**
 * BenkReturnStep:
 * @at_ms: UTC milliseconds
 * @state: the state the case came to
 * @who: (nullable): initials; "" if erased
 * @note: (nullable): what was written with it; "" if erased
 *
 * One step of a return. Insert only.
 */
typedef struct
{
  gint64 at_ms;
  BenkReturnState state;
  char *who;
  char *note;
} BenkReturnStep;

void benk_return_step_free (BenkReturnStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkReturnStep, benk_return_step_free)

gboolean benk_table_return_insert (BenkDb *db,
                                   BenkReturnCase *return_case,
                                   BenkId *out_reason,
                                   GError **error);
gboolean benk_table_return_update (BenkDb *db,
                                   BenkReturnCase *return_case,
                                   const char *note,
                                   GError **error);
gboolean benk_table_return_set_replacement (BenkDb *db,
                                            const BenkId *id,
                                            const BenkId *device,
                                            GError **error);
BenkReturnCase *benk_table_return_get (BenkDb *db, const BenkId *id, GError **error);
BenkReturnCase *
benk_table_return_get_open (BenkDb *db, const BenkId *device, GError **error);
GPtrArray *benk_table_return_list (BenkDb *db, gboolean with_closed, GError **error);
GPtrArray *
benk_table_return_list_device (BenkDb *db, const BenkId *device, GError **error);
GPtrArray *benk_table_return_list_steps (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS
