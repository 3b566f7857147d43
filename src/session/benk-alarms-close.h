/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"

G_BEGIN_DECLS

/**
 * BenkAlarmClosing:
 * @cause: a cause's name, see benk_alarms_get_causes()
 * @action: an action's name
 * @confirmed_role: (nullable): role of who confirmed it, in words
 * @confirmed_by: (nullable): and their name; both and the time are needed for care and
 * medicine, and where the action is one of health personnel
 * @why_late: (nullable): asked for when a deadline has passed
 * @note: (nullable): free text for the follow-up document
 * @confirmed_ms: when they confirmed it, UTC milliseconds; 0 = not told
 * @call_start_ms: when a two-way call with the user began, UTC milliseconds; 0 = the
 *   telephone was not answered, or nobody phoned
 * @call_end_ms: when the call ended
 * @also: (array length=n_also) (nullable): other open alarms of the same user, or of the
 * same outage or batch of rolls, that end in the same way
 * @n_also: how many
 *
 * How an alarm ended.
 */
typedef struct
{
  const char *cause;
  const char *action;
  const char *confirmed_role;
  const char *confirmed_by;
  const char *why_late;
  const char *note;
  gint64 confirmed_ms;
  gint64 call_start_ms;
  gint64 call_end_ms;
  const BenkId *also;
  guint n_also;
} BenkAlarmClosing;

gboolean benk_alarms_is_late (BenkAlarm *alarm, gint64 now_ms);
gboolean benk_alarms_needs_confirmation (BenkAlarm *alarm, const char *action);

void benk_alarms_close_async (BenkAlarms *self,
                              const BenkId *alarm,
                              const BenkAlarmClosing *closing,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean
benk_alarms_close_finish (BenkAlarms *self, GAsyncResult *result, GError **error);
gboolean benk_alarms_close_is_kept (GAsyncResult *result);

/* The other open alarms of the same user, as a list of BenkAlarm. */
void benk_alarms_list_same_user_async (BenkAlarms *self,
                                       const BenkId *alarm,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GListModel *benk_alarms_list_same_user_finish (BenkAlarms *self,
                                               GAsyncResult *result,
                                               GError **error);

/* What was closed too early; the source is told. */
void benk_alarms_reopen_async (BenkAlarms *self,
                               const BenkId *alarm,
                               const char *reason,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean
benk_alarms_reopen_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

G_END_DECLS
