/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-phd.h"

const BenkCtlCommand benk_ctl_phd_commands[] = {
  { "phd", "replay", "FILE", benk_ctl_phd_replay },
  { NULL, NULL, NULL, NULL },
};
