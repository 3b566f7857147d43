/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-search.h"

#include "benk-config.h"

#include <string.h>

/* Between the parts of a search text; no search word holds it. */
#define PART_END '\n'

/* Everything a device may be found by. */
#define PARTS_SQL                                                                        \
  "SELECT d.model_id, d.serial, d.serial_key, d.imei, d.asset, d.vendor, p.name,"        \
  " t.name, r.reference, n.text, d.former_serials,"                                      \
  " (SELECT group_concat (x.serial || ' ' || x.serial_key || ' '"                        \
  " || ifnull (x.imei, '') || ' ' || ifnull (x.asset, ''), ' ')"                         \
  " FROM alias z JOIN device x ON x.id = z.id"                                           \
  " WHERE z.target_id = d.id AND z.kind = 'device' AND z.ended_ms IS NULL),"             \
  " (SELECT group_concat (k.reference, ' ') FROM reservation v"                          \
  " JOIN person k ON k.id = v.person_id WHERE v.device_id = d.id AND v.ended IS NULL)"   \
  " FROM device d"                                                                       \
  " LEFT JOIN place p ON p.id = d.place_id"                                              \
  " LEFT JOIN place t ON t.id = d.team_id"                                               \
  " LEFT JOIN person r ON r.id = d.person_id"                                            \
  " LEFT JOIN note n ON n.id = d.note_id"                                                \
  " WHERE d.id = ?1"

#define STORE_SQL                                                                        \
  "INSERT INTO device_search (device_id, text) VALUES (?1, ?2)"                          \
  " ON CONFLICT (device_id) DO UPDATE SET text = excluded.text"                          \
  " WHERE text IS NOT excluded.text"

/* The same for what is ASCII, which most of a list is. */
static char *
fold_ascii (const char *text)
{
  char *out = g_malloc (strlen (text) + 1);
  char *end = out;
  gboolean gap = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if ((guchar) *c >= 0x80)
        {
          g_free (out);
          return NULL;
        }
      if (g_unichar_isspace ((guchar) *c))
        {
          gap = end > out;
          continue;
        }
      if (gap)
        *end++ = ' ';
      gap = FALSE;
      *end++ = g_ascii_tolower (*c);
    }
  *end = '\0';

  return out;
}

/**
 * benk_search_fold:
 * @text: (nullable): UTF-8
 *
 * Makes text comparable: case and compatibility forms folded (Unicode NFKC and full case
 * folding), runs of white space one blank, none at either end.
 *
 * Returns: (transfer full): the folded text; "" for %NULL and for what is not UTF-8
 */
char *
benk_search_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GString) out = NULL;
  char *ascii = text != NULL ? fold_ascii (text) : NULL;
  gboolean gap = FALSE;

  if (ascii != NULL)
    return ascii;
  out = g_string_new (NULL);
  normal = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
  if (normal == NULL)
    return g_strdup ("");

  folded = g_utf8_casefold (normal, -1);
  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isspace (character))
        {
          gap = out->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (out, ' ');
      gap = FALSE;
      g_string_append_unichar (out, character);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * benk_search_split:
 * @text: (nullable): what somebody typed
 *
 * Returns: (transfer full): the folded words that must all be found; empty for none
 */
char **
benk_search_split (const char *text)
{
  g_autofree char *folded = benk_search_fold (text);

  if (*folded == '\0')
    return g_new0 (char *, 1);

  return g_strsplit (folded, " ", -1);
}

static char *
compose (BenkStmt *parts)
{
  g_autoptr (GString) out = g_string_new (NULL);
  int n = benk_stmt_get_n_columns (parts);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *part = benk_search_fold (benk_stmt_get_text (parts, i));

      if (*part == '\0')
        continue;
      g_string_append (out, part);
      g_string_append_c (out, PART_END);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * benk_search_refresh_device:
 * @db: a connection in a transaction
 * @device: a device, or one that is gone
 * @error: return location for an error
 *
 * Writes anew what a device is found by.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_search_refresh_device (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) parts = benk_db_prepare (db, PARTS_SQL, error);
  g_autoptr (BenkStmt) change = NULL;
  g_autofree char *text = NULL;

  if (parts == NULL)
    return FALSE;

  benk_stmt_bind_id (parts, 1, device);
  if (benk_stmt_step (parts, &local))
    text = compose (parts);
  else if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  change =
    benk_db_prepare (db,
                     text != NULL ? STORE_SQL
                                  : "DELETE FROM device_search WHERE device_id = ?1",
                     error);
  if (change == NULL)
    return FALSE;
  benk_stmt_bind_id (change, 1, device);
  if (text != NULL)
    benk_stmt_bind_text (change, 2, text);

  return benk_stmt_run (change, error);
}

/* The devices of @sql, gathered before any of them is written. */
static gboolean
refresh_all (BenkDb *db, const char *sql, const BenkId *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (stmt == NULL)
    return FALSE;

  if (id != NULL)
    benk_stmt_bind_id (stmt, 1, id);
  while (benk_stmt_step (stmt, &local))
    {
      BenkId device;

      if (benk_stmt_get_id (stmt, 0, &device))
        g_array_append_val (devices, device);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  for (guint i = 0; i < devices->len; i++)
    if (!benk_search_refresh_device (db, &g_array_index (devices, BenkId, i), error))
      return FALSE;

  return TRUE;
}

/**
 * benk_search_refresh_missing:
 * @db: a connection in a transaction
 * @error: return location for an error
 *
 * Writes what devices are found by whose text was deleted because a word in it had to go.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_search_refresh_missing (BenkDb *db, GError **error)
{
  return refresh_all (db,
                      "SELECT d.id FROM device d WHERE NOT EXISTS"
                      " (SELECT 1 FROM device_search s WHERE s.device_id = d.id)",
                      NULL, error);
}

/**
 * benk_search_refresh_row:
 * @db: a connection in a transaction
 * @table: a journalled table
 * @row: a row of it that was inserted, changed or deleted
 * @inserted: whether it was inserted; a new place has no device that is not new itself
 * @error: return location for an error
 *
 * Keeps the search in step with a change, however it was made (also undo, also another
 * laptop's). Tables that no device is found by cost nothing.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_search_refresh_row (
  BenkDb *db, const char *table, const BenkId *row, gboolean inserted, GError **error)
{
  if (strcmp (table, "device") == 0)
    return benk_search_refresh_device (db, row, error);
  if (strcmp (table, "place") == 0 && !inserted)
    return refresh_all (db, "SELECT id FROM device WHERE place_id = ?1 OR team_id = ?1",
                        row, error);
  if (strcmp (table, "reservation") == 0)
    return refresh_all (db, "SELECT device_id FROM reservation WHERE id = ?1", row,
                        error);
  /* What stands for another row is found by the names of both; what stood for it until
   * now is found by its names still. */
  if (strcmp (table, "alias") == 0)
    return refresh_all (db,
                        "SELECT ?1 UNION SELECT target_id FROM alias WHERE id = ?1"
                        " UNION SELECT s.device_id FROM device x, device_search s"
                        " WHERE x.id = ?1 AND instr (s.text, lower (x.serial_key))",
                        row, error);

  return TRUE;
}
