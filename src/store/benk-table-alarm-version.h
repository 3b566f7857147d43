/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/* What a version says of an alarm; stored. */
#define BENK_VERSION_OPEN "open"
#define BENK_VERSION_TAKEN "taken"
#define BENK_VERSION_CLOSED "closed"
#define BENK_VERSION_SETTLED "settled"

/**
 * BenkAlarmVersion:
 * @seq: order of arrival
 * @feed: the source
 * @version: the source's name for it
 * @updated_ms: when the source stamped it, UTC milliseconds; -1 unknown
 * @status: one of BENK_VERSION_
 * @taken_ms: when somebody took it, UTC milliseconds; 0 = nobody had
 *
 * One version of an alarm as a source told of it.
 */
typedef struct
{
  gint64 seq;
  BenkId feed;
  char *version;
  gint64 updated_ms;
  char *status;
  gint64 taken_ms;
} BenkAlarmVersion;

void benk_alarm_version_free (BenkAlarmVersion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAlarmVersion, benk_alarm_version_free)

gboolean benk_table_alarm_version_add (BenkDb *db,
                                       const BenkId *alarm,
                                       const BenkAlarmVersion *version,
                                       gboolean *known,
                                       GError **error);
GPtrArray *
benk_table_alarm_version_list (BenkDb *db, const BenkId *alarm, GError **error);
gboolean
benk_table_alarm_version_forget (BenkDb *db, const BenkId *alarm, GError **error);

G_END_DECLS
