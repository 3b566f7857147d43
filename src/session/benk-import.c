/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-inventory-private.h"
#include "benk-session-change.h"
#include "benk-table-import-profile.h"

G_DEFINE_FINAL_TYPE (BenkImport, benk_import, G_TYPE_OBJECT)

/* What a comparison found, made in the thread that compares. */
typedef struct
{
  BenkImportList *rows;
  BenkImportList *telling;
  guint counts[BENK_N_IMPORT_VERDICTS];
  char *digest;
} Answer;

/* How a list with the same headings was read last time. */
typedef struct
{
  char *columns;
  char *words;
} Profile;

static void
answer_free (Answer *self)
{
  g_clear_object (&self->rows);
  g_clear_object (&self->telling);
  g_free (self->digest);
  g_free (self);
}

static void
profile_free (Profile *self)
{
  g_free (self->columns);
  g_free (self->words);
  g_free (self);
}

static void
benk_import_finalize (GObject *object)
{
  BenkImport *self = BENK_IMPORT (object);

  benk_import_plan_clear (&self->plan);
  benk_list_info_clear (&self->info);
  g_clear_object (&self->inventory);
  g_clear_object (&self->file);
  g_clear_object (&self->rows);
  g_clear_object (&self->telling);
  g_clear_object (&self->applying);
  g_free (self->name);
  g_free (self->format);
  g_free (self->digest);
  G_OBJECT_CLASS (benk_import_parent_class)->finalize (object);
}

static void
benk_import_class_init (BenkImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_import_finalize;
}

static void
benk_import_init (BenkImport *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->rows = benk_import_list_new (none);
  self->telling = benk_import_list_new (none);
  self->name = g_strdup ("");
  self->format = g_strdup ("");
}

static const char *
get_separator_label (char separator)
{
  switch (separator)
    {
    case ';':
      return _ ("semicolon");
    case '\t':
      return _ ("tab");
    default:
      return _ ("comma");
    }
}

static BenkImport *
new_of (const BenkImportKind *kind, BenkInventory *inventory, GFile *file)
{
  BenkImport *self = g_object_new (BENK_TYPE_IMPORT, NULL);

  self->plan.kind = kind;
  self->inventory = g_object_ref (inventory);
  self->file = g_object_ref (file);
  self->plan.models = g_ptr_array_ref (benk_inventory_get_models (inventory));
  g_free (self->name);
  self->name = g_file_get_basename (file);

  return self;
}

/**
 * benk_import_new:
 * @inventory: what the list is compared with
 * @file: a list as XLSX or CSV, in any usual encoding and separator
 *
 * Returns: (transfer full): a list that is not read yet
 */
BenkImport *
benk_import_new (BenkInventory *inventory, GFile *file)
{
  return new_of (&benk_import_of_devices, inventory, file);
}

/**
 * benk_import_new_alarms:
 * @inventory: the devices that the alarms are from
 * @file: what a vendor's portal exported, as XLSX or CSV
 *
 * Returns: (transfer full): a list of alarms that is not read yet
 */
BenkImport *
benk_import_new_alarms (BenkInventory *inventory, GFile *file)
{
  return new_of (&benk_import_of_alarms, inventory, file);
}

/**
 * benk_import_get_progress:
 * @self: a list
 * @fraction: (out): how much of it is done, 0 to 1; below 0 when nobody can tell
 *
 * How far the step that is under way is.
 *
 * Returns: what is done now
 */
BenkImportPhase
benk_import_get_progress (BenkImport *self, double *fraction)
{
  int done, total;

  g_return_val_if_fail (BENK_IS_IMPORT (self), BENK_IMPORT_READING);

  done = g_atomic_int_get (&self->plan.meter.done);
  total = g_atomic_int_get (&self->plan.meter.total);
  *fraction = total > 0 ? (double) done / total : -1;

  return (BenkImportPhase) g_atomic_int_get (&self->plan.meter.phase);
}

static void
read_in_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  BenkImport *self = source;
  GError *error = NULL;

  self->plan.sheet =
    benk_list_read_file (self->file, task_data, &self->info, cancellable, &error);
  if (self->plan.sheet == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* What cannot be guessed, a person may tell. */
  benk_import_plan_guess (&self->plan, NULL);
  g_task_return_boolean (task, TRUE);
}

/* A person who stops gets one answer, whichever thread noticed it. */
static void
return_error (GTask *task, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      error = g_error_new_literal (BENK_ERROR, BENK_ERROR_CANCELLED,
                                   _ ("The import was cancelled; nothing was changed."));
    }
  g_task_return_error (task, error);
}

static gpointer
load_profile (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Profile *profile = g_new0 (Profile, 1);

  if (benk_table_import_profile_get (db, data, &profile->columns, &profile->words, error))
    return profile;

  profile_free (profile);
  return NULL;
}

static void
on_profile (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkImport *self = BENK_IMPORT (source);
  GError *error = NULL;
  Profile *profile = benk_session_read_finish (self, result, &error);

  if (profile == NULL)
    {
      return_error (task, error);
      return;
    }
  self->remembered = profile->columns != NULL;
  if (self->remembered)
    benk_import_plan_remember (&self->plan, profile->columns, profile->words);
  profile_free (profile);
  g_task_return_boolean (task, TRUE);
}

static char *
describe_format (BenkImport *self)
{
  const char *sheet;

  if (!self->info.is_xlsx)
    return g_strdup_printf ("%s, %s", benk_charset_get_name (self->info.csv.charset),
                            get_separator_label (self->info.csv.separator));
  sheet = self->info.sheets[self->info.sheet];

  /* Translators: %s is the name of a sheet in a workbook. */
  return g_strdup_printf (_ ("XLSX, sheet “%s”"), sheet);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkImport *self = BENK_IMPORT (source);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      return_error (task, error);
      return;
    }

  g_free (self->format);
  self->format = describe_format (self);
  benk_session_read_async (benk_inventory_get_session (self->inventory), self,
                           load_profile, benk_import_plan_digest_headings (&self->plan),
                           g_free, (GDestroyNotify) profile_free,
                           g_task_get_cancellable (task), on_profile,
                           g_object_ref (task));
}

/**
 * benk_import_read_async:
 * @self: a list
 * @sheet: (nullable): the sheet of a workbook; %NULL for the first
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads the file and guesses what its columns hold, or remembers it from the last list
 * with these headings. May be called again for another sheet.
 */
void
benk_import_read_async (BenkImport *self,
                        const char *sheet,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) reading = NULL;

  g_task_set_source_tag (task, benk_import_read_async);
  g_task_set_check_cancellable (task, FALSE);
  g_clear_object (&self->plan.sheet);
  g_clear_pointer (&self->plan.words, g_hash_table_unref);
  benk_list_info_clear (&self->info);
  benk_import_meter_set (&self->plan.meter, BENK_IMPORT_READING, 0, 0);
  reading = g_task_new (self, cancellable, on_read, g_object_ref (task));
  g_task_set_check_cancellable (reading, FALSE);
  g_task_set_task_data (reading, g_strdup (sheet), g_free);
  g_task_run_in_thread (reading, read_in_thread);
}

/**
 * benk_import_read_finish:
 * @self: a list
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID (it cannot be understood; the line is named)
 *   or another error
 */
gboolean
benk_import_read_finish (BenkImport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
digest_results (GPtrArray *results)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < results->len; i++)
    {
      BenkImportResult *result = g_ptr_array_index (results, i);
      guchar verdict = (guchar) ('0' + result->verdict);

      g_checksum_update (checksum, &verdict, 1);
      if (result->reason != NULL)
        g_checksum_update (checksum, (const guchar *) result->reason, -1);
      g_checksum_update (checksum, (const guchar *) "", 1);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_told (BenkImportRow *row, BenkImportVerdict verdict)
{
  return verdict != BENK_IMPORT_NEW || benk_import_row_get_reason (row) != NULL;
}

/* Wrong rows first, then what changes: they are what a person came for. New ones of which
 * there is something to say come last. */
static BenkImportList *
choose_telling (GPtrArray *rows)
{
  static const BenkImportVerdict verdicts[] = { BENK_IMPORT_WRONG, BENK_IMPORT_CHANGED,
                                                BENK_IMPORT_JOINS, BENK_IMPORT_NEW };
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize v = 0; v < G_N_ELEMENTS (verdicts); v++)
    for (guint i = 0; i < rows->len; i++)
      if (benk_import_row_get_verdict (g_ptr_array_index (rows, i)) == verdicts[v] &&
          is_told (g_ptr_array_index (rows, i), verdicts[v]))
        g_ptr_array_add (chosen, g_object_ref (g_ptr_array_index (rows, i)));

  return benk_import_list_new (chosen);
}

static gpointer
compare (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkImport *self = data;
  g_autoptr (GPtrArray) results =
    self->plan.kind->compare (&self->plan, db, cancellable, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Answer *answer;

  if (results == NULL)
    return NULL;

  answer = g_new0 (Answer, 1);
  answer->digest = digest_results (results);
  for (guint i = 0; i < results->len; i++)
    {
      BenkImportResult *result = g_ptr_array_index (results, i);

      answer->counts[result->verdict]++;
      g_ptr_array_add (rows, benk_import_row_new (result));
    }
  answer->rows = benk_import_list_new (rows);
  answer->telling = choose_telling (rows);

  return answer;
}

/* What takes alarms in says what it would do: the scope is dropped, not committed. */
static gpointer
try_out (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkImport *self = data;
  BenkSession *session = benk_inventory_get_session (self->inventory);
  const BenkChange change = { .verb = self->plan.kind->verb,
                              .account = benk_session_get_account (session) };
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, error);

  return scope != NULL ? compare (db, self, cancellable, error) : NULL;
}

static void
keep_answer (GTask *task, Answer *answer, GError *error)
{
  BenkImport *self = g_task_get_source_object (task);

  if (answer == NULL)
    {
      return_error (task, error);
      return;
    }

  g_free (self->digest);
  self->digest = g_steal_pointer (&answer->digest);
  memcpy (self->counts, answer->counts, sizeof self->counts);
  g_set_object (&self->rows, answer->rows);
  g_set_object (&self->telling, answer->telling);
  answer_free (answer);
  g_task_return_boolean (task, TRUE);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Answer *answer = benk_session_read_finish (source, result, &error);

  keep_answer (task, answer, error);
}

static void
on_tried_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Answer *answer = benk_store_write_finish (BENK_STORE (source), result, &error);

  keep_answer (task, answer, error);
}

/**
 * benk_import_compare_async:
 * @self: a list that was read
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is compared
 * @user_data: for @callback
 *
 * Compares every row with the inventory. Nothing is written.
 */
void
benk_import_compare_async (BenkImport *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  BenkSession *session = benk_inventory_get_session (self->inventory);

  g_return_if_fail (BENK_IS_IMPORT (self));

  g_task_set_source_tag (task, benk_import_compare_async);
  g_task_set_check_cancellable (task, FALSE);
  benk_import_meter_set (&self->plan.meter, BENK_IMPORT_COMPARING, 0, 0);
  if (self->plan.kind->takes_in)
    benk_store_write_async (benk_session_get_store (session), try_out,
                            g_object_ref (self), g_object_unref, cancellable,
                            on_tried_out, task);
  else
    benk_session_read_async (session, self, compare, g_object_ref (self), g_object_unref,
                             (GDestroyNotify) answer_free, cancellable, on_compared,
                             task);
}

/**
 * benk_import_compare_finish:
 * @self: a list
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID (no column can tell one device from another),
 *   %BENK_ERROR_CANCELLED or another error
 */
gboolean
benk_import_compare_finish (BenkImport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
remember (BenkImport *self, BenkDb *db, GError **error)
{
  g_autofree char *headings = benk_import_plan_digest_headings (&self->plan);
  g_autofree char *columns = benk_import_plan_dup_columns (&self->plan);
  g_autofree char *words = benk_import_plan_dup_words (&self->plan);

  return benk_table_import_profile_set (db, headings, columns, words, error);
}

/* What was shown must be what is written: the rows are compared again in the scope. */
static gboolean
do_apply (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  BenkImport *self = user_data;
  g_autoptr (GPtrArray) results =
    self->plan.kind->compare (&self->plan, db, self->applying, error);
  g_autofree char *digest = results != NULL ? digest_results (results) : NULL;

  if (results == NULL)
    return FALSE;
  if (g_strcmp0 (digest, self->digest) != 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ (self->plan.kind->changed));
      return FALSE;
    }

  return (self->plan.kind->takes_in ||
          benk_import_rows_write (&self->plan, results, db, self->applying, error)) &&
         remember (self, db, error);
}

/**
 * benk_import_apply_async:
 * @self: a list that was compared
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes new and changed rows in one change. A list of devices can be undone as a whole;
 * an alarm that was taken in cannot.
 */
void
benk_import_apply_async (BenkImport *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BENK_IS_IMPORT (self));

  g_set_object (&self->applying, cancellable);
  benk_import_meter_set (&self->plan.meter, BENK_IMPORT_COMPARING, 0, 0);
  benk_session_change_async (benk_inventory_get_session (self->inventory), self,
                             self->plan.kind->verb, NULL, do_apply, g_object_ref (self),
                             g_object_unref, cancellable, callback, user_data);
}

/**
 * benk_import_apply_finish:
 * @self: a list
 * @result: what the callback was given
 * @seq: (out) (optional): the row of the change log; 0 if there was nothing to write
 * @error: return location for an error
 *
 * Returns: %TRUE if it is written
 */
gboolean
benk_import_apply_finish (BenkImport *self,
                          GAsyncResult *result,
                          gint64 *seq,
                          GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
