/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-json.h"

#include "benk-ctl.h"

struct _BenkJson
{
  GString *text;
  gboolean need_comma;
};

static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *p = valid; *p; p++)
    {
      guchar c = *p;

      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_c (text, c);
    }
  g_string_append_c (text, '"');
}

static void
begin_value (BenkJson *self, const char *key)
{
  if (self->need_comma)
    g_string_append_c (self->text, ',');
  if (key)
    {
      append_quoted (self->text, key);
      g_string_append_c (self->text, ':');
    }
  self->need_comma = TRUE;
}

static void
open (BenkJson *self, const char *key, char bracket)
{
  begin_value (self, key);
  g_string_append_c (self->text, bracket);
  self->need_comma = FALSE;
}

static void
shut (BenkJson *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->need_comma = TRUE;
}

/**
 * benk_json_new:
 *
 * Returns: (transfer full): an empty writer
 */
BenkJson *
benk_json_new (void)
{
  BenkJson *self = g_new0 (BenkJson, 1);

  self->text = g_string_new (NULL);
  return self;
}

/**
 * benk_json_free:
 * @self: (transfer full): a writer
 *
 * Frees the writer and what was not taken from it.
 */
void
benk_json_free (BenkJson *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * benk_json_begin_object:
 * @self: a writer
 * @key: (nullable): its key within an object
 *
 * Opens an object.
 */
void
benk_json_begin_object (BenkJson *self, const char *key)
{
  open (self, key, '{');
}

/**
 * benk_json_end_object:
 * @self: a writer
 *
 * Closes the innermost object.
 */
void
benk_json_end_object (BenkJson *self)
{
  shut (self, '}');
}

/**
 * benk_json_begin_array:
 * @self: a writer
 * @key: (nullable): its key within an object
 *
 * Opens an array.
 */
void
benk_json_begin_array (BenkJson *self, const char *key)
{
  open (self, key, '[');
}

/**
 * benk_json_end_array:
 * @self: a writer
 *
 * Closes the innermost array.
 */
void
benk_json_end_array (BenkJson *self)
{
  shut (self, ']');
}

/**
 * benk_json_add_string:
 * @self: a writer
 * @key: (nullable): its key within an object
 * @value: (nullable): UTF-8; anything else is made valid
 *
 * Adds a string, or null.
 */
void
benk_json_add_string (BenkJson *self, const char *key, const char *value)
{
  begin_value (self, key);
  if (value)
    append_quoted (self->text, value);
  else
    g_string_append (self->text, "null");
}

/**
 * benk_json_add_int:
 * @self: a writer
 * @key: (nullable): its key within an object
 * @value: a number
 *
 * Adds a whole number.
 */
void
benk_json_add_int (BenkJson *self, const char *key, gint64 value)
{
  begin_value (self, key);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * benk_json_add_bool:
 * @self: a writer
 * @key: (nullable): its key within an object
 * @value: a truth value
 *
 * Adds true or false.
 */
void
benk_json_add_bool (BenkJson *self, const char *key, gboolean value)
{
  begin_value (self, key);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * benk_json_add_instant:
 * @self: a writer
 * @key: (nullable): its key within an object
 * @ms: milliseconds since 1970 in UTC; 0 or less is null
 *
 * Adds an instant as RFC 3339.
 */
void
benk_json_add_instant (BenkJson *self, const char *key, gint64 ms)
{
  g_autofree char *text = ms > 0 ? benk_ctl_format_instant (ms) : NULL;

  benk_json_add_string (self, key, text);
}

/**
 * benk_json_add_id:
 * @self: a writer
 * @key: (nullable): its key within an object
 * @id: (nullable): an id; nil is null
 *
 * Adds an id in its usual form.
 */
void
benk_json_add_id (BenkJson *self, const char *key, const BenkId *id)
{
  g_autofree char *text = id && !benk_id_is_nil (id) ? benk_id_to_string (id) : NULL;

  benk_json_add_string (self, key, text);
}

/**
 * benk_json_add_json:
 * @self: a writer
 * @key: (nullable): its key within an object
 * @json: what another writer wrote
 *
 * Adds a value that is JSON already.
 */
void
benk_json_add_json (BenkJson *self, const char *key, const char *json)
{
  begin_value (self, key);
  g_string_append (self->text, json);
}

/**
 * benk_json_take:
 * @self: a writer
 *
 * Takes the text; the writer is empty afterwards.
 *
 * Returns: (transfer full): the JSON text
 */
char *
benk_json_take (BenkJson *self)
{
  char *text = g_string_free (self->text, FALSE);

  self->text = g_string_new (NULL);
  self->need_comma = FALSE;
  return text;
}
