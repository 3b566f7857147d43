/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-link-kind.h"

G_BEGIN_DECLS

/**
 * BenkCallFacts:
 * @next_dose_ms: when the next dose is, by the settings that the device is known to hold,
 *   UTC milliseconds; -1 where none are known
 * @contact_ms: when something last came from the device, UTC milliseconds; 0: never
 * @contact_by_alarm: that was an alarm of its source; else a run of the program with it
 * @contact_link: how the run reached it
 * @battery: percent when it was last read; -1 where it never was
 * @battery_ms: when that was, UTC milliseconds
 * @battery_link: how it was reached
 *
 * What a device itself has told, for somebody who asks about it on the telephone.
 */
typedef struct
{
  gint64 next_dose_ms;
  gint64 contact_ms;
  gboolean contact_by_alarm;
  BenkLinkKind contact_link;
  int battery;
  gint64 battery_ms;
  BenkLinkKind battery_link;
} BenkCallFacts;

G_END_DECLS
