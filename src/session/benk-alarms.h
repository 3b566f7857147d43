/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-alarm.h"
#include "benk-reading.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARMS (benk_alarms_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarms, benk_alarms, BENK, ALARMS, GObject)

/* Live queue of open BenkAlarm: critical, overdue, next dose, deadline. Properties
 * "n-open" and "n-urgent" (critical or overdue, technical) for badges. */
GListModel *benk_alarms_get_queue (BenkAlarms *self);
BenkReading *benk_alarms_get_reading (BenkAlarms *self);
guint benk_alarms_get_n_open (BenkAlarms *self);
guint benk_alarms_get_n_urgent (BenkAlarms *self);

void benk_alarms_list_async (BenkAlarms *self,
                             gboolean with_closed,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GListModel *
benk_alarms_list_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

/**
 * BenkNewAlarm:
 * @device: what was typed or scanned for the device
 * @code: a code such as "1.8", or a part of its name
 * @via: phone, sms, portal, mail or site
 * @raised_ms: when it was raised, UTC; 0 = now
 *
 * An alarm by hand.
 */
typedef struct
{
  const char *device;
  const char *code;
  BenkAlarmVia via;
  gint64 raised_ms;
} BenkNewAlarm;

void benk_alarms_add_async (BenkAlarms *self,
                            const BenkNewAlarm *alarm,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
BenkAlarm *
benk_alarms_add_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

/* The first time a person looks at it is kept: local, not journalled. */
void benk_alarms_mark_opened (BenkAlarms *self, const BenkId *alarm);

/* The steps of one alarm as BenkHistoryItem, and how often its code came in 30 days. */
void benk_alarms_load_async (BenkAlarms *self,
                             const BenkId *alarm,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GListModel *benk_alarms_load_finish (BenkAlarms *self,
                                     GAsyncResult *result,
                                     guint *n_in_30_days,
                                     GError **error);

void benk_alarms_take_async (BenkAlarms *self,
                             const BenkId *alarm,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* CONFLICT names who was first. */
gboolean benk_alarms_take_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

/* Stable names with labels for a person, ended by a NULL name. */
typedef struct
{
  const char *name;
  const char *label;
} BenkAlarmChoice;
const BenkAlarmChoice *benk_alarms_get_causes (void);
const BenkAlarmChoice *benk_alarms_get_actions (void);

/* Follow-up documents that wait; sends what can be sent and says how many were accepted.
 */
guint benk_alarms_get_n_unsent (BenkAlarms *self);
void benk_alarms_flush_async (BenkAlarms *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_alarms_flush_finish (BenkAlarms *self,
                                   GAsyncResult *result,
                                   guint *n_accepted,
                                   GError **error);

G_END_DECLS

/* How they end. */
#include "benk-alarms-close.h"
