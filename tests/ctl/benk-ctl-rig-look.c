/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <glib/gstdio.h>

const char *
benk_ctl_answer_get_string (BenkCtlAnswer *answer, const char *member)
{
  g_assert_true (JSON_NODE_HOLDS_OBJECT (answer->json));
  return json_object_get_string_member (json_node_get_object (answer->json), member);
}

gint64
benk_ctl_answer_get_int (BenkCtlAnswer *answer, const char *member)
{
  g_assert_true (JSON_NODE_HOLDS_OBJECT (answer->json));
  return json_object_get_int_member (json_node_get_object (answer->json), member);
}

static JsonObject *
get_error (BenkCtlAnswer *answer)
{
  g_assert_true (JSON_NODE_HOLDS_OBJECT (answer->json));
  return json_object_get_object_member (json_node_get_object (answer->json), "error");
}

const char *
benk_ctl_answer_get_code (BenkCtlAnswer *answer)
{
  return json_object_get_string_member (get_error (answer), "code");
}

const char *
benk_ctl_answer_get_message (BenkCtlAnswer *answer)
{
  return json_object_get_string_member (get_error (answer), "message");
}

JsonArray *
benk_ctl_answer_get_array (BenkCtlAnswer *answer)
{
  g_assert_true (JSON_NODE_HOLDS_ARRAY (answer->json));
  return json_node_get_array (answer->json);
}

sqlite3 *
benk_ctl_rig_open_copy (BenkCtlRig *self, const char *name)
{
  g_autofree char *path = benk_ctl_rig_path (self, name);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autofree char *own_wal = g_strconcat (self->store, "-wal", NULL);
  sqlite3 *db = NULL;

  g_remove (wal);
  g_remove (shm);
  benk_ctl_rig_copy (self->store, path);
  if (g_file_test (own_wal, G_FILE_TEST_EXISTS))
    benk_ctl_rig_copy (own_wal, wal);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==,
                   SQLITE_OK);
  return db;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return stmt;
}

void
benk_ctl_exec (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

gint64
benk_ctl_rig_count (BenkCtlRig *self, const char *sql)
{
  sqlite3 *db = benk_ctl_rig_open_copy (self, "look.db");
  sqlite3_stmt *stmt = prepare (db, sql);
  gint64 value;

  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return value;
}

/* Returns: (transfer full): the rows, columns parted by "|", each row ended by a newline
 */
char *
benk_ctl_rig_text (BenkCtlRig *self, const char *sql)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db = benk_ctl_rig_open_copy (self, "look.db");
  sqlite3_stmt *stmt = prepare (db, sql);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        const char *value = (const char *) sqlite3_column_text (stmt, i);

        g_string_append_printf (text, "%s%s", value ? value : "",
                                i + 1 < sqlite3_column_count (stmt) ? "|" : "\n");
      }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

static void
add_rows (sqlite3 *db, const char *table, GChecksum *sum)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  sqlite3_stmt *stmt = prepare (db, sql);

  g_checksum_update (sum, (const guchar *) table, -1);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        guint8 type = (guint8) sqlite3_column_type (stmt, i);
        int length = sqlite3_column_bytes (stmt, i);
        const guchar *value = sqlite3_column_blob (stmt, i);

        g_checksum_update (sum, &type, 1);
        g_checksum_update (sum, (const guchar *) &length, sizeof length);
        if (value && length > 0)
          g_checksum_update (sum, value, length);
      }
  sqlite3_finalize (stmt);
}

char *
benk_ctl_rig_digest (BenkCtlRig *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3 *db = benk_ctl_rig_open_copy (self, "look.db");
  sqlite3_stmt *stmt =
    prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");

  while (sqlite3_step (stmt) == SQLITE_ROW)
    add_rows (db, (const char *) sqlite3_column_text (stmt, 0), sum);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return g_strdup (g_checksum_get_string (sum));
}

/* The words of a PDF as a reader of it would see them; a form feed ends each page. */
char *
benk_ctl_rig_read_pdf (const char *path)
{
  const char *argv[] = { g_getenv ("BENK_TEST_PDFTOTEXT"), "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}
