/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include <string.h>

#include "benk-error.h"
#include "benk-feeds-private.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"
#include "benk-table-device.h"
#include "benk-table-feed.h"
#include "benk-table-outbox.h"

/* So far two clocks may be apart. */
#define AHEAD_MS (60 * 1000)

/* While a page is taken in. */
typedef struct
{
  BenkIntakeJob *job;
  BenkDb *db;
  GPtrArray *open;   /* alarms that a repeated one may join */
  GArray *created;   /* BenkId */
  GArray *changed;   /* BenkId */
  GHashTable *flaws; /* logical id → BenkFhirFlaw */
  BenkIntakeOutcome outcome;
} Taking;

void
benk_intake_job_free (BenkIntakeJob *job)
{
  g_clear_pointer (&job->models, g_ptr_array_unref);
  g_clear_pointer (&job->page, benk_fhir_page_free);
  g_clear_pointer (&job->names, g_array_unref);
  g_free (job);
}

void
benk_intake_free (BenkIntake *intake)
{
  g_clear_pointer (&intake->alarms, g_ptr_array_unref);
  g_free (intake);
}

/* What is kept as a resource's version: when the server stamped it, and its name for it.
 * The first part tells an older version that arrives later. */
static char *
version_key (const BenkFhirIssue *issue)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s", issue->updated_ms, issue->version);
}

/* What was stamped when the server's clock was ahead is no measure of what is older. */
static gboolean
is_newer (Taking *t, const BenkFhirIssue *issue, const char *key, const char *seen)
{
  gint64 seen_ms = g_ascii_strtoll (seen, NULL, 10);

  return !g_str_equal (key, seen) &&
         (issue->updated_ms >= seen_ms ||
          seen_ms > benk_db_get_wall_ms (t->db) + t->job->skew_ms + AHEAD_MS);
}

static void
remember (GArray *list, const BenkId *id)
{
  for (guint i = 0; i < list->len; i++)
    if (benk_id_equal (&g_array_index (list, BenkId, i), id))
      return;
  g_array_append_val (list, *id);
}

static void
note_changed (Taking *t, const BenkId *id)
{
  t->outcome = BENK_INTAKE_CHANGED;
  remember (t->changed, id);
}

static gboolean
add_step (Taking *t,
          const BenkId *alarm,
          const char *kind,
          gint64 at_ms,
          const char *note,
          GError **error)
{
  return benk_table_alarm_step_insert (t->db, alarm, kind, BENK_PLACE_ELSEWHERE,
                                       MAX (at_ms, 0), note, NULL, error);
}

/* Today's national code as it is; an older one as today's; any other with its system, so
 * that it is never taken for a national one. */
static char *
read_code (const BenkFhirIssue *issue)
{
  const BenkAlarmCode *old;

  if (issue->code == NULL)
    return g_strdup (BENK_ALARM_CODE_OTHER);
  if (issue->code_system == NULL ||
      g_str_equal (issue->code_system, BENK_ALARM_CODE_SYSTEM))
    return g_strdup (issue->code);
  old =
    strstr (issue->code_system, "v06") ? benk_alarm_code_from_v06 (issue->code) : NULL;
  if (old != NULL)
    return g_strdup (old->code);
  return g_strdup_printf ("%s|%s", issue->code_system, issue->code);
}

/* The one device of that serial; none where there are two. */
static gboolean
link_device (Taking *t, BenkAlarm *alarm, const BenkFhirIssue *issue, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (issue->serial == NULL)
    return TRUE;
  found = benk_table_device_find_all (t->db, issue->serial, error);
  if (found == NULL)
    return FALSE;
  benk_alarm_set_serial (alarm, issue->serial);
  if (found->len == 1)
    benk_alarm_set_device (alarm, g_ptr_array_index (found, 0));
  return TRUE;
}

static gboolean
fill (Taking *t, BenkAlarm *alarm, const BenkFhirIssue *issue, GError **error)
{
  g_autofree char *code = read_code (issue);
  const BenkAlarmCode *kind = benk_alarm_code_resolve (code);

  if (!link_device (t, alarm, issue, error))
    return FALSE;
  benk_alarm_set_code (alarm, code);
  benk_alarm_set_code_text (alarm, issue->text);
  benk_alarm_set_kind (alarm, kind, issue->severity);
  benk_alarm_set_raised_ms (alarm, issue->raised_ms > 0 ? issue->raised_ms
                                                        : benk_db_get_wall_ms (t->db));
  return benk_alarm_set_deadlines (t->db, alarm, kind, error);
}

/* Ended at its source: closed by somebody, or withdrawn. */
static gboolean
end_elsewhere (Taking *t, BenkAlarm *alarm, const BenkFhirIssue *issue, GError **error)
{
  gboolean closed = issue->status == BENK_FHIR_STATUS_CLOSED;
  gint64 at_ms = issue->closed_ms > 0 ? issue->closed_ms : issue->updated_ms;

  benk_alarm_set_status (alarm,
                         closed ? BENK_ALARM_STATUS_CLOSED : BENK_ALARM_STATUS_SETTLED);
  benk_alarm_set_closed_ms (alarm, at_ms > 0 ? at_ms : benk_db_get_wall_ms (t->db));
  return benk_table_alarm_update (t->db, alarm, error) &&
         add_step (t, benk_alarm_get_id (alarm),
                   closed ? BENK_STEP_CLOSED : BENK_STEP_SETTLED,
                   benk_alarm_get_closed_ms (alarm), issue->closed_by, error);
}

static gboolean
take_elsewhere (Taking *t, BenkAlarm *alarm, const BenkFhirIssue *issue, GError **error)
{
  gint64 at_ms = issue->taken_ms > 0 ? issue->taken_ms : benk_db_get_wall_ms (t->db);

  return benk_table_alarm_take_elsewhere (t->db, benk_alarm_get_id (alarm), at_ms,
                                          error) &&
         add_step (t, benk_alarm_get_id (alarm), BENK_STEP_TAKEN, at_ms, issue->taken_by,
                   error);
}

static gboolean
create (
  Taking *t, const BenkFhirIssue *issue, const BenkId *name, BenkId *kept, GError **error)
{
  g_autoptr (BenkAlarm) alarm = benk_alarm_new ();
  BenkAlarm *first = NULL;

  benk_alarm_set_id (alarm, name);
  benk_alarm_set_via (alarm, t->job->via);
  benk_alarm_set_feed_id (alarm, &t->job->feed);
  benk_alarm_set_remote_id (alarm, issue->id);
  if (!fill (t, alarm, issue, error))
    return FALSE;
  if (issue->status == BENK_FHIR_STATUS_OPEN)
    first = benk_alarm_find_repeated (t->open, alarm);
  if (first != NULL)
    {
      *kept = *benk_alarm_get_id (first);
      remember (t->changed, kept);
      t->outcome = BENK_INTAKE_JOINED;
      return add_step (t, kept, BENK_STEP_REPEATED, benk_alarm_get_raised_ms (alarm),
                       NULL, error);
    }
  *kept = *name;
  remember (t->created, kept);
  t->outcome =
    issue->status == BENK_FHIR_STATUS_OPEN ? BENK_INTAKE_NEW : BENK_INTAKE_ENDED;
  if (!benk_table_alarm_insert (t->db, alarm, error) ||
      !add_step (t, name, BENK_STEP_RAISED, benk_alarm_get_raised_ms (alarm), NULL,
                 error))
    return FALSE;
  if (issue->taken_by && !take_elsewhere (t, alarm, issue, error))
    return FALSE;
  if (issue->status != BENK_FHIR_STATUS_OPEN)
    return end_elsewhere (t, alarm, issue, error);
  g_ptr_array_add (t->open, g_steal_pointer (&alarm));
  return TRUE;
}

/* Whether a step of ours of this kind stands in the resource, and whether one is on its
 * way there. */
static gboolean
find_own (Taking *t,
          const BenkId *alarm,
          const BenkFhirIssue *issue,
          const char *kind,
          gboolean *stands,
          gboolean *under_way,
          GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (t->db, alarm, error);

  *stands = FALSE;
  *under_way = FALSE;
  for (guint i = 0; rows && i < rows->len; i++)
    {
      BenkOutboxRow *row = g_ptr_array_index (rows, i);
      g_autofree char *step = benk_id_to_string (&row->id);

      if (!g_str_equal (row->kind, kind))
        continue;
      if (benk_fhir_issue_has_step (issue, step))
        *stands = TRUE;
      else if (row->state == BENK_FOLLOWUP_QUEUED || row->state == BENK_FOLLOWUP_SENT)
        *under_way = TRUE;
    }
  return rows != NULL;
}

/* Still open at its source, closed here: our closing may be on its way; where it has been
 * there and it is open all the same, somebody opened it again. */
static gboolean
follow_open_of_closed (Taking *t,
                       BenkAlarm *alarm,
                       const BenkFhirIssue *issue,
                       GError **error)
{
  gboolean stands;
  gboolean under_way;
  const BenkId *id = benk_alarm_get_id (alarm);

  if (!find_own (t, id, issue, BENK_OUTBOX_CLOSE, &stands, &under_way, error))
    return FALSE;
  if (under_way || (!stands && benk_alarm_get_cause (alarm) != NULL))
    return TRUE;
  note_changed (t, id);
  return benk_table_alarm_reopen (t->db, id, error) &&
         add_step (t, id, BENK_STEP_REOPENED, issue->updated_ms, NULL, error);
}

static gboolean
follow_taken (Taking *t, BenkAlarm *alarm, const BenkFhirIssue *issue, GError **error)
{
  gboolean stands;
  gboolean under_way;
  const BenkId *id = benk_alarm_get_id (alarm);

  if (!find_own (t, id, issue, BENK_OUTBOX_TAKE, &stands, &under_way, error))
    return FALSE;
  if (stands || (benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN &&
                 g_strcmp0 (benk_alarm_get_taken_by (alarm), issue->taken_by) == 0))
    return TRUE;
  note_changed (t, id);
  return take_elsewhere (t, alarm, issue, error);
}

static gboolean
is_open (BenkAlarm *alarm)
{
  BenkAlarmStatus status = benk_alarm_get_status (alarm);

  return status == BENK_ALARM_STATUS_NEW || status == BENK_ALARM_STATUS_TAKEN;
}

/* What the source corrected: code, severity, device. */
static gboolean
follow_facts (Taking *t, BenkAlarm *alarm, const BenkFhirIssue *issue, GError **error)
{
  g_autofree char *code = g_strdup (benk_alarm_get_code (alarm));
  int severity = benk_alarm_get_severity (alarm);
  BenkId device = *benk_alarm_get_device_id (alarm);
  g_autofree char *text = g_strdup (benk_alarm_get_code_text (alarm));
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);

  if (!fill (t, alarm, issue, error))
    return FALSE;
  if (g_strcmp0 (text, benk_alarm_get_code_text (alarm)) != 0 &&
      !benk_table_alarm_set_text (t->db, benk_alarm_get_id (alarm), issue->text, error))
    return FALSE;
  if (g_strcmp0 (code, benk_alarm_get_code (alarm)) == 0 &&
      severity == benk_alarm_get_severity (alarm) &&
      raised_ms == benk_alarm_get_raised_ms (alarm) &&
      benk_id_equal (&device, benk_alarm_get_device_id (alarm)))
    return TRUE;
  note_changed (t, benk_alarm_get_id (alarm));
  return benk_table_alarm_update (t->db, alarm, error);
}

/* Whether another resource that joined the alarm is still open, as far as was seen. */
static gboolean
find_others (Taking *t,
             BenkAlarm *alarm,
             const BenkFhirIssue *issue,
             gboolean *found,
             GError **error)
{
  g_autoptr (GPtrArray) ids =
    benk_table_feed_seen_list_alarm (t->db, &t->job->feed, benk_alarm_get_id (alarm),
                                     error);

  *found = FALSE;
  for (guint i = 0; ids && i < ids->len; i++)
    *found |= !g_str_equal (g_ptr_array_index (ids, i), issue->id);
  return ids != NULL;
}

/* The last of those that joined ends the alarm; one that ended before leaves it. */
static gboolean
follow_ended (Taking *t,
              BenkAlarm *alarm,
              const BenkFhirIssue *issue,
              gboolean *leaves,
              GError **error)
{
  if (!find_others (t, alarm, issue, leaves, error))
    return FALSE;
  if (*leaves)
    return TRUE;
  note_changed (t, benk_alarm_get_id (alarm));
  return end_elsewhere (t, alarm, issue, error);
}

static gboolean
follow (Taking *t,
        BenkAlarm *alarm,
        const BenkFhirIssue *issue,
        gboolean *leaves,
        GError **error)
{
  gboolean first = g_strcmp0 (benk_alarm_get_remote_id (alarm), issue->id) == 0;
  gboolean ended = issue->status != BENK_FHIR_STATUS_OPEN;

  if (!is_open (alarm))
    return !first || ended || follow_open_of_closed (t, alarm, issue, error);
  if (first && !follow_facts (t, alarm, issue, error))
    return FALSE;
  if (ended)
    return follow_ended (t, alarm, issue, leaves, error);
  return !first || issue->taken_by == NULL || follow_taken (t, alarm, issue, error);
}

static char *
describe_flaw (const BenkFhirFlaw *flaw)
{
  return g_strdup_printf ("%s length=%" G_GSIZE_FORMAT " sha256=%s", flaw->path,
                          flaw->length, flaw->sha256);
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

static gboolean
take_issue (Taking *t, const BenkFhirIssue *issue, const BenkId *name, GError **error)
{
  g_autofree char *key = version_key (issue);
  g_autofree char *seen = NULL;
  g_autofree char *fault = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) local = NULL;
  BenkFhirFlaw *flaw = g_hash_table_lookup (t->flaws, issue->id);
  BenkId kept = BENK_ID_NIL;
  gboolean leaves = FALSE;
  gboolean known =
    benk_table_feed_seen_get (t->db, &t->job->feed, issue->id, &seen, &kept, &local);

  if (known && seen && !is_newer (t, issue, key, seen))
    return TRUE;
  if (local == NULL)
    alarm = find_alarm (t->db, benk_id_is_nil (&kept) ? name : &kept, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (alarm != NULL)
    kept = *benk_alarm_get_id (alarm);
  /* One that had joined and left is no alarm of its own while it stays ended. */
  leaves = alarm == NULL && seen != NULL && issue->status != BENK_FHIR_STATUS_OPEN;
  if (alarm ? !follow (t, alarm, issue, &leaves, error)
            : !leaves && !create (t, issue, name, &kept, error))
    return FALSE;
  fault = flaw ? describe_flaw (flaw) : NULL;
  return benk_table_feed_seen_set (t->db, &t->job->feed, issue->id, key,
                                   leaves ? NULL : &kept, fault, error) &&
         (!leaves || benk_table_feed_seen_leave (t->db, &t->job->feed, issue->id, error));
}

/* A resource that is no alarm is kept too, by what names it best. */
static gboolean
take_flaw (Taking *t, const BenkFhirFlaw *flaw, GError **error)
{
  g_autofree char *fault = describe_flaw (flaw);
  g_autofree char *name =
    flaw->id ? g_strdup (flaw->id) : g_strdup_printf ("sha256:%s", flaw->sha256);

  for (guint i = 0; i < t->job->page->issues->len; i++)
    if (g_str_equal (((BenkFhirIssue *) g_ptr_array_index (t->job->page->issues, i))->id,
                     name))
      return TRUE;
  return benk_table_feed_seen_set (t->db, &t->job->feed, name,
                                   flaw->version ? flaw->version : "", NULL, fault,
                                   error);
}

static gboolean
take_page (Taking *t, GError **error)
{
  BenkFhirPage *page = t->job->page;

  for (guint i = 0; i < page->flaws->len; i++)
    {
      BenkFhirFlaw *flaw = g_ptr_array_index (page->flaws, i);

      if (flaw->id)
        g_hash_table_insert (t->flaws, flaw->id, flaw);
      if (!take_flaw (t, flaw, error))
        return FALSE;
    }
  for (guint i = 0; i < page->issues->len; i++)
    {
      t->outcome = BENK_INTAKE_SAME;
      if (!take_issue (t, g_ptr_array_index (page->issues, i),
                       &g_array_index (t->job->names, BenkId, i), error))
        return FALSE;
      if (t->job->outcomes != NULL)
        g_array_append_val (t->job->outcomes, t->outcome);
    }
  return TRUE;
}

/* How far it was read is kept with what was read, or not at all. */
static gboolean
note_answer (Taking *t, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkFeedRow) feed = benk_table_feed_get (t->db, &t->job->feed, &local);

  if (feed == NULL)
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if ((feed->last_error != NULL || feed->answered_ms == 0) &&
      !benk_feed_log (t->db, BENK_WATCH_ANSWERS, &feed->id, feed->answered_ms, error))
    return FALSE;
  feed->polled_ms = benk_db_get_wall_ms (t->db);
  feed->answered_ms = feed->polled_ms;
  feed->clock_skew_ms = t->job->skew_ms;
  g_clear_pointer (&feed->last_error, g_free);
  if (t->job->cursor_ms >= 0)
    {
      g_free (feed->cursor);
      feed->cursor = g_strdup_printf ("%" G_GINT64_FORMAT, t->job->cursor_ms);
    }
  return benk_table_feed_update (t->db, feed, error);
}

static gboolean
load_into (Taking *t, GArray *ids, GPtrArray *alarms, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      BenkAlarm *alarm =
        benk_alarm_load (t->db, &g_array_index (ids, BenkId, i), t->job->models, error);

      if (alarm == NULL)
        return FALSE;
      g_ptr_array_add (alarms, alarm);
    }
  return TRUE;
}

static gpointer
finish (Taking *t, GError **error)
{
  g_autoptr (BenkIntake) intake = g_new0 (BenkIntake, 1);

  intake->alarms = g_ptr_array_new_with_free_func (g_object_unref);
  intake->n_flaws = t->job->page->flaws->len;
  for (guint i = t->changed->len; i > 0; i--)
    for (guint n = 0; n < t->created->len; n++)
      if (benk_id_equal (&g_array_index (t->changed, BenkId, i - 1),
                         &g_array_index (t->created, BenkId, n)))
        {
          g_array_remove_index (t->changed, i - 1);
          break;
        }
  if (!load_into (t, t->created, intake->alarms, error))
    return NULL;
  intake->n_new = intake->alarms->len;
  if (!load_into (t, t->changed, intake->alarms, error))
    return NULL;
  return g_steal_pointer (&intake);
}

static gboolean
taking_init (Taking *t, BenkDb *db, BenkIntakeJob *job, GError **error)
{
  *t = (Taking){ .job = job, .db = db };
  t->open = benk_table_alarm_list_open (db, error);
  if (t->open == NULL)
    return FALSE;
  t->created = g_array_new (FALSE, FALSE, sizeof (BenkId));
  t->changed = g_array_new (FALSE, FALSE, sizeof (BenkId));
  t->flaws = g_hash_table_new (g_str_hash, g_str_equal);
  return TRUE;
}

static void
taking_clear (Taking *t)
{
  g_clear_pointer (&t->open, g_ptr_array_unref);
  g_clear_pointer (&t->created, g_array_unref);
  g_clear_pointer (&t->changed, g_array_unref);
  g_clear_pointer (&t->flaws, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taking, taking_clear)

/*
 * Takes a page in, inside a scope that is open already: of a list, which is no feed. A
 * preview is the same with the scope dropped.
 */
gboolean
benk_intake_job_take (BenkDb *db, BenkIntakeJob *job, GError **error)
{
  g_auto (Taking) t = { NULL };

  return taking_init (&t, db, job, error) && take_page (&t, error);
}

/*
 * Takes a page in: one scope, committed and synced before anything of it is shown. A page
 * with nothing new writes no row of the change log.
 */
gpointer
benk_intake_job_run (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkIntakeJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  g_auto (Taking) t = { NULL };

  if (scope == NULL || !taking_init (&t, db, job, error) || !take_page (&t, error) ||
      !note_answer (&t, error) || !benk_scope_commit (scope, NULL, error))
    return NULL;
  return finish (&t, error);
}
