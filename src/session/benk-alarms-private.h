/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarm-code.h"
#include "benk-alarm-join.h"
#include "benk-alarms.h"
#include "benk-device.h"
#include "benk-duty-roster.h"
#include "benk-fhir.h"
#include "benk-session-private.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm-wait.h"

G_BEGIN_DECLS

/* The zone that duties and plans of the district are told in. */
#define BENK_ALARM_ZONE "Europe/Oslo"

/* What names are made in that no feed gave: of lists. */
#define BENK_ALARM_LIST_NAMES "https://dosebenk.no/alarm-list"

/* Kinds of steps; stored, so they never change. */
#define BENK_STEP_RAISED "raised"
#define BENK_STEP_REPEATED "repeated"
#define BENK_STEP_TAKEN "taken"
#define BENK_STEP_CLOSED "closed"
#define BENK_STEP_SETTLED "settled"
#define BENK_STEP_REOPENED "reopened"
#define BENK_STEP_GONE "gone"
#define BENK_STEP_CALLED "called"
#define BENK_STEP_CALL_ENDED "call-ended"
#define BENK_STEP_LATE "late"
#define BENK_STEP_VENDOR "vendor-called"
#define BENK_STEP_WAITING "waiting"
#define BENK_STEP_WAIT_STOPPED "wait-stopped"
#define BENK_STEP_HANDED_OVER "handed-over"
#define BENK_STEP_HAND_ACCEPTED "accepted"
#define BENK_STEP_HAND_KEPT "hand-over-kept"
#define BENK_STEP_FOLLOWUP "followup"
#define BENK_STEP_ACCEPTED "followup-accepted"
#define BENK_PLACE_HERE "here"
#define BENK_PLACE_ELSEWHERE "other-system"
#define BENK_PLACE_PHONE "phone"

/* Kinds of rows of the outbox; stored. */
#define BENK_OUTBOX_TAKE "take"
#define BENK_OUTBOX_CLOSE "close"
#define BENK_OUTBOX_FOLLOWUP "followup"
#define BENK_OUTBOX_REOPEN "reopen"

/* On the store's threads: everything that a row of the queue shows. */
BenkAlarm *
benk_alarm_load (BenkDb *db, const BenkId *id, GPtrArray *models, GError **error);
GPtrArray *benk_alarm_load_open (BenkDb *db, GPtrArray *models, GError **error);
/* The first one after @after_ms; -1: not known. */
gboolean benk_alarms_find_next_dose (
  BenkDb *db, const BenkId *device, gint64 after_ms, gint64 *dose_ms, GError **error);
gboolean
benk_alarm_dress (BenkDb *db, BenkAlarm *alarm, GPtrArray *models, GError **error);
gboolean
benk_alarm_dress_all (BenkDb *db, GPtrArray *alarms, GPtrArray *models, GError **error);
void benk_alarm_set_kind (BenkAlarm *alarm, const BenkAlarmCode *kind, int severity);
void benk_alarm_set_device (BenkAlarm *alarm, BenkDevice *device);
/* @roster: (inout): the duties, %NULL until they were needed; to be freed */
gboolean benk_alarm_set_deadlines (BenkDb *db,
                                   BenkAlarm *alarm,
                                   const BenkAlarmCode *kind,
                                   BenkDutyRoster **roster,
                                   GError **error);
void benk_alarm_set_owners (GPtrArray *alarms,
                            const BenkDutyRoster *roster,
                            const char *initials,
                            gint64 now_ms);
void benk_alarm_set_clock (BenkAlarm *alarm, gint64 skew_ms);

/* The order of the queue at one moment. */
void benk_alarm_arrange (GPtrArray *open,
                         const BenkDutyRoster *roster,
                         const char *initials,
                         gint64 now_ms,
                         gint64 skew_ms);
gboolean benk_alarm_is_overdue (BenkAlarm *alarm, gint64 now_ms);
gboolean benk_alarm_is_own_overdue (BenkAlarm *alarm, gint64 now_ms);
int benk_alarm_compare (BenkAlarm *a, BenkAlarm *b, gint64 now_ms);

/* The section that comes last; a critical one stays where it is. */

const char *benk_alarm_choice_get_record_text (const char *name, gboolean action);
const char *benk_alarm_choice_get_label (const char *name, gboolean action);

/* Changes by hand, on the writer. */
typedef struct
{
  BenkChange change;
  GPtrArray *models;
  BenkId alarm;
  char *device;
  char *code;
  BenkAlarmVia via;
  gint64 raised_ms;
  char *cause;
  char *action;
  char *confirmed_by;
  char *why_late;
  char *note;
  gint64 confirmed_ms;
  gint64 call_start_ms;
  gint64 call_end_ms;
  GArray *also; /* (nullable): BenkId; taken or closed with it */
  gint64 skew_ms;
} BenkAlarmJob;

void benk_alarm_job_free (BenkAlarmJob *job);
gpointer
benk_alarm_job_add (BenkDb *db, gpointer job, GCancellable *cancellable, GError **error);
gpointer
benk_alarm_job_take (BenkDb *db, gpointer job, GCancellable *cancellable, GError **error);
gpointer benk_alarm_job_close (BenkDb *db,
                               gpointer job,
                               GCancellable *cancellable,
                               GError **error);

gpointer benk_alarm_job_reopen (BenkDb *db,
                                gpointer job,
                                GCancellable *cancellable,
                                GError **error);

/* All of them or none: where one cannot be done and there are others, says which. */
typedef gboolean (*BenkAlarmWork) (BenkDb *db,
                                   gpointer data,
                                   const BenkId *alarm,
                                   GError **error);
gboolean benk_alarm_do_each (
  BenkDb *db, GArray *alarms, BenkAlarmWork work, gpointer data, GError **error);

/* Says who was first, or that it has ended. Always FALSE. */
gboolean benk_alarm_refuse_ended (BenkAlarm *alarm, GError **error);
gboolean
benk_alarm_read_has_feed (BenkDb *db, BenkAlarm *alarm, gboolean *has, GError **error);
/* The source is told too, under the id of the step, by the outbox. */
gboolean benk_alarm_tell_source (BenkDb *db,
                                 BenkAlarm *alarm,
                                 const BenkId *step,
                                 const char *kind,
                                 GArray *told,
                                 GError **error);
BenkAlarmJob *benk_alarm_job_new (BenkAlarms *self,
                                  BenkSession *session,
                                  BenkVerb verb,
                                  const BenkId *alarm,
                                  GError **error);

/* One change of an alarm, or of several: what becomes of it is told by the task. */
BenkAlarmJob *
benk_alarms_begin (GTask *task, BenkVerb verb, const BenkId *alarms, guint n_alarms);
void benk_alarms_change (GTask *task, BenkAlarmJob *job, BenkStoreWork work);
gboolean benk_alarms_change_is_kept (GTask *task);

/* What an alarm of a page came to. */
typedef enum
{
  BENK_INTAKE_SAME,
  BENK_INTAKE_NEW,     /* open */
  BENK_INTAKE_ENDED,   /* not known before, and over already */
  BENK_INTAKE_JOINED,  /* says an open one again */
  BENK_INTAKE_CHANGED, /* known; closed or corrected */
} BenkIntakeOutcome;

/* One page of a feed, on the writer: one transaction. */
typedef struct
{
  BenkChange change;
  GPtrArray *models;
  BenkId feed;
  BenkFhirPage *page;
  GArray *names;      /* BenkId of each issue */
  gint64 cursor_ms;   /* -1: as it was */
  gboolean dispenses; /* it was asked what was handed out: the cursor is that one's */
  gint64 skew_ms;
  BenkAlarmVia via;
  GArray *outcomes; /* (nullable): a BenkIntakeOutcome of each issue is appended */
  gboolean unnoted; /* that the source had not been read could not be written down */
  gboolean watched; /* it is asked again and again */
} BenkIntakeJob;

typedef struct
{
  BenkId feed;
  GPtrArray *alarms; /* BenkAlarm as kept: new ones first seen, then changed */
  guint n_new;       /* how many of them, from the start, are new */
  GArray *unwatched; /* (nullable): the times when no source was; NULL: none is of them */
} BenkIntake;

GArray *benk_alarms_find_unwatched (BenkDb *db, GError **error);

/* Repeated alarms are rows of their own, joined when they are read. */
GPtrArray *benk_alarm_join_open (GPtrArray *open);
GPtrArray *benk_alarm_list_joined (BenkDb *db, BenkAlarm *alarm, GError **error);
gboolean benk_alarm_find_face (
  BenkDb *db, BenkAlarm *alarm, BenkId *face, BenkIntakeOutcome *outcome, GError **error);
/* What a step is called, and what it waits for; no person. */
char *benk_alarm_describe_step (const BenkAlarmStep *step);

void benk_intake_job_free (BenkIntakeJob *job);
void benk_intake_free (BenkIntake *intake);
gboolean benk_intake_job_take (BenkDb *db, BenkIntakeJob *job, GError **error);
gpointer
benk_intake_job_run (BenkDb *db, gpointer job, GCancellable *cancellable, GError **error);

/* Lets a taken alarm wait inside an open scope, after every check. */
gboolean benk_alarm_wait_in_scope (BenkDb *db,
                                   const BenkId *id,
                                   const BenkAlarmWait *wait,
                                   GError **error);

/* Sees to it that the end of a waiting, or of the time to take one, is told. */
typedef struct _BenkMoments BenkMoments;
BenkMoments *benk_moments_new (BenkAlarms *alarms, BenkClock *clock);
void benk_moments_free (BenkMoments *self);
void benk_moments_follow (BenkMoments *self, GPtrArray *alarms);
BenkMoments *benk_alarms_get_moments (BenkAlarms *self);
/* Whether somebody was told. */
gboolean benk_alarms_tell_wait_over (BenkAlarms *self, BenkAlarm *alarm);
gboolean benk_alarms_tell_overdue (BenkAlarms *self, BenkAlarm *alarm, gboolean begins);

/* Whether more come at a time than one reads one by one. @changed is called when the
 * clock alone has ended it. */
typedef struct _BenkFlood BenkFlood;
typedef void (*BenkFloodChanged) (BenkAlarms *alarms);
BenkFlood *
benk_flood_new (BenkAlarms *alarms, BenkClock *clock, BenkFloodChanged changed);
void benk_flood_free (BenkFlood *self);
void benk_flood_follow (BenkFlood *self, GPtrArray *alarms);
gboolean benk_flood_is_on (BenkFlood *self);

/* Reads the queue again, for what no change of the log tells of. */
void benk_alarms_refresh (BenkAlarms *self);
GPtrArray *benk_alarms_get_models (BenkAlarms *self);
BenkSession *benk_alarms_dup_session (BenkAlarms *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkIntake, benk_intake_free)

G_END_DECLS
