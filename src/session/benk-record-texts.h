/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"
#include "benk-inventory.h"
#include "benk-record-text.h"

G_BEGIN_DECLS

/**
 * BenkRecordAsked:
 * @verb: what was done; of an alarm see benk_record_texts_load_alarm_async()
 * @device: (nullable): serial number or what else finds the device
 * @other: (nullable): of a swap: what took over
 * @until: (nullable): of a temporary stop: the planned day, "YYYY-MM-DD"
 * @result: (nullable): of an evaluation: "keep", "settings", "make" or "end"
 * @reason: (nullable): why, in words
 *
 * What a text for the patient record is asked for.
 */
typedef struct
{
  BenkRecordVerb verb;
  const char *device;
  const char *other;
  const char *until;
  const char *result;
  const char *reason;
} BenkRecordAsked;

void benk_record_texts_load_async (BenkSession *session,
                                   const BenkRecordAsked *asked,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void benk_record_texts_load_alarm_async (BenkSession *session,
                                         const BenkId *alarm,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
char *benk_record_texts_load_finish (BenkSession *session,
                                     GAsyncResult *result,
                                     GError **error);

G_END_DECLS
