/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-share-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-document-private.h"
#include "benk-error.h"
#include "benk-names.h"

#define VERSION 1

/* The parser of JSON calls itself for each level; such a file has three. */
#define MAX_DEPTH 6

static const BenkName verdict_names[BENK_N_SHARE_VERDICTS] = {
  [BENK_SHARE_NEW] = { "new", N_ ("New") },
  [BENK_SHARE_CHANGED] = { "changed", N_ ("Different") },
  [BENK_SHARE_SAME] = { "same", N_ ("The same") },
  [BENK_SHARE_REFUSED] = { "refused", N_ ("Refused") },
};

/** benk_share_verdict_to_name: Returns: (nullable): stable name */
const char *
benk_share_verdict_to_name (BenkShareVerdict verdict)
{
  return benk_names_get (verdict_names, BENK_N_SHARE_VERDICTS, verdict);
}

/** benk_share_verdict_get_label: Returns: (nullable): translated */
const char *
benk_share_verdict_get_label (BenkShareVerdict verdict)
{
  return benk_names_get_label (verdict_names, BENK_N_SHARE_VERDICTS, verdict);
}

/**
 * benk_share_count_marked:
 * @shared: (element-type BenkSharedEntry): the entries of a file
 *
 * Returns: how many are to be taken
 */
guint
benk_share_count_marked (const GPtrArray *shared)
{
  guint n = 0;

  for (guint i = 0; i < shared->len; i++)
    n += ((const BenkSharedEntry *) shared->pdata[i])->take ? 1 : 0;
  return n;
}

/**
 * benk_share_describe:
 * @shared: (element-type BenkSharedEntry): the entries of a file
 *
 * Returns: (transfer full): how many are new, changed, the same and refused
 */
char *
benk_share_describe (const GPtrArray *shared)
{
  guint n[BENK_N_SHARE_VERDICTS] = { 0 };

  for (guint i = 0; i < shared->len; i++)
    n[((const BenkSharedEntry *) shared->pdata[i])->verdict]++;
  return g_strdup_printf (_ ("%u new · %u changed · %u the same · %u refused"),
                          n[BENK_SHARE_NEW], n[BENK_SHARE_CHANGED], n[BENK_SHARE_SAME],
                          n[BENK_SHARE_REFUSED]);
}

/* -- As a file ----------------------------------------------------------------------- */

/* (transfer full): each by @add, in one file. */
char *
benk_share_compose (const BenkShareFormat *format,
                    const GPtrArray *things,
                    BenkShareAdd add)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, format->name);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  json_builder_set_member_name (builder, format->list);
  json_builder_begin_array (builder);
  for (guint i = 0; i < things->len; i++)
    add (builder, things->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/* Counts brackets outside texts; what is no JSON is left to the parser. */
static gboolean
is_shallow (const char *text, gsize length)
{
  gboolean in_text = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length && depth <= MAX_DEPTH; i++)
    {
      if (in_text && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_text = !in_text;
      else if (!in_text && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_text && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }
  return depth <= MAX_DEPTH;
}

/* The text of a member, NULL when it is not one. */
const char *
benk_share_get_text (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonArray *
find_list (const BenkShareFormat *format, JsonNode *root, GError **error)
{
  JsonObject *object =
    root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *version = object != NULL ? json_object_get_member (object, "version") : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, format->list) : NULL;

  if (object == NULL ||
      g_strcmp0 (benk_share_get_text (object, "format"), format->name) != 0 ||
      version == NULL || !JSON_NODE_HOLDS_VALUE (version) || list == NULL ||
      !JSON_NODE_HOLDS_ARRAY (list))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file holds nothing that this program can read here. "
                            "Nothing was changed."));
  else if (json_node_get_value_type (version) != G_TYPE_INT64 ||
           json_node_get_int (version) != VERSION)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file was written by another version of the program. "
                            "Nothing was changed."));
  else if (json_array_get_length (json_node_get_array (list)) > format->max_entries)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("Such a file holds at most %u entries."), format->max_entries);
  else
    return json_node_get_array (list);
  return NULL;
}

/* (transfer full) (nullable): each entry as @read makes it, in their order. */
GPtrArray *
benk_share_parse (const BenkShareFormat *format,
                  const char *text,
                  gsize length,
                  BenkShareRead read,
                  GDestroyNotify destroy,
                  GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) shared = g_ptr_array_new_with_free_func (destroy);
  JsonNode *root = NULL;
  JsonArray *list;

  if (length > format->max_length)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("This file is too large for what it is to hold."));
      return NULL;
    }
  if (length > 0 && g_utf8_validate_len (text, length, NULL) &&
      is_shallow (text, length) &&
      json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  list = find_list (format, root, error);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      g_ptr_array_add (shared, read (shared, JSON_NODE_HOLDS_OBJECT (node)
                                               ? json_node_get_object (node)
                                               : NULL));
    }
  return list != NULL ? g_steal_pointer (&shared) : NULL;
}

/* -- The jobs ------------------------------------------------------------------------ */

BenkShareJob *
benk_share_job_new (GFile *file, GPtrArray *shared)
{
  BenkShareJob *self = g_new0 (BenkShareJob, 1);

  self->file = file ? g_object_ref (file) : NULL;
  self->shared = shared ? g_ptr_array_ref (shared) : NULL;
  return self;
}

void
benk_share_job_free (gpointer data)
{
  BenkShareJob *self = data;

  g_clear_object (&self->file);
  g_strfreev (self->ids);
  g_clear_pointer (&self->shared, g_ptr_array_unref);
  g_free (self);
}

GBytes *
benk_share_job_read (BenkShareJob *self,
                     gsize max,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (self->file, cancellable, &local);
  g_autofree char *text = g_malloc (max + 1);
  gsize length = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, max + 1,
                                                  &length, cancellable, &local))
    {
      g_set_error (error, BENK_ERROR,
                   g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                     ? BENK_ERROR_CANCELLED
                     : BENK_ERROR_IO,
                   _ ("The file cannot be read: %s"), local->message);
      return NULL;
    }
  return g_bytes_new (text, length);
}

gpointer
benk_share_job_write (
  BenkShareJob *self, char *text, guint n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return benk_document_write_file (self->file, bytes, cancellable, error)
           ? g_memdup2 (&n, sizeof n)
           : NULL;
}

gboolean
benk_share_export_finish (gpointer source, GAsyncResult *result, guint *n, GError **error)
{
  g_autofree guint *written = benk_session_read_finish (source, result, error);

  if (written != NULL && n != NULL)
    *n = *written;
  return written != NULL;
}

gboolean
benk_share_job_take (
  BenkShareJob *self, BenkDb *db, BenkShareTake take, gpointer data, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < self->shared->len; i++)
    {
      const BenkSharedEntry *one = g_ptr_array_index (self->shared, i);

      if (!one->take || one->verdict == BENK_SHARE_SAME ||
          one->verdict == BENK_SHARE_REFUSED)
        continue;
      if (!take (db, one, data, error))
        return FALSE;
      n++;
    }
  if (n > 0)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                       _ ("Nothing in the file is to be taken, so nothing was changed."));
  return FALSE;
}
