/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir.h"
#include "benk-fhir-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-fhir-time.h"
#include "benk-json-read.h"

#define MAX_ID 64
#define MAX_CODE 64
#define MAX_SYSTEM 200
#define MAX_TEXT 200
#define MAX_NAME 80
#define MAX_LIST 64
/* A clock may be a little ahead of the server's; further ahead a time is a slip. */
#define AHEAD_MS (24 * 60 * 60 * 1000)

/* What is read on the way and forgotten: never stored, only taken out of the rest. */
typedef struct
{
  JsonObject *resource;
  const char *secrets[3];
  const char *flaw; /* path below the resource */
} Reading;

static void
note_flaw (Reading *reading, const char *path)
{
  if (reading->flaw == NULL)
    reading->flaw = path;
}

static char *
clean (Reading *reading, const char *text, gsize max_chars)
{
  return benk_fhir_clean_text (text, max_chars, reading->secrets);
}

static char *
whole (Reading *reading, const char *text, gsize max_chars)
{
  return benk_fhir_whole_text (text, max_chars, reading->secrets);
}

static char *
plain (Reading *reading, const char *text, gsize max_chars)
{
  return benk_fhir_plain_text (text, max_chars, reading->secrets);
}

static char *
read_id (Reading *reading)
{
  const char *id = benk_json_get_string (reading->resource, "id");

  return benk_fhir_is_id (id) ? whole (reading, id, MAX_ID) : NULL;
}

static void
read_secrets (Reading *reading)
{
  JsonObject *patient = benk_json_get_object (reading->resource, "patient");
  JsonObject *identifier = benk_json_nth (patient, "identifier", 0);
  const char *number = benk_json_get_string (identifier, "value");
  const char *name = benk_json_get_string (patient, "display");
  guint n = 0;

  if (number && strlen (number) >= 3)
    reading->secrets[n++] = number;
  if (name && strlen (name) >= 3)
    reading->secrets[n++] = name;
}

static void
read_meta (Reading *reading, BenkFhirIssue *issue, const char *sha256)
{
  JsonObject *meta = benk_json_get_object (reading->resource, "meta");
  const char *updated = benk_json_get_string (meta, "lastUpdated");

  issue->version = benk_fhir_read_version (meta, reading->secrets);
  if (issue->version == NULL)
    {
      note_flaw (reading, ".meta.versionId");
      issue->version = g_strdup_printf ("h%.32s", sha256);
    }
  if (!benk_fhir_time_parse (updated, &issue->updated_ms))
    {
      note_flaw (reading, ".meta.lastUpdated");
      issue->updated_ms = -1;
    }
}

static void
read_uuid (Reading *reading, BenkFhirIssue *issue)
{
  guint n = MIN (benk_json_count (reading->resource, "identifier"), MAX_LIST);

  for (guint i = 0; i < n && issue->uuid == NULL; i++)
    {
      JsonObject *identifier = benk_json_nth (reading->resource, "identifier", i);
      const char *value = benk_json_get_string (identifier, "value");

      if (value && g_ascii_strncasecmp (value, "urn:uuid:", 9) == 0 &&
          g_uuid_string_is_valid (value + 9))
        issue->uuid = g_ascii_strdown (value + 9, -1);
    }
}

static void
read_status (Reading *reading, BenkFhirIssue *issue)
{
  static const struct
  {
    const char *name;
    BenkFhirStatus status;
  } names[] = {
    { "registered", BENK_FHIR_STATUS_OPEN },
    { "preliminary", BENK_FHIR_STATUS_OPEN },
    { "unknown", BENK_FHIR_STATUS_OPEN },
    { "final", BENK_FHIR_STATUS_CLOSED },
    { "amended", BENK_FHIR_STATUS_CLOSED },
    { "corrected", BENK_FHIR_STATUS_CLOSED },
    { "cancelled", BENK_FHIR_STATUS_CANCELLED },
    { "entered-in-error", BENK_FHIR_STATUS_CANCELLED },
  };
  const char *status = benk_json_get_string (reading->resource, "status");

  issue->status = BENK_FHIR_STATUS_OPEN;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].name, status) == 0)
      {
        issue->status = names[i].status;
        return;
      }
  note_flaw (reading, ".status");
}

/* The national system of today, then the older ones of the same family, then any code. */
static int
rank_of_system (const char *system)
{
  if (g_strcmp0 (system, BENK_FHIR_VKP "vkp-alert-code-v090") == 0)
    return 3;
  if (system && strstr (system, "ehelse.no") != NULL)
    return 2;
  return 1;
}

static void
read_code (Reading *reading, BenkFhirIssue *issue)
{
  JsonObject *concept = benk_json_get_object (reading->resource, "code");
  guint n = MIN (benk_json_count (concept, "coding"), MAX_LIST);
  const char *display = NULL;
  int best = 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *coding = benk_json_nth (concept, "coding", i);
      const char *system = benk_json_get_string (coding, "system");
      g_autofree char *code =
        plain (reading, benk_json_get_string (coding, "code"), MAX_CODE);

      g_autofree char *plain_system = plain (reading, system, MAX_SYSTEM);

      if (code == NULL || (system && !plain_system) || rank_of_system (system) <= best)
        continue;
      best = rank_of_system (system);
      g_free (issue->code);
      g_free (issue->code_system);
      issue->code = g_steal_pointer (&code);
      issue->code_system = g_steal_pointer (&plain_system);
      display = benk_json_get_string (coding, "display");
    }
  issue->text = clean (reading, benk_json_get_string (concept, "text"), MAX_TEXT);
  if (issue->text == NULL)
    issue->text = clean (reading, display, MAX_TEXT);
  if (issue->code == NULL)
    note_flaw (reading, concept ? ".code.coding" : ".code");
}

static void
read_severity (Reading *reading, BenkFhirIssue *issue)
{
  const char *severity = benk_json_get_string (reading->resource, "severity");

  issue->severity = -1;
  if (g_strcmp0 (severity, "high") == 0)
    issue->severity = 30;
  else if (g_strcmp0 (severity, "moderate") == 0)
    issue->severity = 20;
  else if (g_strcmp0 (severity, "low") == 0)
    issue->severity = 10;
  else if (json_object_has_member (reading->resource, "severity"))
    note_flaw (reading, ".severity");
}

static void
read_time (Reading *reading, BenkFhirIssue *issue)
{
  JsonObject *period = benk_json_get_object (reading->resource, "identifiedPeriod");
  const char *time = benk_json_get_string (reading->resource, "identifiedDateTime");

  if (time == NULL)
    time = benk_json_get_string (period, "start");
  if (benk_fhir_time_parse (time, &issue->raised_ms) &&
      (issue->updated_ms < 0 || issue->raised_ms <= issue->updated_ms + AHEAD_MS))
    return;
  if (time != NULL)
    note_flaw (reading, period ? ".identifiedPeriod.start" : ".identifiedDateTime");
  issue->raised_ms = issue->updated_ms;
}

/* "#x" among the contained resources. */
static JsonObject *
find_contained (Reading *reading, const char *reference)
{
  guint n = MIN (benk_json_count (reading->resource, "contained"), MAX_LIST);

  if (reference == NULL || reference[0] != '#')
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *contained = benk_json_nth (reading->resource, "contained", i);

      if (g_strcmp0 (benk_json_get_string (contained, "id"), reference + 1) == 0)
        return contained;
    }
  return NULL;
}

/* A reference says by its type, or by where it leads, what it is to. */
static gboolean
is_to_device (JsonObject *reference, JsonObject *contained)
{
  const char *type = benk_json_get_string (reference, "type");
  const char *to = benk_json_get_string (reference, "reference");
  g_auto (GStrv) parts = NULL;
  guint n;

  if (type)
    return g_str_equal (type, "Device");
  if (contained)
    return g_strcmp0 (benk_json_get_string (contained, "resourceType"), "Device") == 0;
  if (to == NULL || g_str_has_prefix (to, "urn:"))
    return TRUE;
  parts = g_strsplit (to, "/", -1);
  n = g_strv_length (parts);
  for (guint i = 0; i + 1 < n; i++)
    if (g_str_equal (parts[i], "Device"))
      return TRUE;
  return FALSE;
}

static char *
read_serial (Reading *reading, const char *text)
{
  char *serial = benk_fhir_read_serial (text, reading->secrets);

  if (text && !serial)
    note_flaw (reading, ".author.identifier.value");
  return serial;
}

static gboolean
read_device_from (Reading *reading, BenkFhirIssue *issue, JsonObject *reference)
{
  JsonObject *contained =
    find_contained (reading, benk_json_get_string (reference, "reference"));
  JsonObject *identifier = benk_json_nth (reference, "identifier", 0);

  if (reference == NULL || !is_to_device (reference, contained))
    return FALSE;
  if (identifier == NULL)
    identifier = benk_json_nth (contained, "identifier", 0);
  if (benk_fhir_is_of_person (identifier))
    return FALSE;
  issue->serial = read_serial (reading, benk_json_get_string (identifier, "value"));
  if (issue->serial != NULL)
    issue->serial_system =
      plain (reading, benk_json_get_string (identifier, "system"), MAX_SYSTEM);
  else
    issue->serial =
      read_serial (reading, benk_json_get_string (contained, "serialNumber"));
  if (issue->serial != NULL)
    issue->device_name =
      clean (reading, benk_json_get_string (reference, "display"), MAX_NAME);
  return issue->serial != NULL;
}

static void
read_device (Reading *reading, BenkFhirIssue *issue)
{
  guint n = MIN (benk_json_count (reading->resource, "implicated"), MAX_LIST);
  gboolean found =
    read_device_from (reading, issue, benk_json_get_object (reading->resource, "author"));

  for (guint i = 0; i < n && !found; i++)
    found = read_device_from (reading, issue,
                              benk_json_nth (reading->resource, "implicated", i));
}

/* Nothing but the device: its serial, what that is a serial of, and its name. */
BenkFhirIssue *
benk_fhir_issue_read_device (JsonObject *resource)
{
  BenkFhirIssue *issue = g_new0 (BenkFhirIssue, 1);
  Reading reading = { .resource = resource };

  read_secrets (&reading);
  read_device (&reading, issue);
  return issue;
}

static gboolean
is_event (JsonObject *mitigation, const char *code)
{
  JsonObject *action = benk_json_get_object (mitigation, "action");
  guint n = MIN (benk_json_count (action, "coding"), MAX_LIST);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *coding = benk_json_nth (action, "coding", i);

      if (g_strcmp0 (benk_json_get_string (coding, "system"),
                     BENK_FHIR_VKP "vkp-composition-event-v090") == 0 &&
          g_strcmp0 (benk_json_get_string (coding, "code"), code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The last one counts: who has it now. */
static void
read_event (
  Reading *reading, JsonObject *mitigation, const char *code, char **who, gint64 *ms)
{
  JsonObject *author = benk_json_get_object (mitigation, "author");

  if (!is_event (mitigation, code))
    return;
  g_free (*who);
  *who = clean (reading, benk_json_get_string (author, "display"), MAX_NAME);
  if (!benk_fhir_time_parse (benk_json_get_string (mitigation, "date"), ms))
    *ms = -1;
  if (*who == NULL)
    *who = g_strdup (_ ("another system"));
}

static void
read_mitigations (Reading *reading, BenkFhirIssue *issue)
{
  guint n = MIN (benk_json_count (reading->resource, "mitigation"), MAX_LIST);

  issue->taken_ms = -1;
  issue->closed_ms = -1;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *mitigation = benk_json_nth (reading->resource, "mitigation", i);
      char *step = whole (reading, benk_json_get_string (mitigation, "id"), MAX_ID);

      if (step)
        g_ptr_array_add (issue->steps, step);
      read_event (reading, mitigation, BENK_FHIR_EVENT_TAKEN, &issue->taken_by,
                  &issue->taken_ms);
      read_event (reading, mitigation, BENK_FHIR_EVENT_CLOSED, &issue->closed_by,
                  &issue->closed_ms);
    }
}

/*
 * Reads what can be read. NULL if it can be no alarm at all: then @flaw is the path of
 * the reason. With an alarm, @flaw is the path of the first thing that was wrong, or
 * NULL.
 * @id is also given where there is no alarm.
 */
BenkFhirIssue *
benk_fhir_issue_read (JsonObject *resource,
                      const char *sha256,
                      char **id,
                      const char **flaw)
{
  g_autoptr (BenkFhirIssue) issue = g_new0 (BenkFhirIssue, 1);
  Reading reading = { .resource = resource };

  read_secrets (&reading);
  issue->id = read_id (&reading);
  issue->steps = g_ptr_array_new_with_free_func (g_free);
  *id = g_strdup (issue->id);
  *flaw = NULL;
  if (g_strcmp0 (benk_json_get_string (resource, "resourceType"), "DetectedIssue") != 0)
    *flaw = ".resourceType";
  else if (issue->id == NULL)
    *flaw = ".id";
  if (*flaw)
    return NULL;
  read_meta (&reading, issue, sha256);
  read_uuid (&reading, issue);
  read_status (&reading, issue);
  read_code (&reading, issue);
  read_severity (&reading, issue);
  read_time (&reading, issue);
  read_device (&reading, issue);
  read_mitigations (&reading, issue);
  *flaw = reading.flaw;
  return g_steal_pointer (&issue);
}

/**
 * benk_fhir_issue_parse:
 * @text: one resource, as read by its id
 * @error: return location
 *
 * Returns: (transfer full): what is kept of it; %BENK_ERROR_PROTOCOL if it is not a
 *   `DetectedIssue` with an id
 */
BenkFhirIssue *
benk_fhir_issue_parse (GBytes *text, GError **error)
{
  g_autoptr (JsonObject) resource = benk_json_parse (text, error);
  g_autofree char *sha256 = NULL;
  g_autofree char *id = NULL;
  const char *flaw;
  BenkFhirIssue *issue;

  if (resource == NULL)
    return NULL;
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);
  issue = benk_fhir_issue_read (resource, sha256, &id, &flaw);
  if (issue == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                 _ ("The answer is not an alarm ($%s is wrong)."), flaw);
  return issue;
}

/**
 * benk_fhir_issue_has_step:
 * @issue: an alarm
 * @step: id of a step of ours
 *
 * Returns: whether the step stands in the resource, so that it did arrive
 */
gboolean
benk_fhir_issue_has_step (const BenkFhirIssue *issue, const char *step)
{
  return g_ptr_array_find_with_equal_func (issue->steps, step, g_str_equal, NULL);
}

void
benk_fhir_issue_free (BenkFhirIssue *issue)
{
  g_free (issue->id);
  g_free (issue->version);
  g_free (issue->uuid);
  g_free (issue->code_system);
  g_free (issue->code);
  g_free (issue->text);
  g_free (issue->serial);
  g_free (issue->serial_system);
  g_free (issue->device_name);
  g_free (issue->taken_by);
  g_free (issue->closed_by);
  g_clear_pointer (&issue->steps, g_ptr_array_unref);
  g_free (issue);
}
