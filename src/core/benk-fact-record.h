/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-fact.h"

G_BEGIN_DECLS

/**
 * BenkFactRecord:
 *
 * A fact that a person has attested. Insert only.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `device-id`: the device
 * - `kind`: what is attested
 * - `at-ms`: UTC ms
 * - `by`: initials of who attested it
 * - `ref`: reference, as a case number (personal), or NULL
 * - `stated-by`: name of who states it (personal), or NULL
 * - `order`: its place in the change log: what came before what is asked of it, not of
 *   instants; 0 before it is read
 */
#define BENK_TYPE_FACT_RECORD (benk_fact_record_get_type ())
G_DECLARE_FINAL_TYPE (BenkFactRecord, benk_fact_record, BENK, FACT_RECORD, GObject)

BenkFactRecord *benk_fact_record_new (void);

const BenkId *benk_fact_record_get_id (BenkFactRecord *self);
void benk_fact_record_set_id (BenkFactRecord *self, const BenkId *value);
const BenkId *benk_fact_record_get_device_id (BenkFactRecord *self);
void benk_fact_record_set_device_id (BenkFactRecord *self, const BenkId *value);
BenkFactKind benk_fact_record_get_kind (BenkFactRecord *self);
void benk_fact_record_set_kind (BenkFactRecord *self, BenkFactKind value);
gint64 benk_fact_record_get_at_ms (BenkFactRecord *self);
void benk_fact_record_set_at_ms (BenkFactRecord *self, gint64 value);
const char *benk_fact_record_get_by (BenkFactRecord *self);
void benk_fact_record_set_by (BenkFactRecord *self, const char *value);
const char *benk_fact_record_get_ref (BenkFactRecord *self);
void benk_fact_record_set_ref (BenkFactRecord *self, const char *value);
const char *benk_fact_record_get_stated_by (BenkFactRecord *self);
void benk_fact_record_set_stated_by (BenkFactRecord *self, const char *value);
gint64 benk_fact_record_get_order (BenkFactRecord *self);
void benk_fact_record_set_order (BenkFactRecord *self, gint64 value);

G_END_DECLS
