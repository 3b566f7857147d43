/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-history-item.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BenkTouch:
 * @table: a journalled table; static
 * @row: a row of it that was inserted, changed or deleted
 *
 * What a list has to read again.
 */
typedef struct
{
  const char *table;
  BenkId row;
} BenkTouch;

/**
 * BenkStateChange:
 * @device: a device
 * @from: its state before
 * @to: its state after
 *
 * What a change did to the state of a device.
 */
typedef struct
{
  BenkId device;
  BenkDeviceState from;
  BenkDeviceState to;
} BenkStateChange;

GArray *benk_history_list_state_changes (BenkDb *db, GBytes *changeset, GError **error);
GPtrArray *
benk_history_read_device (BenkDb *db, const BenkId *device, guint limit, GError **error);
GArray *benk_history_read_touched (BenkDb *db, gint64 after, GError **error);
gboolean benk_history_count_touched (
  BenkDb *db, gint64 seq, const char *table, guint *n_rows, GError **error);

G_END_DECLS
