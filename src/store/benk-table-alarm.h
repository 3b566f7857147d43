/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_alarm_insert (BenkDb *db, BenkAlarm *alarm, GError **error);
gboolean benk_table_alarm_update (BenkDb *db, BenkAlarm *alarm, GError **error);
gboolean
benk_table_alarm_take (BenkDb *db, const BenkId *id, const BenkId *staff, GError **error);
gboolean benk_table_alarm_follow (BenkDb *db,
                                  BenkAlarm *alarm,
                                  gboolean keeps_hand,
                                  GError **error);
gboolean benk_table_alarm_close (BenkDb *db,
                                 const BenkId *id,
                                 BenkAlarmStatus status,
                                 const char *cause,
                                 const char *action,
                                 const char *confirmed_by,
                                 GError **error);
gboolean benk_table_alarm_set_roll_batch (
  BenkDb *db, const BenkId *id, const char *packer, const char *batch, GError **error);
GPtrArray *benk_table_alarm_list_same_user (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_alarm_set_text (BenkDb *db,
                                    const BenkId *id,
                                    const char *text,
                                    GError **error);

BenkAlarm *benk_table_alarm_get (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_alarm_find_team (BenkDb *db,
                                     const BenkId *device,
                                     BenkId *team,
                                     GError **error);
GPtrArray *benk_table_alarm_list_alike (BenkDb *db, BenkAlarm *alarm, GError **error);
gboolean benk_table_alarm_is_repeat (
  BenkDb *db, BenkAlarm *alarm, gint64 within_ms, gboolean *repeat, GError **error);
GPtrArray *benk_table_alarm_list_open (BenkDb *db, GError **error);
GPtrArray *benk_table_alarm_list_open_of (BenkDb *db, const BenkId *feed, GError **error);
gboolean
benk_table_alarm_set_gone (BenkDb *db, const BenkId *id, gint64 gone_ms, GError **error);
GPtrArray *
benk_table_alarm_list_closed_with (BenkDb *db, const BenkId *id, GError **error);
GPtrArray *benk_table_alarm_list_since (BenkDb *db, gint64 since_ms, GError **error);
GPtrArray *
benk_table_alarm_list_device (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_table_alarm_count_open (BenkDb *db,
                                      const BenkId *device,
                                      guint *count,
                                      GError **error);

gboolean benk_table_alarm_set_received (BenkDb *db,
                                        const BenkId *id,
                                        gint64 received_ms,
                                        GError **error);
gboolean benk_table_alarm_set_opened (BenkDb *db,
                                      const BenkId *id,
                                      gint64 opened_ms,
                                      GError **error);

G_END_DECLS
