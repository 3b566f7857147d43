/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-version.h"

#include "benk-record.h"

struct _BenkPlanVersion
{
  GObject parent_instance;

  BenkId id;
  BenkId person_id;
  char *body;
  gint64 valid_from_ms;
  gint64 made_ms;
  BenkId device_id;
  char *model_id;
  char *serial;
  char *asset;
  BenkLinkKind link_kind;
  gint64 verified_ms;
  gboolean in_force;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkPlanVersion, id),
  BENK_FIELD (ID, BenkPlanVersion, person_id),
  BENK_FIELD (STRING, BenkPlanVersion, body),
  BENK_FIELD (INT64, BenkPlanVersion, valid_from_ms),
  BENK_FIELD (INT64, BenkPlanVersion, made_ms),
  BENK_FIELD (ID, BenkPlanVersion, device_id),
  BENK_FIELD (STRING, BenkPlanVersion, model_id),
  BENK_FIELD (STRING, BenkPlanVersion, serial),
  BENK_FIELD (STRING, BenkPlanVersion, asset),
  BENK_FIELD (INT, BenkPlanVersion, link_kind),
  BENK_FIELD (INT64, BenkPlanVersion, verified_ms),
  BENK_FIELD (BOOLEAN, BenkPlanVersion, in_force),
};

BENK_DEFINE_RECORD (BenkPlanVersion, benk_plan_version)

BENK_RECORD_ID (BenkPlanVersion, benk_plan_version, id)
BENK_RECORD_ID (BenkPlanVersion, benk_plan_version, person_id)
BENK_RECORD_STRING (BenkPlanVersion, benk_plan_version, body)
BENK_RECORD_VALUE (BenkPlanVersion, benk_plan_version, gint64, valid_from_ms)
BENK_RECORD_VALUE (BenkPlanVersion, benk_plan_version, gint64, made_ms)
BENK_RECORD_ID (BenkPlanVersion, benk_plan_version, device_id)
BENK_RECORD_STRING (BenkPlanVersion, benk_plan_version, model_id)
BENK_RECORD_STRING (BenkPlanVersion, benk_plan_version, serial)
BENK_RECORD_STRING (BenkPlanVersion, benk_plan_version, asset)
BENK_RECORD_VALUE (BenkPlanVersion, benk_plan_version, BenkLinkKind, link_kind)
BENK_RECORD_VALUE (BenkPlanVersion, benk_plan_version, gint64, verified_ms)
BENK_RECORD_VALUE (BenkPlanVersion, benk_plan_version, gboolean, in_force)
