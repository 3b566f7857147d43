/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-duty.h"

G_BEGIN_DECLS

/**
 * BenkQuiet:
 * @BENK_QUIET_HALF_HOUR: for 30 minutes.
 * @BENK_QUIET_HOUR: for an hour.
 * @BENK_QUIET_DUTY_END: until the day duty ends; only during one.
 * @BENK_QUIET_NEXT_DUTY: until the next day duty begins.
 *
 * Until when the desktop is left in peace.
 */
typedef enum
{
  BENK_QUIET_HALF_HOUR,
  BENK_QUIET_HOUR,
  BENK_QUIET_DUTY_END,
  BENK_QUIET_NEXT_DUTY,
} BenkQuiet;

#define BENK_N_QUIETS (BENK_QUIET_NEXT_DUTY + 1)

const char *benk_quiet_to_name (BenkQuiet value);
gboolean benk_quiet_from_name (const char *name, BenkQuiet *out_value);
const char *benk_quiet_get_label (BenkQuiet value);

gint64
benk_quiet_get_latest (const BenkDutyHours *hours, const char *zone, gint64 now_ms);
gint64 benk_quiet_get_end (BenkQuiet value,
                           const BenkDutyHours *hours,
                           const char *zone,
                           gint64 now_ms);
gint64 benk_quiet_parse_end (const char *text,
                             const BenkDutyHours *hours,
                             const char *zone,
                             gint64 now_ms,
                             GError **error);

G_END_DECLS
