/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-backup.h"
#include "benk-device-view.h"
#include "benk-schema.h"
#include "benk-search.h"
#include "benk-table-alarm-step.h"
#include "benk-table-fact.h"
#include "benk-table-fixture.h"
#include "benk-table-note.h"
#include "benk-table-person.h"
#include "benk-table-return.h"

static const char *const PERSONAL_WORDS[] = {
  REFERENCE, NOTE, REASON, DOCUMENT, STATED_BY, CONFIRMED_BY, SOURCE_TEXT,
};

static void
write_personal_words (BenkStoreFixture *fixture, BenkId *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_new_device ("P1", BENK_DEVICE_STATE_READY);
  g_autoptr (BenkDevice) other =
    benk_table_fixture_add_device (fixture, "P2", BENK_DEVICE_STATE_RESET);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkReturnCase) row = benk_return_case_new ();
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);
  BenkId reason;

  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) REASON);
  benk_device_set_person_ref (device, REFERENCE);
  benk_device_set_note (device, NOTE);
  benk_table_device_insert (fixture->db, device, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
  *person = *benk_device_get_person_id (device);

  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_LOADED);
  benk_table_fixture_prove_ready (fixture, device);
  scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);
  benk_table_note_add (fixture->db, BENK_NOTE_REASON, REASON, person, &reason, &error);
  benk_scope_set_reason (scope, &reason);
  benk_device_change_state (fixture->db, benk_device_get_id (device),
                            BENK_DEVICE_STATE_TRIAL, reasons, 0, &reason, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  alarm = benk_table_fixture_add_alarm (fixture, device);
  scope = benk_table_fixture_begin (fixture, BENK_VERB_CLOSE);
  benk_table_alarm_close (fixture->db, benk_alarm_get_id (alarm),
                          BENK_ALARM_STATUS_CLOSED, "roll", "visit", CONFIRMED_BY,
                          &error);
  benk_table_alarm_step_insert (fixture->db, benk_alarm_get_id (alarm), "closed", "here",
                                0, NOTE, NULL, &error);
  benk_return_case_set_device_id (row, benk_device_get_id (device));
  benk_return_case_set_vendor (row, "Evondos AS");
  benk_return_case_set_reason (row, REASON);
  benk_table_return_insert (fixture->db, row, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static gboolean
contains (const char *data, gsize length, const char *word)
{
  return memmem (data, length, word, strlen (word)) != NULL;
}

static gboolean
is_in_file (const char *path, const char *word)
{
  g_autofree char *data = NULL;
  g_autofree char *folded = benk_search_fold (word);
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return FALSE;

  return contains (data, length, word) || contains (data, length, folded);
}

static void
test_no_personal_word_in_journal (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = NULL;
  BenkId person;
  guint n = 0;

  write_personal_words (fixture, &person);
  stmt = benk_db_prepare (fixture->db, "SELECT * FROM journal", &error);
  while (benk_stmt_step (stmt, &error))
    {
      n++;
      for (int column = 0; column < benk_stmt_get_n_columns (stmt); column++)
        for (gsize i = 0; i < G_N_ELEMENTS (PERSONAL_WORDS); i++)
          {
            gsize length;
            const char *data = benk_stmt_get_blob (stmt, column, &length);

            g_assert_false (
              contains (data != NULL ? data : "", length, PERSONAL_WORDS[i]));
          }
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 6);
}

static void
test_no_personal_word_in_journalled_tables (BenkStoreFixture *fixture,
                                            gconstpointer unused)
{
  gsize n_tables;
  const BenkTableInfo *tables = benk_schema_get_tables (&n_tables);
  BenkId person;

  write_personal_words (fixture, &person);
  for (gsize t = 0; t < n_tables; t++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkStmt) stmt = NULL;
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[t].name);

      if (tables[t].table_class == BENK_TABLE_PERSONAL)
        continue;
      stmt = benk_db_prepare (fixture->db, sql, &error);
      g_assert_no_error (error);
      while (benk_stmt_step (stmt, &error))
        for (int column = 0; column < benk_stmt_get_n_columns (stmt); column++)
          for (gsize i = 0; i < G_N_ELEMENTS (PERSONAL_WORDS); i++)
            g_assert_cmpstr (benk_stmt_get_text (stmt, column), !=, PERSONAL_WORDS[i]);
      g_assert_no_error (error);
    }
}

static void
test_erased (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *backup = g_build_filename (fixture->dir, "backup", NULL);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (BenkDevice) device = NULL;
  BenkScope *scope;
  BenkId person;
  gboolean erased;

  write_personal_words (fixture, &person);
  for (gsize i = 0; i < G_N_ELEMENTS (PERSONAL_WORDS); i++)
    g_assert_true (is_in_file (fixture->path, PERSONAL_WORDS[i]) ||
                   is_in_file (wal, PERSONAL_WORDS[i]));

  scope = benk_table_fixture_begin (fixture, BENK_VERB_ERASE);
  benk_table_person_erase (fixture->db, &person, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_table_fixture_commit (scope), >, 0);
  benk_db_truncate_wal (fixture->db, &error);
  g_assert_no_error (error);
  benk_backup_write (fixture->db, backup, &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (PERSONAL_WORDS); i++)
    {
      g_assert_false (is_in_file (fixture->path, PERSONAL_WORDS[i]));
      g_assert_false (is_in_file (wal, PERSONAL_WORDS[i]));
      g_assert_false (is_in_file (backup, PERSONAL_WORDS[i]));
    }

  /* What was attested stands; what was said is gone. */
  device = benk_table_fixture_read_device (fixture, "P1");
  g_assert_null (benk_device_get_person_ref (device));
  g_assert_cmpuint (benk_table_fixture_count_found (fixture, "zebra"), ==, 0);
  g_assert_cmpuint (benk_table_fixture_count_found (fixture, "p1"), ==, 1);
  g_assert_null (benk_table_person_get_reference (fixture->db, &person, &erased, &error));
  g_assert_true (erased);
  facts = benk_table_fact_list (fixture->db, benk_device_get_id (device), &error);
  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpstr (benk_fact_record_get_stated_by (g_ptr_array_index (facts, 0)), ==, "");
}

#define ADD(path, function)                                                              \
  g_test_add ("/store/personal/" path, BenkStoreFixture, NULL,                           \
              benk_store_fixture_set_up, function, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("no-personal-word-in-the-journal", test_no_personal_word_in_journal);
  ADD ("no-personal-word-in-journalled-or-local-tables",
       test_no_personal_word_in_journalled_tables);
  ADD ("an-erased-word-is-in-no-byte", test_erased);

  return g_test_run ();
}
