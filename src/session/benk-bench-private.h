/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"

#include "benk-bus-private.h"
#include "benk-device.h"
#include "benk-session-private.h"

G_BEGIN_DECLS

/* Steps */
BenkStep *benk_step_new (const char *id, const char *label);
void benk_step_set (BenkStep *self,
                    BenkBenchStepState state,
                    const char *by,
                    const char *detail);

/* Jobs */
BenkBenchJob *benk_bench_job_new (BenkRunKind kind, guint id, guint station);
guint benk_bench_job_get_id (BenkBenchJob *self);
guint benk_bench_job_get_station (BenkBenchJob *self);
void benk_bench_job_set_bus (BenkBenchJob *self, BenkBus *bus);
void benk_bench_job_set_run_id (BenkBenchJob *self, const BenkId *run);
void benk_bench_job_take_step (BenkBenchJob *self, const BenkBusEvent *event);
void benk_bench_job_set_touched (BenkBenchJob *self, gboolean touched);
void benk_bench_job_end (BenkBenchJob *self,
                         BenkRunOutcome outcome,
                         gboolean proven,
                         const char *sentence,
                         const char *reason,
                         GError *error);
const GError *benk_bench_job_get_error (BenkBenchJob *self);
void benk_bench_job_set_dialogue (BenkBenchJob *self, const BenkBusEvent *event);
void benk_bench_job_wait (BenkBenchJob *self, GTask *task);
BenkRunOutcome benk_bench_outcome (BenkJobOutcome outcome);

/* Devices */
char *benk_bench_describe_status (const BenkJobResult *result);
BenkBenchDevice *benk_bench_device_new (guint station);
guint benk_bench_device_get_station (BenkBenchDevice *self);
void benk_bench_device_arrive (BenkBenchDevice *self, const BenkBusEvent *event);
void benk_bench_device_leave (BenkBenchDevice *self);
gboolean benk_bench_device_is_gone (BenkBenchDevice *self);
void benk_bench_device_take_result (BenkBenchDevice *self, const BenkJobResult *result);
void
benk_bench_device_set_card (BenkBenchDevice *self, BenkDevice *card, const char *trouble);
void benk_bench_device_set_job (BenkBenchDevice *self, BenkBenchJob *job);
void benk_bench_device_set_news (BenkBenchDevice *self, const char *news);
gboolean benk_bench_device_is_simulated (BenkBenchDevice *self);
gboolean benk_bench_device_is_identified (BenkBenchDevice *self);
void benk_bench_device_set_reading (BenkBenchDevice *self, gboolean reading);
gboolean benk_bench_device_is_reading (BenkBenchDevice *self);

/* The card of a plugged-in device, found by what the device says of itself. */
typedef struct
{
  char *serial;
  char *model_id; /* NULL when the device does not tell its make */
  BenkDevice *card;
  char *trouble; /* why there is none */
} BenkCardSearch;

BenkCardSearch *benk_card_search_new (const char *serial, const char *model_id);
void benk_card_search_free (BenkCardSearch *self);
gpointer benk_card_search_work (BenkDb *db,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

/* Before the first octet: what is wanted is kept, with an outcome that is not known. */
typedef struct
{
  BenkRunKind kind;
  BenkId device;
  char *serial;
  BenkLinkKind link_kind;
  gboolean counts;
  char *plan_body;
  gint64 valid_from_ms;
  char *reference;
  guint32 set_id;
  GBytes *salt;
  BenkId run; /* answer */
} BenkRunBegin;

BenkRunBegin *benk_run_begin_new (BenkRunKind kind, const BenkId *device);
void benk_run_begin_free (BenkRunBegin *self);
gboolean
benk_run_begin_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error);

/* After the last: how it ended, the proof if it is one, and the state that follows. */
typedef struct
{
  BenkRunKind kind;
  BenkId device;
  BenkId run;
  BenkLinkKind link_kind;
  BenkRunOutcome outcome;
  gboolean proven;
  char *sentence;
  char *reading;
  gint64 next_dose_ms; /* of a user whose settings are uncertain; -1 = none */
  char *missing;       /* answer: why the state did not follow */
} BenkRunEnd;

BenkRunEnd *benk_run_end_new (BenkRunKind kind, const BenkId *device, const BenkId *run);
void benk_run_end_free (BenkRunEnd *self);
gboolean benk_run_end_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error);
char *benk_run_reading_compose (const BenkJobResult *result,
                                guint32 wanted_set,
                                GListModel *steps);

/* A run whose end nobody saw, settled by what the device says now. */
typedef struct
{
  BenkId device;
  gboolean set_id_known;
  guint32 set_id;
  gboolean blank;
  char *next_dose;
  BenkRun *run; /* answer: the run, with the outcome that is known now */
  char *reading;
} BenkRunSettle;

BenkRunSettle *benk_run_settle_new (const BenkId *device, const BenkJobResult *result);
void benk_run_settle_free (BenkRunSettle *self);
gpointer benk_run_settle_look (BenkDb *db,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
gboolean
benk_run_settle_work (BenkDb *db, BenkScope *scope, gpointer data, GError **error);

void benk_bench_fill_random (BenkClock *clock, guint8 *octets, gsize length);

G_END_DECLS
