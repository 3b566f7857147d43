/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-agent-memory.h"

G_BEGIN_DECLS

BenkAgentMemory *benk_virtual_memory_new (const char *model_id,
                                          const char *serial,
                                          gint64 now_ms,
                                          GError **error);
const char *benk_virtual_memory_get_default_serial (const char *model_id);
const char *const *benk_virtual_memory_get_models (void);

char *benk_virtual_memory_to_text (const BenkAgentMemory *memory);
BenkAgentMemory *
benk_virtual_memory_from_text (const char *text, gsize length, GError **error);

char *benk_virtual_memory_path (const char *state_dir,
                                const char *model_id,
                                const char *serial);
gboolean benk_virtual_memory_save (const BenkAgentMemory *memory,
                                   const char *path,
                                   GError **error);
BenkAgentMemory *benk_virtual_memory_load (const char *path, GError **error);

G_END_DECLS
