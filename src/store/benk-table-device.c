/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-device.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-serial.h"
#include "benk-table-device-private.h"
#include "benk-table-note.h"
#include "benk-table-person.h"
#include "benk-table-place.h"
#include "benk-table-placement.h"
#include "benk-table-transition.h"

#define INSERT_SQL                                                                       \
  "INSERT INTO device (id, model_id, serial, serial_key, imei, asset, state,"            \
  " state_since_ms, origin, vendor, received_date, warranty_date, place_id, team_id,"    \
  " person_id, note_id, owner, lease_end_date, labelled_ms)"                             \
  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

#define UPDATE_SQL                                                                       \
  "UPDATE device SET model_id = ?2, serial = ?3, serial_key = ?4, former_serials = ?5,"  \
  " imei = ?6, asset = ?7, vendor = ?8, received_date = ?9, warranty_date = ?10,"        \
  " place_id = ?11, team_id = ?12, person_id = ?13, note_id = ?14, owner = ?15,"         \
  " lease_end_date = ?16, labelled_ms = ?17 WHERE id = ?1"

/* What the words of a record point at. */
typedef struct
{
  BenkId place;
  BenkId team;
  BenkId person;
  BenkId note;
} Pointers;

gpointer
benk_table_device_read (BenkStmt *stmt)
{
  BenkDevice *device = benk_device_new ();
  const char *former = benk_stmt_get_text (stmt, 3);
  const char *ready = benk_stmt_get_text (stmt, 22);
  BenkLinkKind ready_link = BENK_LINK_KIND_IMPORTED;
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;
  BenkOrigin origin = BENK_ORIGIN_REGISTERED;
  BenkOwner owner;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_device_set_id (device, &id);
  benk_device_set_model_id (device, benk_stmt_get_text (stmt, 1));
  benk_device_set_serial (device, benk_stmt_get_text (stmt, 2));
  if (former != NULL)
    {
      g_auto (GStrv) list = g_strsplit (former, "\n", -1);

      benk_device_set_former_serials (device, (const char *const *) list);
    }
  benk_device_set_imei (device, benk_stmt_get_text (stmt, 4));
  benk_device_set_asset (device, benk_stmt_get_text (stmt, 5));
  benk_device_state_from_name (benk_stmt_get_text (stmt, 6), &state);
  benk_device_set_state (device, state);
  benk_device_set_state_since_ms (device, benk_stmt_get_int64 (stmt, 7));
  benk_origin_from_name (benk_stmt_get_text (stmt, 8), &origin);
  benk_device_set_origin (device, origin);
  benk_device_set_vendor (device, benk_stmt_get_text (stmt, 9));
  benk_device_set_received_date (device, benk_stmt_get_text (stmt, 10));
  benk_device_set_warranty_date (device, benk_stmt_get_text (stmt, 11));
  benk_stmt_get_id (stmt, 12, &id);
  benk_device_set_place_id (device, &id);
  benk_device_set_place_name (device, benk_stmt_get_text (stmt, 13));
  benk_stmt_get_id (stmt, 14, &id);
  benk_device_set_person_id (device, &id);
  benk_device_set_person_ref (device, benk_stmt_get_text (stmt, 15));
  benk_device_set_team (device, benk_stmt_get_text (stmt, 16));
  benk_device_set_note (device, benk_stmt_get_text (stmt, 17));
  if (benk_owner_from_name (benk_stmt_get_text (stmt, 18), &owner))
    benk_device_set_owner (device, owner);
  benk_device_set_lease_end_date (device, benk_stmt_get_text (stmt, 19));
  benk_device_set_labelled_ms (device, benk_stmt_get_int64 (stmt, 20));
  benk_device_set_reset_proven (device, benk_stmt_get_int64 (stmt, 21) != 0);
  benk_device_set_ready_proven (device, ready != NULL &&
                                          benk_link_kind_from_name (ready, &ready_link));
  benk_device_set_ready_link (device, ready_link);
  benk_device_set_reserved_date (device, benk_stmt_get_text (stmt, 23));
  benk_device_set_reserved_ref (device, benk_stmt_get_text (stmt, 24));

  return device;
}

/* Not known is not said. */
static const char *
get_owner_name (BenkDevice *device)
{
  BenkOwner owner = benk_device_get_owner (device);

  return owner != BENK_OWNER_UNKNOWN ? benk_owner_to_name (owner) : NULL;
}

static BenkDevice *
get_one (BenkStmt *stmt, const char *which, GError **error)
{
  if (stmt == NULL || !benk_table_find (stmt, _ ("Device"), which, error))
    return NULL;

  return benk_table_device_read (stmt);
}

/* What kind a place is, is asked of new ones only. */
static gboolean
ensure_place (BenkDb *db, const char *name, BenkId *out_id, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (benk_table_place_find (db, name, out_id, &local))
    return TRUE;
  if (local == NULL)
    return benk_table_place_ensure (db, name, benk_table_place_guess_kind (name), out_id,
                                    error);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The id of a name if it is still the name of @id; else of a place made for it. */
static gboolean
resolve (BenkDb *db, BenkDevice *device, Pointers *at, GError **error)
{
  const char *reference = benk_device_get_person_ref (device);
  const char *place = benk_device_get_place_name (device);

  at->place = *benk_device_get_place_id (device);
  at->person = *benk_device_get_person_id (device);
  /* The team first: a name that says nothing is that of a team then, in a shelf's column
   * as well. */
  if (!benk_table_place_ensure (db, benk_device_get_team (device), BENK_PLACE_KIND_TEAM,
                                &at->team, error))
    return FALSE;
  if (place != NULL && !ensure_place (db, place, &at->place, error))
    return FALSE;

  return reference == NULL || *reference == '\0' ||
         benk_table_person_ensure (db, reference, &at->person, error);
}

/**
 * benk_table_device_insert:
 * @db: a connection with an open scope
 * @device: a device; an id that is nil is set, names of places and of the user's
 *   reference that are new become rows
 * @reason_note: (nullable): why it has the state it starts in
 * @error: return location for an error
 *
 * Adds a device and its first transition. The id is the birth name of model and serial if
 * that is free, else a new one.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_insert (BenkDb *db,
                          BenkDevice *device,
                          const BenkId *reason_note,
                          GError **error)
{
  g_autofree char *key = benk_serial_normalise (benk_device_get_serial (device));
  BenkDeviceState state = benk_device_get_state (device);
  gint64 now = benk_db_get_wall_ms (db);
  BenkId id = *benk_device_get_id (device);
  Pointers at = { 0 };

  if (benk_id_is_nil (&id))
    {
      g_autoptr (BenkStmt) taken = NULL;

      if (benk_device_birth_id (benk_device_get_model_id (device),
                                benk_device_get_serial (device), &id))
        taken =
          benk_table_select (db, error, "SELECT 1 FROM device WHERE id = ?", "i", &id);
      else
        id = benk_id_new (benk_db_get_clock (db));
      if (taken != NULL && benk_stmt_step (taken, NULL))
        id = benk_id_new (benk_db_get_clock (db));
      benk_device_set_id (device, &id);
    }
  if (benk_device_get_state_since_ms (device) == 0)
    benk_device_set_state_since_ms (device, now);

  if (!resolve (db, device, &at, error) ||
      !benk_table_note_add (db, BENK_NOTE_DEVICE, benk_device_get_note (device),
                            &at.person, &at.note, error))
    return FALSE;
  benk_device_set_place_id (device, &at.place);
  benk_device_set_person_id (device, &at.person);

  return benk_table_change (
           db, error, INSERT_SQL,
           "ittttttntttt"
           "iiii"
           "ttm",
           &id, benk_device_get_model_id (device), benk_device_get_serial (device), key,
           benk_device_get_imei (device), benk_device_get_asset (device),
           benk_device_state_to_name (state), benk_device_get_state_since_ms (device),
           benk_origin_to_name (benk_device_get_origin (device)),
           benk_device_get_vendor (device), benk_device_get_received_date (device),
           benk_device_get_warranty_date (device), &at.place, &at.team, &at.person,
           &at.note, get_owner_name (device), benk_device_get_lease_end_date (device),
           benk_device_get_labelled_ms (device)) &&
         benk_table_transition_insert (db, &id, NULL, state, reason_note, error) &&
         (benk_id_is_nil (&at.person) ||
          benk_table_placement_follow (db, &id, state, &at.person, &at.team, error));
}

/* The note stays the same row while its text is the same. */
static gboolean
resolve_note (BenkDb *db, BenkDevice *device, Pointers *at, GError **error)
{
  const char *text = benk_device_get_note (device);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT d.note_id, n.text FROM device d LEFT JOIN note n ON n.id = d.note_id"
    " WHERE d.id = ?",
    "i", benk_device_get_id (device));

  if (stmt == NULL || !benk_table_find (stmt, _ ("Device"), NULL, error))
    return FALSE;
  if (g_strcmp0 (benk_stmt_get_text (stmt, 1), text != NULL && *text ? text : NULL) == 0)
    {
      benk_stmt_get_id (stmt, 0, &at->note);
      return TRUE;
    }

  return benk_table_note_add (db, BENK_NOTE_DEVICE, text, &at->person, &at->note, error);
}

/**
 * benk_table_device_update:
 * @db: a connection with an open scope
 * @device: a device as benk_table_device_get() gave it, with new values
 * @error: return location for an error
 *
 * Writes everything but the state, which has its own function, and what is computed.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_update (BenkDb *db, BenkDevice *device, GError **error)
{
  g_autofree char *key = benk_serial_normalise (benk_device_get_serial (device));
  const char *const *former = benk_device_get_former_serials (device);
  g_autofree char *list = former != NULL ? g_strjoinv ("\n", (char **) former) : NULL;
  Pointers at = { 0 };

  if (!resolve (db, device, &at, error) || !resolve_note (db, device, &at, error))
    return FALSE;

  return benk_table_change (db, error, UPDATE_SQL,
                            "ittttt"
                            "tttt"
                            "iiii"
                            "ttm",
                            benk_device_get_id (device),
                            benk_device_get_model_id (device),
                            benk_device_get_serial (device), key, list,
                            benk_device_get_imei (device), benk_device_get_asset (device),
                            benk_device_get_vendor (device),
                            benk_device_get_received_date (device),
                            benk_device_get_warranty_date (device), &at.place, &at.team,
                            &at.person, &at.note, get_owner_name (device),
                            benk_device_get_lease_end_date (device),
                            benk_device_get_labelled_ms (device)) &&
         benk_table_require_change (db, _ ("Device"), error);
}

/**
 * benk_table_device_set_state:
 * @db: a connection with an open scope
 * @id: a device
 * @to: the new state; guards were asked before
 * @reason_note: (nullable): the note that says why
 * @error: return location for an error
 *
 * Sets the state, writes the transition, and lets the placement and the user follow: a
 * device in a state that may not have a user has none.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_set_state (BenkDb *db,
                             const BenkId *id,
                             BenkDeviceState to,
                             const BenkId *reason_note,
                             GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT state, person_id, team_id FROM device WHERE id = ?", "i",
                       id);
  g_autofree char *from = NULL;
  BenkId person, team;

  if (stmt == NULL || !benk_table_find (stmt, _ ("Device"), NULL, error))
    return FALSE;
  from = benk_stmt_dup_text (stmt, 0);
  benk_stmt_get_id (stmt, 1, &person);
  benk_stmt_get_id (stmt, 2, &team);
  if (!benk_device_state_may_have_person (to))
    person = BENK_ID_NIL;

  return benk_table_change (
           db, error,
           "UPDATE device SET state = ?2, state_since_ms = ?3, person_id = ?4"
           " WHERE id = ?1",
           "itni", id, benk_device_state_to_name (to), benk_db_get_wall_ms (db),
           &person) &&
         benk_table_transition_insert (db, id, from, to, reason_note, error) &&
         benk_table_placement_follow (db, id, to, &person, &team, error);
}

/**
 * benk_table_device_set_place:
 * @db: a connection with an open scope
 * @id: a device
 * @place: where it is now; nil = unknown
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_set_place (BenkDb *db,
                             const BenkId *id,
                             const BenkId *place,
                             GError **error)
{
  return benk_table_change (db, error, "UPDATE device SET place_id = ?2 WHERE id = ?1",
                            "ii", id, place) &&
         benk_table_require_change (db, _ ("Device"), error);
}

/**
 * benk_table_device_set_person:
 * @db: a connection with an open scope
 * @id: a device
 * @person: whom it is with or reserved for; nil = nobody
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_set_person (BenkDb *db,
                              const BenkId *id,
                              const BenkId *person,
                              GError **error)
{
  return benk_table_change (db, error, "UPDATE device SET person_id = ?2 WHERE id = ?1",
                            "ii", id, person) &&
         benk_table_require_change (db, _ ("Device"), error);
}

/**
 * benk_table_device_get:
 * @db: a connection
 * @id: a device
 * @error: return location for an error
 *
 * Returns: (transfer full): the device with the names of what it points at, or %NULL with
 *   %BENK_ERROR_NOT_FOUND or another error
 */
BenkDevice *
benk_table_device_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, BENK_TABLE_DEVICE_SELECT " WHERE d.id = ?", "i", id);

  return get_one (stmt, NULL, error);
}

/* A place of the list may be empty. */
static void
unref_device (gpointer device)
{
  if (device != NULL)
    g_object_unref (device);
}

/**
 * benk_table_device_get_many:
 * @db: a connection
 * @ids: (array length=n_ids): devices
 * @n_ids: their number
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkDevice): the devices in the same order;
 *   %NULL for one that is gone meanwhile
 */
GPtrArray *
benk_table_device_get_many (BenkDb *db, const BenkId *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (unref_device);
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db, BENK_TABLE_DEVICE_SELECT " WHERE d.id = ?", error);

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) local = NULL;

      benk_stmt_reset (stmt);
      benk_stmt_bind_id (stmt, 1, &ids[i]);
      if (benk_stmt_step (stmt, &local))
        g_ptr_array_add (devices, benk_table_device_read (stmt));
      else if (local == NULL)
        g_ptr_array_add (devices, NULL);
      else
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }

  return g_steal_pointer (&devices);
}
