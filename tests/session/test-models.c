/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-bench-checklist.h"
#include "benk-error.h"
#include "benk-import.h"
#include "benk-model-share.h"
#include "benk-session-fixture.h"

#include <string.h>

#define GPS                                                                              \
  "[Model]\nId=our-gps\nName=Our GPS\nKind=gps\nAliases=Finder;\n"                       \
  "[Vendor]\nPhones=22 00 00 00;\n[Guidance]\n1.17=Charge it;\n"                         \
  "[Checklists]\nReceive=label-read;ce-mark;power-on-test;accessories-complete;\n"       \
  "Collect=own-1;accessories-complete;\n[Collect]\nown-1=value|Note the SIM card\n"

static BenkModels *
get (BenkSessionFixture *f)
{
  return benk_session_get_models (f->session);
}

static gboolean
finish (BenkSessionFixture *f, GAsyncResult **slot, GError **error)
{
  g_autoptr (GAsyncResult) result = benk_session_fixture_wait (slot);

  return benk_models_change_finish (get (f), result, NULL, error);
}

static gboolean
add (BenkSessionFixture *f, const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  GAsyncResult *result = NULL;

  benk_models_add_async (get (f), body, NULL, benk_session_fixture_keep, &result);
  return finish (f, &result, error);
}

static gboolean
edit (BenkSessionFixture *f, const char *id, const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  GAsyncResult *result = NULL;

  benk_models_edit_async (get (f), id, body, NULL, benk_session_fixture_keep, &result);
  return finish (f, &result, error);
}

static gboolean
take_away (BenkSessionFixture *f, const char *id, GError **error)
{
  GAsyncResult *result = NULL;

  benk_models_remove_async (get (f), id, NULL, benk_session_fixture_keep, &result);
  return finish (f, &result, error);
}

static void
must_add (BenkSessionFixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;

  add (f, text, &error);
  g_assert_no_error (error);
}

static BenkDevice *
register_one (BenkSessionFixture *f, const char *model, const char *serial)
{
  BenkNewDevice device = { .model_id = model,
                           .serial = serial,
                           .state = BENK_DEVICE_STATE_RECEIVED };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  benk_inventory_add_async (f->inventory, &device, NULL, benk_session_fixture_keep,
                            &slot);
  result = benk_session_fixture_wait (&slot);
  benk_inventory_change_finish (f->inventory, result, NULL, &error);
  g_assert_no_error (error);
  return benk_session_fixture_find (f, serial);
}

static void
test_at_once (BenkSessionFixture *f, gconstpointer unused)
{
  static const char list[] = "Modell;Serienr;Status\nFinder;GP-1;På lager\n";
  g_autofree char *path = g_build_filename (f->dir, "list.csv", NULL);
  g_autoptr (GPtrArray) before = g_ptr_array_ref (benk_models_get_all (get (f)));
  g_autoptr (BenkImport) import = NULL;
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (GError) error = NULL;

  must_add (f, GPS);
  g_assert_null (benk_model_find (before, "our-gps"));
  g_assert_nonnull (
    benk_model_find (benk_inventory_get_models (f->inventory), "our-gps"));
  g_assert_cmpstr (benk_inventory_get_model_name (f->inventory, "our-gps"), ==,
                   "Our GPS");

  /* A list names it, a person registers it, and it is there after a new start. */
  g_file_set_contents (path, list, -1, &error);
  g_assert_no_error (error);
  import = benk_session_fixture_preview (f, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_import_count (import, BENK_IMPORT_NEW), ==, 1);
  device = register_one (f, "our-gps", "GP-2");
  g_assert_cmpstr (benk_device_get_model_id (device), ==, "our-gps");
  g_clear_object (&import);
  benk_session_fixture_close (f);
  benk_session_fixture_open (f);
  g_assert_nonnull (benk_models_find (get (f), "our-gps"));
  g_assert_true (benk_model_is_own (benk_models_find (get (f), "our-gps")));
}

static void
test_refused (BenkSessionFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    int code;
  } rows[] = {
    { "[Model]\nId=medido\nName=Another\n", BENK_ERROR_CONFLICT },
    { "[Model]\nId=x\nName=MEDIDO\n", BENK_ERROR_CONFLICT },
    { "[Model]\nId=x\nName=Own\nAliases=Pilly;\n", BENK_ERROR_CONFLICT },
    { "[Model]\nId=x\nName=Own\nAliases=karie;\n", BENK_ERROR_CONFLICT },
    { "[Model]\nId=x\n", BENK_ERROR_INVALID },
    { "", BENK_ERROR_INVALID },
  };
  gint64 head = benk_session_fixture_count (f, "SELECT max (seq) FROM journal");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (add (f, rows[i].text, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT max (seq) FROM journal"), ==,
                   head);
}

static void
test_own_version (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (edit (f, "medido", "[Model]\nId=medido\nName=M\nKind=gps\n", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (edit (f, "medido", "[Model]\nId=other\nName=M\n", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (take_away (f, "medido", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_true (edit (f, "medido", "[Model]\nId=medido\nName=Our Medido\n", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (benk_inventory_get_model_name (f->inventory, "medido"), ==,
                   "Our Medido");
  g_object_unref (register_one (f, "medido", "MD-1"));
  /* Set back with devices: what comes with the program is still there. */
  g_assert_true (take_away (f, "medido", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (benk_inventory_get_model_name (f->inventory, "medido"), ==, "Medido");
}

static void
test_used (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  must_add (f, GPS);
  g_object_unref (register_one (f, "our-gps", "GP-1"));
  g_assert_false (take_away (f, "our-gps", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (edit (f, "our-gps", "[Model]\nId=our-gps\nName=Our GPS\n", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  /* Undo takes the device back first; the model cannot go before it. */
  g_assert_true (benk_session_fixture_undo (f, &error));
  g_assert_no_error (error);
  g_assert_true (take_away (f, "our-gps", &error));
  g_assert_no_error (error);
  g_assert_null (benk_models_find (get (f), "our-gps"));
}

static gboolean
undo_seq (BenkSessionFixture *f, gint64 seq, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *label = NULL;
  GAsyncResult *slot = NULL;

  benk_session_undo_async (f->session, seq, NULL, benk_session_fixture_keep, &slot);
  result = benk_session_fixture_wait (&slot);
  label = benk_session_undo_finish (f->session, result, NULL, error);
  return label != NULL;
}

static void
test_undo (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 added;

  must_add (f, GPS);
  added = benk_session_fixture_count (f, "SELECT max (seq) FROM journal");
  g_object_unref (register_one (f, "our-gps", "GP-1"));
  g_assert_false (undo_seq (f, added, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (undo_seq (f, added + 1, &error));
  g_assert_no_error (error);
  g_assert_true (undo_seq (f, added, &error));
  g_assert_no_error (error);
  while (benk_models_find (get (f), "our-gps") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM model_file"), ==,
                   0);
}

/* Another program writes into the same store. */
static void
test_foreign (BenkSessionFixture *f, gconstpointer unused)
{
  BenkSessionFixture other = { .dir = f->dir, .path = f->path, .clock = f->clock };

  benk_session_fixture_open (&other);
  must_add (&other, GPS);
  benk_session_fixture_close (&other);
  while (benk_models_find (get (f), "our-gps") == NULL)
    {
      benk_session_fixture_advance (f, 1000);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_smoke_detector (BenkSessionFixture *f, gconstpointer unused)
{
  static const BenkFactKind seen[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                       BENK_FACT_POWER_ON_TEST,
                                       BENK_FACT_ACCESSORIES_COMPLETE,
                                       BENK_FACT_FACTORY_NEW };
  g_autoptr (BenkDevice) device = register_one (f, "smoke-detector", "RV-1");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_true (
      benk_session_fixture_attest (f, device, seen[i], "seen", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (
    benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_STOCK, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_PREPARING,
                                                  NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_OPERATION,
                                                 "to be written", &error));
  g_assert_no_error (error);
  g_assert_true (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_TO_COLLECT,
                                                 "to be written", &error));
  g_assert_no_error (error);
  /* No medicine, so nobody has to have taken it out. */
  g_assert_true (benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_QUARANTINE,
                                                 NULL, &error));
  g_assert_no_error (error);
  /* What it holds about a person must still be proven to be gone. */
  g_assert_false (
    benk_session_fixture_set_state (f, device, BENK_DEVICE_STATE_RESET, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "reset"));
}

/* --- one file between districts --- */

static void export(BenkSessionFixture *f, const char *const *ids, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  benk_models_export_async (get (f), ids, file, NULL, benk_session_fixture_keep, &slot);
  result = benk_session_fixture_wait (&slot);
  benk_models_export_finish (get (f), result, NULL, &error);
  g_assert_no_error (error);
}

static GPtrArray *
preview (BenkSessionFixture *f, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  benk_models_preview_async (get (f), file, NULL, benk_session_fixture_keep, &slot);
  result = benk_session_fixture_wait (&slot);
  return benk_models_preview_finish (get (f), result, error);
}

static gboolean
import_shared (BenkSessionFixture *f, GPtrArray *shared, GError **error)
{
  GAsyncResult *result = NULL;

  benk_models_import_async (get (f), shared, NULL, benk_session_fixture_keep, &result);
  return finish (f, &result, error);
}

static void
decide_list (BenkSessionFixture *f, const char *model)
{
  BenkModel *known = benk_models_find (get (f), model);
  g_autoptr (BenkChecklistForm) form =
    benk_checklist_form_new_proposed (benk_model_get_kind (known), BENK_TASK_RESET,
                                      benk_model_get_checklist (known, BENK_TASK_RESET));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  benk_checklist_form_add_own (form, BENK_STEP_KIND_VALUE, "Note the number; then = it|");
  benk_checklist_save_async (f->session, model, form, BENK_VERSION_DISTRICT, NULL,
                             "Kari Leder", NULL, benk_session_fixture_keep, &slot);
  result = benk_session_fixture_wait (&slot);
  benk_checklist_versions_change_finish (f->session, result, &error);
  g_assert_no_error (error);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
open_other (BenkSessionFixture *f, BenkSessionFixture *other)
{
  g_autofree char *dir = g_build_filename (f->dir, "other", NULL);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  benk_session_fixture_set_up_in (other, dir);
}

static void
test_round_trip (BenkSessionFixture *f, gconstpointer unused)
{
  static const char *const ids[] = { "medido", "our-gps", "smoke-detector", NULL };
  g_autofree char *first = g_build_filename (f->dir, "a" BENK_MODEL_SHARE_SUFFIX, NULL);
  g_autofree char *second = g_build_filename (f->dir, "b" BENK_MODEL_SHARE_SUFFIX, NULL);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  BenkSessionFixture other = { 0 };

  must_add (f, GPS);
  decide_list (f, "medido");
  export(f, ids, first);
  one = read_file (first);
  g_assert_null (strstr (one, "Kari"));
  g_assert_null (strstr (one, "KA"));
  g_assert_nonnull (strstr (one, "Note the number"));

  open_other (f, &other);
  shared = preview (&other, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shared->len, ==, 3);
  for (guint i = 0; i < shared->len; i++)
    {
      BenkSharedModel *model = g_ptr_array_index (shared, i);
      gboolean shipped = !g_str_equal (model->id, "our-gps");

      g_assert_cmpint (model->stands_in, ==, shipped);
      g_assert_cmpint (model->entry.take, ==, !shipped);
      g_assert_cmpint (model->entry.verdict, ==,
                       i == 0   ? BENK_SHARE_CHANGED
                       : i == 1 ? BENK_SHARE_NEW
                                : BENK_SHARE_SAME);
      model->entry.take = TRUE;
    }
  g_assert_true (import_shared (&other, shared, &error));
  g_assert_no_error (error);
  export(&other, ids, second);
  two = read_file (second);
  g_assert_cmpstr (one, ==, two);

  /* Once more it is all the same, and one undo takes all of it back. */
  again = preview (&other, first, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpint (((BenkSharedModel *) again->pdata[i])->entry.verdict, ==,
                     BENK_SHARE_SAME);
  g_assert_false (import_shared (&other, again, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (benk_session_fixture_undo (&other, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (&other,
                                               "SELECT count (*) FROM model_file"),
                   ==, 0);
  benk_session_fixture_tear_down (&other, NULL);
}

/* A list in another district's words can be worked with, and says that it is proposed. */
static void
test_foreign_list (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GError) error = NULL;
  BenkChecklistStart start = { .model_id = "our-gps", .task = BENK_TASK_COLLECT };
  GAsyncResult *slot = NULL;

  must_add (f, GPS);
  device = register_one (f, "our-gps", "GP-1");
  start.devices = benk_device_get_id (device);
  start.n_devices = 1;
  benk_checklist_start_async (f->session, &start, NULL, benk_session_fixture_keep, &slot);
  result = benk_session_fixture_wait (&slot);
  list = benk_checklist_start_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_checklist_get_work (list)->form->steps->len, ==, 2);
  g_assert_cmpstr (benk_form_step_get_text (
                     g_ptr_array_index (benk_checklist_get_work (list)->form->steps, 0)),
                   ==, "Note the SIM card");
  g_assert_true (benk_checklist_get_work (list)->proposed);
}

static char *
wrap (const char *models)
{
  return g_strdup_printf (
    "{\"format\": \"dosebenk-models\", \"version\": 1, \"models\": [%s]}", models);
}

static void
test_hostile (BenkSessionFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *models;
    const char *verdicts;
  } rows[] = {
    { "{\"id\": \"x\", \"file\": \"[Model]\\nId=x\\nName=X\"}", "n" },
    { "{\"id\": \"x\", \"file\": \"[Model]\\nId=x\\nName=X\"},"
      "{\"id\": \"x\", \"file\": \"[Model]\\nId=x\\nName=Y\"}",
      "nr" },
    { "{\"id\": \"x\", \"file\": \"[Model]\\nId=y\\nName=Y\"}", "r" },
    { "{\"id\": \"medido\", \"file\": \"[Model]\\nId=medido\\nName=M\"}", "c" },
    { "{\"id\": \"medido\", \"file\": \"[Model]\\nId=medido\\nName=M\\nKind=gps\"}",
      "r" },
    { "{\"id\": \"x\", \"file\": \"[Model]\\nId=x\\nName=Karie\"}", "r" },
    { "{\"id\": \"a\", \"file\": \"[Model]\\nId=a\\nName=N\"},"
      "{\"id\": \"b\", \"file\": \"[Model]\\nId=b\\nName=N\"}",
      "nr" },
    { "{\"id\": \"../x\", \"file\": \"[Model]\\nId=../x\\nName=X\"}", "r" },
    { "7, null, {}, [], {\"id\": 3, \"file\": 4}", "rrrrr" },
    { "{\"id\": \"x\", \"file\": \"[Model]\\nId=x\\nName=X\\n[Usb]\\nExtension=true\"}",
      "n" },
  };
  static const char letters[] = { 'n', 'c', 's', 'r' };
  g_autofree char *path = g_build_filename (f->dir, "x.dosebenk-models", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = wrap (rows[i].models);
      g_autoptr (GString) verdicts = g_string_new (NULL);
      g_autoptr (GPtrArray) shared = NULL;
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, text, -1, NULL);
      shared = preview (f, path, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < shared->len; k++)
        {
          const BenkSharedModel *one = g_ptr_array_index (shared, k);

          g_string_append_c (verdicts, letters[one->entry.verdict]);
          g_assert_true (one->entry.verdict != BENK_SHARE_REFUSED ||
                         one->entry.reason != NULL);
          g_assert_true (!one->entry.take || !one->stands_in);
        }
      g_assert_cmpstr (verdicts->str, ==, rows[i].verdicts);
    }
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM model_file"), ==,
                   0);
}

/* Not even a list of models: nothing of it is looked at. */
static void
test_no_such_file (BenkSessionFixture *f, gconstpointer unused)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *huge = g_strnfill (BENK_MODEL_SHARE_MAX + 10, ' ');
  g_autofree char *many = NULL;
  g_autoptr (GString) items = g_string_new ("1");
  const char *files[9];

  for (guint i = 0; i < BENK_MODEL_SHARE_MAX_MODELS; i++)
    g_string_append (items, ",1");
  many = wrap (items->str);
  files[0] = "";
  files[1] = "[]";
  files[2] = "{\"format\": \"dosebenk-plan\", \"version\": 1, \"models\": []}";
  files[3] = "{\"format\": \"dosebenk-models\", \"version\": 2, \"models\": []}";
  files[4] = "{\"format\": \"dosebenk-models\", \"version\": \"1\", \"models\": []}";
  files[5] = "{\"format\": \"dosebenk-models\xff\", \"version\": 1, \"models\": []}";
  files[6] = deep;
  files[7] = huge;
  files[8] = many;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (benk_model_share_parse (files[i], strlen (files[i]), &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

/* Cut short at every octet, and every octet changed: taken whole or refused, never more
 * than what stands in it. */
static void
test_mangled (BenkSessionFixture *f, gconstpointer unused)
{
  g_autofree char *quoted = g_strescape (GPS, NULL);
  g_autofree char *model =
    g_strdup_printf ("{\"id\": \"our-gps\", \"file\": \"%s\"}", quoted);
  g_autofree char *text = wrap (model);
  gsize length = strlen (text);
  guint n_cases = 0, n_taken = 0, n_refused = 0, n_no_file = 0;

  for (gsize i = 0; i < length * 4; i++)
    {
      static const char put[] = { 0, '"', '\xff' };
      g_autofree char *copy = g_memdup2 (text, length);
      gsize kept = i < length ? i : length;
      g_autoptr (GPtrArray) shared = NULL;
      g_autoptr (GError) error = NULL;

      if (i >= length)
        copy[i % length] = put[i / length - 1];
      shared = benk_model_share_parse (copy, kept, &error);
      n_cases++;
      g_assert_true ((shared != NULL) != (error != NULL));
      if (shared == NULL)
        n_no_file++;
      else if (shared->len > 0 && ((BenkSharedModel *) shared->pdata[0])->entry.verdict ==
                                    BENK_SHARE_REFUSED)
        n_refused++;
      else
        n_taken++;
    }
  g_test_message ("%u mangled files: %u read, %u models refused, %u no such file",
                  n_cases, n_taken, n_refused, n_no_file);
  g_assert_cmpuint (n_cases, ==, n_taken + n_refused + n_no_file);
  g_assert_cmpuint (n_cases, >, 1400);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_no_file, >, length);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(path, func)                                                                 \
  g_test_add ("/session/models/" path, BenkSessionFixture, NULL,                         \
              benk_session_fixture_set_up, func, benk_session_fixture_tear_down)
  TEST ("a-new-model-is-known-everywhere-at-once", test_at_once);
  TEST ("a-name-means-one-model", test_refused);
  TEST ("a-shipped-model-is-changed-and-set-back", test_own_version);
  TEST ("a-model-that-devices-are-of-stays", test_used);
  TEST ("undo-leaves-no-device-without-its-model", test_undo);
  TEST ("what-another-program-adds-is-seen", test_foreign);
  TEST ("a-smoke-detector-goes-its-way-without-doses", test_smoke_detector);
  TEST ("round-trip-through-another-store-is-byte-equal", test_round_trip);
  TEST ("a-list-in-foreign-words-can-be-worked-with", test_foreign_list);
  TEST ("each-model-of-a-hostile-file-is-judged", test_hostile);
  TEST ("what-is-no-file-of-models-is-refused", test_no_such_file);
  TEST ("mangled-files-are-read-or-refused", test_mangled);
#undef TEST

  return g_test_run ();
}
