/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-ctl.h"

G_BEGIN_DECLS

gboolean benk_ctl_alarm_batch (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
