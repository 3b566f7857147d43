/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms.h"

G_BEGIN_DECLS

/* Open alarms that are one thing to do: an incident, or several of one user. Each alarm
 * of the queue says so itself, by BenkAlarm:group-kind, :group-face and :n-group; all of
 * them stand in the queue. A list that shows one row a group shows the first of each
 * group, in the order of the queue, of those that it shows at all: where a team is chosen
 * that may be another than :group-face. */

GPtrArray *benk_alarms_list_group (BenkAlarms *self, const BenkId *face);
GArray *benk_alarms_list_ids (const GPtrArray *alarms);

void benk_alarms_mark_all_opened (BenkAlarms *self, const BenkId *alarms, guint n_alarms);

void benk_alarms_take_group_async (BenkAlarms *self,
                                   const BenkId *alarms,
                                   guint n_alarms,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/**
 * BENK_FLOOD_ALARMS:
 *
 * More than so many that come within %BENK_FLOOD_MS are a flood. Proposed by the program.
 */
#define BENK_FLOOD_ALARMS 10

/**
 * BENK_FLOOD_MS:
 *
 * Milliseconds within which they come, by when this program received them: that is when a
 * reader sees them. Proposed by the program.
 */
#define BENK_FLOOD_MS (10 * 60 * 1000)

gboolean benk_alarms_is_flood (BenkAlarms *self);

G_END_DECLS
