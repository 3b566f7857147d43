/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A JSON Schema (2020-12) with these words only: type, properties, required, items, enum,
 * anyOf, minimum, pattern, $ref into $defs, and additionalProperties false. Any other
 * word is a fault of the schema, so that nothing it says goes unchecked. */
typedef struct _BenkJsonSchema BenkJsonSchema;

BenkJsonSchema *benk_json_schema_new (const char *path, GError **error);
void benk_json_schema_free (BenkJsonSchema *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkJsonSchema, benk_json_schema_free)

JsonObject *benk_json_schema_get_root (BenkJsonSchema *self);
JsonObject *benk_json_schema_get_def (BenkJsonSchema *self, const char *name);

/* Returns: (transfer full) (nullable): where and why @node breaks $defs/@name, or NULL */
char *benk_json_schema_check (BenkJsonSchema *self, const char *name, JsonNode *node);

G_END_DECLS
