/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-visit-kind.h"

G_BEGIN_DECLS

/**
 * BenkRecordText:
 * @kind: what was done
 * @at_ms: UTC ms it was done
 * @zone: where the reader is
 * @device: make and number of the device; of a swap the one that went out
 * @other: (nullable): make and number of the device that took over
 * @times: (nullable): the dose times, such as "08:00, 20:00"; %NULL when they are not
 *   known here
 * @known: how it is known that the device holds them
 * @medicine: health personnel have loaded, moved or taken out the medicine
 * @trained: the user has had training
 * @goes_on: (nullable): how the service goes on, a label such as "In use"
 * @collected: the device came back with its accessories counted
 * @owed: (nullable): what is to be done afterwards, whole sentences
 *
 * What a text for the patient record is made of. There is no place for a name, a
 * reference or a medicine.
 */
typedef struct
{
  BenkVisitKind kind;
  gint64 at_ms;
  GTimeZone *zone;
  const char *device;
  const char *other;
  const char *times;
  BenkSettingsKnown known;
  gboolean medicine;
  gboolean trained;
  const char *goes_on;
  gboolean collected;
  const char *owed;
} BenkRecordText;

char *benk_record_text_compose (const BenkRecordText *self);

G_END_DECLS
