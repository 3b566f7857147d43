/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-agent-memory.h"

G_BEGIN_DECLS

void benk_virtual_memory_fill_used (BenkAgentMemory *memory, gint64 now_ms);

G_END_DECLS
