/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bulk.h"
#include "benk-ctl.h"

G_BEGIN_DECLS

/* What is done with one device, with several, or with all that a question finds. */
gboolean benk_ctl_device_move (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_attest (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_set_state (BenkCtl *ctl, int argc, char **argv, GError **error);

gboolean benk_ctl_bulk_run (
  BenkCtl *ctl, BenkBulk *bulk, gboolean able, const char *owed_reason, GError **error);

/* What is written about a device, and two rows that are one. */
gboolean benk_ctl_device_edit (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_join (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_device_part (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean
benk_ctl_device_accessories (BenkCtl *ctl, int argc, char **argv, GError **error);

/* Ends every command that changed a device: how it is now. */
gboolean benk_ctl_device_finish (BenkCtl *ctl, const BenkId *device, GError **error);

G_END_DECLS
