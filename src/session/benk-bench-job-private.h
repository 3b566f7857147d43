/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench-private.h"

G_BEGIN_DECLS

/**
 * BenkBenchWork:
 * @id: number of the job on the bus
 * @automatic: nobody asked for it: nothing is kept of it and no job is shown
 * @kept: its run is in the store
 *
 * A job from the click to the kept end: store, bus, store.
 */
typedef struct
{
  BenkBench *bench;
  guint id;
  BenkRunKind kind;
  gboolean automatic;
  gboolean kept;
  BenkBenchDevice *device;
  BenkBenchJob *job;
  BenkBusRequest *request;
  BenkPlan *plan;
  char *reference;
  BenkId card;
  BenkId run;
  guint32 set_id;
  BenkJobResult *result;
} BenkBenchWork;

BenkBenchWork *
benk_bench_work_new (BenkBench *bench, BenkBenchDevice *device, BenkRunKind kind);
void benk_bench_work_free (BenkBenchWork *self);
void benk_bench_work_begin (BenkBenchWork *self);
void benk_bench_work_run (BenkBenchWork *self);
void benk_bench_work_finish (BenkBenchWork *self, const BenkJobResult *result);

/* The bench, for its works. */
BenkSession *benk_bench_get_session (BenkBench *self);
BenkBus *benk_bench_get_bus (BenkBench *self);
guint benk_bench_next_job (BenkBench *self);
BenkBus *benk_bench_need_bus (BenkBench *self);
void benk_bench_keep_record (BenkBench *self, GOutputStream *stream);
GOutputStream *benk_bench_take_record (BenkBench *self);
void benk_bench_keep_work (BenkBench *self, BenkBenchWork *work);
void benk_bench_work_over (BenkBench *self, BenkBenchWork *work);
void benk_bench_begin_busy (BenkBench *self);
void benk_bench_end_busy (BenkBench *self);
void benk_bench_find_card (BenkBench *self, BenkBenchDevice *device);

G_END_DECLS
