/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-visit-kind.h"

G_BEGIN_DECLS

/**
 * BenkRecordVerb:
 * @BENK_RECORD_INSTALL: a device came to its user.
 * @BENK_RECORD_SETTINGS: its settings were changed.
 * @BENK_RECORD_SWAP: another device took over.
 * @BENK_RECORD_COLLECT: it came back.
 * @BENK_RECORD_CLOSE_ALARM: an alarm was followed up and closed.
 * @BENK_RECORD_PAUSE: the service was stopped for a time.
 * @BENK_RECORD_RESUME: it goes on after that.
 * @BENK_RECORD_EVALUATION: the use was evaluated.
 * @BENK_RECORD_END: the service ended.
 *
 * What a text for the patient record tells.
 */
typedef enum
{
  BENK_RECORD_INSTALL,
  BENK_RECORD_SETTINGS,
  BENK_RECORD_SWAP,
  BENK_RECORD_COLLECT,
  BENK_RECORD_CLOSE_ALARM,
  BENK_RECORD_PAUSE,
  BENK_RECORD_RESUME,
  BENK_RECORD_EVALUATION,
  BENK_RECORD_END,
} BenkRecordVerb;

#define BENK_N_RECORD_VERBS (BENK_RECORD_END + 1)

const char *benk_record_verb_to_name (BenkRecordVerb value);
gboolean benk_record_verb_from_name (const char *name, BenkRecordVerb *out_value);
const char *benk_record_verb_get_label (BenkRecordVerb value);
BenkRecordVerb benk_record_verb_from_visit (BenkVisitKind kind);

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
 * @unchecked: of a visit: nobody compared the device in hand with its card
 * @owed: (nullable): what is to be done afterwards, whole sentences
 *
 * @alarm: (nullable): of an alarm: what it was, such as "Roll jammed"
 * @raised_ms: of an alarm: UTC ms it was raised
 * @cause: (nullable): of an alarm: why it was raised, as in a list
 * @action: (nullable): of an alarm: what was done, as in a list
 * @called: of an alarm: somebody spoke with the user by telephone
 * @confirmed_by: (nullable): of an alarm: role and name of who confirmed it
 * @confirmed_ms: of an alarm: UTC ms they did; 0 = not told
 * @until: (nullable): of a temporary stop: the planned day, "YYYY-MM-DD"
 * @result: (nullable): of an evaluation: what came of it
 * @reason: (nullable): why, as somebody wrote it
 *
 * What a text for the patient record is made of. There is no place for a name, a
 * reference or a medicine.
 */
typedef struct
{
  BenkRecordVerb kind;
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
  gboolean unchecked;
  const char *owed;
  const char *alarm;
  gint64 raised_ms;
  const char *cause;
  const char *action;
  gboolean called;
  const char *confirmed_by;
  gint64 confirmed_ms;
  const char *until;
  const char *result;
  const char *reason;
} BenkRecordText;

char *benk_record_text_compose (const BenkRecordText *self);

G_END_DECLS
