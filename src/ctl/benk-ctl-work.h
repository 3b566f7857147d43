/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"
#include "benk-ctl.h"
#include "benk-device-card.h"
#include "benk-inventory.h"

G_BEGIN_DECLS

BenkDevice *benk_ctl_find_device (BenkCtl *ctl, const char *text, GError **error);
BenkDevice *benk_ctl_open_device (BenkCtl *ctl, const char *text, GError **error);
BenkDeviceCard *benk_ctl_load_device (BenkCtl *ctl, const BenkId *id, GError **error);
gboolean benk_ctl_await_change (BenkCtl *ctl, gint64 *seq, GError **error);
BenkBenchDevice *benk_ctl_find_plugged (BenkCtl *ctl, const char *serial, GError **error);
gboolean benk_ctl_await_job (BenkCtl *ctl, BenkBenchJob *job, GError **error);

G_END_DECLS
