/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ctl.h"

G_BEGIN_DECLS

extern const BenkCtlCommand benk_ctl_call_commands[];

G_END_DECLS
