/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-plan-file.h"
#include "benk-proof.h"
#include "benk-run.h"
#include "benk-table-checklist-work.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-table-proof.h"
#include "benk-table-run.h"

/* One device of the list, while its result is kept. */
typedef struct
{
  const BenkChecklistWork *work;
  const BenkChecklistMember *member;
  BenkDeviceState state; /* before */
  char *missing;         /* why the state did not follow */
} Result;

static void
add_string (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, value);
}

static void
add_id (JsonBuilder *builder, const char *key, const BenkId *id)
{
  g_autofree char *text = benk_id_to_string (id);

  add_string (builder, key, text);
}

/* The staff row, never the initials, so that a name stays erasable; never what was typed.
 */
static char *
compose_reading (const Result *self)
{
  const BenkChecklistWork *work = self->work;
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "model", work->model_id);
  add_string (builder, "task", benk_task_to_name (work->form->task));
  add_id (builder, "checklist", &work->id);
  add_id (builder, "version", &work->version);
  json_builder_set_member_name (builder, "number");
  json_builder_add_int_value (builder, work->number);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < work->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (work->form->steps, i);
      const BenkChecklistTick *tick =
        benk_checklist_work_find_tick (work, step->id, &self->member->id);

      json_builder_begin_object (builder);
      add_string (builder, "step", step->id);
      json_builder_set_member_name (builder, "at_ms");
      json_builder_add_int_value (builder, tick->at_ms);
      add_id (builder, "staff", &tick->staff);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static const char *
get_typed (const Result *self, const char *step)
{
  const BenkChecklistTick *tick =
    benk_checklist_work_find_tick (self->work, step, &self->member->id);

  return tick != NULL ? (tick->value != NULL ? tick->value : tick->stated_by) : NULL;
}

/* @tick: who attests it, and with what. */
static gboolean
keep_fact (BenkDb *db,
           const Result *self,
           BenkFactKind kind,
           const BenkChecklistTick *tick,
           const char *ref,
           const char *stated_by,
           GError **error)
{
  g_autoptr (BenkFactRecord) fact = benk_fact_record_new ();

  benk_fact_record_set_device_id (fact, &self->member->device);
  benk_fact_record_set_kind (fact, kind);
  if (benk_fact_kind_needs_ref (kind))
    benk_fact_record_set_ref (fact, ref);
  if (benk_fact_kind_needs_stated_by (kind))
    benk_fact_record_set_stated_by (fact, stated_by);
  return benk_table_fact_insert_by (db, fact, &tick->staff, error);
}

/* What only speaks for the state that comes after. */
static gboolean
is_of_next_state (BenkTask task, BenkFactKind kind)
{
  return task == BENK_TASK_NO_ANSWER ||
         (task == BENK_TASK_SWAP &&
          (kind == BENK_FACT_REPLACED_DEVICE || kind == BENK_FACT_MEDICINE_LOADED));
}

static gboolean
keep_facts (BenkDb *db, const Result *self, gboolean next_state, GError **error)
{
  const BenkChecklistWork *work = self->work;
  BenkTask task = work->form->task;

  for (guint i = 0; i < work->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (work->form->steps, i);
      const BenkChecklistTick *tick =
        benk_checklist_work_find_tick (work, step->id, &self->member->id);
      BenkFactKind kind = benk_form_step_get_fact (step);

      if (kind != BENK_FACT_NONE && is_of_next_state (task, kind) == next_state &&
          !keep_fact (db, self, kind, tick, tick->value, tick->stated_by, error))
        return FALSE;
      /* G-RESET-X is the reason and the second person of two steps. */
      if (next_state && g_str_equal (step->id, "second-person-states") &&
          !keep_fact (db, self, BENK_FACT_RESET_IMPOSSIBLE, tick,
                      get_typed (self, "fault-described"), tick->stated_by, error))
        return FALSE;
    }
  return TRUE;
}

/* Goes where the guards let it; where they do not, the list stands all the same. */
static gboolean
try_state (BenkDb *db, Result *self, BenkDeviceState to, GError **error)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local = NULL;

  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) _ ("Not done at the bench."));
  if (benk_device_change_state (db, &self->member->device, to, reasons, 0, NULL, &local))
    return TRUE;
  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_REFUSED))
    {
      self->missing = g_strdup (local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
follow_state (BenkDb *db, Result *self, GError **error)
{
  BenkDeviceState state = self->state;

  switch (self->work->form->task)
    {
    case BENK_TASK_RECEIVE:
      return state != BENK_DEVICE_STATE_RECEIVED ||
             try_state (db, self, BENK_DEVICE_STATE_STOCK, error);
    case BENK_TASK_MAKE_READY:
    case BENK_TASK_SWAP:
      return try_state (db, self, BENK_DEVICE_STATE_READY, error);
    case BENK_TASK_RESET:
      return (state != BENK_DEVICE_STATE_QUARANTINE &&
              state != BENK_DEVICE_STATE_FAULTY) ||
             try_state (db, self, BENK_DEVICE_STATE_RESET, error);
    case BENK_TASK_COLLECT:
      return state != BENK_DEVICE_STATE_TO_COLLECT ||
             try_state (db, self, BENK_DEVICE_STATE_QUARANTINE, error);
    case BENK_TASK_NO_ANSWER:
      return state == BENK_DEVICE_STATE_FAULTY ||
             try_state (db, self, BENK_DEVICE_STATE_FAULTY, error);
    case BENK_TASK_SETTINGS:
    default:
      return TRUE;
    }
}

static char *
describe_next_dose (const Result *self, gint64 now_ms)
{
  const char *body = self->work->plan_body;
  g_autoptr (BenkPlan) plan =
    body != NULL ? benk_plan_file_parse (body, strlen (body), NULL) : NULL;
  gint64 next_ms = plan != NULL ? benk_plan_next_dose (plan, now_ms) : -1;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *when = NULL;

  if (next_ms < 0)
    return NULL;
  zone = benk_time_zone_find (benk_plan_get_zone (plan));
  utc = g_date_time_new_from_unix_utc (next_ms / 1000);
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  when = g_date_time_format (local, "%a %H:%M");
  return g_strdup_printf (_ ("By the plan the next dose is %s."), when);
}

/* What the list claims of one device: never more than a person has ticked. */
static char *
compose_sentence (const Result *self, gint64 now_ms)
{
  GString *text = g_string_new (NULL);
  BenkTask task = self->work->form->task;
  const char *told = get_typed (self, "next-dose-told");
  g_autofree char *next = describe_next_dose (self, now_ms);

  g_string_append (text, _ ("Done by checklist, not read from the dispenser"));
  g_string_append_printf (text, _ (" (version %d%s)."), (int) self->work->number,
                          self->work->proposed ? _ (", not decided by the district")
                                               : "");
  if (task == BENK_TASK_NO_ANSWER)
    g_string_append_printf (
      text, " %s",
      _ ("It does not answer and is not reset. It may contain personal data, which goes "
         "with its return; the vendor's written erasure is needed before the return is "
         "closed."));
  if (task == BENK_TASK_SETTINGS || task == BENK_TASK_MAKE_READY ||
      task == BENK_TASK_SWAP)
    {
      if (next != NULL)
        g_string_append_printf (text, " %s", next);
      if (task == BENK_TASK_SETTINGS && next == NULL && told == NULL)
        g_string_append_printf (text, " %s",
                                _ ("When the next dose comes is not known."));
    }
  return g_string_free (text, FALSE);
}

static gboolean
keep_run (BenkDb *db, Result *self, BenkScope *scope, BenkId *id, GError **error)
{
  g_autoptr (BenkRun) run = benk_run_new ();
  g_autofree char *reading = compose_reading (self);
  g_autofree char *sentence = compose_sentence (self, benk_scope_get_wall_ms (scope));

  benk_run_set_device_id (run, &self->member->device);
  benk_run_set_kind (run, benk_checklist_get_run_kind (self->work->form->task));
  benk_run_set_link_kind (run, BENK_LINK_KIND_CHECKLIST);
  benk_run_set_outcome (run, BENK_RUN_OUTCOME_VERIFIED);
  benk_run_set_started_ms (run, self->work->started_ms);
  benk_run_set_ended_ms (run, benk_scope_get_wall_ms (scope));
  benk_run_set_plan_id (run, &self->work->plan);
  benk_run_set_detail (run, sentence);
  if (!benk_table_run_insert (db, run, reading, error))
    return FALSE;
  *id = *benk_run_get_id (run);
  return benk_table_checklist_work_set_run (db, &self->member->id, id, error);
}

static gboolean
keep_proof (BenkDb *db, const Result *self, const BenkId *run, GError **error)
{
  BenkTask task = self->work->form->task;
  g_autoptr (BenkProof) proof = NULL;

  if (!benk_task_gives_proof (task))
    return TRUE;
  proof = benk_proof_new ();
  benk_proof_set_device_id (proof, &self->member->device);
  benk_proof_set_kind (proof, task == BENK_TASK_RESET ? BENK_PROOF_KIND_RESET
                                                      : BENK_PROOF_KIND_READY);
  benk_proof_set_link_kind (proof, BENK_LINK_KIND_CHECKLIST);
  benk_proof_set_run_id (proof, run);
  return benk_table_proof_insert (db, proof, error);
}

static gboolean
complete_member (BenkDb *db, BenkScope *scope, Result *self, GError **error)
{
  g_autoptr (BenkDevice) device =
    benk_table_device_get (db, &self->member->device, error);
  BenkId run;

  if (device == NULL || !benk_checklist_touch (db, self->work, NULL, NULL, error))
    return FALSE;
  self->state = benk_device_get_state (device);
  if (!benk_checklist_allow (self->work->form->task, self->state, error))
    {
      g_prefix_error (error, "%s: ", self->member->serial);
      return FALSE;
    }
  return keep_facts (db, self, FALSE, error) && keep_run (db, self, scope, &run, error) &&
         keep_proof (db, self, &run, error) && follow_state (db, self, error) &&
         keep_facts (db, self, TRUE, error);
}

static void
append_result (GString *text, const Result *self, gboolean batch)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (batch)
    g_string_append_printf (line, "\n%s: %s", self->member->serial,
                            self->missing != NULL ? self->missing : _ ("kept"));
  else if (self->missing != NULL)
    g_string_append_printf (line, " %s", self->missing);
  g_string_append (text, line->str);
}

static void
begin_sentence (GString *text, const Result *self, guint n, gint64 now_ms)
{
  const char *told = get_typed (self, "next-dose-told");
  g_autofree char *sentence = compose_sentence (self, now_ms);

  g_string_append (text, sentence);
  if (told != NULL)
    g_string_append_printf (text, _ (" Told about the next dose: %s."), told);
  if (n > 1)
    g_string_append_printf (text, ngettext (" %u device:", " %u devices:", n), n);
}

/**
 * benk_checklist_complete_work:
 *
 * Keeps, for every device that is not left out, the facts that the ticks attest, the run,
 * and the proof of making ready or reset, with link kind checklist; then the state
 * follows as far as its guards let it. All of them, or none.
 */
gboolean
benk_checklist_complete_work (BenkDb *db,
                              BenkScope *scope,
                              BenkListChange *change,
                              BenkChecklistWork *work,
                              GError **error)
{
  guint n = benk_checklist_work_get_n_active (work);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!benk_checklist_work_check (work, error))
    return FALSE;
  for (guint i = 0; i < work->members->len; i++)
    {
      Result result = { .work = work, .member = g_ptr_array_index (work->members, i) };
      gboolean done;

      if (result.member->left_out)
        continue;
      done = complete_member (db, scope, &result, error);
      if (done && text->len == 0)
        begin_sentence (text, &result, n, benk_scope_get_wall_ms (scope));
      if (done)
        append_result (text, &result, n > 1);
      g_free (result.missing);
      if (!done)
        return FALSE;
    }
  if (!benk_table_checklist_work_end (db, &work->id, BENK_WORK_DONE, NULL, error))
    return FALSE;
  change->sentence = g_strdup (text->str);
  return TRUE;
}

/**
 * benk_checklist_complete_async:
 * @self: a list with every step done
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Ends the list with its result, see benk_checklist_change_finish().
 */
void
benk_checklist_complete_async (BenkChecklist *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const BenkChecklistWork *work = benk_checklist_get_work (self);

  benk_list_change_run (self,
                        work->form->task == BENK_TASK_RESET ? BENK_VERB_PROOF
                                                            : BENK_VERB_RUN,
                        benk_list_change_new (self, benk_checklist_complete_work),
                        benk_checklist_complete_async, cancellable, callback, user_data);
}
