/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-known-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-import-value.h"
#include "benk-model.h"
#include "benk-national-number.h"
#include "benk-serial.h"

/* Digits of an IMEI, and how many zeros at its end no modem has. */
#define IMEI_DIGITS 15
#define ROUNDED_ZEROS 6

static char *
get_field (BenkImportPlan *plan, guint row, BenkImportField field)
{
  return benk_import_plan_dup_text (plan, row, field);
}

static gboolean
read_date (BenkImportPlan *plan, BenkImportResult *result, BenkImportField field)
{
  g_autofree char *text = get_field (plan, result->row, field);
  g_autofree char *date = text != NULL ? benk_import_read_date (text) : NULL;

  if (text != NULL && date == NULL)
    {
      benk_import_result_set_wrong (result, _ ("“%s” is not a date (%s)."), text,
                                    benk_import_field_get_label (field));
      return FALSE;
    }
  if (field == BENK_IMPORT_FIELD_RECEIVED)
    benk_device_set_received_date (result->device, date);
  else if (field == BENK_IMPORT_FIELD_LEASE_END)
    benk_device_set_lease_end_date (result->device, date);
  else
    benk_device_set_warranty_date (result->device, date);

  return TRUE;
}

static gboolean
read_owner (BenkImportPlan *plan, BenkImportResult *result)
{
  g_autofree char *text = get_field (plan, result->row, BENK_IMPORT_FIELD_OWNER);
  BenkOwner owner = BENK_OWNER_UNKNOWN;

  if (text != NULL && !benk_import_guess_owner (text, &owner))
    {
      benk_import_result_set_wrong (
        result,
        _ ("“%s” does not say whose the device is: own, leased, or lent by the store of "
           "aids."),
        text);
      return FALSE;
    }
  benk_device_set_owner (result->device, owner);

  return TRUE;
}

/* A long number whose last digits a spreadsheet has made zeros. */
static gboolean
is_rounded (const char *text)
{
  gsize n = strlen (text);

  return n >= IMEI_DIGITS && strspn (text, "0123456789") == n &&
         strspn (text + n - ROUNDED_ZEROS, "0") == ROUNDED_ZEROS;
}

/*
 * benk_import_read_imei:
 *
 * Returns: (transfer full): fifteen digits, however they are grouped and if they got a
 *   decimal part; anything else as it stands
 */
char *
benk_import_read_imei (const char *text)
{
  g_autofree char *digits = benk_serial_normalise (text);
  gsize n = strspn (digits, "0123456789");

  if (n == IMEI_DIGITS && (digits[n] == '.' || digits[n] == ',') &&
      digits[n + 1] != '\0' && strspn (digits + n + 1, "0") == strlen (digits + n + 1))
    digits[n] = '\0';
  if (n == IMEI_DIGITS && digits[n] == '\0')
    return g_steal_pointer (&digits);

  return g_strdup (text);
}

/* 10-12 in a column of serials is 10 December to a spreadsheet. */
static gboolean
is_day (const char *text)
{
  g_autofree char *date = NULL;

  if (strlen (text) < strlen ("1.1.2025"))
    return FALSE;
  date = benk_import_read_date (text);

  return date != NULL;
}

/* What a spreadsheet does to numbers that are names. */
static gboolean
check_damage (BenkImportResult *result, const char *serial, const char *imei)
{
  if (serial != NULL && (benk_text_is_spreadsheet_number (serial) || is_rounded (serial)))
    benk_import_result_set_wrong (
      result,
      _ ("A spreadsheet has rounded the serial number (%s). Its digits are lost."),
      serial);
  else if (serial != NULL && is_day (serial))
    benk_import_result_set_wrong (
      result, _ ("A spreadsheet has made the serial number a date (%s)."), serial);
  else if (imei != NULL && (benk_text_is_spreadsheet_number (imei) || is_rounded (imei)))
    benk_import_result_set_wrong (
      result, _ ("A spreadsheet has rounded the IMEI (%s). Its digits are lost."), imei);
  else
    return TRUE;

  return FALSE;
}

static gboolean
read_numbers (BenkImportPlan *plan, BenkImportResult *result)
{
  BenkDevice *device = result->device;
  g_autofree char *serial = get_field (plan, result->row, BENK_IMPORT_FIELD_SERIAL);
  g_autofree char *written = get_field (plan, result->row, BENK_IMPORT_FIELD_IMEI);
  g_autofree char *asset = get_field (plan, result->row, BENK_IMPORT_FIELD_ASSET);
  g_autofree char *imei = written != NULL ? benk_import_read_imei (written) : NULL;

  benk_device_set_serial (device, serial);
  benk_device_set_imei (device, imei);
  benk_device_set_asset (device, asset);

  return check_damage (result, serial, imei);
}

/* Whether the row's device, or a number of it, stood further up in the list. */
static gboolean
note_numbers (BenkImportResult *result, BenkImportSeen *seen, const BenkDeviceKeys *known)
{
  BenkDevice *device = result->device;
  const char *imei = benk_device_get_imei (device);
  const char *asset = benk_device_get_asset (device);

  if (known != NULL)
    {
      g_autofree char *id = benk_id_to_string (&known->id);

      if (!benk_import_seen_add (seen->devices, result, id, _ ("device")))
        return FALSE;
    }
  else
    {
      g_autofree char *key = benk_serial_normalise (benk_device_get_serial (device));
      g_autofree char *name =
        g_strconcat (benk_device_get_model_id (device), "\n", key, NULL);

      if (!benk_import_seen_add (seen->serials, result, name, _ ("serial number")))
        return FALSE;
    }

  return (imei == NULL || benk_import_seen_add (seen->imeis, result, imei, _ ("IMEI"))) &&
         (asset == NULL ||
          benk_import_seen_add (seen->assets, result, asset, _ ("asset number")));
}

/* No cell in which a person writes freely may hold one. */
static gboolean
has_national_number (BenkDevice *device)
{
  return benk_text_holds_national_number (benk_device_get_person_ref (device)) ||
         benk_text_holds_national_number (benk_device_get_note (device)) ||
         benk_text_holds_national_number (benk_device_get_place_name (device)) ||
         benk_text_holds_national_number (benk_device_get_team (device));
}

/* What a word of the list stands for. */
static int
find_word (BenkImportPlan *plan, BenkImportSeen *seen, const char *word)
{
  gpointer known;
  int choice;

  if (g_hash_table_lookup_extended (seen->words, word, NULL, &known))
    return GPOINTER_TO_INT (known);
  choice = benk_import_plan_get_word (plan, word);
  g_hash_table_insert (seen->words, g_strdup (word), GINT_TO_POINTER (choice));

  return choice;
}

static BenkModel *
find_model (BenkImportPlan *plan, BenkImportSeen *seen, const char *name)
{
  gpointer known;

  if (!g_hash_table_lookup_extended (seen->models, name, NULL, &known))
    {
      known = benk_model_match (plan->models, name);
      g_hash_table_insert (seen->models, g_strdup (name), known);
    }

  return known;
}

static gboolean
read_words (BenkImportPlan *plan, BenkImportResult *result, BenkImportSeen *seen)
{
  BenkDevice *device = result->device;
  g_autofree char *state = get_field (plan, result->row, BENK_IMPORT_FIELD_STATE);
  g_autofree char *place = get_field (plan, result->row, BENK_IMPORT_FIELD_PLACE);
  g_autofree char *team = get_field (plan, result->row, BENK_IMPORT_FIELD_TEAM);
  g_autofree char *vendor = get_field (plan, result->row, BENK_IMPORT_FIELD_VENDOR);
  g_autofree char *reference = get_field (plan, result->row, BENK_IMPORT_FIELD_REFERENCE);
  g_autofree char *comment = get_field (plan, result->row, BENK_IMPORT_FIELD_COMMENT);
  int found = state != NULL ? find_word (plan, seen, state) : -1;

  benk_device_set_place_name (device, place);
  benk_device_set_team (device, team);
  benk_device_set_vendor (device, vendor);
  benk_device_set_person_ref (device, reference);
  benk_device_set_note (device, comment);
  if (has_national_number (device))
    benk_import_result_set_wrong (
      result, "%s",
      _ ("There is a national identity number in this row. It must not be "
         "imported."));
  else if (state != NULL && found == BENK_IMPORT_WORD_LEAVE_OUT)
    benk_import_result_set_wrong (
      result, _ ("Rows with the state “%s” are left out, as you said."), state);
  else if (state != NULL && found == BENK_IMPORT_WORD_UNKNOWN)
    benk_import_result_set_wrong (result, _ ("The state “%s” is not known."), state);
  else if (reference != NULL && state != NULL &&
           !benk_device_state_may_have_person ((BenkDeviceState) found))
    benk_import_result_set_wrong (result,
                                  _ ("A device that is “%s” cannot be with a user."),
                                  state);
  else
    {
      benk_device_set_state (device, (BenkDeviceState) found);
      return TRUE;
    }

  return FALSE;
}

/* A row that is cut off, or has text beyond the last heading: most often a separator
 * inside a comment. In a workbook neither means anything. */
static gboolean
check_width (BenkImportPlan *plan, BenkImportResult *result)
{
  guint n_headings = benk_import_plan_get_n_columns (plan);
  guint n_cells = benk_sheet_get_n_cells (plan->sheet, result->row);

  if (benk_sheet_is_sparse (plan->sheet))
    return TRUE;
  if (n_cells < n_headings)
    {
      benk_import_result_set_wrong (
        result, _ ("Only %u of %u columns are there. Is the file cut off?"), n_cells,
        n_headings);
      return FALSE;
    }
  for (guint i = benk_sheet_get_n_cells (plan->sheet, plan->heading); i < n_cells; i++)
    if (*benk_sheet_get_cell (plan->sheet, result->row, i) != '\0')
      {
        benk_import_result_set_wrong (
          result, "%s",
          _ ("There is text beyond the last column. Is a separator inside a text?"));
        return FALSE;
      }

  return TRUE;
}

/* "#N/A", "#VERDI!": a formula that gave nothing. */
static gboolean
check_faults (BenkImportPlan *plan, BenkImportResult *result)
{
  static const char *const faults[] = { "#N/A",    "#I/T",    "#REF!",   "#VALUE!",
                                        "#NAME?",  "#DIV/0!", "#NULL!",  "#NUM!",
                                        "#VERDI!", "#NAVN?",  "#SPILL!", NULL };

  for (guint i = 0; i < BENK_N_IMPORT_FIELDS; i++)
    {
      const char *cell =
        plan->columns[i] < 0
          ? ""
          : benk_sheet_get_cell (plan->sheet, result->row, (guint) plan->columns[i]);

      if (*cell == '#' && g_strv_contains (faults, cell))
        {
          benk_import_result_set_wrong (
            result, _ ("A formula of the spreadsheet gave no value (%s, %s)."), cell,
            benk_import_field_get_label (i));
          return FALSE;
        }
    }

  return TRUE;
}

/* What the row says of model and numbers. */
static gboolean
read_names (BenkImportPlan *plan, BenkImportResult *result, BenkImportSeen *seen)
{
  g_autofree char *name = get_field (plan, result->row, BENK_IMPORT_FIELD_MODEL);
  g_autofree char *serial = get_field (plan, result->row, BENK_IMPORT_FIELD_SERIAL);
  BenkModel *model = name != NULL ? find_model (plan, seen, name) : NULL;

  result->device = benk_device_new ();
  benk_device_set_origin (result->device, BENK_ORIGIN_IMPORTED);
  result->label =
    g_strdup_printf ("%s %s", name != NULL ? name : "–", serial != NULL ? serial : "–");
  if (!check_width (plan, result) || !check_faults (plan, result))
    return FALSE;
  if (name != NULL && model == NULL)
    {
      benk_import_result_set_wrong (result,
                                    _ ("“%s” is not a model that this program knows."),
                                    name);
      return FALSE;
    }
  if (model != NULL)
    benk_device_set_model_id (result->device, benk_model_get_id (model));

  return read_numbers (plan, result);
}

/*
 * benk_import_read_row:
 * @result: a row that is not blank
 * @seen: what it is compared with
 * @known: (out) (nullable): the device that it means
 *
 * Reads what a row says, and whom it means.
 *
 * Returns: %FALSE, with the row wrong, if it cannot be imported as it stands
 */
gboolean
benk_import_read_row (BenkImportPlan *plan,
                      BenkImportResult *result,
                      BenkImportSeen *seen,
                      const BenkDeviceKeys **known)
{
  *known = NULL;
  if (!read_names (plan, result, seen) || !benk_import_seen_find (seen, result, known))
    return FALSE;
  if (*known == NULL && benk_device_get_model_id (result->device) == NULL)
    {
      benk_import_result_set_wrong (result, "%s", _ ("The model is missing."));
      return FALSE;
    }

  return note_numbers (result, seen, *known) && read_words (plan, result, seen) &&
         read_owner (plan, result) &&
         read_date (plan, result, BENK_IMPORT_FIELD_RECEIVED) &&
         read_date (plan, result, BENK_IMPORT_FIELD_WARRANTY) &&
         read_date (plan, result, BENK_IMPORT_FIELD_LEASE_END);
}
