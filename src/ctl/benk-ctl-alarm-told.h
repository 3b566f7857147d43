/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms-told.h"
#include "benk-ctl.h"

G_BEGIN_DECLS

gboolean benk_ctl_alarm_tell (BenkCtl *ctl, const BenkToldAlarm *told, GError **error);
gboolean benk_ctl_alarm_tell_lines (BenkCtl *ctl, GError **error);

G_END_DECLS
