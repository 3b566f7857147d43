/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading that never asserts: what is missing or of another type is NULL or none. A list
 * may also be written as a single object, as some senders do. */
JsonObject *benk_json_parse (GBytes *text, GError **error);
const char *benk_json_get_string (JsonObject *object, const char *member);
JsonObject *benk_json_get_object (JsonObject *object, const char *member);
guint benk_json_count (JsonObject *object, const char *member);
JsonObject *benk_json_nth (JsonObject *object, const char *member, guint index);

G_END_DECLS
