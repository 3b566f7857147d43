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

gboolean benk_table_followup_load (BenkDb *db,
                                   BenkFollowupReport *report,
                                   const BenkId *team,
                                   BenkFollowupCount count,
                                   gpointer data,
                                   GError **error);

G_END_DECLS
