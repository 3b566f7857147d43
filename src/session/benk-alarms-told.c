/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-told.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-import-words.h"
#include "benk-json-read.h"
#include "benk-national-number.h"
#include "benk-plan.h"
#include "benk-text-check.h"

/* What names are made in that another program gave. */
#define TOLD_NAMES "https://dosebenk.no/alarm-told"

/* A clock that is wrong by more than this raises alarms of the future. */
#define FUTURE_MS (10 * 60 * 1000)

/* What is written about an alarm has as much room as from a feed. */
#define MAX_TEXT 400

/* A repeated delivery changes nothing, whatever else it says. */
#define VERSION "1"
#define VERSION_MS 1

/* --- a line --- */

/**
 * benk_told_alarm_clear:
 * @self: an alarm
 *
 * Frees what it holds.
 */
void
benk_told_alarm_clear (BenkToldAlarm *self)
{
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->external_id, g_free);
}

static gboolean G_GNUC_PRINTF (2, 3) fail (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, text);
  return FALSE;
}

static gboolean
check_members (JsonObject *object, GError **error)
{
  static const char *const known[] = {
    "device", "code", "via", "at", "external_id", NULL
  };
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member; member = member->next)
    {
      g_autofree char *shown =
        g_utf8_substring (member->data, 0, MIN (g_utf8_strlen (member->data, -1), 40));

      if (!g_strv_contains (known, member->data))
        return fail (error, _ ("“%s” is not known here."), shown);
    }
  return TRUE;
}

/* Also numbers, as some programs write the number of a device. */
static gboolean
read_text (JsonObject *object, const char *name, char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return fail (error, _ ("“%s” is neither a text nor a number."), name);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    *text = g_strstrip (json_node_dup_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    *text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    return fail (error, _ ("“%s” is neither a text nor a whole number."), name);
  if (**text == '\0')
    g_clear_pointer (text, g_free);
  return TRUE;
}

/* A time without a zone is one of the district. */
static gboolean
read_at (const char *text, gint64 *ms, GError **error)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *with_seconds = g_strconcat (text, ":00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  if (time == NULL)
    time = g_date_time_new_from_iso8601 (with_seconds, zone);
  if (time == NULL || g_date_time_get_year (time) < 1971)
    return fail (error, _ ("“%.40s” is not a time such as 2026-11-21T08:05."), text);
  *ms = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

static gboolean
check_needed (const BenkToldAlarm *self, const char *via, GError **error)
{
  if (self->device == NULL || self->code == NULL || via == NULL ||
      self->external_id == NULL)
    return fail (error, "%s",
                 _ ("“device”, “code”, “via” and “external_id” are needed."));
  return TRUE;
}

/**
 * benk_told_alarm_read:
 * @self: all zero
 * @line: a JSON object with "device", "code", "via", "external_id" and, where it is not
 *   now, "at"
 * @length: octets of @line
 * @error: %BENK_ERROR_INVALID
 *
 * Reads a line that another program wrote.
 *
 * Returns: whether it tells of an alarm
 */
gboolean
benk_told_alarm_read (BenkToldAlarm *self, const char *line, gsize length, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *via = NULL;
  g_autofree char *at = NULL;

  if (length > BENK_TOLD_MAX_LINE)
    return fail (error, "%s", _ ("The line is too long."));
  text = g_bytes_new (line, length);
  object = benk_json_parse (text, NULL);
  if (object == NULL)
    return fail (error, "%s", _ ("The line is no JSON object."));
  if (!check_members (object, error) ||
      !read_text (object, "device", &self->device, error) ||
      !read_text (object, "code", &self->code, error) ||
      !read_text (object, "external_id", &self->external_id, error) ||
      !read_text (object, "via", &via, error) || !read_text (object, "at", &at, error) ||
      !check_needed (self, via, error))
    return FALSE;
  if (!benk_alarm_via_from_name (via, &self->via) || self->via == BENK_ALARM_VIA_FEED)
    return fail (error, _ ("“%.40s” is none of phone, sms, portal, mail and site."), via);
  return at == NULL || read_at (at, &self->raised_ms, error);
}

/**
 * benk_told_outcome_to_name:
 * @outcome: an outcome
 *
 * Returns: (transfer none): its stable name
 */
const char *
benk_told_outcome_to_name (BenkToldOutcome outcome)
{
  static const char *const names[] = { "new", "joined", "known" };

  return names[outcome];
}

/* --- taking it in --- */

typedef struct
{
  BenkChange change;
  GPtrArray *models;
  BenkToldAlarm told;
  BenkToldOutcome outcome;
} TellJob;

static void
tell_job_free (TellJob *job)
{
  g_clear_pointer (&job->models, g_ptr_array_unref);
  benk_told_alarm_clear (&job->told);
  g_free (job);
}

/* An alarm that nobody here has a word for is kept with the word it came with. */
static char *
find_code (const char *typed)
{
  const BenkAlarmCode *exact = benk_alarm_code_find (typed);
  g_autoptr (GPtrArray) fits = NULL;
  gsize n_codes;
  int index;

  if (exact == NULL && benk_import_guess_alarm_code (typed, &index))
    exact = benk_alarm_code_get_all (&n_codes) + index;
  if (exact == NULL)
    {
      fits = benk_alarm_code_match (typed);
      exact = fits->len == 1 ? g_ptr_array_index (fits, 0) : NULL;
    }
  return g_strdup (exact != NULL ? exact->code : BENK_ALARM_CODE_OTHER);
}

static gboolean
check_told (BenkDb *db, const BenkToldAlarm *told, GError **error)
{
  if (!benk_text_check_name (told->device, error))
    return FALSE;
  if (benk_text_holds_national_number (told->device))
    return fail (error, "%s",
                 _ ("A national identity number is no device. It must not be kept."));
  if (told->raised_ms > benk_db_get_wall_ms (db) + FUTURE_MS)
    return fail (error, "%s", _ ("An alarm cannot have been raised in the future."));
  if (told->external_id == NULL || strlen (told->external_id) > BENK_TEXT_MAX_NAME)
    return fail (error, "%s", _ ("The external id is missing or too long."));
  return TRUE;
}

/* The external id may be anybody's telephone number: only its digest is kept. */
static char *
name_told (const BenkToldAlarm *told)
{
  g_autofree char *whole =
    g_strdup_printf ("%s|%s", benk_alarm_via_to_name (told->via), told->external_id);
  char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);

  name[32] = '\0';
  return name;
}

static BenkFhirIssue *
make_issue (BenkDb *db, const BenkToldAlarm *told)
{
  BenkFhirIssue *issue = g_new0 (BenkFhirIssue, 1);

  issue->id = name_told (told);
  issue->version = g_strdup (VERSION);
  issue->updated_ms = VERSION_MS;
  issue->status = BENK_FHIR_STATUS_OPEN;
  issue->code = find_code (told->code);
  issue->severity = -1;
  issue->serial = g_strdup (told->device);
  issue->raised_ms = told->raised_ms > 0 ? told->raised_ms : benk_db_get_wall_ms (db);
  issue->taken_ms = -1;
  issue->closed_ms = -1;
  issue->steps = g_ptr_array_new_with_free_func (g_free);
  if (!benk_text_holds_national_number (told->code))
    issue->text = benk_fhir_clean_text (told->code, MAX_TEXT, NULL);
  return issue;
}

static gboolean
take_in (BenkDb *db, TellJob *job, BenkId *kept, GError **error)
{
  g_autoptr (GPtrArray) issues =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_fhir_issue_free);
  g_autoptr (GPtrArray) flaws = g_ptr_array_new ();
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GArray) outcomes = g_array_new (FALSE, FALSE, sizeof (BenkIntakeOutcome));
  BenkFhirIssue *issue = make_issue (db, &job->told);
  BenkFhirPage page = { .issues = issues, .flaws = flaws };
  BenkIntakeJob intake = { .models = job->models,
                           .feed = benk_id_new_named (TOLD_NAMES, "feed"),
                           .page = &page,
                           .names = names,
                           .cursor_ms = -1,
                           .via = job->told.via,
                           .outcomes = outcomes };
  BenkId name = benk_id_new_named (TOLD_NAMES, issue->id);

  g_ptr_array_add (issues, issue);
  g_array_append_val (names, name);
  if (!benk_intake_job_take (db, &intake, error))
    return FALSE;
  switch (g_array_index (outcomes, BenkIntakeOutcome, 0))
    {
    case BENK_INTAKE_NEW:
      job->outcome = BENK_TOLD_NEW;
      break;
    case BENK_INTAKE_JOINED:
      job->outcome = BENK_TOLD_JOINED;
      break;
    case BENK_INTAKE_SAME:
    case BENK_INTAKE_ENDED:
    case BENK_INTAKE_CHANGED:
    default:
      job->outcome = BENK_TOLD_KNOWN;
      break;
    }
  *kept = name;
  return TRUE;
}

/* A delivery that is known leaves the store as it was. */
static gpointer
tell (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  TellJob *job = data;
  g_autoptr (BenkScope) scope = NULL;
  BenkId kept;

  if (!check_told (db, &job->told, error))
    return NULL;
  scope = benk_scope_begin (db, &job->change, error);
  if (scope == NULL || !take_in (db, job, &kept, error))
    return NULL;
  if (job->outcome != BENK_TOLD_KNOWN && !benk_scope_commit (scope, NULL, error))
    return NULL;
  return benk_alarm_load (db, &kept, job->models, error);
}

/**
 * benk_alarms_tell_async:
 * @self: the alarms
 * @told: what was told; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * Takes in an alarm that another program tells of, by the rules of feeds: what has the
 * same external id and came the same way is the same alarm, however often it is
 * delivered. One from a device that is not registered is kept too, as is one with a word
 * that is no code.
 */
void
benk_alarms_tell_async (BenkAlarms *self,
                        const BenkToldAlarm *told,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  GError *error = NULL;
  TellJob *job;

  g_return_if_fail (session != NULL);
  job = g_new0 (TellJob, 1);
  job->models = g_ptr_array_ref (benk_alarms_get_models (self));
  job->told.device = g_strdup (told->device ? told->device : "");
  job->told.code = g_strdup (told->code ? told->code : "");
  job->told.via = told->via;
  job->told.raised_ms = told->raised_ms;
  job->told.external_id = g_strdup (told->external_id);
  g_task_set_task_data (task, job, (GDestroyNotify) tell_job_free);
  if (!benk_session_fill_change (session, BENK_VERB_INTAKE, NULL, &job->change, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  benk_store_write_async (benk_session_get_store (session), tell, job, NULL, cancellable,
                          benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_alarms_tell_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @outcome: (out): what came of it
 * @error: why it was not kept
 *
 * Returns: (transfer full) (nullable): the alarm; %NULL with
 *   %BENK_ERROR_INVALID for what is no alarm, or another error
 */
BenkAlarm *
benk_alarms_tell_finish (BenkAlarms *self,
                         GAsyncResult *result,
                         BenkToldOutcome *outcome,
                         GError **error)
{
  TellJob *job = g_task_get_task_data (G_TASK (result));
  BenkAlarm *alarm = g_task_propagate_pointer (G_TASK (result), error);

  *outcome = job->outcome;
  return alarm;
}
