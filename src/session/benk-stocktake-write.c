/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stocktake-private.h"

#include <glib/gi18n.h>

#include "benk-csv.h"
#include "benk-document-private.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-journal.h"
#include "benk-paper-count.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-stocktake.h"

/* What is read of the store, then made into a file, none of it on the main thread. */
typedef struct
{
  BenkId id;
  GFile *file;
  gboolean as_csv;
  gint64 made_ms;
  GHashTable *models; /* names by id */
  BenkPaperCount *paper;
} WriteJob;

typedef struct
{
  BenkId id;
  gboolean all; /* also what was simply found */
} ReadJob;

static void
write_job_free (WriteJob *job)
{
  g_clear_object (&job->file);
  g_clear_pointer (&job->models, g_hash_table_unref);
  g_clear_pointer (&job->paper, benk_paper_count_free);
  g_free (job);
}

static BenkPaperCount *
read_count (BenkDb *db, const ReadJob *job, GError **error)
{
  guint but_found = ((1u << BENK_N_COUNT_VERDICTS) - 1) & ~(1u << BENK_COUNT_FOUND);
  g_autoptr (BenkPaperCount) paper = g_new0 (BenkPaperCount, 1);
  g_autoptr (GError) local = NULL;
  BenkJournalHead head;

  paper->count = benk_table_stocktake_get (db, &job->id, &local);
  if (paper->count == NULL)
    {
      if (local == NULL)
        g_set_error_literal (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                             _ ("There is no such count."));
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!benk_journal_get_head (db, &head, error))
    return NULL;
  paper->demo = head.demo;
  paper->head = head.seq;
  paper->head_hash = benk_journal_hash_to_string (head.hash);
  paper->items =
    benk_table_stocktake_list_items (db, &job->id, job->all ? 0 : but_found, 0, error);

  return paper->items != NULL ? g_steal_pointer (&paper) : NULL;
}

static gpointer
run_read (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return read_count (db, data, error);
}

static void
add_cell (BenkSheet *sheet, const char *text)
{
  benk_sheet_add_cell (sheet, text != NULL ? text : "", -1);
}

static void
add_item (BenkSheet *sheet, WriteJob *job, BenkCountItem *item, GTimeZone *zone)
{
  const char *id = benk_count_item_get_model_id (item);
  const char *model = id != NULL ? g_hash_table_lookup (job->models, id) : NULL;
  const char *serial = benk_count_item_get_serial (item);
  g_autofree char *settled =
    benk_count_settled_describe (benk_count_item_get_settled (item));
  gint64 found_ms = benk_count_item_get_found_ms (item);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (found_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *when =
    found_ms > 0 ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;

  add_cell (sheet, benk_count_verdict_get_label (benk_count_item_get_verdict (item)));
  add_cell (sheet, model != NULL ? model : id);
  add_cell (sheet, serial != NULL ? serial : benk_count_item_get_code (item));
  add_cell (sheet, benk_count_item_get_asset (item));
  add_cell (sheet, benk_count_item_get_imei (item));
  add_cell (sheet, benk_count_item_get_place_name (item));
  add_cell (sheet, benk_count_item_get_found_place_name (item));
  add_cell (sheet, when);
  add_cell (sheet, benk_count_item_get_who (item));
  add_cell (sheet, settled);
}

static GBytes *
compose_csv (WriteJob *job, GTimeZone *zone)
{
  static const char *const headings[] = {
    N_ ("Result"), N_ ("Model"),         N_ ("Serial number"), N_ ("Asset number"),
    N_ ("IMEI"),   N_ ("Place in list"), N_ ("Found in"),      N_ ("Found at"),
    N_ ("By"),     N_ ("What was done"),
  };
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();

  benk_sheet_add_row (sheet, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    add_cell (sheet, _ (headings[i]));
  for (guint i = 0; i < job->paper->items->len; i++)
    {
      benk_sheet_add_row (sheet, i + 2);
      add_item (sheet, job, g_ptr_array_index (job->paper->items, i), zone);
    }

  return benk_csv_write_bytes (sheet, ';');
}

static void
write_count (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WriteJob *job = data;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  bytes = job->as_csv
            ? compose_csv (job, zone)
            : benk_paper_count_compose (job->paper, job->made_ms, zone, NULL, &error);
  if (bytes == NULL || !benk_document_write_file (job->file, bytes, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WriteJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->paper = benk_session_read_finish (source, result, &error);
  if (job->paper == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->paper->models = g_hash_table_ref (job->models);
  g_task_run_in_thread (task, write_count);
}

/* Another thread must not ask the inventory. */
static GHashTable *
take_models (BenkSession *session)
{
  GPtrArray *models = benk_inventory_get_models (benk_session_get_inventory (session));
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      g_hash_table_insert (names, g_strdup (benk_model_get_id (model)),
                           g_strdup (benk_model_get_name (model)));
    }

  return names;
}

/**
 * benk_stocktake_write_async:
 * @self: the counts
 * @id: a count
 * @file: where to write it; an older one is replaced
 * @as_csv: a list of everything for a spreadsheet, or else a PDF of what matters
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written or could not be
 * @user_data: for @callback
 *
 * Writes the result of a count.
 */
void
benk_stocktake_write_async (BenkStocktake *self,
                            const BenkId *id,
                            GFile *file,
                            gboolean as_csv,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  BenkSession *session = benk_stocktake_get_session (self);
  ReadJob read = { *id, as_csv };
  GTask *task;
  WriteJob *job;

  g_return_if_fail (BENK_IS_STOCKTAKE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_stocktake_write_async);
  job = g_new0 (WriteJob, 1);
  job->id = *id;
  job->file = g_object_ref (file);
  job->as_csv = as_csv;
  job->made_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  job->models = take_models (session);
  g_task_set_task_data (task, job, (GDestroyNotify) write_job_free);
  benk_session_read_async (session, self, run_read, g_memdup2 (&read, sizeof read),
                           g_free, (GDestroyNotify) benk_paper_count_free, cancellable,
                           on_read, task);
}

/**
 * benk_stocktake_write_finish:
 * @self: the counts
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %TRUE if it is written
 */
gboolean
benk_stocktake_write_finish (BenkStocktake *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
