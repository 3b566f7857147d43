/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkDispenseRow:
 * @feed: the source that told it
 * @remote_id: logical id there
 * @version: its version
 * @updated_ms: when the source stamped it, UTC milliseconds; -1 unknown
 * @serial_key: the serial number or IMEI, normalised
 * @event: (nullable): a code of the national dispense events; %NULL = taken back
 * @at_ms: when it was handed out, UTC milliseconds
 *
 * What a device handed out, as a source told of it.
 */
typedef struct
{
  BenkId feed;
  char *remote_id;
  char *version;
  gint64 updated_ms;
  char *serial_key;
  char *event;
  gint64 at_ms;
} BenkDispenseRow;

void benk_dispense_row_free (BenkDispenseRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDispenseRow, benk_dispense_row_free)

/**
 * BenkDispenseTarget:
 * @code: code of the alarm
 * @raised_ms: when it was raised
 * @received_ms: when this program got it; 0 = unknown
 * @has_feed: whether a source told of it
 * @status: where it is
 * @taken_ms: when it was taken; 0 = not
 * @closed_ms: when it ended; 0 = not
 * @device: the device; nil = unknown
 * @serial_key: (nullable): its serial number, normalised
 * @imei: (nullable): its IMEI
 * @dispensed_ms: when its device handed out since; 0 = not known
 * @event: (nullable): what
 * @feed: which source told it
 * @reopened_here: whether a person opened it again in this program
 *
 * An alarm, as far as what was handed out concerns it.
 */
typedef struct
{
  char *code;
  gint64 raised_ms;
  gint64 received_ms;
  gboolean has_feed;
  BenkAlarmStatus status;
  gint64 taken_ms;
  gint64 closed_ms;
  BenkId device;
  char *serial_key;
  char *imei;
  gint64 dispensed_ms;
  char *event;
  BenkId feed;
  gboolean reopened_here;
} BenkDispenseTarget;

void benk_dispense_target_free (BenkDispenseTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDispenseTarget, benk_dispense_target_free)

BenkDispenseRow *benk_table_dispense_get (BenkDb *db,
                                          const BenkId *feed,
                                          const char *remote_id,
                                          GError **error);
gboolean benk_table_dispense_put (BenkDb *db, const BenkDispenseRow *row, GError **error);
gboolean benk_table_dispense_forget (BenkDb *db, gint64 before_ms, GError **error);
BenkDispenseRow *benk_table_dispense_find_first (BenkDb *db,
                                                 const char *serial_key,
                                                 const char *imei,
                                                 const char *code,
                                                 gint64 from_ms,
                                                 gint64 after_ms,
                                                 GError **error);
GArray *benk_table_dispense_list_alarms (
  BenkDb *db, const BenkId *device, const char *serial_key, gint64 at_ms, GError **error);
BenkDispenseTarget *
benk_table_dispense_get_target (BenkDb *db, const BenkId *alarm, GError **error);
gboolean benk_table_dispense_set_target (BenkDb *db,
                                         const BenkId *alarm,
                                         const BenkDispenseTarget *target,
                                         GError **error);

G_END_DECLS
