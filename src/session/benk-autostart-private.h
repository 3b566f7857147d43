/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-autostart.h"

G_BEGIN_DECLS

/* For tests: another folder, another program, and whether it is in a sandbox. */
BenkAutostart *
benk_autostart_new_in (const char *folder, const char *program, gboolean sandboxed);

/* Asks the portal of the desktop; the task returns whether it starts the program. */
void benk_autostart_ask_portal (GTask *task, gboolean on);

G_END_DECLS
