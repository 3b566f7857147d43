/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-followup-report.h"

G_BEGIN_DECLS

/**
 * BenkFollowupCount:
 * @n_done: alarms read so far
 * @n_all: alarms there are
 * @data: what was handed in
 *
 * Told now and then while alarms are read.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*BenkFollowupCount) (guint n_done, guint n_all, gpointer data);

/**
 * BenkFollowupChosen:
 * @persons: (element-type BenkId): users
 * @devices: (element-type BenkId): devices
 *
 * Whose alarms a report is about: those of the users, on whatever device they had then,
 * and those of the devices.
 */
typedef struct
{
  GHashTable *persons;
  GHashTable *devices;
} BenkFollowupChosen;

gboolean benk_table_followup_load (BenkDb *db,
                                   BenkFollowupReport *report,
                                   const BenkId *team,
                                   const BenkFollowupChosen *chosen,
                                   BenkFollowupCount count,
                                   gpointer data,
                                   GError **error);

G_END_DECLS
