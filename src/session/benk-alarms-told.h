/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms.h"

G_BEGIN_DECLS

/**
 * BENK_TOLD_MAX_LINE:
 *
 * Octets of a line about an alarm; what is longer is none.
 */
#define BENK_TOLD_MAX_LINE 16384

/**
 * BenkToldAlarm:
 * @device: serial, asset number or IMEI
 * @code: a code such as "1.8", or words
 * @via: phone, sms, portal, mail or site
 * @raised_ms: when it was raised, UTC; 0 = now
 * @external_id: what it is called where it comes from
 *
 * An alarm that another program tells of, such as a bridge from SMS or mail.
 */
typedef struct
{
  char *device;
  char *code;
  BenkAlarmVia via;
  gint64 raised_ms;
  char *external_id;
} BenkToldAlarm;

void benk_told_alarm_clear (BenkToldAlarm *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkToldAlarm, benk_told_alarm_clear)
gboolean benk_told_alarm_read (BenkToldAlarm *self,
                               const char *line,
                               gsize length,
                               GError **error);

/**
 * BenkToldOutcome:
 * @BENK_TOLD_NEW: it is a new alarm.
 * @BENK_TOLD_JOINED: it says an open one again, and joined it.
 * @BENK_TOLD_KNOWN: it was told of before; nothing was written.
 *
 * What came of it.
 */
typedef enum
{
  BENK_TOLD_NEW,
  BENK_TOLD_JOINED,
  BENK_TOLD_KNOWN,
} BenkToldOutcome;

#define BENK_N_TOLD_OUTCOMES (BENK_TOLD_KNOWN + 1)

const char *benk_told_outcome_to_name (BenkToldOutcome outcome);

void benk_alarms_tell_async (BenkAlarms *self,
                             const BenkToldAlarm *told,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
BenkAlarm *benk_alarms_tell_finish (BenkAlarms *self,
                                    GAsyncResult *result,
                                    BenkToldOutcome *outcome,
                                    GError **error);

G_END_DECLS
