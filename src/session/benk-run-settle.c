/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-error.h"
#include "benk-serial.h"
#include "benk-table-device.h"
#include "benk-table-run.h"

/** benk_card_search_new: @model_id: (nullable): its make, when that is known */
BenkCardSearch *
benk_card_search_new (const char *serial, const char *model_id)
{
  BenkCardSearch *self = g_new0 (BenkCardSearch, 1);

  self->serial = g_strdup (serial);
  self->model_id = g_strdup (model_id);
  return self;
}

/** benk_card_search_free: @self: (transfer full): what benk_card_search_new() gave */
void
benk_card_search_free (BenkCardSearch *self)
{
  g_free (self->serial);
  g_free (self->model_id);
  g_clear_object (&self->card);
  g_free (self->trouble);
  g_free (self);
}

static gboolean
is_it (const BenkCardSearch *self, BenkDevice *device)
{
  g_autofree char *told = benk_serial_normalise (self->serial);
  g_autofree char *card = benk_serial_normalise (benk_device_get_serial (device));

  return g_str_equal (told, card) &&
         (self->model_id == NULL ||
          g_str_equal (self->model_id, benk_device_get_model_id (device)));
}

/**
 * benk_card_search_work:
 * @data: a #BenkCardSearch
 *
 * Finds the card of a plugged-in device. Two makes may use the same serial; then nobody
 * but a person can tell which it is.
 *
 * Returns: (transfer full): another #BenkCardSearch with the answer, or %NULL with @error
 *   set
 */
gpointer
benk_card_search_work (BenkDb *db,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  const BenkCardSearch *wanted = data;
  g_autoptr (GPtrArray) found = benk_table_device_find_all (db, wanted->serial, error);
  BenkCardSearch *self;
  guint n = 0;

  if (found == NULL)
    return NULL;
  self = benk_card_search_new (wanted->serial, wanted->model_id);
  for (guint i = 0; i < found->len; i++)
    if (is_it (self, g_ptr_array_index (found, i)))
      {
        g_set_object (&self->card, g_ptr_array_index (found, i));
        n++;
      }
  if (n > 1)
    {
      g_clear_object (&self->card);
      self->trouble =
        g_strdup_printf (_ ("%u devices have the number “%s”."), n, self->serial);
    }
  else if (n == 0)
    self->trouble = g_strdup (_ ("Unknown device, not registered"));
  return self;
}

/** benk_run_settle_new: @result: what @device says now */
BenkRunSettle *
benk_run_settle_new (const BenkId *device, const BenkJobResult *result)
{
  BenkRunSettle *self = g_new0 (BenkRunSettle, 1);

  self->device = *device;
  self->set_id_known = result->set_id_known;
  self->set_id = result->set_id;
  self->next_dose = g_strdup (result->next_dose);
  self->blank = result->set_id_known && result->set_id == 0 && result->log_entries <= 0;
  for (guint i = 0; i < result->n_tables; i++)
    self->blank = self->blank && result->tables[i].length == 0;
  return self;
}

/** benk_run_settle_free: @self: (transfer full): what benk_run_settle_new() gave */
void
benk_run_settle_free (BenkRunSettle *self)
{
  g_clear_object (&self->run);
  g_free (self->reading);
  g_free (self->next_dose);
  g_free (self);
}

/* What the run kept of itself when it ended. */
static void
read_kept (BenkRunSettle *self, guint32 *wanted_set, gboolean *zone_changed)
{
  g_autoptr (JsonNode) root =
    self->reading != NULL ? json_from_string (self->reading, NULL) : NULL;
  JsonObject *kept;

  *wanted_set = 0;
  *zone_changed = FALSE;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  kept = json_node_get_object (root);
  *wanted_set = (guint32) json_object_get_int_member_with_default (kept, "wanted_set", 0);
  *zone_changed =
    json_object_get_boolean_member_with_default (kept, "zone_changed", FALSE);
}

static void
settle (BenkRunSettle *self, BenkRunOutcome outcome, const char *sentence)
{
  g_autofree char *next = self->next_dose != NULL
                            ? g_strdup_printf (_ ("Next dose at %s."), self->next_dose)
                            : NULL;
  g_autofree char *whole =
    next != NULL ? g_strdup_printf ("%s %s", sentence, next) : g_strdup (sentence);

  benk_run_set_outcome (self->run, outcome);
  benk_run_set_detail (self->run, whole);
}

/* The set-id in force tells which whole plan the device follows. That its settings were
 * all read back and equal it does not tell, so nothing is proven here. */
static void
judge (BenkRunSettle *self)
{
  gboolean is_reset = benk_run_get_kind (self->run) == BENK_RUN_KIND_RESET;
  guint32 wanted_set;
  gboolean zone_changed;

  read_kept (self, &wanted_set, &zone_changed);
  if (is_reset)
    settle (self, BENK_RUN_OUTCOME_REDO,
            self->blank ? _ ("The dispenser is empty, but the reset was not checked to "
                             "its end. Reset it again.")
                        : _ ("The dispenser is not wiped. Reset it again."));
  else if (self->set_id == wanted_set)
    settle (self, BENK_RUN_OUTCOME_REDO,
            _ ("The dispenser follows the new settings, but they were not read back to "
               "the end. Write them again."));
  else if (zone_changed)
    settle (self, BENK_RUN_OUTCOME_REDO,
            _ ("The dispenser still follows the old dose times, but its time zone was "
               "changed. Write the settings again."));
  else
    settle (self, BENK_RUN_OUTCOME_UNTOUCHED,
            _ ("Not finished. The dispenser still follows the old settings."));
}

/**
 * benk_run_settle_look:
 * @data: a #BenkRunSettle
 *
 * Finds the newest run that wrote to the device; if its end is not known, what the device
 * says now settles it.
 *
 * Returns: (transfer full): another #BenkRunSettle, with a run when there was something
 * to settle, or %NULL with @error set
 */
gpointer
benk_run_settle_look (BenkDb *db,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  const BenkRunSettle *wanted = data;
  g_autoptr (GPtrArray) runs = benk_table_run_list (db, &wanted->device, error);
  BenkRunSettle *self;

  if (runs == NULL)
    return NULL;
  self = g_memdup2 (wanted, sizeof *wanted);
  self->next_dose = g_strdup (wanted->next_dose);
  for (guint i = 0; i < runs->len && self->set_id_known; i++)
    {
      BenkRun *run = g_ptr_array_index (runs, i);
      BenkRunKind kind = benk_run_get_kind (run);

      if (kind == BENK_RUN_KIND_READ || kind == BENK_RUN_KIND_CHECKLIST ||
          benk_run_get_link_kind (run) == BENK_LINK_KIND_CHECKLIST)
        continue;
      if (benk_run_get_outcome (run) != BENK_RUN_OUTCOME_UNKNOWN)
        break;
      self->run = g_object_ref (run);
      self->reading = benk_table_run_get_reading (db, benk_run_get_id (run), error);
      judge (self);
      break;
    }
  return self;
}

/**
 * benk_run_settle_work:
 * @data: a #BenkRunSettle with a run
 *
 * Keeps what is known now, unless somebody else was faster.
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_run_settle_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkRunSettle *self = data;
  g_autoptr (BenkRun) now = benk_table_run_get (db, benk_run_get_id (self->run), error);

  if (now == NULL)
    return FALSE;
  if (benk_run_get_outcome (now) != BENK_RUN_OUTCOME_UNKNOWN)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("The run has been settled meanwhile."));
      return FALSE;
    }
  benk_run_set_ended_ms (self->run, benk_scope_get_wall_ms (scope));
  return benk_table_run_finish (db, self->run, self->reading, error);
}
