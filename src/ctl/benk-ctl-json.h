/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkJson:
 *
 * Writes one JSON text: snake_case keys, ids as strings, instants RFC 3339 in UTC, and
 * null where there is nothing.
 */
typedef struct _BenkJson BenkJson;

BenkJson *benk_json_new (void);
void benk_json_free (BenkJson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkJson, benk_json_free)

void benk_json_begin_object (BenkJson *self, const char *key);
void benk_json_end_object (BenkJson *self);
void benk_json_begin_array (BenkJson *self, const char *key);
void benk_json_end_array (BenkJson *self);
void benk_json_add_string (BenkJson *self, const char *key, const char *value);
void benk_json_add_int (BenkJson *self, const char *key, gint64 value);
void benk_json_add_bool (BenkJson *self, const char *key, gboolean value);
void benk_json_add_instant (BenkJson *self, const char *key, gint64 ms);
void benk_json_add_id (BenkJson *self, const char *key, const BenkId *id);
void benk_json_add_json (BenkJson *self, const char *key, const char *json);
char *benk_json_take (BenkJson *self);

G_END_DECLS
