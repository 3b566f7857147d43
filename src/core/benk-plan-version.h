/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-link-kind.h"

G_BEGIN_DECLS

/**
 * BenkPlanVersion:
 *
 * A plan of a user as it was saved, and the device that was last verified to hold it.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name of the plan
 * - `person-id`: whose it is; nil = nobody's
 * - `body`: the plan as JSON, see data/plan.schema.json
 * - `valid-from-ms`: UTC ms
 * - `made-ms`: UTC ms
 * - `device-id`: the device that was verified to hold it; nil = none ever
 * - `model-id`, `serial`, `asset`: of that device, or NULL
 * - `link-kind`: how that was verified
 * - `verified-ms`: UTC ms; 0 = never
 * - `in-force`: whether nothing came after it that may have changed what the device
 *   holds, and the device is still the user's
 */
#define BENK_TYPE_PLAN_VERSION (benk_plan_version_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanVersion, benk_plan_version, BENK, PLAN_VERSION, GObject)

BenkPlanVersion *benk_plan_version_new (void);

const BenkId *benk_plan_version_get_id (BenkPlanVersion *self);
void benk_plan_version_set_id (BenkPlanVersion *self, const BenkId *value);
const BenkId *benk_plan_version_get_person_id (BenkPlanVersion *self);
void benk_plan_version_set_person_id (BenkPlanVersion *self, const BenkId *value);
const char *benk_plan_version_get_body (BenkPlanVersion *self);
void benk_plan_version_set_body (BenkPlanVersion *self, const char *value);
gint64 benk_plan_version_get_valid_from_ms (BenkPlanVersion *self);
void benk_plan_version_set_valid_from_ms (BenkPlanVersion *self, gint64 value);
gint64 benk_plan_version_get_made_ms (BenkPlanVersion *self);
void benk_plan_version_set_made_ms (BenkPlanVersion *self, gint64 value);
const BenkId *benk_plan_version_get_device_id (BenkPlanVersion *self);
void benk_plan_version_set_device_id (BenkPlanVersion *self, const BenkId *value);
const char *benk_plan_version_get_model_id (BenkPlanVersion *self);
void benk_plan_version_set_model_id (BenkPlanVersion *self, const char *value);
const char *benk_plan_version_get_serial (BenkPlanVersion *self);
void benk_plan_version_set_serial (BenkPlanVersion *self, const char *value);
const char *benk_plan_version_get_asset (BenkPlanVersion *self);
void benk_plan_version_set_asset (BenkPlanVersion *self, const char *value);
BenkLinkKind benk_plan_version_get_link_kind (BenkPlanVersion *self);
void benk_plan_version_set_link_kind (BenkPlanVersion *self, BenkLinkKind value);
gint64 benk_plan_version_get_verified_ms (BenkPlanVersion *self);
void benk_plan_version_set_verified_ms (BenkPlanVersion *self, gint64 value);
gboolean benk_plan_version_get_in_force (BenkPlanVersion *self);
void benk_plan_version_set_in_force (BenkPlanVersion *self, gboolean value);

G_END_DECLS
