/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-rows-private.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-import-instant.h"
#include "benk-import-known-private.h"
#include "benk-import-value.h"
#include "benk-national-number.h"
#include "benk-plan.h"
#include "benk-serial.h"
#include "benk-table-device.h"
#include "benk-wording.h"

/* A clock that is wrong by more than this tells of the future. */
#define FUTURE_MS (10 * 60 * 1000)

/* What is written about an alarm has as much room as from a feed. */
#define MAX_TEXT 400

/* A row that is an alarm. */
typedef struct
{
  BenkImportResult *result;
  BenkFhirIssue *issue;
  BenkId name;
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_pointer (&self->issue, benk_fhir_issue_free);
  g_free (self);
}

static char *
get_field (BenkImportPlan *plan, guint row, BenkImportField field)
{
  return benk_import_plan_dup_text (plan, row, field);
}

static gboolean
has_needed (BenkImportPlan *plan)
{
  return benk_import_plan_has_device (plan) &&
         plan->columns[BENK_IMPORT_FIELD_RAISED] >= 0 &&
         (plan->columns[BENK_IMPORT_FIELD_EVENT] >= 0 ||
          plan->columns[BENK_IMPORT_FIELD_EVENT_TEXT] >= 0);
}

static const char *
code_to_name (int choice)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  return choice >= 0 && (gsize) choice < n_codes ? codes[choice].code
                                                 : BENK_ALARM_CODE_OTHER;
}

static gboolean
code_from_name (const char *name, int *choice)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  for (gsize i = 0; i < n_codes; i++)
    if (g_strcmp0 (codes[i].code, name) == 0)
      {
        *choice = (int) i;
        return TRUE;
      }
  return FALSE;
}

/* What a person should know of a row that is taken in all the same. */
static void add_remark (BenkImportResult *result, const char *format, ...)
  G_GNUC_PRINTF (2, 3);

static void
add_remark (BenkImportResult *result, const char *format, ...)
{
  g_autofree char *before = g_steal_pointer (&result->reason);
  g_autofree char *remark = NULL;
  va_list args;

  va_start (args, format);
  remark = g_strdup_vprintf (format, args);
  va_end (args);
  result->reason =
    before ? g_strdup_printf ("%s %s", before, remark) : g_steal_pointer (&remark);
}

static void
remark_on_instant (BenkImportResult *result, BenkImportInstant sure, const char *text)
{
  if (sure == BENK_IMPORT_INSTANT_TWICE)
    add_remark (result,
                _ ("%s is twice in the night that the clocks go back; the first is "
                   "taken."),
                text);
  else if (sure == BENK_IMPORT_INSTANT_SKIPPED)
    add_remark (result,
                _ ("%s is not in the night that the clocks go forward; an hour "
                   "later is taken."),
                text);
}

static gboolean
read_raised (BenkImportPlan *plan, Reading *r, BenkDb *db, GError **error)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *text = get_field (plan, r->result->row, BENK_IMPORT_FIELD_RAISED);
  g_autofree char *clock =
    get_field (plan, r->result->row, BENK_IMPORT_FIELD_RAISED_CLOCK);
  BenkImportInstant sure =
    text ? benk_import_read_instant (text, clock, zone, &r->issue->raised_ms)
         : BENK_IMPORT_INSTANT_NONE;

  if (text == NULL)
    benk_import_result_set_wrong (r->result, "%s",
                                  _ ("It does not say when it was raised."));
  else if (sure == BENK_IMPORT_INSTANT_NONE)
    benk_import_result_set_wrong (r->result, _ ("“%s” is not a date and time."), text);
  else if (sure == BENK_IMPORT_INSTANT_DAY)
    benk_import_result_set_wrong (r->result, _ ("“%s” has no time of day."), text);
  else if (r->issue->raised_ms > benk_db_get_wall_ms (db) + FUTURE_MS)
    benk_import_result_set_wrong (r->result, _ ("“%s” is in the future."), text);
  else
    {
      remark_on_instant (r->result, sure, text);
      return TRUE;
    }
  return FALSE;
}

/* What is said to be over, and does not say when, was over when the list was read. */
static gboolean
read_closed (BenkImportPlan *plan, Reading *r, BenkDb *db, gboolean *has_time)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *text = get_field (plan, r->result->row, BENK_IMPORT_FIELD_CLOSED);
  g_autofree char *clock =
    get_field (plan, r->result->row, BENK_IMPORT_FIELD_CLOSED_CLOCK);
  BenkImportInstant sure;

  r->issue->closed_ms = -1;
  *has_time = FALSE;
  if (text == NULL || g_str_equal (text, "-") || g_str_equal (text, "–"))
    return TRUE;
  sure = benk_import_read_instant (text, clock, zone, &r->issue->closed_ms);
  if (sure == BENK_IMPORT_INSTANT_NONE)
    benk_import_result_set_wrong (r->result, _ ("“%s” is not a date and time."), text);
  else if (sure == BENK_IMPORT_INSTANT_DAY)
    benk_import_result_set_wrong (r->result, _ ("“%s” has no time of day."), text);
  else if (r->issue->closed_ms < r->issue->raised_ms)
    benk_import_result_set_wrong (r->result, "%s",
                                  _ ("It is closed before it was raised."));
  else if (r->issue->closed_ms > benk_db_get_wall_ms (db) + FUTURE_MS)
    benk_import_result_set_wrong (r->result, _ ("“%s” is in the future."), text);
  else
    {
      *has_time = TRUE;
      remark_on_instant (r->result, sure, text);
      return TRUE;
    }
  return FALSE;
}

/* What is not understood is open: an alarm is never hidden by a word. */
static BenkImportStatus
choose_status (Reading *r, const char *text, gboolean has_time)
{
  BenkImportStatus status = benk_import_guess_alarm_status (text);

  if (status == BENK_IMPORT_STATUS_UNKNOWN && text != NULL)
    add_remark (r->result,
                has_time ? _ ("The status “%s” is not known; it has a closing time.")
                         : _ ("The status “%s” is not known; it is taken as open."),
                text);
  if (status == BENK_IMPORT_STATUS_OPEN && has_time)
    add_remark (r->result, "%s",
                _ (
                  "It is said to be open, yet has a closing time; it is taken as open."));
  if (has_time &&
      (status == BENK_IMPORT_STATUS_UNKNOWN || status == BENK_IMPORT_STATUS_TAKEN))
    status = BENK_IMPORT_STATUS_CLOSED;
  return status;
}

/* An end counts as later than the beginning, also where both are in one minute or no time
 * is told: whichever list comes first, the later event stands. */
static gboolean
read_status (BenkImportPlan *plan, Reading *r, BenkDb *db)
{
  g_autofree char *text = get_field (plan, r->result->row, BENK_IMPORT_FIELD_STATUS);
  gboolean has_time;
  BenkImportStatus status;

  if (!read_closed (plan, r, db, &has_time))
    return FALSE;
  status = choose_status (r, text, has_time);
  r->issue->status = BENK_FHIR_STATUS_OPEN;
  r->issue->updated_ms = r->issue->raised_ms;
  if (status == BENK_IMPORT_STATUS_TAKEN)
    r->issue->taken_by = g_strdup (plan->portal != NULL ? plan->portal : text);
  if (status != BENK_IMPORT_STATUS_CLOSED && status != BENK_IMPORT_STATUS_SETTLED)
    {
      r->issue->closed_ms = -1;
      return TRUE;
    }
  r->issue->status = status == BENK_IMPORT_STATUS_CLOSED ? BENK_FHIR_STATUS_CLOSED
                                                         : BENK_FHIR_STATUS_CANCELLED;
  r->issue->updated_ms = MAX (r->issue->closed_ms, r->issue->raised_ms) + 1;
  if (!has_time)
    {
      r->issue->closed_ms = benk_db_get_wall_ms (db);
      add_remark (r->result, "%s",
                  _ ("It does not say when it was closed; the time of this import is "
                     "kept."));
    }
  return TRUE;
}

/* A spreadsheet makes 1.10 a 1.1; the text beside it tells. */
static int
prefer_text (Reading *r, int choice, const char *text)
{
  g_autofree char *longer = g_strconcat (code_to_name (choice), "0", NULL);
  int said;

  if (text == NULL || !benk_import_guess_alarm_code (text, &said) ||
      !g_str_equal (code_to_name (said), longer))
    return choice;
  add_remark (r->result, _ ("The code %s is read as %s, as its text says."),
              code_to_name (choice), longer);
  return said;
}

static void
read_code (BenkImportPlan *plan, Reading *r, const char *event, const char *text)
{
  const char *word = event != NULL ? event : text;
  int choice =
    word != NULL ? benk_import_plan_get_word (plan, word) : BENK_IMPORT_WORD_UNKNOWN;

  if (choice == BENK_IMPORT_WORD_UNKNOWN && event != NULL && text != NULL &&
      benk_import_guess_alarm_code (text, &choice))
    word = text;
  if (choice < 0)
    {
      choice = BENK_IMPORT_WORD_UNKNOWN;
      r->issue->code = g_strdup (BENK_ALARM_CODE_OTHER);
      if (word != NULL)
        add_remark (r->result,
                    _ ("“%s” is not known here; it is kept as another alarm, "
                       "with its text."),
                    word);
      else
        add_remark (r->result, "%s",
                    _ ("It does not say what happened; it is kept as another alarm."));
      return;
    }
  r->issue->code =
    g_strdup (code_to_name (event != NULL ? prefer_text (r, choice, text) : choice));
}

/* The source's own words, which are personal: anything may stand in them. */
static void
read_text (BenkImportPlan *plan, Reading *r)
{
  guint row = r->result->row;
  g_autofree char *event = get_field (plan, row, BENK_IMPORT_FIELD_EVENT);
  g_autofree char *text = get_field (plan, row, BENK_IMPORT_FIELD_EVENT_TEXT);
  g_autofree char *severity = get_field (plan, row, BENK_IMPORT_FIELD_SEVERITY);
  g_autofree char *whole = event != NULL && text != NULL && !g_str_equal (event, text)
                             ? g_strdup_printf ("%s: %s", event, text)
                             : g_strdup (event != NULL ? event : text);

  read_code (plan, r, event, text);
  r->issue->severity = benk_import_guess_severity (severity);
  if (severity != NULL && r->issue->severity < 0)
    add_remark (r->result, _ ("The severity “%s” is not known; the alarm’s own is used."),
                severity);
  if (benk_text_holds_national_number (whole))
    add_remark (r->result, "%s",
                _ ("There is a national identity number in its text. The alarm is taken "
                   "in without the text."));
  else if (whole != NULL)
    r->issue->text = benk_fhir_clean_text (whole, MAX_TEXT, NULL);
}

/* The number that one device has; the first that is told where none is known. */
static gboolean
choose_device (BenkImportPlan *plan, Reading *r, BenkDb *db, GString *key, GError **error)
{
  static const BenkImportField fields[] = { BENK_IMPORT_FIELD_SERIAL,
                                            BENK_IMPORT_FIELD_IMEI,
                                            BENK_IMPORT_FIELD_ASSET };
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *written = get_field (plan, r->result->row, fields[i]);
      g_autofree char *name = written && fields[i] == BENK_IMPORT_FIELD_IMEI
                                ? benk_import_read_imei (written)
                                : g_strdup (written);
      g_autoptr (GPtrArray) devices = NULL;

      if (name == NULL)
        continue;
      if (key->len == 0)
        {
          g_autofree char *normal = benk_serial_normalise (name);

          g_string_append_printf (key, "%s|", normal);
        }
      devices = benk_table_device_find_all (db, name, error);
      if (devices == NULL)
        return FALSE;
      if (r->issue->serial == NULL || (!found && devices->len == 1))
        {
          g_free (r->issue->serial);
          r->issue->serial = g_steal_pointer (&name);
        }
      found |= devices->len == 1;
    }
  if (r->issue->serial == NULL)
    benk_import_result_set_wrong (r->result, "%s",
                                  _ ("It does not say which device it is."));
  else if (benk_text_holds_national_number (r->issue->serial))
    benk_import_result_set_wrong (
      r->result, "%s",
      _ ("There is a national identity number in this row. It must not be imported."));
  else if (!found)
    add_remark (r->result, "%s", _ ("The device is not registered here."));
  return TRUE;
}

/* One alarm has one name, whichever list tells of it and however often: the device, when
 * it was raised, and its number at the portal or its kind as written there. Nothing of it
 * can be read back. */
static void
give_name (BenkImportPlan *plan, Reading *r, GString *key)
{
  guint row = r->result->row;
  g_autofree char *id = get_field (plan, row, BENK_IMPORT_FIELD_EVENT_ID);
  g_autofree char *event = get_field (plan, row, BENK_IMPORT_FIELD_EVENT);
  g_autofree char *text = get_field (plan, row, BENK_IMPORT_FIELD_EVENT_TEXT);
  const char *said = event != NULL ? event : text;
  g_autofree char *word = benk_import_fold_word (said != NULL ? said : "");
  g_autofree char *whole =
    g_strdup_printf ("%s%" G_GINT64_FORMAT "|%s|%s", key->str, r->issue->raised_ms,
                     id != NULL ? "id" : "kind", id != NULL ? id : word);
  g_autofree char *state =
    g_strdup_printf ("%d|%s|%s|%d", r->issue->status, r->issue->code,
                     r->issue->text ? r->issue->text : "", r->issue->severity);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);

  name[32] = '\0';
  digest[32] = '\0';
  r->issue->id = g_steal_pointer (&name);
  r->issue->version = g_steal_pointer (&digest);
  r->name = benk_id_new_named (BENK_ALARM_LIST_NAMES, r->issue->id);
}

static void
give_label (Reading *r, BenkDb *db)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *when =
    benk_wording_instant (r->issue->raised_ms, benk_db_get_wall_ms (db), zone);
  const BenkAlarmCode *code = benk_alarm_code_resolve (r->issue->code);

  r->result->label = g_strdup_printf ("%s · %s · %s", r->issue->serial,
                                      benk_alarm_code_get_label (code), when);
}

static gboolean
read_row (BenkImportPlan *plan, Reading *r, BenkDb *db, GError **error)
{
  g_autoptr (GString) key = g_string_new (NULL);

  r->issue = g_new0 (BenkFhirIssue, 1);
  r->issue->steps = g_ptr_array_new_with_free_func (g_free);
  r->issue->taken_ms = -1;
  r->result->verdict = BENK_IMPORT_SAME;
  if (!choose_device (plan, r, db, key, error))
    return FALSE;
  if (r->result->verdict == BENK_IMPORT_WRONG || !read_raised (plan, r, db, error) ||
      !read_status (plan, r, db))
    {
      r->result->label = g_strdup (r->issue->serial ? r->issue->serial : "–");
      return TRUE;
    }
  read_text (plan, r);
  give_name (plan, r, key);
  give_label (r, db);
  return TRUE;
}

/* In the order of events, not of rows. */
static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Reading *one = *(Reading *const *) a;
  const Reading *other = *(Reading *const *) b;

  if (one->issue->raised_ms != other->issue->raised_ms)
    return one->issue->raised_ms < other->issue->raised_ms ? -1 : 1;
  if (one->issue->updated_ms != other->issue->updated_ms)
    return one->issue->updated_ms < other->issue->updated_ms ? -1 : 1;
  return g_strcmp0 (one->issue->id, other->issue->id);
}

static void
give_verdict (BenkImportResult *result, BenkIntakeOutcome outcome)
{
  static const BenkImportVerdict verdicts[] = {
    [BENK_INTAKE_SAME] = BENK_IMPORT_SAME,       [BENK_INTAKE_NEW] = BENK_IMPORT_NEW,
    [BENK_INTAKE_ENDED] = BENK_IMPORT_CLOSED,    [BENK_INTAKE_JOINED] = BENK_IMPORT_JOINS,
    [BENK_INTAKE_CHANGED] = BENK_IMPORT_CHANGED,
  };

  result->verdict = verdicts[outcome];
  if (outcome == BENK_INTAKE_SAME)
    g_clear_pointer (&result->reason, g_free);
  else if (outcome == BENK_INTAKE_JOINED)
    add_remark (result, "%s",
                _ ("It joins the open alarm of the same kind from this device."));
  else if (outcome == BENK_INTAKE_CHANGED)
    add_remark (result, "%s",
                _ ("It is known; what the portal has done with it is taken over."));
}

/* Every alarm of the list in one go, by the rules of feeds. */
static gboolean
take_in (BenkImportPlan *plan, GPtrArray *readings, BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new ();
  g_autoptr (GPtrArray) flaws = g_ptr_array_new ();
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GArray) outcomes = g_array_new (FALSE, FALSE, sizeof (BenkIntakeOutcome));
  BenkFhirPage page = { .issues = issues, .flaws = flaws };
  BenkIntakeJob job = { .models = plan->models,
                        .feed = benk_id_new_named (BENK_ALARM_LIST_NAMES, "feed"),
                        .page = &page,
                        .names = names,
                        .cursor_ms = -1,
                        .via = BENK_ALARM_VIA_PORTAL,
                        .outcomes = outcomes };

  g_ptr_array_sort (readings, compare_events);
  for (guint i = 0; i < readings->len; i++)
    {
      Reading *r = g_ptr_array_index (readings, i);

      g_ptr_array_add (issues, r->issue);
      g_array_append_val (names, r->name);
    }
  if (!benk_intake_job_take (db, &job, error))
    return FALSE;
  for (guint i = 0; i < readings->len; i++)
    give_verdict (((Reading *) g_ptr_array_index (readings, i))->result,
                  g_array_index (outcomes, BenkIntakeOutcome, i));
  return TRUE;
}

static BenkImportResult *
add_result (BenkImportPlan *plan, GPtrArray *results, guint row)
{
  BenkImportResult *result = g_new0 (BenkImportResult, 1);

  result->row = row;
  result->line = benk_sheet_get_line (plan->sheet, row);
  result->verdict = BENK_IMPORT_BLANK;
  g_ptr_array_add (results, result);
  return result;
}

/* Takes the list in, inside the scope that is open. */
static GPtrArray *
compare (BenkImportPlan *plan, BenkDb *db, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_import_result_free);
  g_autoptr (GPtrArray) readings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) reading_free);
  guint n_rows = benk_sheet_get_n_rows (plan->sheet);

  if (!benk_import_plan_check (plan, error))
    return NULL;
  benk_import_meter_set (&plan->meter, BENK_IMPORT_COMPARING, 0, n_rows);
  for (guint row = plan->heading + 1; row < n_rows; row++)
    {
      BenkImportResult *result = add_result (plan, results, row);
      Reading *r;

      if (!benk_import_meter_tick (&plan->meter, row, cancellable, error))
        return NULL;
      if (benk_sheet_is_blank (plan->sheet, row))
        continue;
      r = g_new0 (Reading, 1);
      r->result = result;
      g_ptr_array_add (readings, r);
      if (!read_row (plan, r, db, error))
        return NULL;
      if (result->verdict == BENK_IMPORT_WRONG)
        g_ptr_array_remove_index (readings, readings->len - 1);
    }
  return take_in (plan, readings, db, error) ? g_steal_pointer (&results) : NULL;
}

const BenkImportKind benk_import_of_alarms = {
  .verb = BENK_VERB_INTAKE,
  .profile = "alarms\n",
  .missing = N_ ("No line names the columns. A list of alarms says which device (serial "
                 "number, IMEI or asset number), what happened and when it was raised."),
  .changed =
    N_ ("The alarms have changed since the list was compared. Compare it again."),
  .word_field = BENK_IMPORT_FIELD_EVENT,
  .takes_in = TRUE,
  .guess_field = benk_import_guess_alarm_field,
  .has_needed = has_needed,
  .guess_word = benk_import_guess_alarm_code,
  .word_to_name = code_to_name,
  .word_from_name = code_from_name,
  .compare = compare,
};
