/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-virtual-hub.h"

G_BEGIN_DECLS

/* What the hub does when it is told to, in one line. */
char *benk_hub_command_run (BenkVirtualHub *hub, const char *line, GError **error);
char *benk_hub_command_list_faults (void);

G_END_DECLS
