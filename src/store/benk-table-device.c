/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-device.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-evidence.h"
#include "benk-search.h"
#include "benk-serial.h"
#include "benk-table-note.h"
#include "benk-table-person.h"
#include "benk-table-place.h"
#include "benk-table-placement.h"
#include "benk-table-private.h"
#include "benk-table-transition.h"

/* As benk_lifecycle_view_is_reset_proven(), for whole lists: a reset is proven by
 * something that counts in this store and is younger than the last use. */
#define RESET_PROVEN_SQL                                                                 \
  "EXISTS (SELECT 1 FROM proof q WHERE q.device_id = d.id AND q.kind = 'reset'"          \
  " AND (q.link_kind IN ('usb', 'checklist')"                                            \
  " OR (q.link_kind IN ('simulated', 'replay') AND (SELECT demo FROM store)))"           \
  " AND " BENK_EVIDENCE_SQL (                                                            \
    "q") " AND NOT EXISTS (SELECT 1 FROM run r WHERE r.device_id = d.id"                 \
         " AND r.id IS NOT q.run_id"                                                     \
         " AND r.kind IN ('provision', 'settings') AND r.outcome <> 'untouched'"         \
         " AND " BENK_TABLE_RUN_AFTER_PROOF (                                            \
           "r", "q") ")"                                                                 \
                     " AND NOT EXISTS (SELECT 1 FROM proof y WHERE y.device_id = d.id"   \
                     " AND y.kind = 'ready' AND " BENK_TABLE_AFTER_PROOF (               \
                       "proof", "y", "q") ")"                                            \
                                          " AND NOT EXISTS (SELECT 1 FROM transition x " \
                                          "WHERE x.device_id = d.id"                     \
                                          " AND x.from_state IN ('trial', 'operation', " \
                                          "'paused', 'to-collect')"                      \
                                          " AND " BENK_TABLE_AFTER_PROOF ("transition",  \
                                                                          "x", "q") "))"

/* How the settings that it still holds were proven, or NULL. */
#define READY_LINK_SQL                                                                   \
  "(SELECT y.link_kind FROM proof y WHERE y.device_id = d.id AND y.kind = 'ready'"       \
  " AND (y.link_kind IN ('usb', 'checklist')"                                            \
  " OR (y.link_kind IN ('simulated', 'replay') AND (SELECT demo FROM store)))"           \
  " AND " BENK_EVIDENCE_SQL (                                                            \
    "y") " AND NOT EXISTS (SELECT 1 FROM run r WHERE r.device_id = d.id"                 \
         " AND r.id IS NOT y.run_id AND r.kind IN ('provision', 'settings', 'reset')"    \
         " AND r.outcome <> 'untouched' AND " BENK_TABLE_RUN_AFTER_PROOF (               \
           "r", "y") ")"                                                                 \
                     " AND NOT EXISTS (SELECT 1 FROM proof q WHERE q.device_id = d.id"   \
                     " AND q.kind = 'reset' AND " BENK_TABLE_AFTER_PROOF (               \
                       "proof", "q",                                                     \
                       "y") ")"                                                          \
                            " ORDER BY " BENK_TABLE_ROW_SEQ ("proof",                    \
                                                             "y") " DESC LIMIT 1)"

#define SELECT_SQL                                                                       \
  "SELECT d.id, d.model_id, d.serial, d.former_serials, d.imei, d.asset, d.state,"       \
  " d.state_since_ms, d.origin, d.vendor, d.received_date, d.warranty_date, d.place_id," \
  " p.name, d.person_id, r.reference, t.name, n.text, " RESET_PROVEN_SQL                 \
  ", " READY_LINK_SQL " FROM device d"                                                   \
  " LEFT JOIN place p ON p.id = d.place_id"                                              \
  " LEFT JOIN place t ON t.id = d.team_id"                                               \
  " LEFT JOIN person r ON r.id = d.person_id"                                            \
  " LEFT JOIN note n ON n.id = d.note_id"

#define INSERT_SQL                                                                       \
  "INSERT INTO device (id, model_id, serial, serial_key, imei, asset, state,"            \
  " state_since_ms, origin, vendor, received_date, warranty_date, place_id, team_id,"    \
  " person_id, note_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

#define UPDATE_SQL                                                                       \
  "UPDATE device SET model_id = ?2, serial = ?3, serial_key = ?4, former_serials = ?5,"  \
  " imei = ?6, asset = ?7, vendor = ?8, received_date = ?9, warranty_date = ?10,"        \
  " place_id = ?11, team_id = ?12, person_id = ?13, note_id = ?14 WHERE id = ?1"

/* What the words of a record point at. */
typedef struct
{
  BenkId place;
  BenkId team;
  BenkId person;
  BenkId note;
} Pointers;

static gpointer
read_device (BenkStmt *stmt)
{
  BenkDevice *device = benk_device_new ();
  const char *former = benk_stmt_get_text (stmt, 3);
  const char *ready = benk_stmt_get_text (stmt, 19);
  BenkLinkKind ready_link = BENK_LINK_KIND_IMPORTED;
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;
  BenkOrigin origin = BENK_ORIGIN_REGISTERED;
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
  benk_device_set_reset_proven (device, benk_stmt_get_int64 (stmt, 18) != 0);
  benk_device_set_ready_proven (device, ready != NULL &&
                                          benk_link_kind_from_name (ready, &ready_link));
  benk_device_set_ready_link (device, ready_link);

  return device;
}

static BenkDevice *
get_one (BenkStmt *stmt, const char *which, GError **error)
{
  if (stmt == NULL || !benk_table_find (stmt, _ ("Device"), which, error))
    return NULL;

  return read_device (stmt);
}

/* The id of a name if it is still the name of @id; else of a place made for it. */
static gboolean
resolve (BenkDb *db, BenkDevice *device, Pointers *at, GError **error)
{
  const char *reference = benk_device_get_person_ref (device);
  const char *place = benk_device_get_place_name (device);

  at->place = *benk_device_get_place_id (device);
  at->person = *benk_device_get_person_id (device);
  if (place != NULL &&
      !benk_table_place_ensure (db, place, benk_table_place_guess_kind (place),
                                &at->place, error))
    return FALSE;
  if (!benk_table_place_ensure (db, benk_device_get_team (device), BENK_PLACE_KIND_TEAM,
                                &at->team, error))
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

  return benk_table_change (db, error, INSERT_SQL,
                            "ittttttntttt"
                            "iiii",
                            &id, benk_device_get_model_id (device),
                            benk_device_get_serial (device), key,
                            benk_device_get_imei (device), benk_device_get_asset (device),
                            benk_device_state_to_name (state),
                            benk_device_get_state_since_ms (device),
                            benk_origin_to_name (benk_device_get_origin (device)),
                            benk_device_get_vendor (device),
                            benk_device_get_received_date (device),
                            benk_device_get_warranty_date (device), &at.place, &at.team,
                            &at.person, &at.note) &&
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
                            "iiii",
                            benk_device_get_id (device),
                            benk_device_get_model_id (device),
                            benk_device_get_serial (device), key, list,
                            benk_device_get_imei (device), benk_device_get_asset (device),
                            benk_device_get_vendor (device),
                            benk_device_get_received_date (device),
                            benk_device_get_warranty_date (device), &at.place, &at.team,
                            &at.person, &at.note) &&
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
    benk_table_select (db, error, SELECT_SQL " WHERE d.id = ?", "i", id);

  return get_one (stmt, NULL, error);
}

/**
 * benk_table_device_find_all:
 * @db: a connection
 * @name: a serial, former serial, asset number or IMEI
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkDevice): every device of that name;
 *   may be empty
 */
GPtrArray *
benk_table_device_find_all (BenkDb *db, const char *name, GError **error)
{
  g_autofree char *key = benk_serial_normalise (name);
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE d.id IN (SELECT id FROM device WHERE serial_key = ?1"
                       " UNION SELECT id FROM device WHERE imei = ?2"
                       " UNION SELECT id FROM device WHERE asset = ?2"
                       " UNION SELECT id FROM device WHERE former_serials IS NOT NULL AND"
                       " instr (char (10) || former_serials || char (10),"
                       " char (10) || ?2 || char (10)) > 0)"
                       " ORDER BY d.model_id, d.serial, d.id",
                       "tt", key, name);

  return benk_table_read_all (stmt, read_device, error);
}

/**
 * benk_table_device_find:
 * @db: a connection
 * @name: a serial (blanks, dashes and case do not matter), asset number or IMEI
 * @error: return location for an error
 *
 * Returns: (transfer full): the one device of that name, or %NULL with
 *   %BENK_ERROR_NOT_FOUND, %BENK_ERROR_CONFLICT (there are several) or another error
 */
BenkDevice *
benk_table_device_find (BenkDb *db, const char *name, GError **error)
{
  g_autoptr (GPtrArray) found = benk_table_device_find_all (db, name, error);

  if (found == NULL)
    return NULL;
  if (found->len == 1)
    return g_object_ref (g_ptr_array_index (found, 0));

  if (found->len == 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("No device with the number “%s” is registered."), name);
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("%u devices have the number “%s”."), found->len, name);
  return NULL;
}

/**
 * benk_table_device_find_serial:
 * @db: a connection
 * @model_id: a model
 * @serial: a serial; blanks, dashes and case do not matter
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the device; %NULL without @error if there is none
 */
BenkDevice *
benk_table_device_find_serial (BenkDb *db,
                               const char *model_id,
                               const char *serial,
                               GError **error)
{
  g_autofree char *key = benk_serial_normalise (serial);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE d.serial_key = ?1 AND d.model_id = ?2 ORDER BY d.id LIMIT 1", "tt",
    key, model_id);

  if (stmt == NULL)
    return NULL;
  if (benk_stmt_step (stmt, &local))
    return read_device (stmt);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Whether another device than @self has @value in a column. */
static gboolean
is_taken (
  BenkDb *db, const char *sql, const char *value, const BenkId *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (db, &local, sql, "ti", value, self);
  gboolean taken = stmt != NULL && benk_stmt_step (stmt, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return taken;
}

/**
 * benk_table_device_check_unique:
 * @db: a connection with an open scope
 * @device: a device before it is inserted or updated
 * @error: return location for an error
 *
 * The guard of registration: one device a serial of its model, one an IMEI, one an asset
 * number (domain rule "unique (vendor, serial) and unique IMEI").
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT in words, or another error
 */
gboolean
benk_table_device_check_unique (BenkDb *db, BenkDevice *device, GError **error)
{
  const BenkId *self = benk_device_get_id (device);
  const char *serial = benk_device_get_serial (device);
  const char *imei = benk_device_get_imei (device);
  const char *asset = benk_device_get_asset (device);
  g_autofree char *key = benk_serial_normalise (serial);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDevice) same = NULL;

  same =
    benk_table_device_find_serial (db, benk_device_get_model_id (device), key, &local);
  if (same != NULL && !benk_id_equal (benk_device_get_id (same), self))
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A device with the serial number “%s” is already registered."),
                 serial);
  else if (local == NULL && imei != NULL &&
           is_taken (db, "SELECT 1 FROM device WHERE imei = ?1 AND id IS NOT ?2", imei,
                     self, &local))
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A device with the IMEI %s is already registered."), imei);
  else if (local == NULL && asset != NULL &&
           is_taken (db, "SELECT 1 FROM device WHERE asset = ?1 AND id IS NOT ?2", asset,
                     self, &local))
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A device with the asset number %s is already registered."), asset);
  else if (local == NULL)
    return TRUE;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, SELECT_SQL " WHERE d.id = ?", error);

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) local = NULL;

      benk_stmt_reset (stmt);
      benk_stmt_bind_id (stmt, 1, &ids[i]);
      if (benk_stmt_step (stmt, &local))
        g_ptr_array_add (devices, read_device (stmt));
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
