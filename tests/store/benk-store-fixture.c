/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-store-fixture.h"

#include <glib/gstdio.h>

#include "benk-store-file.h"

static void
set_up (BenkStoreFixture *self, gboolean demo)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("benk-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->dir, "test.dosebenk", NULL);
  self->clock = BENK_CLOCK (benk_fake_clock_new (FIXTURE_WALL_MS));

  benk_store_file_make (self->path, demo, self->clock, &error);
  g_assert_no_error (error);
  self->db = benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);
  g_assert_no_error (error);
}

void
benk_store_fixture_set_up (BenkStoreFixture *self, gconstpointer unused)
{
  set_up (self, FALSE);
}

void
benk_store_fixture_set_up_demo (BenkStoreFixture *self, gconstpointer unused)
{
  set_up (self, TRUE);
}

/* Removes a folder that holds files only. */
void
benk_store_fixture_remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
benk_store_fixture_tear_down (BenkStoreFixture *self, gconstpointer unused)
{
  g_clear_pointer (&self->db, benk_db_close);
  g_clear_object (&self->clock);
  benk_store_fixture_remove_dir (self->dir);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, g_free);
}

void
benk_store_fixture_reopen (BenkStoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->db, benk_db_close);
  self->db = benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);
  g_assert_no_error (error);
}

void
benk_store_fixture_exec (BenkDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

gint64
benk_store_fixture_count (BenkDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  benk_db_get_int64 (db, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

/* Runs statements as one change of the account "test"; returns its row in the journal. */
gint64
benk_store_fixture_change (BenkDb *db, BenkVerb verb, const char *sql)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = verb, .account = "test" };
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);
  gint64 seq;

  g_assert_no_error (error);
  benk_store_fixture_exec (db, sql);
  benk_scope_commit (scope, &seq, &error);
  g_assert_no_error (error);

  return seq;
}

/* An id as an SQL literal. */
char *
benk_store_fixture_id (const char *name)
{
  BenkId id = benk_id_new_named ("test", name);
  GString *text = g_string_new ("x'");

  for (gsize i = 0; i < sizeof id.b; i++)
    g_string_append_printf (text, "%02x", id.b[i]);

  return g_string_free (g_string_append_c (text, '\''), FALSE);
}
