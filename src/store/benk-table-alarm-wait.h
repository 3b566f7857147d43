/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm-wait.h"
#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkAlarmWait:
 * @what: what is waited for
 * @until_ms: until when, UTC milliseconds
 * @case_number: (nullable): of the vendor
 * @covered: whether the user is covered meanwhile
 * @said_by: (nullable): who said so: role and name
 *
 * How a taken alarm waits.
 */
typedef struct
{
  BenkWait what;
  gint64 until_ms;
  const char *case_number;
  BenkCovered covered;
  const char *said_by;
} BenkAlarmWait;

gboolean benk_table_alarm_wait (BenkDb *db,
                                const BenkId *id,
                                const char *step_kind,
                                const char *place,
                                const BenkAlarmWait *wait,
                                GError **error);
gboolean benk_table_alarm_stop_waiting (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_alarm_set_wait_told (BenkDb *db,
                                         const BenkId *id,
                                         gint64 until_ms,
                                         GError **error);

G_END_DECLS
