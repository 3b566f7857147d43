/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-document-private.h"

#include "benk-checklist.h"
#include "benk-error.h"
#include "benk-plan.h"
#include "benk-proof.h"
#include "benk-table-checklist.h"
#include "benk-table-device.h"
#include "benk-table-model.h"
#include "benk-table-proof.h"
#include "benk-table-run.h"
#include "benk-table-staff.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* What a confirmation of reset rests on: the proof, its run, and the row of the change
 * log that holds both. */

static BenkRun *
find_newest_reset (GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    if (benk_run_get_kind (g_ptr_array_index (runs, i)) == BENK_RUN_KIND_RESET)
      return g_ptr_array_index (runs, i);
  return NULL;
}

static gboolean
refuse_without_proof (BenkDb *db, BenkDevice *device, GError **error)
{
  g_autoptr (GPtrArray) runs =
    benk_table_run_list (db, benk_device_get_id (device), error);
  BenkRun *run = runs != NULL ? find_newest_reset (runs) : NULL;
  const char *detail = run != NULL ? benk_run_get_detail (run) : NULL;

  if (runs != NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, "%s: %s %s",
                 benk_device_get_serial (device), _ ("The reset is not proven."),
                 detail != NULL ? detail : _ ("Reset it first."));
  return FALSE;
}

static BenkProof *
find_proof (GPtrArray *proofs)
{
  for (guint i = 0; i < proofs->len; i++)
    if (benk_proof_get_kind (g_ptr_array_index (proofs, i)) == BENK_PROOF_KIND_RESET)
      return g_ptr_array_index (proofs, i);
  return NULL;
}

/* A proof that counts here, stands, and belongs to a run that was verified. */
static gboolean
check_proof (
  BenkDb *db, BenkDevice *device, BenkProof *proof, BenkRun *run, GError **error)
{
  const char *serial = benk_device_get_serial (device);

  if (!benk_proof_get_valid (proof))
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ (
                   "%s has been made ready or used since its reset and may hold settings "
                   "again. Reset it again."),
                 serial);
  else if (run == NULL || benk_run_get_kind (run) != BENK_RUN_KIND_RESET ||
           benk_run_get_outcome (run) != BENK_RUN_OUTCOME_VERIFIED ||
           benk_run_get_link_kind (run) != benk_proof_get_link_kind (proof) ||
           !benk_device_get_reset_proven (device))
    return refuse_without_proof (db, device, error);
  else
    return TRUE;
  return FALSE;
}

/* --- what is told of it --- */

static gboolean
name_model (BenkDb *db, const char *id, char **name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkModel) model = benk_table_model_find (db, id, &local);

  *name = g_strdup (model != NULL ? benk_model_get_name (model) : id);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Nobody, where nobody had been chosen, or who it was is erased. */
static gboolean
name_staff (BenkDb *db, const BenkId *id, char **name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStaff) staff =
    benk_id_is_nil (id) ? NULL : benk_table_staff_get (db, id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (staff == NULL)
    return TRUE;
  if (benk_staff_get_name (staff) == NULL || *benk_staff_get_name (staff) == '\0')
    *name = g_strdup (benk_staff_get_initials (staff));
  else
    *name = g_strdup_printf ("%s (%s)", benk_staff_get_name (staff),
                             benk_staff_get_initials (staff));
  return TRUE;
}

/* The row of this laptop's change log in which the proof was written. */
static gboolean
take_row (BenkDb *db, BenkPaperReset *reset, BenkProof *proof, GError **error)
{
  g_autoptr (BenkJournalRow) row =
    benk_journal_get_row (db, benk_proof_get_order (proof), error);

  if (row == NULL)
    return FALSE;
  reset->row = row->seq;
  reset->row_hash = benk_journal_hash_to_string (row->hash);
  reset->account = g_strdup (row->account);
  return name_staff (db, &row->staff, &reset->name, error);
}

static void
add_check (BenkPaperReset *reset, JsonObject *check)
{
  const char *id = json_object_get_string_member_with_default (check, "id", "");
  const char *result = json_object_get_string_member_with_default (check, "result", "");

  benk_paper_reset_add_check (reset, id,
                              g_str_equal (result, "done")      ? BENK_PAPER_MARK_DONE
                              : g_str_equal (result, "skipped") ? BENK_PAPER_MARK_SKIPPED
                                                                : BENK_PAPER_MARK_OPEN,
                              NULL, NULL);
}

/* In the words of the version that was worked by, which a district may have changed. */
static const char *
find_words (const BenkChecklistVersion *version, const char *id)
{
  const BenkFormStep *step =
    version != NULL ? benk_checklist_form_find (version->form, id) : NULL;
  const BenkChecklistStep *own = benk_checklist_step_find (id);

  if (step != NULL && benk_form_step_get_text (step) != NULL)
    return benk_form_step_get_text (step);
  return own != NULL ? benk_checklist_step_get_text (own) : _ ("erased");
}

/* A line of a checklist: its words, and who ticked it when. */
static void
add_line (BenkDb *db,
          BenkPaperReset *reset,
          const BenkChecklistVersion *version,
          JsonObject *line)
{
  const char *id = json_object_get_string_member_with_default (line, "step", "");
  gint64 at_ms = json_object_get_int_member_with_default (line, "at_ms", 0);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  g_autofree char *when = g_date_time_format (at, "%Y-%m-%d %H:%M");
  g_autoptr (BenkStaff) staff = NULL;
  g_autofree char *result = NULL;
  BenkId who;

  if (benk_id_parse (json_object_get_string_member_with_default (line, "staff", ""),
                     &who))
    staff = benk_table_staff_get (db, &who, NULL);
  result =
    g_strdup_printf ("%s %s",
                     staff != NULL ? benk_staff_get_initials (staff) : _ ("erased"),
                     when);
  benk_paper_reset_add_check (reset, id, BENK_PAPER_MARK_DONE, find_words (version, id),
                              result);
}

static BenkChecklistVersion *
load_version (BenkDb *db, JsonObject *reading)
{
  BenkId id;

  if (!benk_id_parse (json_object_get_string_member_with_default (reading, "version", ""),
                      &id))
    return NULL;
  return benk_table_checklist_get (db, &id, NULL);
}

static void
take_reading (BenkDb *db, BenkPaperReset *reset, const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *reading =
    root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  gboolean by_list = reset->link_kind == BENK_LINK_KIND_CHECKLIST;
  const char *member = by_list ? "steps" : "checks";
  g_autoptr (BenkChecklistVersion) version = NULL;
  JsonNode *node;
  JsonArray *lines;

  if (reading == NULL)
    return;
  reset->firmware =
    g_strdup (json_object_get_string_member_with_default (reading, "firmware", NULL));
  version = by_list ? load_version (db, reading) : NULL;
  node = json_object_get_member (reading, member);
  lines =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonNode *line = json_array_get_element (lines, i);

      if (!JSON_NODE_HOLDS_OBJECT (line))
        continue;
      if (by_list)
        add_line (db, reset, version, json_node_get_object (line));
      else
        add_check (reset, json_node_get_object (line));
    }
}

static BenkPaperReset *
describe (BenkDb *db,
          BenkDevice *device,
          BenkRun *run,
          BenkProof *proof,
          const BenkJournalHead *head,
          GError **error)
{
  g_autoptr (BenkPaperReset) reset = benk_paper_reset_new ();
  g_autofree char *reading = NULL;
  g_autoptr (GError) local = NULL;

  if (!name_model (db, benk_device_get_model_id (device), &reset->model, error))
    return NULL;
  reset->serial = g_strdup (benk_device_get_serial (device));
  reset->asset = g_strdup (benk_device_get_asset (device));
  reset->imei = g_strdup (benk_device_get_imei (device));
  reset->started_ms = benk_run_get_started_ms (run);
  reset->proven_ms = benk_proof_get_at_ms (proof);
  reset->link_kind = benk_proof_get_link_kind (proof);
  reset->demo = head->demo;
  reset->run = benk_id_to_string (benk_run_get_id (run));
  reset->head = head->seq;
  reset->head_hash = benk_journal_hash_to_string (head->hash);
  reading = benk_table_run_get_reading (db, benk_run_get_id (run), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  take_reading (db, reset, reading);
  if (!take_row (db, reset, proof, error))
    return NULL;
  return g_steal_pointer (&reset);
}

/*
 * benk_document_read_reset:
 * @head: the newest row of the change log
 *
 * Reads the reset of @device that is proven now.
 *
 * Returns: (transfer full) (nullable): the reset; %NULL with %BENK_ERROR_REFUSED and the
 *   reason when there is none
 */
BenkPaperReset *
benk_document_read_reset (BenkDb *db,
                          const BenkId *id,
                          const BenkJournalHead *head,
                          GError **error)
{
  g_autoptr (BenkDevice) device = benk_table_device_get (db, id, error);
  g_autoptr (GPtrArray) proofs =
    device != NULL ? benk_table_proof_list (db, id, error) : NULL;
  BenkProof *proof = proofs != NULL ? find_proof (proofs) : NULL;
  g_autoptr (BenkRun) run = NULL;

  if (proofs == NULL)
    return NULL;
  if (proof == NULL)
    {
      refuse_without_proof (db, device, error);
      return NULL;
    }
  run = benk_table_run_get (db, benk_proof_get_run_id (proof), NULL);
  if (!check_proof (db, device, proof, run, error))
    return NULL;
  return describe (db, device, run, proof, head, error);
}
