/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-run.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"

#include <glib/gi18n.h>

struct _BenkRun
{
  GObject parent_instance;

  BenkId id;
  BenkId device_id;
  BenkRunKind kind;
  BenkLinkKind link_kind;
  BenkRunOutcome outcome;
  gint64 started_ms;
  gint64 ended_ms;
  BenkId plan_id;
  char *detail;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkRun, id),          BENK_FIELD (ID, BenkRun, device_id),
  BENK_FIELD (INT, BenkRun, kind),       BENK_FIELD (INT, BenkRun, link_kind),
  BENK_FIELD (INT, BenkRun, outcome),    BENK_FIELD (INT64, BenkRun, started_ms),
  BENK_FIELD (INT64, BenkRun, ended_ms), BENK_FIELD (ID, BenkRun, plan_id),
  BENK_FIELD (STRING, BenkRun, detail),
};

BENK_DEFINE_RECORD (BenkRun, benk_run)

BENK_RECORD_ID (BenkRun, benk_run, id)
BENK_RECORD_ID (BenkRun, benk_run, device_id)
BENK_RECORD_VALUE (BenkRun, benk_run, BenkRunKind, kind)
BENK_RECORD_VALUE (BenkRun, benk_run, BenkLinkKind, link_kind)
BENK_RECORD_VALUE (BenkRun, benk_run, BenkRunOutcome, outcome)
BENK_RECORD_VALUE (BenkRun, benk_run, gint64, started_ms)
BENK_RECORD_VALUE (BenkRun, benk_run, gint64, ended_ms)
BENK_RECORD_ID (BenkRun, benk_run, plan_id)
BENK_RECORD_STRING (BenkRun, benk_run, detail)

static const BenkName run_kind_names[] = {
  [BENK_RUN_KIND_READ] = { "read", N_ ("Read") },
  [BENK_RUN_KIND_PROVISION] = { "provision", N_ ("Make ready") },
  [BENK_RUN_KIND_SETTINGS] = { "settings", N_ ("Change settings") },
  [BENK_RUN_KIND_RESET] = { "reset", N_ ("Reset") },
  [BENK_RUN_KIND_CHECKLIST] = { "checklist", N_ ("Checklist") },
};

BENK_DEFINE_NAMES (BenkRunKind, benk_run_kind, run_kind_names)

static const BenkName run_outcome_names[] = {
  [BENK_RUN_OUTCOME_VERIFIED] = { "verified", N_ ("Verified") },
  [BENK_RUN_OUTCOME_UNTOUCHED] = { "untouched", N_ ("Failed, plan untouched") },
  [BENK_RUN_OUTCOME_REDO] = { "redo", N_ ("Failed, must be redone") },
  [BENK_RUN_OUTCOME_UNKNOWN] = { "unknown", N_ ("Unknown, must be read again") },
};

BENK_DEFINE_NAMES (BenkRunOutcome, benk_run_outcome, run_outcome_names)
