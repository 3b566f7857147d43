/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-device.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-serial.h"
#include "benk-table-alias.h"
#include "benk-table-device-private.h"

/**
 * benk_table_device_find_all:
 * @db: a connection
 * @name: a serial, former serial, asset number or IMEI
 * @error: return location for an error
 *
 * Of a row that was joined to another, the other is found.
 *
 * Returns: (transfer container) (element-type BenkDevice): every device of that name;
 *   may be empty
 */
GPtrArray *
benk_table_device_find_all (BenkDb *db, const char *name, GError **error)
{
  g_autofree char *key = benk_serial_normalise (name);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    BENK_TABLE_DEVICE_SELECT " WHERE d.id IN (SELECT " BENK_TABLE_ALIAS_RESOLVE (
      "m") " FROM (SELECT id FROM device WHERE serial_key = ?1"
           " UNION SELECT id FROM device WHERE imei = ?2"
           " UNION SELECT id FROM device WHERE asset = ?2"
           " UNION SELECT id FROM device WHERE former_serials IS NOT NULL AND"
           " instr (char (10) || former_serials || char (10),"
           " char (10) || ?2 || char (10)) > 0) m)"
           " ORDER BY d.model_id, d.serial, d.id",
    "tt", key, name);

  return benk_table_read_all (stmt, benk_table_device_read, error);
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
 * Returns: (transfer full) (nullable): the device; %NULL without @error if there is none,
 *   with %BENK_ERROR_CONFLICT if two real devices have the number
 */
BenkDevice *
benk_table_device_find_serial (BenkDb *db,
                               const char *model_id,
                               const char *serial,
                               GError **error)
{
  g_autofree char *key = benk_serial_normalise (serial);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    BENK_TABLE_DEVICE_SELECT " WHERE d.id IN (SELECT " BENK_TABLE_ALIAS_RESOLVE (
      "m") " FROM device m WHERE m.serial_key = ?1 AND m.model_id = ?2) ORDER BY d.id",
    "tt", key, model_id);
  g_autoptr (GPtrArray) found = benk_table_read_all (stmt, benk_table_device_read, error);

  if (found == NULL || found->len == 0)
    return NULL;
  if (found->len == 1)
    return g_object_ref (g_ptr_array_index (found, 0));

  g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
               _ ("%u devices have the number “%s”."), found->len, serial);
  return NULL;
}

/**
 * benk_table_device_list_doubles:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkDevice): the others with the same
 *   serial, of any model, or %NULL with @error set
 */
GPtrArray *
benk_table_device_list_doubles (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    BENK_TABLE_DEVICE_SELECT
    " WHERE d.serial_key = (SELECT serial_key FROM device WHERE id = ?1)"
    " AND d.id <> ?1 AND " BENK_TABLE_ALIAS_IS_NONE ("d") " ORDER BY d.model_id, d.id",
    "i", device);

  return benk_table_read_all (stmt, benk_table_device_read, error);
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

#define OTHER(condition)                                                                 \
  "SELECT 1 FROM device m WHERE " condition                                              \
  " AND " BENK_TABLE_ALIAS_RESOLVE ("m") " IS NOT ?2"

/**
 * benk_table_device_check_numbers:
 * @db: a connection with an open scope
 * @device: a device before it is inserted or updated
 * @error: return location for an error
 *
 * One device an IMEI, one an asset number (domain rule "unique IMEI").
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT in words, or another error
 */
gboolean
benk_table_device_check_numbers (BenkDb *db, BenkDevice *device, GError **error)
{
  const BenkId *self = benk_device_get_id (device);
  const char *imei = benk_device_get_imei (device);
  const char *asset = benk_device_get_asset (device);
  g_autoptr (GError) local = NULL;

  if (imei != NULL && is_taken (db, OTHER ("m.imei = ?1"), imei, self, &local))
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A device with the IMEI %s is already registered."), imei);
  else if (local == NULL && asset != NULL &&
           is_taken (db, OTHER ("m.asset = ?1"), asset, self, &local))
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("A device with the asset number %s is already registered."), asset);
  else if (local == NULL)
    return TRUE;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_table_device_has_double:
 * @db: a connection
 * @device: a device before it is inserted or updated
 * @found: (out): whether another one of its model has its serial
 * @error: return location for an error
 *
 * A device keeps the number it has: only what is new or different is looked at.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_has_double (BenkDb *db,
                              BenkDevice *device,
                              gboolean *found,
                              GError **error)
{
  g_autofree char *key = benk_serial_normalise (benk_device_get_serial (device));
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, &local,
    OTHER ("m.serial_key = ?1 AND m.model_id = ?3 AND NOT EXISTS (SELECT 1 FROM device s"
           " WHERE s.id = ?2 AND s.serial_key = ?1 AND s.model_id = ?3)"),
    "tit", key, benk_device_get_id (device), benk_device_get_model_id (device));

  *found = stmt != NULL && benk_stmt_step (stmt, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
  gboolean found;

  if (!benk_table_device_has_double (db, device, &found, error))
    return FALSE;
  if (!found)
    return benk_table_device_check_numbers (db, device, error);

  g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
               _ ("A device with the serial number “%s” is already registered."),
               benk_device_get_serial (device));
  return FALSE;
}

/**
 * benk_table_device_check_said:
 * @db: a connection with an open scope
 * @device: a device before it is inserted or updated
 * @another: whether somebody has said that it is another one with the same serial
 * @twin: (out): whether there is one; then benk_table_device_mark_twin() is for later
 * @error: return location for an error
 *
 * As benk_table_device_check_unique(), but for what somebody has looked at.
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT in words, or another error
 */
gboolean
benk_table_device_check_said (
  BenkDb *db, BenkDevice *device, gboolean another, gboolean *twin, GError **error)
{
  *twin = FALSE;
  if (another && !benk_table_device_has_double (db, device, twin, error))
    return FALSE;

  return *twin ? benk_table_device_check_numbers (db, device, error)
               : benk_table_device_check_unique (db, device, error);
}

/**
 * benk_table_device_mark_twin:
 * @db: a connection with an open scope
 * @id: a device
 * @error: return location for an error
 *
 * Keeps that somebody has said: this is another device with the same number.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_mark_twin (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error, "UPDATE device SET twin = 1 WHERE id = ?1", "i",
                            id);
}
