/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-proof.h"
#include "benk-serial.h"
#include "benk-table-device.h"
#include "benk-table-model.h"
#include "benk-table-owed-task.h"
#include "benk-table-person.h"
#include "benk-table-plan.h"
#include "benk-table-proof.h"
#include "benk-table-run.h"

/* What the bench writes, each in one scope of the store's writing thread. */

/** benk_run_begin_new: Returns: (transfer full): a run of @kind with @device */
BenkRunBegin *
benk_run_begin_new (BenkRunKind kind, const BenkId *device)
{
  BenkRunBegin *self = g_new0 (BenkRunBegin, 1);

  self->kind = kind;
  self->device = *device;
  return self;
}

/** benk_run_begin_free: @self: (transfer full): what benk_run_begin_new() gave */
void
benk_run_begin_free (BenkRunBegin *self)
{
  g_free (self->serial);
  g_free (self->plan_body);
  g_free (self->reference);
  g_clear_pointer (&self->salt, g_bytes_unref);
  g_free (self);
}

static gboolean
check_serial (const BenkRunBegin *self, BenkDevice *device, GError **error)
{
  g_autofree char *card = benk_serial_normalise (benk_device_get_serial (device));
  g_autofree char *told = benk_serial_normalise (self->serial);

  if (g_str_equal (card, told))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
               _ ("The dispenser says its serial number is %s, not %s."), self->serial,
               benk_device_get_serial (device));
  return FALSE;
}

/* A device that is being made ready for one user is not given to another unwiped. */
static gboolean
link_user (BenkDb *db, const BenkRunBegin *self, BenkDevice *device, GError **error)
{
  const BenkId *before = benk_device_get_person_id (device);
  BenkId person;

  if (self->reference == NULL)
    return TRUE;
  if (!benk_table_person_ensure (db, self->reference, &person, error))
    return FALSE;
  if (benk_id_is_nil (before))
    return benk_table_device_set_person (db, &self->device, &person, error);
  if (benk_id_equal (before, &person))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("The device is being made ready for another user. Reset it "
                          "first."));
  return FALSE;
}

static gboolean
enter_state (BenkDb *db, const BenkRunBegin *self, BenkDevice *device, GError **error)
{
  BenkDeviceState state = benk_device_get_state (device);
  BenkModelKind kind = BENK_MODEL_KIND_DISPENSER;

  if (!benk_table_model_get_kind (db, benk_device_get_model_id (device), &kind, error) ||
      !benk_lifecycle_allow_job (kind, self->kind, error))
    return FALSE;
  if (self->kind == BENK_RUN_KIND_PROVISION && state == BENK_DEVICE_STATE_STOCK)
    {
      if (!benk_device_change_state (db, &self->device, BENK_DEVICE_STATE_PREPARING, NULL,
                                     0, NULL, error))
        return FALSE;
    }
  else if (!benk_lifecycle_allow_run (state, self->kind, error))
    return FALSE;
  return link_user (db, self, device, error);
}

static gboolean
keep_plan (
  BenkDb *db, const BenkRunBegin *self, BenkDevice *device, BenkId *plan, GError **error)
{
  BenkId person = *benk_device_get_person_id (device);

  *plan = BENK_ID_NIL;
  if (self->plan_body == NULL)
    return TRUE;
  if (self->reference != NULL &&
      !benk_table_person_ensure (db, self->reference, &person, error))
    return FALSE;
  return benk_table_plan_ensure (db, &person, self->plan_body, self->valid_from_ms, plan,
                                 error);
}

static BenkRun *
make_run (const BenkRunBegin *self, const BenkId *plan, gint64 now_ms)
{
  BenkRun *run = benk_run_new ();

  benk_run_set_device_id (run, &self->device);
  benk_run_set_kind (run, self->kind);
  benk_run_set_link_kind (run, self->link_kind);
  /* What does not count here is not the device of the card. */
  benk_run_set_outcome (run, self->counts ? BENK_RUN_OUTCOME_UNKNOWN
                                          : BENK_RUN_OUTCOME_UNTOUCHED);
  benk_run_set_started_ms (run, now_ms);
  benk_run_set_ended_ms (run, now_ms);
  benk_run_set_plan_id (run, plan);
  return run;
}

/**
 * benk_run_begin_work:
 * @data: a #BenkRunBegin
 *
 * Checks that the job may run, moves a device of the shelf to being made ready, and keeps
 * plan and run, so that a run whose end nobody saw is there all the same. A link that
 * does not count in this store changes nothing but the list of runs.
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_run_begin_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkRunBegin *self = data;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &self->device, error);
  g_autoptr (BenkRun) run = NULL;
  g_autofree char *reading = NULL;
  BenkId plan = BENK_ID_NIL;

  if (device == NULL || !check_serial (self, device, error))
    return FALSE;
  if (self->counts && (!enter_state (db, self, device, error) ||
                       !keep_plan (db, self, device, &plan, error)))
    return FALSE;

  run = make_run (self, &plan, benk_scope_get_wall_ms (scope));
  reading = benk_run_reading_compose (NULL, self->set_id, NULL);
  if (!benk_table_run_insert (db, run, reading, error) ||
      (self->salt != NULL &&
       !benk_table_run_secret_insert (db, benk_run_get_id (run), self->salt, error)))
    return FALSE;
  self->run = *benk_run_get_id (run);
  return TRUE;
}

/** benk_run_end_new: Returns: (transfer full): the end of @run */
BenkRunEnd *
benk_run_end_new (BenkRunKind kind, const BenkId *device, const BenkId *run)
{
  BenkRunEnd *self = g_new0 (BenkRunEnd, 1);

  self->kind = kind;
  self->device = *device;
  self->run = *run;
  self->next_dose_ms = -1;
  return self;
}

/** benk_run_end_free: @self: (transfer full): what benk_run_end_new() gave */
void
benk_run_end_free (BenkRunEnd *self)
{
  g_free (self->sentence);
  g_free (self->reading);
  g_free (self->missing);
  g_free (self);
}

static gboolean
keep_proof (BenkDb *db, const BenkRunEnd *self, GError **error)
{
  g_autoptr (BenkProof) proof = benk_proof_new ();

  benk_proof_set_device_id (proof, &self->device);
  benk_proof_set_kind (proof, self->kind == BENK_RUN_KIND_RESET ? BENK_PROOF_KIND_RESET
                                                                : BENK_PROOF_KIND_READY);
  benk_proof_set_link_kind (proof, self->link_kind);
  benk_proof_set_run_id (proof, &self->run);
  return benk_table_proof_insert (db, proof, error);
}

/* What is still missing keeps the device where it is; the proof stands all the same. */
static gboolean
follow_state (BenkDb *db, BenkRunEnd *self, GError **error)
{
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &self->device, error);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local = NULL;
  BenkDeviceState state, to;

  if (device == NULL)
    return FALSE;
  state = benk_device_get_state (device);
  if (self->kind == BENK_RUN_KIND_PROVISION && state == BENK_DEVICE_STATE_PREPARING)
    to = BENK_DEVICE_STATE_READY;
  else if (self->kind == BENK_RUN_KIND_RESET &&
           (state == BENK_DEVICE_STATE_QUARANTINE || state == BENK_DEVICE_STATE_FAULTY))
    to = BENK_DEVICE_STATE_RESET;
  else
    return TRUE;

  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) _ ("Not done at the bench."));
  if (benk_device_change_state (db, &self->device, to, reasons, 0, NULL, &local))
    return TRUE;
  if (!g_error_matches (local, BENK_ERROR, BENK_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->missing = g_strdup (local->message);
  return TRUE;
}

/* A dispenser that is with a user and may follow wrong times has to be read again before
 * its next dose. */
static gboolean
owe_reading (BenkDb *db, const BenkRunEnd *self, GError **error)
{
  g_autoptr (BenkDevice) device = NULL;
  gint64 due;

  if (self->kind != BENK_RUN_KIND_SETTINGS ||
      self->outcome == BENK_RUN_OUTCOME_VERIFIED ||
      self->outcome == BENK_RUN_OUTCOME_UNTOUCHED)
    return TRUE;
  device = benk_table_device_get (db, &self->device, error);
  if (device == NULL)
    return FALSE;
  due = self->next_dose_ms >= 0 ? self->next_dose_ms : benk_db_get_wall_ms (db);
  return benk_table_owed_task_insert (db, &self->device, "read-back",
                                      benk_device_get_state (device), due, self->sentence,
                                      error);
}

/**
 * benk_run_end_work:
 * @data: a #BenkRunEnd
 *
 * Keeps how a run ended. A proof is written only when the outcome is verified and its
 * link counts in this store; then the state follows as far as its guards let it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_run_end_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkRunEnd *self = data;
  g_autoptr (BenkRun) run = benk_table_run_get (db, &self->run, error);

  if (run == NULL)
    return FALSE;
  benk_run_set_link_kind (run, self->link_kind);
  benk_run_set_outcome (run, self->outcome);
  benk_run_set_ended_ms (run, benk_scope_get_wall_ms (scope));
  benk_run_set_detail (run, self->sentence);
  if (!benk_table_run_finish (db, run, self->reading, error))
    return FALSE;
  if (!self->proven)
    return owe_reading (db, self, error);
  if (self->kind == BENK_RUN_KIND_READ)
    return TRUE;
  return keep_proof (db, self, error) && follow_state (db, self, error);
}

static void
compose_table (JsonBuilder *builder, const BenkJobTable *table)
{
  g_autofree char *crc = g_strdup_printf ("%08x", table->crc);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, table->id);
  json_builder_set_member_name (builder, "rev");
  json_builder_add_int_value (builder, table->rev);
  json_builder_set_member_name (builder, "length");
  json_builder_add_int_value (builder, table->length);
  json_builder_set_member_name (builder, "crc");
  json_builder_add_string_value (builder, crc);
  json_builder_set_member_name (builder, "hash");
  json_builder_add_string_value (builder, table->hash);
  if (table->equal >= 0)
    {
      json_builder_set_member_name (builder, "equal");
      json_builder_add_boolean_value (builder, table->equal > 0);
    }
  json_builder_end_object (builder);
}

static void
compose_result (JsonBuilder *builder, const BenkJobResult *result)
{
  if (result->set_id_known)
    {
      json_builder_set_member_name (builder, "set");
      json_builder_add_int_value (builder, result->set_id);
    }
  if (result->mds.firmware != NULL)
    {
      json_builder_set_member_name (builder, "firmware");
      json_builder_add_string_value (builder, result->mds.firmware);
    }
  if (result->mds.battery >= 0)
    {
      json_builder_set_member_name (builder, "battery");
      json_builder_add_int_value (builder, result->mds.battery);
    }
  if (result->clock_drift_s != G_MININT64)
    {
      json_builder_set_member_name (builder, "clock_drift_s");
      json_builder_add_int_value (builder, result->clock_drift_s);
    }
  if (result->zone_changed)
    {
      json_builder_set_member_name (builder, "zone_changed");
      json_builder_add_boolean_value (builder, TRUE);
    }
  if (result->log_entries >= 0)
    {
      json_builder_set_member_name (builder, "log_entries");
      json_builder_add_int_value (builder, result->log_entries);
      json_builder_set_member_name (builder, "log_read");
      json_builder_add_int_value (builder, result->log_read);
    }
  if (result->next_dose_s >= 0)
    {
      json_builder_set_member_name (builder, "next_dose_local_s");
      json_builder_add_int_value (builder, result->next_dose_s);
    }
  if (result->reason != NULL)
    {
      json_builder_set_member_name (builder, "step");
      json_builder_add_string_value (builder, result->failed_step);
    }
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->n_tables; i++)
    compose_table (builder, &result->tables[i]);
  json_builder_end_array (builder);
}

/* Ids and how they came out; the words may hold what the device said. */
static void
compose_checks (JsonBuilder *builder, GListModel *steps)
{
  static const char *const results[] = { "open", "open", "done", "failed", "skipped" };

  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (BenkStep) step = g_list_model_get_item (steps, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, benk_step_get_id (step));
      json_builder_set_member_name (builder, "result");
      json_builder_add_string_value (builder, results[benk_step_get_state (step)]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * benk_run_reading_compose:
 * @result: (nullable): how the job ended, %NULL when it begins
 * @wanted_set: the set that is to be put in force, 0 for none
 * @steps: (nullable): list of #BenkStep; how each came out
 *
 * What is kept of what was read: per table id, revision, length, checksum, salted hash
 * and whether it is equal; never an octet of the device.
 *
 * Returns: (transfer full): JSON
 */
char *
benk_run_reading_compose (const BenkJobResult *result,
                          guint32 wanted_set,
                          GListModel *steps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (wanted_set != 0)
    {
      json_builder_set_member_name (builder, "wanted_set");
      json_builder_add_int_value (builder, wanted_set);
    }
  if (result != NULL)
    compose_result (builder, result);
  if (steps != NULL)
    compose_checks (builder, steps);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
