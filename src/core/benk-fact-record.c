/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-fact-record.h"

#include "benk-record.h"

struct _BenkFactRecord
{
  GObject parent_instance;

  BenkId id;
  BenkId device_id;
  BenkFactKind kind;
  gint64 at_ms;
  char *by;
  char *ref;
  char *stated_by;
  gint64 order;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkFactRecord, id),
  BENK_FIELD (ID, BenkFactRecord, device_id),
  BENK_FIELD (INT, BenkFactRecord, kind),
  BENK_FIELD (INT64, BenkFactRecord, at_ms),
  BENK_FIELD (STRING, BenkFactRecord, by),
  BENK_FIELD (STRING, BenkFactRecord, ref),
  BENK_FIELD (STRING, BenkFactRecord, stated_by),
  BENK_FIELD (INT64, BenkFactRecord, order),
};

BENK_DEFINE_RECORD (BenkFactRecord, benk_fact_record)

BENK_RECORD_ID (BenkFactRecord, benk_fact_record, id)
BENK_RECORD_ID (BenkFactRecord, benk_fact_record, device_id)
BENK_RECORD_VALUE (BenkFactRecord, benk_fact_record, BenkFactKind, kind)
BENK_RECORD_VALUE (BenkFactRecord, benk_fact_record, gint64, at_ms)
BENK_RECORD_STRING (BenkFactRecord, benk_fact_record, by)
BENK_RECORD_STRING (BenkFactRecord, benk_fact_record, ref)
BENK_RECORD_STRING (BenkFactRecord, benk_fact_record, stated_by)
BENK_RECORD_VALUE (BenkFactRecord, benk_fact_record, gint64, order)
