/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-full-disk.h"
#include "benk-import-rig.h"
#include "benk-table-print.h"

/* A list is imported, and taken back, on a file system of our own that is really full. */

#define N_NEW 250
#define N_CHANGED 150

typedef struct
{
  BenkSessionFixture base;
  BenkFullDisk disk;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_full_disk_mount (&self->disk);
  benk_session_fixture_set_up_in (&self->base, self->disk.dir);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_session_fixture_tear_down (&self->base, NULL);
  benk_full_disk_unmount (&self->disk);
}

static char *
compose_list (guint n_rows, const char *vendor)
{
  GString *text = g_string_new ("Type;Serienr;Status;Plassering;Leverandør;Kommentar\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "Medido;F-%04u;På lager;Hylle %u;%s;Ord %u\n", i, i % 7,
                            vendor, i);

  return g_string_free (text, FALSE);
}

static gint64
apply (BenkImport *list, GError **error)
{
  return benk_import_rig_apply (list, NULL, error);
}

static gboolean
take_back (Fixture *self, gint64 seq, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *sentence = NULL;

  benk_session_undo_async (self->base.session, seq, NULL, benk_session_fixture_keep,
                           &result);
  sentence =
    benk_session_undo_finish (self->base.session, BENK_AWAIT (result), NULL, error);

  return sentence != NULL;
}

static char *
print (Fixture *self)
{
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (&self->base);

  return benk_table_print_take (db, BENK_TABLE_PRINT_ALL);
}

/* What is said stands first and needs no knowledge of databases. */
static void
assert_told (const GError *error)
{
  g_assert_error (error, BENK_ERROR, BENK_ERROR_FULL);
  g_assert_true (
    g_str_has_prefix (error->message, "The disk is full; nothing was changed."));
}

static void
assert_unchanged (Fixture *self, const char *before)
{
  g_autofree char *after = print (self);

  benk_table_print_assert_equal (before, after);
}

static BenkImport *
prepare (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = compose_list (N_CHANGED, "Før");
  g_autofree char *now = compose_list (N_CHANGED + N_NEW, "Nå");
  g_autoptr (BenkImport) first =
    benk_import_rig_preview (&self->base, "before.csv", before);
  BenkImport *list;

  g_assert_cmpint (apply (first, &error), >, 0);
  g_assert_no_error (error);
  list = benk_import_rig_preview (&self->base, "now.csv", now);
  g_assert_cmpuint (benk_import_count (list, BENK_IMPORT_NEW), ==, N_NEW);
  g_assert_cmpuint (benk_import_count (list, BENK_IMPORT_CHANGED), ==, N_CHANGED);

  return list;
}

/* Returns: whether it was full */
static gboolean
import_once (Fixture *self, BenkImport *list, guint n_pages)
{
  g_autoptr (GError) full = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (self);
  gint64 seq;

  benk_full_disk_fill (&self->disk, &self->base, n_pages);
  seq = apply (list, &full);
  if (seq < 0)
    {
      assert_told (full);
      assert_unchanged (self, before);
      benk_full_disk_make_room (&self->disk);
      assert_unchanged (self, before);
      seq = apply (list, &error);
      g_assert_no_error (error);
    }
  benk_full_disk_make_room (&self->disk);
  g_assert_cmpint (benk_session_fixture_count (&self->base, "SELECT count (*) FROM device"
                                                            " WHERE vendor = 'Nå'"),
                   ==, N_NEW + N_CHANGED);
  g_assert_true (take_back (self, seq, &error));

  return full != NULL;
}

static gboolean
undo_once (Fixture *self, BenkImport *list, guint n_pages)
{
  g_autoptr (GError) full = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = apply (list, &error);
  g_autofree char *before = print (self);
  gboolean done;

  benk_full_disk_fill (&self->disk, &self->base, n_pages);
  done = take_back (self, seq, &full);
  if (!done)
    {
      assert_told (full);
      assert_unchanged (self, before);
      benk_full_disk_make_room (&self->disk);
      assert_unchanged (self, before);
      g_assert_true (take_back (self, seq, &error));
    }
  benk_full_disk_make_room (&self->disk);
  g_assert_cmpint (benk_session_fixture_count (&self->base,
                                               "SELECT count (*) FROM device"),
                   ==, N_CHANGED);

  return !done;
}

static void
run (Fixture *self,
     gboolean (*once) (Fixture *self, BenkImport *list, guint n_pages),
     const char *what)
{
  g_autoptr (BenkImport) list = NULL;
  g_autoptr (BenkDb) db = NULL;
  guint n_full = 0;

  if (!self->disk.mounted)
    {
      g_test_skip (benk_full_disk_get_hindrance ());
      return;
    }
  list = prepare (self);
  for (guint n_pages = 0; once (self, list, n_pages);
       n_pages = benk_full_disk_next_room (n_pages))
    n_full++;
  db = benk_session_fixture_open_db (&self->base);
  benk_table_print_assert_sound (db);
  g_assert_cmpuint (n_full, >=, 10);
  g_test_message ("%s of %d rows: %u times full, told, nothing changed, and done when "
                  "there was room",
                  what, N_NEW + N_CHANGED, n_full);
}

static void
test_import (Fixture *self, gconstpointer unused)
{
  run (self, import_once, "import");
}

static void
test_undo (Fixture *self, gconstpointer unused)
{
  run (self, undo_once, "undo of an import");
}

#define ADD(path, test)                                                                  \
  g_test_add ("/session/full/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  benk_full_disk_get_own_mounts ();
  g_test_init (&argc, &argv, NULL);

  ADD ("import-is-told-and-changes-nothing", test_import);
  ADD ("undo-of-an-import-is-told-and-changes-nothing", test_undo);

  return g_test_run ();
}
