/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-db.h"
#include "benk-error.h"
#include "benk-model-share.h"
#include "benk-models.h"
#include "benk-session-fixture.h"

/* Models that cannot be read again, and files of models that cannot be read at all, are
 * told. */

#define GPS "[Model]\nId=our-gps\nName=Our GPS\nKind=gps\n"
#define MEDIDO "[Model]\nId=medido\nName=Our Medido\n"
#define OF_TOMORROW(id) "[Model]\nId=" id "\nName=N\nKind=teleporter\n"

static BenkModels *
get (BenkSessionFixture *f)
{
  return benk_session_get_models (f->session);
}

static void
add (BenkSessionFixture *f, const char *id, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    benk_models_add_async (get (f), body, NULL, benk_session_fixture_keep, &result);
  else
    benk_models_edit_async (get (f), id, body, NULL, benk_session_fixture_keep, &result);
  benk_models_change_finish (get (f), BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static gboolean
take_away (BenkSessionFixture *f, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_models_remove_async (get (f), id, NULL, benk_session_fixture_keep, &result);
  return benk_models_change_finish (get (f), BENK_AWAIT (result), NULL, error);
}

static gboolean
export_all (BenkSessionFixture *f, GError **error)
{
  g_autofree char *path = g_build_filename (f->dir, "ours.dosebenk-models", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_models_export_async (get (f), NULL, file, NULL, benk_session_fixture_keep,
                            &result);
  return benk_models_export_finish (get (f), BENK_AWAIT (result), NULL, error);
}

static void
exec (BenkSessionFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (f->path, BENK_DB_READ_WRITE, f->clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
wait_problem (BenkReading *reading, gboolean there)
{
  while ((benk_reading_get_problem (reading) != NULL) != there)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_not_read_again (BenkSessionFixture *f, gconstpointer unused)
{
  BenkReading *reading = benk_models_get_reading (get (f));

  add (f, NULL, GPS);
  g_assert_null (benk_reading_get_problem (reading));
  exec (f, "ALTER TABLE model_file RENAME TO away");
  benk_reading_again (reading);
  wait_problem (reading, TRUE);
  g_assert_true (g_str_has_prefix (benk_reading_get_problem (reading),
                                   "This could not be read again and may be old: "));
  /* What was known stays. */
  g_assert_nonnull (benk_models_find (get (f), "our-gps"));
  exec (f, "ALTER TABLE away RENAME TO model_file");
  benk_reading_again (reading);
  wait_problem (reading, FALSE);
}

/* As if a newer version had written them on another laptop. */
static void
make_unreadable (BenkSessionFixture *f)
{
  add (f, NULL, GPS);
  add (f, "medido", MEDIDO);
  exec (f, "UPDATE model_file SET body = '" OF_TOMORROW (
             "our-gps") "'"
                        " WHERE model_id = 'our-gps'");
  exec (f, "UPDATE model_file SET body = '" OF_TOMORROW (
             "medido") "'"
                       " WHERE model_id = 'medido'");
}

static void
assert_named (BenkSessionFixture *f)
{
  const char *problem = benk_reading_get_problem (benk_models_get_unread (get (f)));
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, "“our-gps”"));
  g_assert_nonnull (strstr (problem, "“medido”"));
  g_assert_nonnull (strstr (problem, "as it comes with the program"));
  g_assert_null (benk_models_find (get (f), "our-gps"));
  g_assert_cmpstr (benk_model_get_name (benk_models_find (get (f), "medido")), ==,
                   "Medido");
  g_assert_true (benk_models_check_read (get (f), "karie", &error));
  g_assert_no_error (error);
  g_assert_false (benk_models_check_read (get (f), "our-gps", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED);
  g_assert_null (strstr (error->message, "“medido”"));
}

static void
test_named (BenkSessionFixture *f, gconstpointer unused)
{
  BenkReading *unread = benk_models_get_unread (get (f));

  g_assert_null (benk_reading_get_problem (unread));
  make_unreadable (f);
  benk_reading_again (unread);
  wait_problem (unread, TRUE);
  assert_named (f);
  g_assert_null (benk_reading_get_problem (benk_models_get_reading (get (f))));

  /* And from the start. */
  benk_session_fixture_close (f);
  benk_session_fixture_open (f);
  assert_named (f);
}

static void
test_not_written_over (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GBytes) body = g_bytes_new_static (GPS, strlen (GPS));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n;

  make_unreadable (f);
  n = benk_session_fixture_count (f, "SELECT count (*) FROM model_file");
  benk_models_add_async (get (f), body, NULL, benk_session_fixture_keep, &result);
  g_assert_false (benk_models_change_finish (get (f), BENK_AWAIT (result), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (take_away (f, "medido", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (export_all (f, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM model_file"), ==,
                   n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(path, func)                                                                 \
  g_test_add ("/session/models-reading/" path, BenkSessionFixture, NULL,                 \
              benk_session_fixture_set_up, func, benk_session_fixture_tear_down)
  TEST ("what-cannot-be-read-again-is-told", test_not_read_again);
  TEST ("a-file-that-cannot-be-read-is-named", test_named);
  TEST ("a-file-that-cannot-be-read-is-not-written-over", test_not_written_over);
#undef TEST

  return g_test_run ();
}
