/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-rows-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-import-known-private.h"
#include "benk-model.h"
#include "benk-serial.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-place.h"
#include "benk-table-placement.h"

void
benk_import_result_free (BenkImportResult *self)
{
  g_clear_object (&self->device);
  g_free (self->label);
  g_free (self->reason);
  g_free (self);
}

static void
add_change (GString *changes, BenkImportField field, const char *from, const char *to)
{
  g_string_append_printf (changes, "%s%s: %s → %s", changes->len > 0 ? ", " : "",
                          benk_import_field_get_label (field), from != NULL ? from : "–",
                          to);
}

/* What a person typed may have blanks that a list does not keep, and an IMEI its groups.
 */
static gboolean
is_same_text (const char *known, const char *to, BenkImportField field)
{
  g_autofree char *clean = known != NULL ? benk_import_plan_clean (known, field) : NULL;
  g_autofree char *imei = clean != NULL && field == BENK_IMPORT_FIELD_IMEI
                            ? benk_import_read_imei (clean)
                            : NULL;

  return g_strcmp0 (imei != NULL ? imei : clean, to) == 0;
}

/* An empty cell says nothing; anything else that differs is taken over into @known. */
static void
merge_texts (BenkDevice *known, BenkDevice *row, GString *changes)
{
  static const struct
  {
    const char *property;
    BenkImportField field;
  } texts[] = {
    { "imei", BENK_IMPORT_FIELD_IMEI },
    { "asset", BENK_IMPORT_FIELD_ASSET },
    { "place-name", BENK_IMPORT_FIELD_PLACE },
    { "team", BENK_IMPORT_FIELD_TEAM },
    { "vendor", BENK_IMPORT_FIELD_VENDOR },
    { "received-date", BENK_IMPORT_FIELD_RECEIVED },
    { "warranty-date", BENK_IMPORT_FIELD_WARRANTY },
    { "lease-end-date", BENK_IMPORT_FIELD_LEASE_END },
    { "person-ref", BENK_IMPORT_FIELD_REFERENCE },
    { "note", BENK_IMPORT_FIELD_COMMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      g_object_get (known, texts[i].property, &from, NULL);
      g_object_get (row, texts[i].property, &to, NULL);
      if (to == NULL || is_same_text (from, to, texts[i].field))
        continue;
      add_change (changes, texts[i].field, from, to);
      g_object_set (known, texts[i].property, to, NULL);
    }
}

static void
merge_owner (BenkDevice *known, BenkDevice *row, GString *changes)
{
  BenkOwner from = benk_device_get_owner (known);
  BenkOwner to = benk_device_get_owner (row);

  if (to == BENK_OWNER_UNKNOWN || to == from)
    return;
  add_change (changes, BENK_IMPORT_FIELD_OWNER,
              from != BENK_OWNER_UNKNOWN ? benk_owner_get_label (from) : NULL,
              benk_owner_get_label (to));
  benk_device_set_owner (known, to);
}

/* "Nullstilt" in a list is no proof and means the shelf, but of a device that is reset it
 * says what is so. */
static gboolean
is_own_word (BenkImportPlan *plan, guint row, BenkDeviceState state)
{
  g_autofree char *word = benk_import_plan_dup_text (plan, row, BENK_IMPORT_FIELD_STATE);
  g_autofree char *folded = benk_import_fold_word (word);
  g_autofree char *label =
    benk_import_fold_word (benk_device_state_get_label (state, FALSE));
  g_autofree char *proven =
    benk_import_fold_word (benk_device_state_get_label (state, TRUE));

  return word != NULL && (g_str_equal (folded, label) || g_str_equal (folded, proven) ||
                          g_strcmp0 (word, benk_device_state_to_name (state)) == 0);
}

static gboolean
merge_state (BenkImportPlan *plan,
             BenkDb *db,
             BenkDevice *known,
             BenkImportResult *result,
             GString *changes,
             GError **error)
{
  int to = (int) benk_device_get_state (result->device);
  BenkDeviceState from = benk_device_get_state (known);
  g_autoptr (BenkLifecycleView) view = NULL;
  g_autoptr (GError) refused = NULL;

  if (to < 0 || to == (int) from || is_own_word (plan, result->row, from))
    {
      benk_device_set_state (result->device, from);
      return TRUE;
    }

  view = benk_device_view_load (db, benk_device_get_id (known), error);
  if (view == NULL)
    return FALSE;
  if (!benk_lifecycle_allow (view, to, NULL, NULL, &refused))
    benk_import_result_set_wrong (result, "%s", refused->message);
  else
    add_change (changes, BENK_IMPORT_FIELD_STATE, benk_device_describe_state (known),
                benk_device_state_get_label ((BenkDeviceState) to, FALSE));

  return TRUE;
}

/* What the row is to a device that is there already. Afterwards the device of @result is
 * the known one with the new values, its state the one to change to. */
static gboolean
compare_known (BenkImportPlan *plan,
               BenkDb *db,
               BenkDevice *known,
               BenkImportResult *result,
               GError **error)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  BenkDeviceState to;

  if (!merge_state (plan, db, known, result, changes, error))
    return FALSE;
  if (result->verdict == BENK_IMPORT_WRONG)
    return TRUE;

  to = benk_device_get_state (result->device);
  merge_texts (known, result->device, changes);
  merge_owner (known, result->device, changes);
  if (changes->len == 0)
    {
      result->verdict = BENK_IMPORT_SAME;
      return TRUE;
    }

  result->verdict = BENK_IMPORT_CHANGED;
  result->reason = g_string_free (g_steal_pointer (&changes), FALSE);
  benk_device_set_state (known, to);
  g_set_object (&result->device, known);

  return TRUE;
}

/* The rule of one active device a user holds for lists as well. */
static gboolean
check_one_active (BenkImportPlan *plan,
                  BenkDb *db,
                  BenkImportResult *result,
                  BenkImportSeen *seen,
                  GError **error)
{
  guint active = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
                 BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
                 BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED);
  const char *reference = benk_device_get_person_ref (result->device);
  BenkModel *model =
    benk_model_find (plan->models, benk_device_get_model_id (result->device));
  g_autoptr (GError) local = NULL;
  BenkId person;

  if (reference == NULL ||
      (model != NULL && !benk_model_kind_gives_doses (benk_model_get_kind (model))) ||
      !(active & BENK_DEVICE_STATE_MASK (benk_device_get_state (result->device))) ||
      !benk_import_seen_add (seen->users, result, reference, _ ("user")))
    return TRUE;

  if (benk_table_person_find (db, reference, &person, &local) &&
      benk_table_placement_is_active (db, &person, benk_device_get_id (result->device),
                                      NULL, &local))
    benk_import_result_set_wrong (result, "%s",
                                  _ ("The user has another active device."));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A name that is known for something else is no team, nor one that says so itself. */
static gboolean
check_team (BenkDb *db, BenkImportResult *result, BenkImportSeen *seen, GError **error)
{
  const char *team = benk_device_get_team (result->device);
  g_autoptr (GError) local = NULL;
  BenkPlaceKind kind;
  gpointer known;

  if (team == NULL)
    return TRUE;
  if (g_hash_table_lookup_extended (seen->teams, team, NULL, &known))
    kind = GPOINTER_TO_INT (known);
  else
    {
      if (!benk_table_place_find_kind (db, team, &kind, &local))
        kind = benk_table_place_guess_kind (team);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_hash_table_insert (seen->teams, g_strdup (team), GINT_TO_POINTER (kind));
    }
  if (kind != BENK_PLACE_KIND_TEAM && kind != BENK_PLACE_KIND_STORE)
    benk_import_result_set_wrong (result, _ ("“%s” is not a team but: %s."), team,
                                  benk_place_kind_get_label (kind));

  return TRUE;
}

/* Whom a device on the shelf is said to be with is for a person to look at. */
static gboolean
check_user (BenkImportPlan *plan,
            BenkDb *db,
            BenkImportResult *result,
            BenkImportSeen *seen,
            GError **error)
{
  BenkDeviceState state = benk_device_get_state (result->device);
  g_autofree char *said =
    benk_import_plan_dup_text (plan, result->row, BENK_IMPORT_FIELD_REFERENCE);

  if (said == NULL || benk_device_state_may_have_person (state))
    return check_one_active (plan, db, result, seen, error);

  benk_import_result_set_wrong (result,
                                _ ("A device that is “%s” cannot be with a user."),
                                benk_device_state_get_label (state, FALSE));
  return TRUE;
}

static gboolean
compare_row (BenkImportPlan *plan,
             BenkDb *db,
             BenkImportResult *result,
             BenkImportSeen *seen,
             GError **error)
{
  const BenkDeviceKeys *keys;
  g_autoptr (BenkDevice) known = NULL;

  if (benk_sheet_is_blank (plan->sheet, result->row))
    {
      result->verdict = BENK_IMPORT_BLANK;
      return TRUE;
    }
  if (!benk_import_read_row (plan, result, seen, &keys))
    return TRUE;
  if (!check_team (db, result, seen, error))
    return FALSE;
  if (result->verdict == BENK_IMPORT_WRONG)
    return TRUE;

  if (keys == NULL)
    {
      result->verdict = BENK_IMPORT_NEW;
      if ((int) benk_device_get_state (result->device) < 0)
        benk_device_set_state (result->device, BENK_DEVICE_STATE_RECEIVED);
      return check_user (plan, db, result, seen, error);
    }

  known = benk_table_device_get (db, &keys->id, error);
  if (known == NULL || !compare_known (plan, db, known, result, error))
    return FALSE;

  return result->verdict != BENK_IMPORT_CHANGED ||
         check_user (plan, db, result, seen, error);
}

/*
 * benk_import_rows_compare:
 * @db: a connection; in a scope when the rows are to be written
 * @cancellable: (nullable): a cancellable
 *
 * Says of every row after the heading what it is to the inventory. Writes nothing.
 *
 * Returns: (element-type BenkImportResult): one a row, in their order; %NULL with @error
 */
GPtrArray *
benk_import_rows_compare (BenkImportPlan *plan,
                          BenkDb *db,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GPtrArray) results =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_import_result_free);
  guint n_rows = benk_sheet_get_n_rows (plan->sheet);
  g_auto (BenkImportSeen) seen = { NULL };

  if (!benk_import_plan_check (plan, error) || !benk_import_seen_init (&seen, db, error))
    return NULL;
  benk_import_meter_set (&plan->meter, BENK_IMPORT_COMPARING, 0, n_rows);
  for (guint row = plan->heading + 1; row < n_rows; row++)
    {
      BenkImportResult *result = g_new0 (BenkImportResult, 1);

      result->row = row;
      result->line = benk_sheet_get_line (plan->sheet, row);
      g_ptr_array_add (results, result);
      if (!benk_import_meter_tick (&plan->meter, row, cancellable, error) ||
          !compare_row (plan, db, result, &seen, error))
        return NULL;
    }

  return g_steal_pointer (&results);
}

/* Where it stands follows whom it is with. */
static gboolean
follow_user (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkDevice) device = benk_table_device_get (db, id, error);
  BenkId team;

  return device != NULL &&
         benk_table_place_ensure (db, benk_device_get_team (device), BENK_PLACE_KIND_TEAM,
                                  &team, error) &&
         benk_table_placement_follow (db, id, benk_device_get_state (device),
                                      benk_device_get_person_id (device), &team, error);
}

static gboolean
write_changed (BenkDb *db, BenkDevice *device, GError **error)
{
  BenkDeviceState to = benk_device_get_state (device);
  g_autoptr (BenkDevice) before =
    benk_table_device_get (db, benk_device_get_id (device), error);

  if (before == NULL)
    return FALSE;
  if (benk_device_get_state (before) != to &&
      !benk_device_change_state (db, benk_device_get_id (device), to, NULL, 0, NULL,
                                 error))
    return FALSE;

  /* A state that cannot have a user has taken it away. */
  if (!benk_device_state_may_have_person (to))
    {
      BenkId nobody = BENK_ID_NIL;

      benk_device_set_person_ref (device, NULL);
      benk_device_set_person_id (device, &nobody);
    }

  return benk_table_device_update (db, device, error) &&
         follow_user (db, benk_device_get_id (device), error);
}

/*
 * benk_import_rows_write:
 * @results: what benk_import_rows_compare() said in the same scope
 * @db: a connection with an open scope
 * @cancellable: (nullable): a cancellable
 *
 * Writes new and changed rows. No proof is written: a list proves nothing.
 */
gboolean
benk_import_rows_write (BenkImportPlan *plan,
                        GPtrArray *results,
                        BenkDb *db,
                        GCancellable *cancellable,
                        GError **error)
{
  benk_import_meter_set (&plan->meter, BENK_IMPORT_WRITING, 0, results->len);
  for (guint i = 0; i < results->len; i++)
    {
      BenkImportResult *result = g_ptr_array_index (results, i);
      gboolean done = TRUE;

      if (!benk_import_meter_tick (&plan->meter, i, cancellable, error))
        return FALSE;
      if (result->verdict == BENK_IMPORT_NEW)
        done = benk_table_device_insert (db, result->device, NULL, error);
      else if (result->verdict == BENK_IMPORT_CHANGED)
        done = write_changed (db, result->device, error);
      if (!done)
        {
          g_prefix_error (error, _ ("Line %u: "), result->line);
          return FALSE;
        }
    }
  benk_import_meter_set (&plan->meter, BENK_IMPORT_SAVING, 0, 0);

  return TRUE;
}

static gboolean
guess_state (const char *word, int *choice)
{
  BenkDeviceState state;

  if (!benk_import_guess_state (word, &state))
    return FALSE;
  *choice = (int) state;
  return TRUE;
}

static const char *
state_to_name (int choice)
{
  return benk_device_state_to_name ((BenkDeviceState) choice);
}

static gboolean
state_from_name (const char *name, int *choice)
{
  BenkDeviceState state;

  if (!benk_device_state_from_name (name, &state))
    return FALSE;
  *choice = (int) state;
  return TRUE;
}

const BenkImportKind benk_import_of_devices = {
  .verb = BENK_VERB_IMPORT,
  .profile = "",
  .missing = N_ ("No line names the columns. At least model (Type) and serial number "
                 "(Serienr) must be there."),
  .changed = N_ ("The devices have changed since the list was compared. Compare it "
                 "again."),
  .word_field = BENK_IMPORT_FIELD_STATE,
  .guess_field = benk_import_guess_field,
  .has_needed = benk_import_plan_has_device,
  .guess_word = guess_state,
  .word_to_name = state_to_name,
  .word_from_name = state_from_name,
  .compare = benk_import_rows_compare,
};
