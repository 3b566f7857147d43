/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ctl.h"

G_BEGIN_DECLS

/* The sub-commands of "phd", one file each. */
gboolean benk_ctl_phd_conform (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_phd_replay (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_phd_read (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
