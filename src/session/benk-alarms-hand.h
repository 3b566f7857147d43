/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms.h"
#include "benk-duty-roster.h"

G_BEGIN_DECLS

/* So long before the end of one's own duty what one has is told of. Proposed. */
#define BENK_HAND_OVER_REMIND_MS (30 * 60 * 1000)

/**
 * BenkHandOver:
 * @role: the #BenkDutyRole it goes to, or %BENK_DUTY_ROLE_NONE
 * @name: (nullable): who it is; needed without @role
 * @accepted: they have accepted already, by telephone
 *
 * To whom an alarm is handed over.
 */
typedef struct
{
  int role;
  const char *name;
  gboolean accepted;
} BenkHandOver;

void benk_alarms_hand_over_async (BenkAlarms *self,
                                  const BenkId *alarms,
                                  guint n_alarms,
                                  const BenkHandOver *hand_over,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void benk_alarms_accept_async (BenkAlarms *self,
                               const BenkId *alarm,
                               const char *by,
                               gint64 at_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void benk_alarms_keep_async (BenkAlarms *self,
                             const BenkId *alarm,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Of each of the three. */
gboolean
benk_alarms_hand_over_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

gboolean benk_alarm_is_with (BenkAlarm *alarm, const char *initials);
gboolean benk_alarm_is_handed_over (BenkAlarm *alarm);
guint benk_alarms_count_mine (BenkAlarms *self);
gboolean benk_alarms_must_hand_over (BenkAlarms *self, gint64 *end_ms, guint *n_alarms);

G_END_DECLS
