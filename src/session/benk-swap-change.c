/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-table-note.h"
#include "benk-table-place.h"
#include "benk-text-check.h"

/* What a swap writes, each in one scope of the store's writing thread. */

/** benk_swap_change_new: Returns: (transfer full): the swap as the sheet has it now */
BenkSwapChange *
benk_swap_change_new (BenkSwap *self)
{
  BenkSwapView *view = benk_swap_get_view (self);
  BenkSwapChoice *chosen = benk_swap_get_chosen (self);
  BenkSwapChange *change = g_new0 (BenkSwapChange, 1);
  const char *way = benk_swap_get_by_checklist (self) ? "checklist" : "cable";

  change->row = g_new0 (BenkVisitRow, 1);
  if (view->row != NULL)
    {
      *change->row = *view->row;
      change->row->way = NULL;
    }
  change->row->kind = BENK_VISIT_SWAP;
  change->row->device = *benk_device_get_id (view->old);
  change->row->person = view->person;
  if (chosen != NULL)
    change->row->other = *benk_device_get_id (benk_swap_choice_get_device (chosen));
  change->row->way = g_strdup (way);
  change->mask = benk_swap_get_mask (self);
  change->row->lines = change->mask;
  change->medicine_by = g_strdup (benk_swap_get_medicine_by (self));
  change->goes_on = view->goes_on;
  if (chosen != NULL)
    change->reason =
      g_strdup_printf (_ ("%s was swapped for %s"), benk_visit_name_device (view->old),
                       benk_visit_name_device (benk_swap_choice_get_device (chosen)));

  return change;
}

/** benk_swap_change_free: @self: (transfer full): what benk_swap_change_new() gave */
void
benk_swap_change_free (BenkSwapChange *self)
{
  benk_visit_row_free (self->row);
  g_free (self->medicine_by);
  g_free (self->reason);
  g_free (self);
}

/* Another window may have begun the same swap meanwhile; there is one. */
static gboolean
find_begun (BenkDb *db, BenkSwapChange *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkVisitRow) open =
    benk_table_visit_get_open (db, &self->row->device, BENK_VISIT_SWAP, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (open == NULL)
    {
      if (benk_id_is_nil (&self->row->id))
        return TRUE;
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("This swap was finished in another window."));
      return FALSE;
    }
  if (!benk_id_is_nil (&open->other) &&
      !benk_id_equal (&open->other, &self->row->other) &&
      !benk_id_equal (&open->id, &self->row->id))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("This device is being swapped for another one in another "
                              "window."));
      return FALSE;
    }
  self->row->id = open->id;
  self->row->started_ms = open->started_ms;
  self->row->done |= open->done;

  return TRUE;
}

/* Keeps what is to be done before anything is. */
gboolean
benk_swap_change_begin (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkSwapChange *self = data;

  if (!find_begun (db, self, error))
    return FALSE;
  self->row->left_ms = 0;
  if (benk_id_is_nil (&self->row->id))
    return benk_table_visit_insert (db, self->row, error);

  return benk_table_visit_update (db, self->row, error);
}

/* Keeps how far it came: what is left, or that it is finished. */
gboolean
benk_swap_change_keep (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkSwapChange *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkVisitRow) row = benk_table_visit_get (db, &self->row->id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row == NULL || row->ended_ms != 0)
    return TRUE;
  self->row->done |= row->done;

  return benk_table_visit_update (db, self->row, error);
}

static gboolean
attest (BenkDb *db,
        const BenkId *device,
        BenkFactKind kind,
        const char *ref,
        const char *stated_by,
        GError **error)
{
  g_autoptr (BenkFactRecord) fact = benk_fact_record_new ();

  if (!benk_fact_kind_check (kind, ref, stated_by, error))
    return FALSE;
  benk_fact_record_set_device_id (fact, device);
  benk_fact_record_set_kind (fact, kind);
  benk_fact_record_set_ref (fact, ref);
  benk_fact_record_set_stated_by (fact, stated_by);

  return benk_table_fact_insert (db, fact, error);
}

static gboolean
has (const BenkSwapChange *self, BenkSwapPart part)
{
  return (self->mask & BENK_SWAP_BIT (part)) != 0;
}

static gboolean
is_active (BenkDevice *device)
{
  BenkDeviceState state = benk_device_get_state (device);

  return state == BENK_DEVICE_STATE_TRIAL || state == BENK_DEVICE_STATE_OPERATION ||
         state == BENK_DEVICE_STATE_PAUSED;
}

static gboolean
move_medicine (
  BenkDb *db, BenkSwapChange *self, BenkDevice *old, BenkDevice *other, GError **error)
{
  if (!has (self, BENK_SWAP_MEDICINE))
    return TRUE;
  if (benk_device_get_state (old) != BENK_DEVICE_STATE_QUARANTINE &&
      !attest (db, benk_device_get_id (old), BENK_FACT_MEDICINE_REMOVED, NULL,
               self->medicine_by, error))
    return FALSE;

  return is_active (other) ||
         attest (db, benk_device_get_id (other), BENK_FACT_MEDICINE_LOADED, NULL,
                 self->medicine_by, error);
}

/* The user is covered by the very change that takes the old one away. */
static gboolean
take_out (BenkDb *db,
          BenkSwapChange *self,
          BenkDevice *old,
          GHashTable *reasons,
          const BenkId *note,
          GError **error)
{
  BenkDeviceState state = benk_device_get_state (old);

  if (!has (self, BENK_SWAP_QUARANTINE) || state == BENK_DEVICE_STATE_QUARANTINE)
    return TRUE;
  if (has (self, BENK_SWAP_TAKE_OVER) &&
      !attest (db, &self->row->device, BENK_FACT_USER_COVERED, NULL, NULL, error))
    return FALSE;

  return benk_device_change_state (db, &self->row->device, BENK_DEVICE_STATE_QUARANTINE,
                                   reasons, 0, note, error);
}

/* Where the old one stood stands the new one; the old one is on its way. */
static gboolean
exchange_places (BenkDb *db, BenkDevice *old, BenkDevice *other, GError **error)
{
  BenkId place = *benk_device_get_place_id (old);
  BenkId nowhere = BENK_ID_NIL;

  return benk_table_device_set_place (db, benk_device_get_id (old), &nowhere, error) &&
         benk_table_device_set_place (db, benk_device_get_id (other), &place, error);
}

static gboolean
give_to_user (
  BenkDb *db, BenkSwapChange *self, BenkDevice *old, BenkDevice *other, GError **error)
{
  const BenkId *person = benk_device_get_person_id (other);

  if (!benk_id_is_nil (person) && !benk_id_equal (person, &self->row->person))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("The device is being made ready for another user. Reset it "
                              "first."));
      return FALSE;
    }
  benk_device_set_person_ref (other, NULL);
  benk_device_set_person_id (other, &self->row->person);
  benk_device_set_team (other, benk_device_get_team (old));

  return benk_table_device_update (db, other, error);
}

static gboolean
take_over (BenkDb *db,
           BenkSwapChange *self,
           BenkDevice *old,
           BenkDevice *other,
           GHashTable *reasons,
           const BenkId *note,
           GError **error)
{
  const char *serial = benk_device_get_serial (old);
  /* A stop goes on with the device that takes over when the user is back. */
  BenkDeviceState to = self->goes_on == BENK_DEVICE_STATE_TRIAL
                         ? BENK_DEVICE_STATE_TRIAL
                         : BENK_DEVICE_STATE_OPERATION;

  if (!has (self, BENK_SWAP_TAKE_OVER) || is_active (other))
    return TRUE;
  if (!give_to_user (db, self, old, other, error) ||
      !attest (db, &self->row->other, BENK_FACT_REPLACED_DEVICE, serial, NULL, error))
    return FALSE;
  if (self->goes_on == BENK_DEVICE_STATE_PAUSED)
    return TRUE;

  return exchange_places (db, old, other, error) &&
         benk_device_change_state (db, &self->row->other, to, reasons, 0, note, error);
}

/*
 * benk_swap_change_hand_over:
 * @data: a #BenkSwapChange
 *
 * The old device leaves and the new one takes over in one change: at no instant has the
 * user two, and at none is one taken away that is not replaced. Each guard is asked.
 */
gboolean
benk_swap_change_hand_over (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkSwapChange *self = data;
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (BenkDevice) old = benk_table_device_get (db, &self->row->device, error);
  g_autoptr (BenkDevice) other =
    old != NULL ? benk_table_device_get (db, &self->row->other, error) : NULL;
  BenkId note;

  if (other == NULL || !benk_text_check_note (self->medicine_by, error) ||
      !benk_table_note_add_of_device (db, BENK_NOTE_REASON, self->reason,
                                      &self->row->device, &note, error))
    return FALSE;
  g_hash_table_insert (reasons, (gpointer) "*", self->reason);
  benk_scope_set_reason (scope, &note);

  return move_medicine (db, self, old, other, error) &&
         take_out (db, self, old, reasons, &note, error) &&
         take_over (db, self, old, other, reasons, &note, error);
}
