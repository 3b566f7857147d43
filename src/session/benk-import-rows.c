/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-rows-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-model.h"
#include "benk-serial.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-placement.h"

/* What was seen further up in the same list: number → line. */
typedef struct
{
  GHashTable *serials;
  GHashTable *imeis;
  GHashTable *assets;
  GHashTable *users; /* with an active device */
} Seen;

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->serials, g_hash_table_unref);
  g_clear_pointer (&seen->imeis, g_hash_table_unref);
  g_clear_pointer (&seen->assets, g_hash_table_unref);
  g_clear_pointer (&seen->users, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
seen_init (Seen *seen)
{
  seen->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->imeis = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
benk_import_result_free (BenkImportResult *self)
{
  g_clear_object (&self->device);
  g_free (self->label);
  g_free (self->reason);
  g_free (self);
}

/* Rows in which the heading is looked for; a title may stand above it. */
#define HEADING_ROWS 10

static gboolean
try_heading (BenkImportPlan *plan, guint row)
{
  guint n_cells = benk_sheet_get_n_cells (plan->sheet, row);

  plan->heading = row;
  for (guint i = 0; i < BENK_N_IMPORT_FIELDS; i++)
    plan->columns[i] = -1;
  for (guint i = 0; i < n_cells; i++)
    {
      BenkImportField field =
        benk_import_guess_field (benk_sheet_get_cell (plan->sheet, row, i));

      if (field != BENK_IMPORT_FIELD_NONE && plan->columns[field] < 0)
        plan->columns[field] = (int) i;
    }

  return plan->columns[BENK_IMPORT_FIELD_MODEL] >= 0 &&
         plan->columns[BENK_IMPORT_FIELD_SERIAL] >= 0;
}

/*
 * benk_import_plan_guess:
 *
 * Finds the heading and tells the columns by it. The first of two columns with one
 * meaning counts.
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID if model or serial is in no column
 */
gboolean
benk_import_plan_guess (BenkImportPlan *plan, GError **error)
{
  guint n_rows = MIN (HEADING_ROWS, benk_sheet_get_n_rows (plan->sheet));

  for (guint row = 0; row < n_rows; row++)
    if (try_heading (plan, row))
      return TRUE;

  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("No line names the columns. At least model (Type) and serial "
                          "number (Serienr) must be there."));
  return FALSE;
}

/* One line of text without blanks at the ends; NULL if nothing is there. */
static char *
get_field (BenkImportPlan *plan, guint row, BenkImportField field)
{
  g_autofree char *text = NULL;

  if (plan->columns[field] < 0)
    return NULL;
  text = g_strdup (benk_sheet_get_cell (plan->sheet, row, (guint) plan->columns[field]));
  if (field != BENK_IMPORT_FIELD_COMMENT)
    g_strdelimit (text, "\n\t", ' ');
  g_strstrip (text);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
is_blank (BenkImportPlan *plan, guint row)
{
  return benk_sheet_is_blank (plan->sheet, row);
}

static void G_GNUC_PRINTF (2, 3)
  set_wrong (BenkImportResult *result, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (result->reason);
  result->reason = g_strdup_vprintf (format, args);
  va_end (args);
  result->verdict = BENK_IMPORT_WRONG;
}

/* Whether @value stood further up; remembers it if not. */
static gboolean
is_repeated (GHashTable *seen, BenkImportResult *result, char *key, const char *what)
{
  gpointer line = g_hash_table_lookup (seen, key);

  if (line != NULL)
    {
      g_free (key);
      set_wrong (result, _ ("The same %s is on line %u."), what, GPOINTER_TO_UINT (line));
      return TRUE;
    }

  g_hash_table_insert (seen, key, GUINT_TO_POINTER (result->line));
  return FALSE;
}

static gboolean
read_date (BenkImportPlan *plan, BenkImportResult *result, BenkImportField field)
{
  g_autofree char *text = get_field (plan, result->row, field);
  g_autofree char *date = text != NULL ? benk_import_read_date (text) : NULL;

  if (text != NULL && date == NULL)
    {
      set_wrong (result, _ ("“%s” is not a date (%s)."), text,
                 benk_import_field_get_label (field));
      return FALSE;
    }
  if (field == BENK_IMPORT_FIELD_RECEIVED)
    benk_device_set_received_date (result->device, date);
  else
    benk_device_set_warranty_date (result->device, date);

  return TRUE;
}

static gboolean
read_numbers (BenkImportPlan *plan, BenkImportResult *result, Seen *seen)
{
  BenkDevice *device = result->device;
  g_autofree char *serial = get_field (plan, result->row, BENK_IMPORT_FIELD_SERIAL);
  g_autofree char *imei = get_field (plan, result->row, BENK_IMPORT_FIELD_IMEI);
  g_autofree char *asset = get_field (plan, result->row, BENK_IMPORT_FIELD_ASSET);
  g_autofree char *key = benk_serial_normalise (serial);

  benk_device_set_serial (device, serial);
  benk_device_set_imei (device, imei);
  benk_device_set_asset (device, asset);
  if (*key == '\0')
    set_wrong (result, "%s", _ ("The serial number is missing."));
  else if (benk_text_is_spreadsheet_number (serial))
    set_wrong (
      result,
      _ ("A spreadsheet has rounded the serial number (%s). Its digits are lost."),
      serial);
  else if (benk_text_is_spreadsheet_number (imei))
    set_wrong (result,
               _ ("A spreadsheet has rounded the IMEI (%s). Its digits are lost."), imei);
  else
    return !is_repeated (seen->serials, result,
                         g_strdup_printf ("%s\n%s", benk_device_get_model_id (device),
                                          key),
                         _ ("serial number")) &&
           (imei == NULL ||
            !is_repeated (seen->imeis, result, g_strdup (imei), _ ("IMEI"))) &&
           (asset == NULL ||
            !is_repeated (seen->assets, result, g_strdup (asset), _ ("asset number")));

  return FALSE;
}

static gboolean
read_words (BenkImportPlan *plan, BenkImportResult *result)
{
  BenkDevice *device = result->device;
  g_autofree char *state = get_field (plan, result->row, BENK_IMPORT_FIELD_STATE);
  g_autofree char *place = get_field (plan, result->row, BENK_IMPORT_FIELD_PLACE);
  g_autofree char *vendor = get_field (plan, result->row, BENK_IMPORT_FIELD_VENDOR);
  g_autofree char *reference = get_field (plan, result->row, BENK_IMPORT_FIELD_REFERENCE);
  g_autofree char *comment = get_field (plan, result->row, BENK_IMPORT_FIELD_COMMENT);
  BenkDeviceState found = BENK_DEVICE_STATE_RECEIVED;

  if (benk_import_is_national_number (reference) ||
      benk_import_is_national_number (comment))
    set_wrong (result, "%s",
               _ ("There is a national identity number in this row. It must not be "
                  "imported."));
  else if (state != NULL && !benk_import_guess_state (state, &found))
    set_wrong (result, _ ("The state “%s” is not known."), state);
  else if (reference != NULL && state != NULL &&
           !benk_device_state_may_have_person (found))
    set_wrong (result, _ ("A device that is “%s” cannot be with a user."), state);
  else
    {
      benk_device_set_state (device, state != NULL ? (int) found : -1);
      benk_device_set_place_name (device, place);
      benk_device_set_vendor (device, vendor);
      benk_device_set_person_ref (device, reference);
      benk_device_set_note (device, comment);
      return TRUE;
    }

  return FALSE;
}

/* Text beyond the last heading: most often a separator inside a comment. */
static gboolean
has_text_beyond (BenkImportPlan *plan, guint row)
{
  guint n_cells = benk_sheet_get_n_cells (plan->sheet, row);

  for (guint i = benk_sheet_get_n_cells (plan->sheet, plan->heading); i < n_cells; i++)
    if (*benk_sheet_get_cell (plan->sheet, row, i) != '\0')
      return TRUE;

  return FALSE;
}

/* What the row says by itself, without the inventory. */
static gboolean
read_row (BenkImportPlan *plan, BenkImportResult *result, Seen *seen)
{
  g_autofree char *name = get_field (plan, result->row, BENK_IMPORT_FIELD_MODEL);
  g_autofree char *serial = get_field (plan, result->row, BENK_IMPORT_FIELD_SERIAL);
  BenkModel *model = name != NULL ? benk_model_match (plan->models, name) : NULL;
  guint n_cells = benk_sheet_get_n_cells (plan->sheet, result->row);

  result->device = benk_device_new ();
  benk_device_set_origin (result->device, BENK_ORIGIN_IMPORTED);
  result->label =
    g_strdup_printf ("%s %s", name != NULL ? name : "–", serial != NULL ? serial : "–");
  if (n_cells < benk_sheet_get_n_cells (plan->sheet, plan->heading))
    set_wrong (result, _ ("Only %u of %u columns are there. Is the file cut off?"),
               n_cells, benk_sheet_get_n_cells (plan->sheet, plan->heading));
  else if (has_text_beyond (plan, result->row))
    set_wrong (result, "%s",
               _ ("There is text beyond the last column. Is a separator inside a text?"));
  else if (name == NULL)
    set_wrong (result, "%s", _ ("The model is missing."));
  else if (model == NULL)
    set_wrong (result, _ ("“%s” is not a model that this program knows."), name);
  else
    {
      benk_device_set_model_id (result->device, benk_model_get_id (model));
      return read_numbers (plan, result, seen) && read_words (plan, result) &&
             read_date (plan, result, BENK_IMPORT_FIELD_RECEIVED) &&
             read_date (plan, result, BENK_IMPORT_FIELD_WARRANTY);
    }

  return FALSE;
}

static void
add_change (GString *changes, BenkImportField field, const char *from, const char *to)
{
  g_string_append_printf (changes, "%s%s: %s → %s", changes->len > 0 ? ", " : "",
                          benk_import_field_get_label (field), from != NULL ? from : "–",
                          to);
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
    { "vendor", BENK_IMPORT_FIELD_VENDOR },
    { "received-date", BENK_IMPORT_FIELD_RECEIVED },
    { "warranty-date", BENK_IMPORT_FIELD_WARRANTY },
    { "person-ref", BENK_IMPORT_FIELD_REFERENCE },
    { "note", BENK_IMPORT_FIELD_COMMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      g_object_get (known, texts[i].property, &from, NULL);
      g_object_get (row, texts[i].property, &to, NULL);
      if (to == NULL || g_strcmp0 (from, to) == 0)
        continue;
      add_change (changes, texts[i].field, from, to);
      g_object_set (known, texts[i].property, to, NULL);
    }
}

static gboolean
merge_state (BenkDb *db,
             BenkDevice *known,
             BenkImportResult *result,
             GString *changes,
             GError **error)
{
  int to = (int) benk_device_get_state (result->device);
  BenkDeviceState from = benk_device_get_state (known);
  g_autoptr (BenkLifecycleView) view = NULL;
  g_autoptr (GError) refused = NULL;

  if (to < 0 || to == (int) from)
    {
      benk_device_set_state (result->device, from);
      return TRUE;
    }

  view = benk_device_view_load (db, benk_device_get_id (known), error);
  if (view == NULL)
    return FALSE;
  if (!benk_lifecycle_allow (view, to, NULL, NULL, &refused))
    set_wrong (result, "%s", refused->message);
  else
    add_change (changes, BENK_IMPORT_FIELD_STATE, benk_device_describe_state (known),
                benk_device_state_get_label ((BenkDeviceState) to, FALSE));

  return TRUE;
}

/* What the row is to a device that is there already. Afterwards the device of @result is
 * the known one with the new values, its state the one to change to. */
static gboolean
compare_known (BenkDb *db, BenkDevice *known, BenkImportResult *result, GError **error)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  BenkDeviceState to;

  if (!merge_state (db, known, result, changes, error))
    return FALSE;
  if (result->verdict == BENK_IMPORT_WRONG)
    return TRUE;

  to = benk_device_get_state (result->device);
  merge_texts (known, result->device, changes);
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
check_one_active (BenkDb *db, BenkImportResult *result, Seen *seen, GError **error)
{
  guint active = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |
                 BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |
                 BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED);
  const char *reference = benk_device_get_person_ref (result->device);
  g_autoptr (GError) local = NULL;
  BenkId person;

  if (reference == NULL ||
      !(active & BENK_DEVICE_STATE_MASK (benk_device_get_state (result->device))) ||
      is_repeated (seen->users, result, g_strdup (reference), _ ("user")))
    return TRUE;

  if (benk_table_person_find (db, reference, &person, &local) &&
      benk_table_placement_is_active (db, &person, benk_device_get_id (result->device),
                                      NULL, &local))
    set_wrong (result, "%s", _ ("The user has another active device."));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
compare_row (
  BenkImportPlan *plan, BenkDb *db, BenkImportResult *result, Seen *seen, GError **error)
{
  g_autoptr (BenkDevice) known = NULL;
  g_autoptr (GError) local = NULL;

  if (is_blank (plan, result->row))
    {
      result->verdict = BENK_IMPORT_BLANK;
      return TRUE;
    }
  if (!read_row (plan, result, seen))
    return TRUE;

  known = benk_table_device_find_serial (db, benk_device_get_model_id (result->device),
                                         benk_device_get_serial (result->device), &local);
  if (local == NULL && known != NULL && !compare_known (db, known, result, &local))
    g_assert (local != NULL);
  if (local == NULL && known == NULL)
    {
      result->verdict = BENK_IMPORT_NEW;
      if ((int) benk_device_get_state (result->device) < 0)
        benk_device_set_state (result->device, BENK_DEVICE_STATE_RECEIVED);
    }
  if (local == NULL && result->verdict != BENK_IMPORT_WRONG &&
      result->verdict != BENK_IMPORT_SAME)
    benk_table_device_check_unique (db, result->device, &local);
  if (local == NULL &&
      (result->verdict == BENK_IMPORT_NEW || result->verdict == BENK_IMPORT_CHANGED))
    check_one_active (db, result, seen, &local);
  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_CONFLICT))
    {
      set_wrong (result, "%s", local->message);
      g_clear_error (&local);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * benk_import_rows_compare:
 * @db: a connection; in a scope when the rows are to be written
 *
 * Says of every row after the heading what it is to the inventory. Writes nothing.
 *
 * Returns: (element-type BenkImportResult): one a row, in their order; %NULL with @error
 */
GPtrArray *
benk_import_rows_compare (BenkImportPlan *plan, BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) results =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_import_result_free);
  guint n_rows = benk_sheet_get_n_rows (plan->sheet);
  g_auto (Seen) seen = { NULL };

  seen_init (&seen);
  for (guint row = plan->heading + 1; row < n_rows; row++)
    {
      BenkImportResult *result = g_new0 (BenkImportResult, 1);

      result->row = row;
      result->line = benk_sheet_get_line (plan->sheet, row);
      g_ptr_array_add (results, result);
      if (!compare_row (plan, db, result, &seen, error))
        return NULL;
    }

  return g_steal_pointer (&results);
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

  return benk_table_device_update (db, device, error);
}

/*
 * benk_import_rows_write:
 * @results: what benk_import_rows_compare() said in the same scope
 * @db: a connection with an open scope
 *
 * Writes new and changed rows. No proof is written: a list proves nothing.
 */
gboolean
benk_import_rows_write (GPtrArray *results, BenkDb *db, GError **error)
{
  for (guint i = 0; i < results->len; i++)
    {
      BenkImportResult *result = g_ptr_array_index (results, i);
      gboolean done = TRUE;

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

  return TRUE;
}
