/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-plan-version.h"

G_BEGIN_DECLS

/**
 * BenkPlanRow:
 * @id: the plan
 * @person: whose it is; nil = nobody's yet
 * @body: the plan as text, see benk-plan.h
 * @valid_from_ms: UTC milliseconds
 * @made_ms: UTC milliseconds
 *
 * A plan as it is stored. Insert only: a change is a new plan.
 */
typedef struct
{
  BenkId id;
  BenkId person;
  char *body;
  gint64 valid_from_ms;
  gint64 made_ms;
} BenkPlanRow;

void benk_plan_row_free (BenkPlanRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPlanRow, benk_plan_row_free)

gboolean benk_table_plan_insert (BenkDb *db,
                                 const BenkId *person,
                                 const char *body,
                                 gint64 valid_from_ms,
                                 BenkId *out_id,
                                 GError **error);
gboolean benk_table_plan_ensure (BenkDb *db,
                                 const BenkId *person,
                                 const char *body,
                                 gint64 valid_from_ms,
                                 BenkId *out_id,
                                 GError **error);
BenkPlanRow *benk_table_plan_get (BenkDb *db, const BenkId *id, GError **error);
BenkPlanRow *
benk_table_plan_get_of_person (BenkDb *db, const BenkId *person, GError **error);
BenkPlanRow *
benk_table_plan_get_in_device (BenkDb *db, const BenkId *device, GError **error);
GPtrArray *benk_table_plan_list_versions (BenkDb *db,
                                          const BenkId *person,
                                          gboolean verified_only,
                                          GError **error);
BenkPlanVersion *
benk_table_plan_get_version (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS
