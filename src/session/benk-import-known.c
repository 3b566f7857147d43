/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-known-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-serial.h"

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/*
 * benk_import_seen_init:
 *
 * Returns: %FALSE with @error if the store cannot be read
 */
gboolean
benk_import_seen_init (BenkImportSeen *self, BenkDb *db, GError **error)
{
  self->index = benk_device_index_load (db, error);
  self->serials = new_table ();
  self->imeis = new_table ();
  self->assets = new_table ();
  self->devices = new_table ();
  self->users = new_table ();
  self->models = new_table ();
  self->words = new_table ();
  self->teams = new_table ();

  return self->index != NULL;
}

void
benk_import_seen_clear (BenkImportSeen *self)
{
  g_clear_pointer (&self->index, benk_device_index_free);
  g_clear_pointer (&self->serials, g_hash_table_unref);
  g_clear_pointer (&self->imeis, g_hash_table_unref);
  g_clear_pointer (&self->assets, g_hash_table_unref);
  g_clear_pointer (&self->devices, g_hash_table_unref);
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->models, g_hash_table_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->teams, g_hash_table_unref);
}

void
benk_import_result_set_wrong (BenkImportResult *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (self->reason);
  self->reason = g_strdup_vprintf (format, args);
  va_end (args);
  self->verdict = BENK_IMPORT_WRONG;
}

/*
 * benk_import_seen_add:
 * @what: the word for what @key is
 *
 * Returns: %FALSE, with the row wrong, if @key stood further up
 */
gboolean
benk_import_seen_add (GHashTable *seen,
                      BenkImportResult *result,
                      const char *key,
                      const char *what)
{
  gpointer line = g_hash_table_lookup (seen, key);

  if (line == NULL)
    {
      g_hash_table_insert (seen, g_strdup (key), GUINT_TO_POINTER (result->line));
      return TRUE;
    }

  benk_import_result_set_wrong (result, _ ("The same %s is on line %u."), what,
                                GPOINTER_TO_UINT (line));
  return FALSE;
}

static gboolean
is_same (const char *one, const char *other)
{
  return one != NULL && other != NULL && strcmp (one, other) == 0;
}

/* The devices of @found that the row can mean: by model, and where several have one
 * serial, by what tells them apart. */
static guint
choose (const GPtrArray *found, BenkDevice *row, const BenkDeviceKeys **known)
{
  const char *model = benk_device_get_model_id (row);
  const BenkDeviceKeys *told = NULL;
  guint n = 0, n_told = 0;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const BenkDeviceKeys *keys = g_ptr_array_index (found, i);

      if (model != NULL && strcmp (keys->model_id, model) != 0)
        continue;
      *known = keys;
      n++;
      if (is_same (keys->imei, benk_device_get_imei (row)) ||
          is_same (keys->asset, benk_device_get_asset (row)))
        {
          told = keys;
          n_told++;
        }
    }
  if (n > 1 && n_told == 1)
    {
      *known = told;
      n = 1;
    }

  return n;
}

/* A number of a row must not be that of another device than the row means. */
static const BenkDeviceKeys *
find_other (const GPtrArray *owners, const BenkDeviceKeys *known)
{
  for (guint i = 0; owners != NULL && i < owners->len; i++)
    {
      const BenkDeviceKeys *owner = g_ptr_array_index (owners, i);

      if (known == NULL || !benk_id_equal (&owner->id, &known->id))
        return owner;
    }

  return NULL;
}

static gboolean
check_owners (BenkImportSeen *self, BenkImportResult *result, const BenkDeviceKeys *known)
{
  const char *imei = benk_device_get_imei (result->device);
  const char *asset = benk_device_get_asset (result->device);
  const BenkDeviceKeys *other = NULL;
  g_autofree char *words = NULL;
  g_autofree char *whose = NULL;

  if (imei != NULL)
    other = find_other (benk_device_index_find_imei (self->index, imei), known);
  if (other != NULL)
    words =
      g_strdup_printf (_ ("A device with the IMEI %s is already registered."), imei);
  else if (asset != NULL)
    {
      other = find_other (benk_device_index_find_asset (self->index, asset), known);
      words =
        g_strdup_printf (_ ("A device with the asset number %s is already registered."),
                         asset);
    }
  if (other == NULL)
    return TRUE;

  whose = g_strdup_printf (_ ("It belongs to %s."), other->serial);
  benk_import_result_set_wrong (result, "%s %s", words, whose);
  return FALSE;
}

/* A row without a serial is known by its other numbers, if they are one device's. */
static gboolean
find_by_number (BenkImportSeen *self,
                BenkImportResult *result,
                const BenkDeviceKeys **known)
{
  const char *imei = benk_device_get_imei (result->device);
  const char *asset = benk_device_get_asset (result->device);
  guint n = 0;

  if (asset != NULL)
    n = choose (benk_device_index_find_asset (self->index, asset), result->device, known);
  if (n == 0 && imei != NULL)
    n = choose (benk_device_index_find_imei (self->index, imei), result->device, known);
  if (n == 1)
    return TRUE;

  benk_import_result_set_wrong (result, "%s", _ ("The serial number is missing."));
  return FALSE;
}

/*
 * benk_import_seen_find:
 * @result: a row; its device has what the row says of model and numbers
 * @known: (out) (nullable): the device that the row means, %NULL for a new one
 *
 * Recognises a device: by model and serial, by a serial that it had before, by a row that
 * it was joined to; without a serial by asset number and IMEI.
 *
 * Returns: %FALSE, with the row wrong, if that cannot be told, or is told of another
 */
gboolean
benk_import_seen_find (BenkImportSeen *self,
                       BenkImportResult *result,
                       const BenkDeviceKeys **known)
{
  g_autofree char *key = benk_serial_normalise (benk_device_get_serial (result->device));
  guint n;

  *known = NULL;
  if (*key == '\0')
    return find_by_number (self, result, known) && check_owners (self, result, *known);

  n = choose (benk_device_index_find_serial (self->index, key), result->device, known);
  if (n == 0)
    n = choose (benk_device_index_find_former (self->index, key), result->device, known);
  if (n > 1)
    {
      benk_import_result_set_wrong (
        result,
        _ ("%u devices have the serial number “%s”, and nothing in the row says which of "
           "them it is."),
        n, benk_device_get_serial (result->device));
      return FALSE;
    }
  if (n == 0)
    *known = NULL;

  return check_owners (self, result, *known);
}
