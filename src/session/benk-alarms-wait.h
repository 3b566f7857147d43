/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm-wait.h"
#include "benk-alarms.h"

G_BEGIN_DECLS

/**
 * BenkAlarmWaiting:
 * @what: what is waited for
 * @until_ms: until when, UTC milliseconds
 * @case_number: (nullable): the number of the case, of the vendor or of care
 * @covered: whether the user is covered meanwhile
 * @said_by: (nullable): role and name of who said so; needed where the answer is yes
 *
 * How an alarm is to wait.
 */
typedef struct
{
  BenkWait what;
  gint64 until_ms;
  const char *case_number;
  BenkCovered covered;
  const char *said_by;
} BenkAlarmWaiting;

gboolean benk_alarms_parse_until (const char *date,
                                  const char *time,
                                  gint64 *until_ms,
                                  GError **error);
gboolean benk_alarms_parse_until_text (const char *text,
                                       gint64 now_ms,
                                       gint64 *until_ms,
                                       GError **error);
char *benk_alarms_split_until (const char *text, char **until);
gboolean benk_alarms_check_until (gint64 until_ms, gint64 now_ms, GError **error);

void benk_alarms_wait_async (BenkAlarms *self,
                             const BenkId *alarms,
                             guint n_alarms,
                             const BenkAlarmWaiting *waiting,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean benk_alarms_wait_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

void benk_alarms_stop_waiting_async (BenkAlarms *self,
                                     const BenkId *alarms,
                                     guint n_alarms,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
benk_alarms_stop_waiting_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

G_END_DECLS
