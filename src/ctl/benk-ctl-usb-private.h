/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"
#include "benk-ctl.h"

G_BEGIN_DECLS

BenkBench *benk_ctl_usb_open_bench (BenkCtl *ctl, GError **error);
void benk_ctl_usb_print (BenkCtl *ctl, const char *key, BenkBenchDevice *device);

/* Several devices that are reset with one confirmation. */
typedef struct
{
  gboolean all; /* what is plugged in and may be reset */
  char **serials;
  int count; /* how many the person says they are */
  char *pdf; /* where their confirmation goes, or NULL */
} BenkCtlShelf;

gboolean
benk_ctl_usb_reset_shelf (BenkCtl *ctl, const BenkCtlShelf *wanted, GError **error);
gboolean benk_ctl_usb_run_watch (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_usb_run_items (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_usb_run_bind (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_usb_run_unbind (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_usb_run_rule (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
