/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-erase.h"
#include "benk-error.h"

static GPtrArray *
list_versions (BenkSession *session, BenkTask task)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *versions;

  benk_checklist_versions_async (session, "medido", task, NULL, benk_session_fixture_keep,
                                 &result);
  versions = benk_checklist_versions_finish (session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return versions;
}

static BenkChecklistVersion *
find_current (GPtrArray *versions)
{
  BenkChecklistVersion *current = NULL;

  for (guint i = 0; i < versions->len; i++)
    if (((BenkChecklistVersion *) versions->pdata[i])->current)
      {
        g_assert_null (current);
        current = versions->pdata[i];
      }
  g_assert_nonnull (current);
  return current;
}

static gboolean
save (BenkSession *session,
      const BenkChecklistForm *form,
      const char *decided_by,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_save_async (session, "medido", form, BENK_VERSION_DISTRICT, NULL,
                             decided_by, NULL, benk_session_fixture_keep, &result);
  return benk_checklist_versions_change_finish (session, BENK_AWAIT (result), error);
}

static gboolean
decide (
  BenkSession *session, BenkTask task, gint64 number, const char *who, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_decide_async (session, "medido", task, number, who, NULL,
                               benk_session_fixture_keep, &result);
  return benk_checklist_versions_change_finish (session, BENK_AWAIT (result), error);
}

/* The program's proposal with a step of the district's own at its end. */
static BenkChecklistForm *
extend (BenkSession *session, BenkTask task, const char *text)
{
  g_autoptr (GPtrArray) versions = list_versions (session, task);
  BenkChecklistForm *form = benk_checklist_form_copy (find_current (versions)->form);

  benk_checklist_form_add_own (form, BENK_STEP_KIND_TICK, text);
  return form;
}

static void
test_proposed_until_decided (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) versions = list_versions (self->session, BENK_TASK_RESET);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpuint (versions->len, ==, 1);
  before = benk_checklist_version_describe (find_current (versions));
  g_assert_cmpstr (before, ==, benk_proposed_label ());

  g_assert_false (decide (self->session, BENK_TASK_RESET, 1, "  ", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (decide (self->session, BENK_TASK_RESET, 7, "Leader", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (decide (self->session, BENK_TASK_RESET, 1, "Leader", &error));
  g_assert_no_error (error);

  g_clear_pointer (&versions, g_ptr_array_unref);
  versions = list_versions (self->session, BENK_TASK_RESET);
  g_assert_cmpuint (versions->len, ==, 1);
  after = benk_checklist_version_describe (find_current (versions));
  g_assert_true (g_str_has_prefix (after, "Decided by Leader, "));
  g_assert_cmpstr (find_current (versions)->decided_initials, ==, "KA");
}

/* A change is a new version; it counts when somebody named has decided it; one can go
 * back; the words of a step are in no journalled row. */
static void
test_versions (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkChecklistForm) form =
    extend (self->session, BENK_TASK_RESET, "Wipe the drawer with a wet cloth");
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (save (self->session, form, NULL, &error));
  g_assert_no_error (error);
  versions = list_versions (self->session, BENK_TASK_RESET);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpint (find_current (versions)->number, ==, 1);

  g_assert_false (save (self->session, form, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);

  benk_session_fixture_advance (self, 1000);
  g_assert_true (decide (self->session, BENK_TASK_RESET, 2, "Leader", NULL));
  g_clear_pointer (&versions, g_ptr_array_unref);
  versions = list_versions (self->session, BENK_TASK_RESET);
  g_assert_cmpint (find_current (versions)->number, ==, 2);
  g_assert_cmpstr (benk_form_step_get_text (
                     find_current (versions)->form->steps->pdata[7]),
                   ==, "Wipe the drawer with a wet cloth");

  benk_session_fixture_advance (self, 1000);
  g_assert_true (decide (self->session, BENK_TASK_RESET, 0, NULL, NULL));
  g_clear_pointer (&versions, g_ptr_array_unref);
  versions = list_versions (self->session, BENK_TASK_RESET);
  g_assert_cmpint (find_current (versions)->number, ==, 1);
  g_assert_true (benk_checklist_version_is_proposed (find_current (versions)));

  g_assert_cmpint (benk_session_fixture_count (
                     self,
                     "SELECT count(*) FROM journal WHERE instr (changeset, 'drawer')"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (
                     self, "SELECT count(*) FROM note WHERE instr (text, 'drawer')"),
                   ==, 1);
}

/* Without these a list would say more than was done. */
static void
test_what_a_list_must_keep (BenkSessionFixture *self, gconstpointer unused)
{
  guint n = 0;

  for (BenkTask task = BENK_TASK_RECEIVE; task < BENK_N_TASKS; task++)
    {
      const char *const *required =
        benk_task_get_required (task, BENK_MODEL_KIND_DISPENSER);

      for (guint i = 0; required[i] != NULL; i++)
        {
          g_autoptr (BenkChecklistForm) form = extend (self->session, task, "More");
          g_autoptr (GError) error = NULL;

          for (guint k = 0; k < form->steps->len; k++)
            if (g_str_equal (((BenkFormStep *) form->steps->pdata[k])->id, required[i]))
              g_ptr_array_remove_index (form->steps, k);
          g_assert_false (save (self->session, form, "Leader", &error));
          g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
          n++;
        }
    }
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM checklist_version"),
                   ==, 0);
  g_test_message ("%u lists without a step they need were refused", n);
}

/* A list that is open goes on by its version; what it gives names that version. */
static void
test_version_changes_while_a_list_is_open (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (self, "S-1", BENK_DEVICE_STATE_QUARANTINE);
  g_autoptr (BenkDevice) second =
    benk_session_fixture_put (self, "S-2", BENK_DEVICE_STATE_QUARANTINE);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_RESET, device, NULL);
  g_autoptr (BenkChecklist) next = NULL;
  g_autoptr (BenkChecklistForm) form =
    extend (self->session, BENK_TASK_RESET, "One step more");
  g_autoptr (GError) error = NULL;
  BenkId version = benk_checklist_get_work (list)->version;
  g_autofree char *id = benk_id_to_string (&version);
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM run WHERE instr (reading, '\"version\":\"%s\"')", id);

  g_assert_false (benk_checklist_get_work (list)->newer);
  g_assert_true (save (self->session, form, "Leader", &error));
  g_assert_no_error (error);
  benk_checklist_fixture_tick_all (list);
  g_assert_true (benk_checklist_get_work (list)->newer);
  g_assert_true (benk_id_equal (&benk_checklist_get_work (list)->version, &version));
  benk_checklist_fixture_complete (list, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (self, sql), ==, 1);

  next = benk_checklist_fixture_start (self->session, BENK_TASK_RESET, second, NULL);
  g_assert_cmpuint (benk_checklist_get_work (next)->form->steps->len, ==,
                    form->steps->len);
}

static void
test_compare (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkChecklistForm) before = extend (self->session, BENK_TASK_RESET, "Old");
  g_autoptr (BenkChecklistForm) after = benk_checklist_form_copy (before);
  g_auto (GStrv) same = benk_checklist_form_compare (before, after);
  g_auto (GStrv) lines = NULL;
  BenkFormStep *step = after->steps->pdata[0];

  g_assert_cmpuint (g_strv_length (same), ==, 0);
  step->text = g_strdup ("Other words");
  g_ptr_array_remove_index (after->steps, after->steps->len - 1);
  benk_checklist_form_add_own (after, BENK_STEP_KIND_PHOTO, "New");
  g_free (((BenkFormStep *) g_ptr_array_index (after->steps, after->steps->len - 1))->id);
  ((BenkFormStep *) g_ptr_array_index (after->steps, after->steps->len - 1))->id =
    g_strdup ("own-9");
  g_ptr_array_insert (after->steps, 5, g_ptr_array_steal_index (after->steps, 2));
  lines = benk_checklist_form_compare (before, after);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "1 in other words: Other words"));
  g_assert_cmpstr (lines[1], ==, "8 new: New");
  g_assert_cmpstr (lines[2], ==, "8 gone: Old");
  g_assert_true (g_str_has_prefix (lines[3], "6 moved, was 3"));
}

/* A version goes to another district as a file; whatever the file holds, it is a list
 * that may be used, or an error. */
static void
test_file (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) versions = list_versions (self->session, BENK_TASK_RESET);
  g_autofree char *text = NULL;
  g_autoptr (BenkChecklistVersion) back = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint n_refused = 0;

  benk_checklist_form_add_own (find_current (versions)->form, BENK_STEP_KIND_VALUE,
                               "Type the number of the «box»");
  text = benk_checklist_version_compose (find_current (versions));
  back = benk_checklist_version_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->model_id, ==, "medido");
  one = benk_checklist_form_digest (find_current (versions)->form);
  two = benk_checklist_form_digest (back->form);
  g_assert_true (g_bytes_equal (one, two));

  length = strlen (text);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *bad = g_strdup (text);
      BenkChecklistVersion *parsed;

      bad[i] = i % 3 == 0 ? '\0' : i % 3 == 1 ? '"' : '{';
      parsed = benk_checklist_version_parse (bad, (gssize) length, NULL);
      n_refused += parsed == NULL;
      g_assert_true (parsed == NULL || benk_checklist_form_check (parsed->form, NULL));
      benk_checklist_version_free (parsed);
    }
  g_test_message ("%u of %u damaged files refused", n_refused, (guint) length);
}

static GFile *
write_picture (BenkSessionFixture *self, const char *name)
{
  /* The smallest JPEG there is to a reader of segments: comment, EXIF, scan. */
  static const char jpeg[] = "\xff\xd8\xff\xe1\0\x11"
                             "Exif\0\0GPS:59.9N"
                             "\xff\xfe\0\x0c"
                             "taken home"
                             "\xff\xdb\0\x04"
                             "ab\xff\xda\0\x02scan\xff\xd9";
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, jpeg, sizeof jpeg - 1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static gboolean
add_photo (BenkChecklist *list, const char *step, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_add_photo_async (list, step, NULL, file, NULL, benk_session_fixture_keep,
                                  &result);
  return benk_checklist_change_finish (list, BENK_AWAIT (result), NULL, error);
}

static gboolean
verify (BenkSessionFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_session_verify_async (self->session, 0, NULL, NULL, benk_session_fixture_keep,
                             &result);
  return benk_session_verify_finish (self->session, BENK_AWAIT (result), NULL, NULL,
                                     error);
}

/* The picture lies beside the store without place and comment; a changed or missing one
 * is found; an erased one is gone and nothing misses it. */
static void
test_pictures (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (self, "S-1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_NO_ANSWER, device, NULL);
  g_autoptr (GFile) file = write_picture (self, "shot.jpg");
  g_autoptr (GFile) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GAsyncResult) erased = NULL;
  const BenkChecklistPhoto *photo;
  BenkChecklistTick tick = { .step = (char *) "fault-evidence", .done = TRUE };
  gsize length;
  BenkId id;

  add_photo (list, "fault-evidence", file, &error);
  g_assert_no_error (error);
  g_assert_true (benk_checklist_fixture_tick (list, NULL, &tick, &error));
  photo = benk_checklist_get_work (list)->photos->pdata[0];
  id = photo->id;
  kept = benk_checklist_get_photo_file (list, photo);
  path = g_file_get_path (kept);
  mark = g_strconcat (path, ".new", NULL);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_null (memmem (data, length, "GPS", 3));
  g_assert_null (memmem (data, length, "taken home", 10));
  g_assert_nonnull (memmem (data, length, "scan", 4));
  g_assert_cmpint (benk_session_fixture_count (
                     self,
                     "SELECT count(*) FROM journal WHERE instr (changeset, 'scan')"),
                   ==, 0);
  g_assert_true (verify (self, &error));

  data[length - 3] ^= 1;
  g_file_set_contents (path, data, (gssize) length, NULL);
  g_assert_false (verify (self, &error));
  g_assert_nonnull (strstr (error->message, "was changed"));
  g_clear_error (&error);
  g_unlink (path);
  g_assert_false (verify (self, &error));
  g_assert_nonnull (strstr (error->message, "is missing"));
  g_clear_error (&error);
  data[length - 3] ^= 1;
  g_file_set_contents (path, data, (gssize) length, NULL);
  g_assert_true (verify (self, &error));

  benk_checklist_erase_photo_async (list, &id, NULL, benk_session_fixture_keep, &erased);
  g_assert_true (benk_checklist_change_finish (list, BENK_AWAIT (erased), NULL, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (verify (self, &error));
  /* The step asks for it anew. */
  photo = benk_checklist_get_work (list)->photos->pdata[0];
  g_assert_cmpint (photo->erased_ms, >, 0);
  g_assert_false (benk_checklist_fixture_complete (list, NULL, &error));
}

static void
test_what_is_no_picture (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_put (self, "S-1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_NO_ANSWER, device, NULL);
  g_autoptr (GFile) file = write_picture (self, "shot.jpg");
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  /* Cut anywhere before the picture itself begins: nothing is kept. */
  for (gsize i = 0; i + 12 < length; i++)
    {
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, data, (gssize) i, NULL);
      g_assert_false (add_photo (list, "fault-evidence", file, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  g_unlink (path);
  g_assert_false (add_photo (list, "fault-evidence", file, NULL));
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM checklist_photo"),
                   ==, 0);
}

/* What was photographed of what a person had goes with the person. */
static void
test_pictures_go_with_the_person (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_device_new ();
  g_autoptr (BenkDevice) kept = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GFile) file = write_picture (self, "shot.jpg");
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = NULL;
  BenkChange actor = { .account = "test" };

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, "S-1");
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, BENK_DEVICE_STATE_OPERATION);
  benk_device_set_person_ref (device, "Ref-1");
  benk_session_fixture_insert (self, device);
  kept = benk_session_fixture_find (self, "S-1");
  list = benk_checklist_fixture_start (self->session, BENK_TASK_SETTINGS, kept, NULL);
  add_photo (list, "read-out-settings", file, &error);
  g_assert_no_error (error);
  copy = benk_checklist_get_photo_file (list,
                                        benk_checklist_get_work (list)->photos->pdata[0]);
  g_assert_true (g_file_query_exists (copy, NULL));

  db = benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);
  g_assert_no_error (error);
  benk_erase_person (db, &actor, benk_device_get_person_id (kept), &error);
  g_assert_true (error == NULL || g_error_matches (error, BENK_ERROR, BENK_ERROR_BUSY));
  g_assert_false (g_file_query_exists (copy, NULL));
  g_clear_error (&error);
  g_assert_true (verify (self, &error));
}

static void
tear_down (BenkSessionFixture *self, gconstpointer unused)
{
  benk_checklist_fixture_remove_photos (self);
  benk_session_fixture_tear_down (self, NULL);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/session/checklist/" name, BenkSessionFixture, NULL,                      \
              benk_session_fixture_set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("proposed-until-decided", test_proposed_until_decided);
  ADD ("versions", test_versions);
  ADD ("what-a-list-must-keep", test_what_a_list_must_keep);
  ADD ("version-changes-while-a-list-is-open", test_version_changes_while_a_list_is_open);
  ADD ("compare", test_compare);
  ADD ("file", test_file);
  ADD ("pictures", test_pictures);
  ADD ("pictures-go-with-the-person", test_pictures_go_with_the_person);
  ADD ("what-is-no-picture", test_what_is_no_picture);

  return g_test_run ();
}
