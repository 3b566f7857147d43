/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-error.h"
#include "benk-labels.h"
#include "benk-paper-words.h"
#include "benk-scope.h"
#include "benk-session-fixture.h"
#include "benk-table-device.h"

/* Labels of a real store. */

static BenkLabels *
load (BenkSessionFixture *f, GPtrArray *devices)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkLabels *labels;

  for (guint i = 0; i < devices->len; i++)
    g_array_append_vals (ids, benk_device_get_id (g_ptr_array_index (devices, i)), 1);
  benk_labels_load_async (f->inventory, (const BenkId *) (gpointer) ids->data, ids->len,
                          NULL, benk_session_fixture_keep, &result);
  labels = benk_labels_load_finish (BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return labels;
}

static gboolean
try_write (BenkLabels *labels,
           const char *path,
           BenkLabelFormat format,
           GCancellable *cancellable,
           guint turns,
           guint *n_pages,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_labels_write_async (labels, file, format, 1, cancellable,
                           benk_session_fixture_keep, &result);
  for (guint i = 0; cancellable != NULL && i < turns && result == NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);

  return benk_labels_write_finish (labels, BENK_AWAIT (result), n_pages, error);
}

static GBytes *
write_pdf (BenkSessionFixture *f,
           BenkLabels *labels,
           BenkLabelFormat format,
           guint *n_pages)
{
  g_autofree char *path = g_build_filename (f->dir, "labels.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  try_write (labels, path, format, NULL, 0, n_pages, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, length);
}

/* Letters only, so that nothing on a label has it by chance. */
static char *
draw_word (void)
{
  GString *word = g_string_new (NULL);

  for (int n = g_test_rand_int_range (9, 14); n > 0; n--)
    g_string_append_c (word, (char) ('a' + g_test_rand_int_range (0, 26)));

  return g_string_free (word, FALSE);
}

static BenkDevice *
make_device (guint i)
{
  BenkDevice *device = benk_device_new ();
  g_autofree char *serial = g_strdup_printf ("S-%04u", i);
  g_autofree char *asset = g_strdup_printf ("D-%04u", i);

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_asset (device, asset);
  benk_device_set_state (device, BENK_DEVICE_STATE_OPERATION);

  return device;
}

static char *
drop_blanks (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (out, g_ascii_tolower (*c));

  return g_string_free (out, FALSE);
}

/* Whoever has a device, whatever was written about it, wherever it is and whoever makes
 * the label: nothing of it is on the label, nor anywhere in the file. */
static void
test_nobody (BenkSessionFixture *f, gconstpointer unused)
{
  const guint n = g_test_slow () ? 600 : 60;
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BenkLabels) labels = NULL;
  guint n_asked = 0;

  for (guint i = 0; i < n; i++)
    {
      BenkDevice *device = make_device (i);
      char *words[5];

      for (guint k = 0; k < G_N_ELEMENTS (words); k++)
        g_ptr_array_add (secrets, words[k] = draw_word ());
      benk_device_set_person_ref (device, words[0]);
      benk_device_set_note (device, words[1]);
      benk_device_set_place_name (device, words[2]);
      benk_device_set_team (device, words[3]);
      benk_device_set_vendor (device, words[4]);
      benk_session_fixture_insert (f, device);
      g_ptr_array_add (devices, device);
    }
  labels = load (f, devices);
  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    {
      g_autoptr (GBytes) pdf = write_pdf (f, labels, format, NULL);
      g_autofree char *words = test_paper_read_words (pdf);
      g_autofree char *info = test_paper_read_info (pdf);
      g_autofree char *both = g_strconcat (words, info, NULL);
      g_autofree char *text = drop_blanks (both);

      g_assert_nonnull (strstr (text, "d-0001"));
      for (guint i = 0; i < secrets->len; i++, n_asked++)
        {
          const char *secret = g_ptr_array_index (secrets, i);

          if (strstr (text, secret) != NULL || test_paper_holds (pdf, secret))
            g_error ("format %u: “%s” stands on a label", format, secret);
        }
    }
  g_test_message ("%u words looked for on %u labels × %u formats: none found", n_asked, n,
                  BENK_N_LABEL_FORMATS);
}

/* Without a number the serial stands there whole; and no number is given unasked. */
static void
test_without_asset (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  BenkDevice *device = make_device (7);
  g_autoptr (BenkDevice) after = NULL;
  g_autoptr (BenkLabels) labels = NULL;

  benk_device_set_asset (device, NULL);
  benk_device_set_serial (device, "MD-NONUMBER-7");
  benk_session_fixture_insert (f, device);
  g_ptr_array_add (devices, device);
  labels = load (f, devices);
  g_assert_cmpuint (benk_labels_get_n_without_asset (labels), ==, 1);
  for (guint format = 0; format < BENK_N_LABEL_FORMATS; format++)
    {
      g_autoptr (GBytes) pdf = write_pdf (f, labels, format, NULL);
      g_autofree char *words = test_paper_read_words (pdf);
      g_autofree char *text = drop_blanks (words);

      g_assert_nonnull (strstr (text, "md-nonumber-7"));
      g_assert_null (strstr (text, "(null)"));
      g_assert_null (strstr (text, "d-0"));
    }
  after = benk_session_fixture_find (f, "MD-NONUMBER-7");
  g_assert_null (benk_device_get_asset (after));
  g_assert_cmpint (benk_device_get_labelled_ms (after), >, 0);
}

/* In one change, which is quicker than as many. */
static void
insert_many (BenkSessionFixture *f, GPtrArray *devices, guint n)
{
  const BenkChange change = { .verb = BENK_VERB_IMPORT, .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (f->path, BENK_DB_READ_WRITE, f->clock, &error);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      BenkDevice *device = make_device (i);

      benk_table_device_insert (db, device, NULL, &error);
      g_assert_no_error (error);
      g_ptr_array_add (devices, device);
    }
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&scope, benk_scope_free);
}

/* A whole store in one go, each label once, kept as one change. */
static void
test_a_thousand (BenkSessionFixture *f, gconstpointer unused)
{
  enum
  {
    N = 1000
  };
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BenkLabels) labels = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  guint n_pages = 0;
  gint64 head;

  insert_many (f, devices, N);
  labels = load (f, devices);
  g_assert_cmpuint (benk_labels_get_n_labels (labels), ==, N);
  head = benk_session_fixture_count (f, "SELECT max (seq) FROM journal");
  pdf = write_pdf (f, labels, BENK_LABEL_A4_24, &n_pages);
  g_test_message ("%d labels, %u pages, %" G_GSIZE_FORMAT " octets", N, n_pages,
                  g_bytes_get_size (pdf));
  g_assert_cmpuint (n_pages, ==, 42);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT max (seq) FROM journal"), ==,
                   head + 1);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM device WHERE labelled_ms > 0"),
    ==, N);
  words = test_paper_read_words (pdf);
  text = drop_blanks (words);
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *asset = g_strdup_printf ("d-%04u", i);
      const char *first = strstr (text, asset);

      g_assert_nonnull (first);
      g_assert_null (strstr (first + 1, asset));
    }
}

/* Given up at any turn: a new file and the mark, or neither. */
static void
test_given_up (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = g_build_filename (f->dir, "kept.pdf", NULL);
  guint n_given_up = 0, n_made = 0;

  insert_many (f, devices, 40);
  for (guint turns = 0; turns < 16; turns++)
    {
      g_autoptr (BenkLabels) labels = load (f, devices);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (BenkDevice) after = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      gboolean made;

      benk_session_fixture_advance (f, 1000);
      g_file_set_contents (path, "before", -1, &error);
      g_assert_no_error (error);
      made =
        try_write (labels, path, BENK_LABEL_A4_21, cancellable, turns / 2, NULL, &error);
      g_file_get_contents (path, &text, NULL, NULL);
      after = benk_session_fixture_find (f, "S-0001");
      if (!made)
        g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
      g_assert_cmpint (made, ==, strcmp (text, "before") != 0);
      g_assert_cmpint (made, ==,
                       benk_device_get_labelled_ms (after) ==
                         benk_clock_get_wall_ms (f->clock));
      n_made += made;
      n_given_up += !made;
    }
  g_assert_cmpuint (n_given_up, >, 0);
  g_assert_cmpuint (n_made, >, 0);
  g_test_message ("%u given up, %u made", n_given_up, n_made);
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/labels/" path, BenkSessionFixture, NULL,                         \
              benk_session_fixture_set_up, function, benk_session_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("nobody-stands-on-one", test_nobody);
  ADD ("without-an-asset-number", test_without_asset);
  ADD ("a-thousand", test_a_thousand);
  ADD ("given-up-leaves-file-and-mark-alike", test_given_up);

  return g_test_run ();
}
