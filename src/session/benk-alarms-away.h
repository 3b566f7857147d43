/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms.h"
#include "benk-away.h"

G_BEGIN_DECLS

/**
 * BenkAbsence:
 *
 * What happened while no source was watched by this program, as of when it was read.
 */
#define BENK_TYPE_ABSENCE (benk_absence_get_type ())
G_DECLARE_FINAL_TYPE (BenkAbsence, benk_absence, BENK, ABSENCE, GObject)

gboolean benk_absence_is_told (BenkAbsence *self);
gint64 benk_absence_get_to_ms (BenkAbsence *self);
const GArray *benk_absence_get_gaps (BenkAbsence *self);
GListModel *benk_absence_get_alarms (BenkAbsence *self, BenkAwayKind kind);
guint benk_absence_count (BenkAbsence *self, BenkAwayKind kind);
guint benk_absence_count_all (BenkAbsence *self);
char *benk_absence_describe (BenkAbsence *self);
char *benk_absence_describe_gaps (BenkAbsence *self, gint64 now_ms);

void benk_alarms_load_absence_async (BenkAlarms *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
BenkAbsence *
benk_alarms_load_absence_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

/* It is not told again, nor is what lies before. */
void benk_alarms_put_absence_away_async (BenkAlarms *self,
                                         BenkAbsence *absence,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean benk_alarms_put_absence_away_finish (BenkAlarms *self,
                                              GAsyncResult *result,
                                              GError **error);

/**
 * BenkCareTelling:
 * @role: who told it: a role, in words
 * @name: and their name
 * @told_ms: when, UTC milliseconds
 * @cause: (nullable): a cause's name, if it was told
 * @action: (nullable): an action's name, if it was told
 * @alarms: (array length=n_alarms): what they said is handled
 * @n_alarms: how many
 *
 * What somebody told of alarms that care has handled.
 */
typedef struct
{
  const char *role;
  const char *name;
  gint64 told_ms;
  const char *cause;
  const char *action;
  const BenkId *alarms;
  guint n_alarms;
} BenkCareTelling;

void benk_alarms_handled_by_care_async (BenkAlarms *self,
                                        const BenkCareTelling *telling,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean benk_alarms_handled_by_care_finish (BenkAlarms *self,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
