/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-duty-roster.h"
#include "benk-reading.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* The longest time that something may be another than usual. */
#define BENK_DUTY_OVERRIDE_MAX_DAYS 366

/* Who owns alarms and who supports, by team. The signal “changed” says that it is another
 * roster now. */
#define BENK_TYPE_DUTIES (benk_duties_get_type ())
G_DECLARE_FINAL_TYPE (BenkDuties, benk_duties, BENK, DUTIES, GObject)

BenkDutyRoster *benk_duties_get_roster (BenkDuties *self);
BenkReading *benk_duties_get_reading (BenkDuties *self);

void benk_duties_load_async (BenkDuties *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
BenkDutyRoster *
benk_duties_load_finish (BenkDuties *self, GAsyncResult *result, GError **error);

gboolean benk_duties_check_team (const BenkDutyTeam *team, GError **error);
void benk_duties_set_team_async (BenkDuties *self,
                                 const BenkDutyTeam *team,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void benk_duties_add_team_async (BenkDuties *self,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

gboolean benk_duties_check_override (const BenkDutyOverride *override,
                                     gint64 now_ms,
                                     GError **error);
void benk_duties_add_override_async (BenkDuties *self,
                                     const BenkDutyOverride *override,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void benk_duties_end_override_async (BenkDuties *self,
                                     const BenkId *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* Of each of the four changes. */
gboolean
benk_duties_change_finish (BenkDuties *self, GAsyncResult *result, GError **error);

G_END_DECLS
