/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"
#include "benk-roll-batch.h"

G_BEGIN_DECLS

/* Of what batch the roll is that an alarm stopped at: BenkAlarm:roll-packer and
 * :roll-batch say what is noted. */

gboolean benk_alarms_read_batch (BenkRollBatch *roll,
                                 const char *packer,
                                 const char *batch,
                                 GError **error);

void benk_alarms_note_batch_async (BenkAlarms *self,
                                   const BenkId *alarm,
                                   const char *packer,
                                   const char *batch,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean benk_alarms_note_batch_finish (BenkAlarms *self,
                                        GAsyncResult *result,
                                        gint64 *seq,
                                        GError **error);

G_END_DECLS
