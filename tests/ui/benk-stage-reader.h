/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/* Somebody else who reads in the store, so that all who want to read wait as long as it
 * takes to look at that. All zero at first; must stay there until it ends. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean over;
  GAsyncResult *result;
} BenkStageReader;

void benk_stage_reader_begin (BenkStageReader *self, BenkStage *stage);
void benk_stage_reader_end (BenkStageReader *self, BenkStage *stage);

G_END_DECLS
