/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-device.h"
#include "benk-lifecycle-view.h"

G_BEGIN_DECLS

BenkLifecycleView *benk_table_view_load (BenkDb *db, BenkDevice *device, GError **error);

G_END_DECLS
