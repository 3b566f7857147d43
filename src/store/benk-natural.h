/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

char *benk_natural_key (const char *text);
gboolean benk_natural_is_after (const char *text, const char *before);
int benk_natural_register (BenkDb *db);

G_END_DECLS
