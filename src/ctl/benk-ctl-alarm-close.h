/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-ctl.h"

G_BEGIN_DECLS

gboolean benk_ctl_alarm_print_one (BenkCtl *ctl, const BenkId *id, GError **error);
gboolean benk_ctl_alarm_parse_also (char **texts, GArray *ids, GError **error);

gboolean benk_ctl_alarm_close (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_alarm_reopen (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_alarm_sending (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
