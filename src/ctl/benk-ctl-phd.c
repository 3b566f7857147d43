/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-phd.h"

const BenkCtlCommand benk_ctl_phd_commands[] = {
  { "phd", "conform",
    "--device SERIAL [--destructive --confirm SERIAL] [--listen [ADDRESS]:PORT "
    "[--timeout SECONDS]] [--pdf FILE]",
    benk_ctl_phd_conform },
  { "phd", "replay", "FILE", benk_ctl_phd_replay },
  { "phd", "read",
    "--listen [ADDRESS]:PORT [--count N] [--timeout SECONDS] [--quiet SECONDS]",
    benk_ctl_phd_read },
  { NULL, NULL, NULL, NULL },
};
