/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-rig.h"

#include <string.h>

static gint64
sum_up (BenkImport *import)
{
  gint64 sum = 0;

  for (guint i = 0; i < BENK_N_IMPORT_VERDICTS; i++)
    sum += benk_import_count (import, i);

  return sum;
}

/* The sum rule, and that a wrong row says why. */
void
benk_import_rig_assert (BenkImport *import, const guint *counts, const char *reason)
{
  GListModel *rows = benk_import_get_rows (import);
  guint expected = 0;
  const char *first = NULL;

  for (guint i = 0; i < BENK_N_IMPORT_VERDICTS; i++)
    {
      g_assert_cmpuint (benk_import_count (import, i), ==, counts[i]);
      expected += counts[i];
    }
  g_assert_cmpint (sum_up (import), ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, expected);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (BenkImportRow) row = g_list_model_get_item (rows, i);

      if (benk_import_row_get_verdict (row) != BENK_IMPORT_WRONG)
        continue;
      g_assert_nonnull (benk_import_row_get_reason (row));
      if (first == NULL)
        first = benk_import_row_get_reason (row);
    }
  if (reason != NULL)
    {
      g_assert_nonnull (first);
      g_assert_true (g_pattern_match_simple (reason, first));
    }
}

char *
benk_import_rig_write (BenkSessionFixture *fixture, const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->dir, name, NULL);

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);

  return path;
}

BenkImport *
benk_import_rig_preview (BenkSessionFixture *fixture, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *path = benk_import_rig_write (fixture, name, bytes);
  g_autoptr (GError) error = NULL;
  BenkImport *import = benk_session_fixture_preview (fixture, path, &error);

  g_assert_no_error (error);

  return import;
}

gint64
benk_import_rig_apply (BenkImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = -1;

  benk_import_apply_async (import, cancellable, benk_session_fixture_keep, &result);

  return benk_import_apply_finish (import, BENK_AWAIT (result), &seq, error) ? seq : -1;
}

BenkImport *
benk_import_rig_read (BenkSessionFixture *fixture, const char *path, const char *sheet)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  BenkImport *import = benk_import_new (fixture->inventory, file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_import_read_async (import, sheet, NULL, benk_session_fixture_keep, &result);
  benk_import_read_finish (import, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return import;
}

/* A portal's list, read and tried out. */
BenkImport *
benk_import_rig_preview_alarms (BenkSessionFixture *fixture,
                                const char *name,
                                const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *path = benk_import_rig_write (fixture, name, bytes);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  BenkImport *import = benk_import_new_alarms (fixture->inventory, file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_import_read_async (import, NULL, NULL, benk_session_fixture_keep, &result);
  benk_import_read_finish (import, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  benk_import_rig_compare (import, NULL, &error);
  g_assert_no_error (error);

  return import;
}

gboolean
benk_import_rig_compare (BenkImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_import_compare_async (import, cancellable, benk_session_fixture_keep, &result);

  return benk_import_compare_finish (import, BENK_AWAIT (result), error);
}
