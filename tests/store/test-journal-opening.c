/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-db-private.h"
#include "benk-journal.h"
#include "benk-store-fixture.h"

/* What an opening reads of the change log, however big its rows are. */

static int
count_pages_read (BenkDb *db)
{
  int now, highest;

  g_assert_cmpint (sqlite3_db_status (db->handle, SQLITE_DBSTATUS_CACHE_MISS, &now,
                                      &highest, 0),
                   ==, SQLITE_OK);
  return now;
}

#define IMPORT(n)                                                                        \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " n ")"     \
  " INSERT INTO place (id, kind, name)"                                                  \
  " SELECT randomblob (16), 'shelf', hex (randomblob (2000)) FROM n"

/* The changeset of an import of 100 000 devices is 22 MB, and the hash is behind it. */
static void
test_newest_row_without_its_changeset (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkJournalHead newest, head;
  int before, without, with;

  benk_store_fixture_change (self->db, BENK_VERB_IMPORT, IMPORT ("200"));
  benk_store_fixture_reopen (self);
  before = count_pages_read (self->db);
  benk_journal_get_newest (self->db, &newest, &error);
  without = count_pages_read (self->db);
  benk_journal_get_head (self->db, &head, &error);
  with = count_pages_read (self->db);
  g_assert_no_error (error);
  g_assert_cmpint (newest.seq, ==, head.seq);
  g_assert_true (benk_id_equal (&newest.site, &head.site));
  g_assert_cmpint (newest.demo, ==, head.demo);
  g_assert_cmpint (without - before, <, 20);
  g_assert_cmpint (with - without, >, 100);
}

/* What the store says it is, and what the first row points at with it. */
static void
turn_demo (BenkStoreFixture *self, const BenkJournalHead *head)
{
  guint8 genesis[BENK_HASH_LENGTH];
  g_autofree char *digits = NULL;
  g_autofree char *sql = NULL;

  benk_journal_hash_genesis (&head->site, !head->demo, genesis);
  digits = benk_journal_hash_to_string (genesis);
  sql = g_strdup_printf ("UPDATE store SET demo = %d; UPDATE journal SET prev = x'%s'"
                         " WHERE seq = 1",
                         !head->demo, digits);
  benk_store_fixture_exec (self->db, sql);
}

/* The first change may have been an import of 100 000 devices. */
static void
test_demo_without_the_changeset (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkJournalHead head;
  int before;

  benk_store_fixture_change (self->db, BENK_VERB_IMPORT, IMPORT ("200"));
  benk_store_fixture_reopen (self);
  g_assert_true (benk_journal_get_newest (self->db, &head, &error));
  g_assert_cmpint (head.seq, ==, 1);
  before = count_pages_read (self->db);
  g_assert_true (benk_journal_check_demo (self->db, &head, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_pages_read (self->db) - before, <, 20);

  turn_demo (self, &head);
  g_assert_true (benk_journal_get_newest (self->db, &head, &error));
  g_assert_true (head.demo);
  g_assert_false (benk_journal_check_demo (self->db, &head, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
}

static void
test_demo_turned_into_ordinary (BenkStoreFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkJournalHead head;

  benk_store_fixture_change (self->db, BENK_VERB_IMPORT, IMPORT ("2"));
  g_assert_true (benk_journal_get_newest (self->db, &head, &error));
  g_assert_true (head.demo);
  g_assert_true (benk_journal_check_demo (self->db, &head, &error));
  turn_demo (self, &head);
  g_assert_true (benk_journal_get_newest (self->db, &head, &error));
  g_assert_false (benk_journal_check_demo (self->db, &head, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
}

#define ADD(name, set_up, func)                                                          \
  g_test_add ("/store/journal-opening/" name, BenkStoreFixture, NULL, set_up, func,      \
              benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("newest-row-without-its-changeset", benk_store_fixture_set_up,
       test_newest_row_without_its_changeset);
  ADD ("ordinary-without-the-changeset-of-the-first-row", benk_store_fixture_set_up,
       test_demo_without_the_changeset);
  ADD ("demo-turned-into-ordinary-with-its-first-row-is-found",
       benk_store_fixture_set_up_demo, test_demo_turned_into_ordinary);

  return g_test_run ();
}
