/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-print.h"

#include "benk-apply.h"
#include "benk-journal.h"
#include "benk-schema.h"
#include "benk-verify.h"

static void
digest_value (GChecksum *sum, BenkStmt *stmt, int column)
{
  gint64 head[2] = { benk_stmt_get_value_type (stmt, column), 0 };
  gint64 number;
  double real;
  gsize length;
  gconstpointer bytes;

  switch (benk_stmt_get_value_type (stmt, column))
    {
    case BENK_VALUE_INTEGER:
      number = benk_stmt_get_int64 (stmt, column);
      g_checksum_update (sum, (const guchar *) head, sizeof head);
      g_checksum_update (sum, (const guchar *) &number, sizeof number);
      break;
    case BENK_VALUE_REAL:
      real = benk_stmt_get_double (stmt, column);
      g_checksum_update (sum, (const guchar *) head, sizeof head);
      g_checksum_update (sum, (const guchar *) &real, sizeof real);
      break;
    case BENK_VALUE_TEXT:
    case BENK_VALUE_BLOB:
      bytes = benk_stmt_get_blob (stmt, column, &length);
      head[1] = (gint64) length;
      g_checksum_update (sum, (const guchar *) head, sizeof head);
      if (length > 0)
        g_checksum_update (sum, bytes, (gssize) length);
      break;
    case BENK_VALUE_NULL:
    default:
      g_checksum_update (sum, (const guchar *) head, sizeof head);
    }
}

static void
print_table (BenkDb *db, const char *table, GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY 1, 2", table);
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, &error);
  guint n_rows = 0;

  g_assert_no_error (error);
  for (; benk_stmt_step (stmt, &error); n_rows++)
    for (int i = 0; i < benk_stmt_get_n_columns (stmt); i++)
      digest_value (sum, stmt, i);
  g_assert_no_error (error);
  g_string_append_printf (text, "%s: %u rows, %s\n", table, n_rows,
                          g_checksum_get_string (sum));
}

char *
benk_table_print_take (BenkDb *db, BenkTablePrintOf of)
{
  gsize n;
  const BenkTableInfo *tables = benk_schema_get_tables (&n);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    if (of == BENK_TABLE_PRINT_ALL || tables[i].table_class == BENK_TABLE_JOURNALLED)
      print_table (db, tables[i].name, text);

  return g_string_free (text, FALSE);
}

/* Names the tables that differ. */
void
benk_table_print_assert_equal (const char *one, const char *other)
{
  g_auto (GStrv) a = g_strsplit (one, "\n", -1);
  g_auto (GStrv) b = g_strsplit (other, "\n", -1);

  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
  for (guint i = 0; a[i] != NULL; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
}

BenkDb *
benk_table_print_replay (BenkDb *db)
{
  g_autoptr (GError) error = NULL;
  BenkDb *replay = benk_db_open_memory (benk_db_get_clock (db), &error);
  BenkJournalHead head;

  g_assert_no_error (error);
  benk_schema_create_empty (replay, &error);
  g_assert_no_error (error);
  benk_journal_get_head (db, &head, &error);
  g_assert_no_error (error);
  for (gint64 seq = 1; seq <= head.seq; seq++)
    {
      g_autoptr (BenkJournalRow) row = benk_journal_get_row (db, seq, &error);

      g_assert_no_error (error);
      benk_apply (replay, row->changeset, row->schema, BENK_APPLY_ALL, NULL, &error);
      g_assert_no_error (error);
    }

  return replay;
}

/* What the change log tells is what stands in the tables, octet for octet. */
void
benk_table_print_assert_replays (BenkDb *db)
{
  g_autoptr (BenkDb) replay = benk_table_print_replay (db);
  g_autofree char *stands = benk_table_print_take (db, BENK_TABLE_PRINT_JOURNALLED);
  g_autofree char *told = benk_table_print_take (replay, BENK_TABLE_PRINT_JOURNALLED);

  benk_table_print_assert_equal (stands, told);
}

/* The file is whole, the chain is, and it tells the tables. */
void
benk_table_print_assert_sound (BenkDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, "PRAGMA integrity_check", &error);
  g_autoptr (BenkVerifyResult) result = NULL;

  g_assert_no_error (error);
  g_assert_true (benk_stmt_step (stmt, &error));
  g_assert_cmpstr (benk_stmt_get_text (stmt, 0), ==, "ok");
  result = benk_verify (db, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  if (!result->intact)
    g_test_message ("%s", result->text);
  g_assert_true (result->intact);
}
