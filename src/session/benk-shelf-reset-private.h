/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-shelf-reset.h"

G_BEGIN_DECLS

BenkShelfItem *benk_shelf_item_new (BenkDevice *card);
void benk_shelf_item_tick (BenkShelfItem *self, gboolean ticked);
void benk_shelf_item_set_device (BenkShelfItem *self, BenkBenchDevice *device);
BenkBenchDevice *benk_shelf_item_get_device (BenkShelfItem *self);
void benk_shelf_item_set_state (BenkShelfItem *self, BenkShelfState state);
void benk_shelf_item_take_job (BenkShelfItem *self, BenkBenchJob *job);
void
benk_shelf_item_end (BenkShelfItem *self, BenkShelfState state, const char *sentence);

G_END_DECLS
