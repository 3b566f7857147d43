/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-follow-private.h"

#include <string.h>

#include "benk-dispense.h"
#include "benk-error.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm-version.h"
#include "benk-table-alarm.h"

/*
 * An alarm is what the versions of it say that were told, whichever came first: where it
 * is by the newest, what was done about it by all of them. The versions are ordered by
 * the number that the source gives them, else by its clock.
 */

/* More digits than these do not fit. */
#define MAX_NUMBER_DIGITS 18

static gboolean
read_number (const char *version, gint64 *number)
{
  gsize length = strspn (version, "0123456789");

  if (length == 0 || length > MAX_NUMBER_DIGITS || version[length] != '\0')
    return FALSE;
  *number = g_ascii_strtoll (version, NULL, 10);
  return TRUE;
}

static gboolean
is_ended (const BenkAlarmVersion *version)
{
  return g_str_equal (version->status, BENK_VERSION_CLOSED) ||
         g_str_equal (version->status, BENK_VERSION_SETTLED);
}

static int
get_rank (const BenkAlarmVersion *version)
{
  return is_ended (version)                                  ? 2
         : g_str_equal (version->status, BENK_VERSION_TAKEN) ? 1
                                                             : 0;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 one = 0;
  gint64 two = 0;

  read_number ((*(BenkAlarmVersion *const *) a)->version, &one);
  read_number ((*(BenkAlarmVersion *const *) b)->version, &two);
  return one < two ? -1 : one > two;
}

/* Of one instant, what has come further is the newer; what cannot be told apart has an
 * order all the same, and only where the source has no clock is it the order of arrival.
 */
static int
compare_stamps (gconstpointer a, gconstpointer b)
{
  const BenkAlarmVersion *one = *(BenkAlarmVersion *const *) a;
  const BenkAlarmVersion *two = *(BenkAlarmVersion *const *) b;

  if (one->updated_ms != two->updated_ms)
    return one->updated_ms < two->updated_ms ? -1 : 1;
  if (get_rank (one) != get_rank (two))
    return get_rank (one) - get_rank (two);
  if (one->updated_ms < 0)
    return one->seq < two->seq ? -1 : 1;
  return strcmp (one->version, two->version);
}

static void
sort_versions (GPtrArray *versions)
{
  gboolean numbered = TRUE;

  for (guint i = 0; i < versions->len && numbered; i++)
    {
      const BenkAlarmVersion *version = g_ptr_array_index (versions, i);
      gint64 number;

      numbered =
        read_number (version->version, &number) &&
        benk_id_equal (&version->feed,
                       &((BenkAlarmVersion *) g_ptr_array_index (versions, 0))->feed);
    }
  g_ptr_array_sort (versions, numbered ? compare_numbers : compare_stamps);
}

static gint64
get_taken_ms (const BenkFhirIssue *issue)
{
  if (issue->taken_by == NULL)
    return 0;
  return MAX (issue->taken_ms > 0 ? issue->taken_ms : issue->updated_ms, 1);
}

static gint64
get_ended_ms (const BenkFhirIssue *issue)
{
  return MAX (issue->closed_ms > 0 ? issue->closed_ms : issue->updated_ms, 1);
}

/* A stamp of the future would make all that is true later older than it. */
static gint64
get_stamp_ms (BenkTelling *self)
{
  gint64 server_ms = benk_db_get_wall_ms (self->db) + self->job->skew_ms;

  return self->issue->updated_ms > server_ms + BENK_TELLING_AHEAD_MS
           ? server_ms
           : self->issue->updated_ms;
}

static const char *
get_status (const BenkFhirIssue *issue)
{
  if (issue->status == BENK_FHIR_STATUS_CLOSED)
    return BENK_VERSION_CLOSED;
  if (issue->status == BENK_FHIR_STATUS_CANCELLED)
    return BENK_VERSION_SETTLED;
  return issue->taken_by ? BENK_VERSION_TAKEN : BENK_VERSION_OPEN;
}

/* -- Steps --------------------------------------------------------------------------- */

static gboolean
tell (BenkTelling *self,
      const char *kind,
      gint64 at_ms,
      const char *who,
      gboolean newest,
      GError **error)
{
  return benk_table_alarm_step_tell (self->db, self->name, kind, at_ms, who, newest,
                                     error);
}

/* Every version that is open after one that was ended says that it was opened again; so
 * each of them is a step, whichever was heard of first, unless it was we who did so. */
static gboolean
tell_reopened (BenkTelling *self, GPtrArray *versions, guint at, GError **error)
{
  const BenkAlarmVersion *told = g_ptr_array_index (versions, at);
  const BenkAlarmVersion *ended = NULL;
  gboolean own;

  for (guint i = 0; i < versions->len; i++)
    {
      const BenkAlarmVersion *version = g_ptr_array_index (versions, i);

      if (is_ended (version))
        ended = version;
      if (ended == NULL || ended == version || (i != at && (!is_ended (told) || i < at)))
        continue;
      if (!benk_telling_is_own_reopening (self, ended, i == at ? NULL : version, &own,
                                          error) ||
          (!own &&
           !tell (self, BENK_STEP_REOPENED, version->updated_ms, NULL, FALSE, error)))
        return FALSE;
    }
  return TRUE;
}

/* What this version tells of, but for what was done here. */
static gboolean
tell_steps (BenkTelling *self, gboolean newest, GError **error)
{
  const BenkFhirIssue *issue = self->issue;
  gboolean own_take = FALSE;
  gboolean own_close = FALSE;
  gboolean under_way;

  if (!benk_telling_find_own (self, BENK_OUTBOX_TAKE, &own_take, &under_way, error) ||
      !benk_telling_is_own_end (self, &own_close, error))
    return FALSE;
  if (issue->raised_ms > 0 &&
      !tell (self, BENK_STEP_RAISED, issue->raised_ms, NULL, newest, error))
    return FALSE;
  if (issue->taken_by != NULL && !own_take &&
      !tell (self, BENK_STEP_TAKEN, get_taken_ms (issue), issue->taken_by, newest, error))
    return FALSE;
  if (issue->status == BENK_FHIR_STATUS_OPEN || own_close)
    return TRUE;
  return tell (self,
               issue->status == BENK_FHIR_STATUS_CLOSED ? BENK_STEP_CLOSED
                                                        : BENK_STEP_SETTLED,
               get_ended_ms (issue), issue->closed_by, newest, error);
}

/* -- Where it is --------------------------------------------------------------------- */

/* When it was last taken, by all that was told. */
static gint64
find_last_taken (GPtrArray *versions)
{
  gint64 taken_ms = 0;

  for (guint i = 0; i < versions->len; i++)
    taken_ms =
      MAX (taken_ms, ((BenkAlarmVersion *) g_ptr_array_index (versions, i))->taken_ms);
  return taken_ms;
}

static void
set_state (BenkTelling *self, BenkAlarm *alarm, GPtrArray *versions, gboolean keeps_hand)
{
  const BenkFhirIssue *issue = self->issue;
  gboolean ended = issue->status != BENK_FHIR_STATUS_OPEN;

  benk_alarm_set_status (alarm, issue->status == BENK_FHIR_STATUS_CLOSED
                                  ? BENK_ALARM_STATUS_CLOSED
                                : ended           ? BENK_ALARM_STATUS_SETTLED
                                : issue->taken_by ? BENK_ALARM_STATUS_TAKEN
                                                  : BENK_ALARM_STATUS_NEW);
  benk_alarm_set_closed_ms (alarm, ended ? get_ended_ms (issue) : 0);
  if (!keeps_hand)
    benk_alarm_set_taken_ms (alarm,
                             ended ? find_last_taken (versions) : get_taken_ms (issue));
}

static gboolean
is_closed_here (BenkAlarm *alarm)
{
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_CLOSED &&
         benk_alarm_get_cause (alarm) != NULL;
}

/* Closed here, and open at its source: our closing may be on its way; where it has been
 * there and it is open all the same, somebody opened it again. */
static gboolean
follow_open_of_closed (BenkTelling *self,
                       BenkAlarm *alarm,
                       GPtrArray *versions,
                       GError **error)
{
  gboolean stands;
  gboolean under_way;

  if (!benk_telling_find_own (self, BENK_OUTBOX_CLOSE, &stands, &under_way, error))
    return FALSE;
  if (under_way || !stands)
    return TRUE;
  set_state (self, alarm, versions, FALSE);
  self->outcome = BENK_INTAKE_CHANGED;
  return benk_table_alarm_follow (self->db, alarm, FALSE, error) &&
         tell (self, BENK_STEP_REOPENED, self->issue->updated_ms, NULL, FALSE, error);
}

/* What is ended there only by our closing, when the source has not been told yet that it
 * was opened again here. */
static gboolean
is_opened_here (BenkTelling *self, gboolean *opened, GError **error)
{
  gboolean stands;
  gboolean under_way;

  *opened = FALSE;
  if (!benk_telling_find_own (self, BENK_OUTBOX_CLOSE, &stands, &under_way, error))
    return FALSE;
  return !stands ||
         benk_telling_find_own (self, BENK_OUTBOX_REOPEN, &stands, opened, error);
}

static gboolean
follow_state (BenkTelling *self, BenkAlarm *alarm, GPtrArray *versions, GError **error)
{
  const BenkFhirIssue *issue = self->issue;
  gboolean ended = issue->status != BENK_FHIR_STATUS_OPEN;
  BenkAlarmStatus status = benk_alarm_get_status (alarm);
  gint64 taken_ms = benk_alarm_get_taken_ms (alarm);
  gint64 closed_ms = benk_alarm_get_closed_ms (alarm);
  gboolean taken_here = benk_alarm_get_taken_here (alarm);
  gboolean keeps_hand = taken_here && (ended || benk_alarm_status_is_open (status));
  gboolean stands = FALSE;
  gboolean under_way;

  if (is_closed_here (alarm))
    return ended || follow_open_of_closed (self, alarm, versions, error);
  if (ended && benk_alarm_status_is_open (status))
    {
      if (!is_opened_here (self, &stands, error))
        return FALSE;
      if (stands)
        return TRUE;
    }
  if (keeps_hand && !ended && issue->taken_by != NULL)
    {
      if (!benk_telling_find_own (self, BENK_OUTBOX_TAKE, &stands, &under_way, error))
        return FALSE;
      keeps_hand = stands;
    }
  set_state (self, alarm, versions, keeps_hand);
  if (keeps_hand && !ended)
    benk_alarm_set_status (alarm, BENK_ALARM_STATUS_TAKEN);
  if (status == benk_alarm_get_status (alarm) &&
      taken_ms == benk_alarm_get_taken_ms (alarm) &&
      closed_ms == benk_alarm_get_closed_ms (alarm) && taken_here == keeps_hand)
    return TRUE;
  self->outcome = BENK_INTAKE_CHANGED;
  return benk_table_alarm_follow (self->db, alarm, keeps_hand, error);
}

/* What the source corrected: code, severity, device. */
static gboolean
follow_facts (BenkTelling *self, BenkAlarm *alarm, GError **error)
{
  g_autofree char *code = g_strdup (benk_alarm_get_code (alarm));
  int severity = benk_alarm_get_severity (alarm);
  BenkId device = *benk_alarm_get_device_id (alarm);
  g_autofree char *text = g_strdup (benk_alarm_get_code_text (alarm));
  g_autofree char *serial = g_strdup (benk_alarm_get_serial (alarm));
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);

  if (!benk_telling_fill (self, alarm, error))
    return FALSE;
  if (g_strcmp0 (text, benk_alarm_get_code_text (alarm)) != 0 &&
      !benk_table_alarm_set_text (self->db, self->name, self->issue->text, error))
    return FALSE;
  if (g_strcmp0 (code, benk_alarm_get_code (alarm)) == 0 &&
      g_strcmp0 (serial, benk_alarm_get_serial (alarm)) == 0 &&
      severity == benk_alarm_get_severity (alarm) &&
      raised_ms == benk_alarm_get_raised_ms (alarm) &&
      benk_id_equal (&device, benk_alarm_get_device_id (alarm)))
    return TRUE;
  self->outcome = BENK_INTAKE_CHANGED;
  return benk_table_alarm_update (self->db, alarm, error);
}

/* -- Taking it in -------------------------------------------------------------------- */

static gboolean
create (BenkTelling *self, GPtrArray *versions, GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_alarm_new ();

  benk_alarm_set_id (alarm, self->name);
  benk_alarm_set_via (alarm, self->job->via);
  benk_alarm_set_feed_id (alarm, &self->job->feed);
  benk_alarm_set_remote_id (alarm, self->issue->id);
  if (!benk_telling_fill (self, alarm, error))
    return FALSE;
  set_state (self, alarm, versions, FALSE);
  self->face = *self->name;
  self->outcome =
    self->issue->status != BENK_FHIR_STATUS_OPEN ? BENK_INTAKE_ENDED : BENK_INTAKE_NEW;
  if (!benk_table_alarm_insert (self->db, alarm, error) ||
      !tell (self, BENK_STEP_RAISED, benk_alarm_get_raised_ms (alarm), NULL, TRUE,
             error) ||
      !tell_steps (self, TRUE, error))
    return FALSE;
  if (self->outcome == BENK_INTAKE_ENDED)
    return TRUE;
  return benk_alarm_find_face (self->db, alarm, &self->face, &self->outcome, error);
}

static BenkAlarmVersion *
make_version (BenkTelling *self)
{
  BenkAlarmVersion *version = g_new0 (BenkAlarmVersion, 1);

  version->feed = self->job->feed;
  version->version = g_strdup (self->issue->version);
  version->updated_ms = get_stamp_ms (self);
  version->status = g_strdup (get_status (self->issue));
  version->taken_ms = get_taken_ms (self->issue);
  return version;
}

static gint64
get_reopened_ms (GPtrArray *versions)
{
  gboolean ended = FALSE;
  gint64 reopened_ms = 0;

  for (guint i = 0; i < versions->len; i++)
    {
      const BenkAlarmVersion *version = g_ptr_array_index (versions, i);

      if (ended && !is_ended (version))
        reopened_ms = MAX (reopened_ms, version->updated_ms);
      ended = is_ended (version);
    }
  return reopened_ms;
}

gboolean
benk_alarm_find_reopened (BenkDb *db,
                          const BenkId *alarm,
                          gint64 *reopened_ms,
                          GError **error)
{
  g_autoptr (GPtrArray) versions = benk_table_alarm_version_list (db, alarm, error);

  if (versions == NULL)
    return FALSE;
  sort_versions (versions);
  *reopened_ms = get_reopened_ms (versions);
  return TRUE;
}

/* What its dispenser handed out meanwhile, or was heard to have before. */
static gboolean
settle (BenkTelling *self, BenkAlarm *before, GPtrArray *versions, GError **error)
{
  g_autofree char *code = benk_telling_read_code (self);
  gboolean changed;

  if (!benk_dispense_concerns (code) &&
      (before == NULL || benk_alarm_get_dispensed_ms (before) == 0))
    return TRUE;
  if (!benk_alarm_settle (self->db, self->name, get_reopened_ms (versions), &changed,
                          error))
    return FALSE;
  if (changed && before == NULL && self->outcome == BENK_INTAKE_NEW)
    self->outcome = BENK_INTAKE_ENDED;
  else if (changed && self->outcome == BENK_INTAKE_SAME)
    self->outcome = BENK_INTAKE_CHANGED;
  return TRUE;
}

static guint
find_version (GPtrArray *versions, const BenkAlarmVersion *told)
{
  for (guint i = 0; i < versions->len; i++)
    {
      const BenkAlarmVersion *version = g_ptr_array_index (versions, i);

      if (g_str_equal (version->version, told->version) &&
          benk_id_equal (&version->feed, &told->feed))
        return i;
    }
  g_assert_not_reached ();
}

/* (nullable) without @error: no such alarm. */
static BenkAlarm *
find_alarm (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  BenkAlarm *alarm = benk_table_alarm_get (db, id, &local);

  if (local != NULL && !g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return alarm;
}

/* An older version adds what was done; the newest also says where the alarm is. */
static gboolean
follow (
  BenkTelling *self, BenkAlarm *alarm, GPtrArray *versions, guint at, GError **error)
{
  gboolean newest = at + 1 == versions->len;

  self->face = *self->name;
  if (newest && (!follow_facts (self, alarm, error) ||
                 !follow_state (self, alarm, versions, error)))
    return FALSE;
  if (!newest && !benk_alarm_status_is_open (benk_alarm_get_status (alarm)) &&
      !benk_alarm_get_taken_here (alarm) &&
      find_last_taken (versions) != benk_alarm_get_taken_ms (alarm))
    {
      benk_alarm_set_taken_ms (alarm, find_last_taken (versions));
      if (!benk_table_alarm_follow (self->db, alarm, TRUE, error))
        return FALSE;
    }
  return tell_steps (self, newest, error) && tell_reopened (self, versions, at, error);
}

/* Takes in what a source says of an alarm, inside a scope. */
gboolean
benk_telling_take (BenkTelling *self, GError **error)
{
  g_autoptr (BenkAlarmVersion) told = make_version (self);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkAlarm) alarm = find_alarm (self->db, self->name, &local);
  g_autoptr (GPtrArray) versions = NULL;
  gboolean known = FALSE;

  self->outcome = BENK_INTAKE_SAME;
  /* One that was undone is not known any more. */
  if (local == NULL && alarm == NULL)
    benk_table_alarm_version_forget (self->db, self->name, &local);
  if (local == NULL)
    benk_table_alarm_version_add (self->db, self->name, told, &known, &local);
  if (local == NULL && !known)
    versions = benk_table_alarm_version_list (self->db, self->name, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (alarm && benk_alarm_get_gone_ms (alarm) != 0 &&
      !benk_table_alarm_set_gone (self->db, self->name, 0, error))
    return FALSE;
  if (known)
    return TRUE;
  sort_versions (versions);
  if (alarm == NULL)
    return create (self, versions, error) && settle (self, NULL, versions, error);
  benk_alarm_unsettle (alarm);
  return follow (self, alarm, versions, find_version (versions, told), error) &&
         settle (self, alarm, versions, error);
}
