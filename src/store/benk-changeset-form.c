/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-changeset.h"

#include <string.h>

/* As many as SQLite allows a table. */
#define MAX_COLUMNS 2000

/* The octets of a value, as written by the session extension ("changeset format" in
 * sqlite3session.c). */
enum
{
  VALUE_UNDEFINED = 0,
  VALUE_INTEGER = 1,
  VALUE_FLOAT = 2,
  VALUE_TEXT = 3,
  VALUE_BLOB = 4,
  VALUE_NULL = 5,
};

typedef struct
{
  const guint8 *at;
  gsize left;
} Reader;

static gboolean
skip (Reader *reader, guint64 n)
{
  if (n > reader->left)
    return FALSE;

  reader->at += n;
  reader->left -= n;
  return TRUE;
}

static gboolean
read_octet (Reader *reader, guint8 *value)
{
  if (reader->left == 0)
    return FALSE;

  *value = *reader->at;
  return skip (reader, 1);
}

/* SQLite's varint: seven bits an octet, the highest first; here never more than 32 bits.
 */
static gboolean
read_varint (Reader *reader, guint64 *value)
{
  guint8 octet = 0x80;

  *value = 0;
  for (int i = 0; i < 5 && (octet & 0x80) != 0; i++)
    {
      if (!read_octet (reader, &octet))
        return FALSE;
      *value = *value << 7 | (octet & 0x7f);
    }

  return (octet & 0x80) == 0 && *value <= G_MAXINT32;
}

static gboolean
read_value (Reader *reader)
{
  guint64 length;
  guint8 type;

  if (!read_octet (reader, &type))
    return FALSE;

  switch (type)
    {
    case VALUE_UNDEFINED:
    case VALUE_NULL:
      return TRUE;
    case VALUE_INTEGER:
    case VALUE_FLOAT:
      return skip (reader, 8);
    case VALUE_TEXT:
    case VALUE_BLOB:
      return read_varint (reader, &length) && skip (reader, length);
    default:
      return FALSE;
    }
}

static gboolean
read_table (Reader *reader, guint64 *n_columns)
{
  const guint8 *end;

  if (!read_varint (reader, n_columns) || *n_columns == 0 || *n_columns > MAX_COLUMNS ||
      !skip (reader, *n_columns))
    return FALSE;

  end = memchr (reader->at, 0, reader->left);

  return end != NULL && end > reader->at &&
         skip (reader, (guint64) (end - reader->at) + 1);
}

static gboolean
read_change (Reader *reader, guint8 op, guint64 n_columns)
{
  guint64 n_values = op == SQLITE_UPDATE ? 2 * n_columns : n_columns;
  guint8 indirect;

  if (n_columns == 0 || !read_octet (reader, &indirect))
    return FALSE;

  for (guint64 i = 0; i < n_values; i++)
    if (!read_value (reader))
      return FALSE;

  return TRUE;
}

/*< private >
 * benk_changeset_is_well_formed:
 *
 * Looks at the lengths in a changeset. SQLite trusts them: some damaged ones it reads for
 * ever.
 *
 * Returns: %FALSE when a length leads out of it or an octet has no meaning
 */
gboolean
benk_changeset_is_well_formed (GBytes *changeset)
{
  Reader reader = { .at = g_bytes_get_data (changeset, NULL),
                    .left = g_bytes_get_size (changeset) };
  guint64 n_columns = 0;
  guint8 op;

  while (read_octet (&reader, &op))
    {
      gboolean sound;

      switch (op)
        {
        case 'T':
          sound = read_table (&reader, &n_columns);
          break;
        case SQLITE_INSERT:
        case SQLITE_UPDATE:
        case SQLITE_DELETE:
          sound = read_change (&reader, op, n_columns);
          break;
        default:
          sound = FALSE;
          break;
        }

      if (!sound)
        return FALSE;
    }

  return TRUE;
}

/*< private >
 * benk_changeset_pick:
 * @changeset: a changeset that is well formed
 * @keep: (array length=n): for each of its changes, in their order
 * @n: how many changes
 *
 * Returns: (transfer full): a changeset of those changes only, or %NULL with
 *   %BENK_ERROR_CORRUPT when there are not @n
 */
GBytes *
benk_changeset_pick (GBytes *changeset, const gboolean *keep, guint n, GError **error)
{
  Reader reader = { .at = g_bytes_get_data (changeset, NULL),
                    .left = g_bytes_get_size (changeset) };
  g_autoptr (GByteArray) picked = g_byte_array_new ();
  gboolean sound = TRUE;
  guint64 n_columns = 0;
  guint i = 0;

  while (sound && reader.left > 0)
    {
      const guint8 *start = reader.at;
      guint8 op = 0;
      gboolean wanted = TRUE;

      read_octet (&reader, &op);
      if (op == 'T')
        sound = read_table (&reader, &n_columns);
      else
        {
          sound = i < n && read_change (&reader, op, n_columns);
          wanted = sound && keep[i++];
        }
      if (sound && wanted)
        g_byte_array_append (picked, start, (guint) (reader.at - start));
    }
  if (sound && i == n)
    return g_byte_array_free_to_bytes (g_steal_pointer (&picked));

  g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT, "A changeset is damaged.");
  return NULL;
}
