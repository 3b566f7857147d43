/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *benk_history_get_column_label (const char *column);
const char *benk_history_get_table_label (const char *table);
char *benk_history_say_value (const char *table, const char *column, const char *value);

G_END_DECLS
