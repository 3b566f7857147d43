/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"
#include "benk-job-bench.h"
#include "benk-session-fixture.h"

G_BEGIN_DECLS

#define SERIAL "MED-7001"

/* A session with a simulated dispenser at its bench, whose card is in the store. */
typedef struct
{
  BenkSessionFixture base;
  BenkBench *bench;
  BenkDevice *card;
  char *state_dir;
} TestBenchFixture;

typedef gboolean (*TestWaitFunc) (gpointer data);

void test_bench_set_up_demo (TestBenchFixture *self, gconstpointer data);
void test_bench_set_up_ordinary (TestBenchFixture *self, gconstpointer data);
void test_bench_tear_down (TestBenchFixture *self, gconstpointer data);

void test_bench_wait_until (TestBenchFixture *self, TestWaitFunc func, gpointer data);
void test_bench_await (TestBenchFixture *self, GAsyncResult **slot);
void test_bench_settle (TestBenchFixture *self);
void test_bench_plug (TestBenchFixture *self, const char *fault);
BenkBenchDevice *test_bench_get_device (TestBenchFixture *self);
gboolean test_bench_finish (TestBenchFixture *self, BenkBenchJob *job, GError **error);
BenkBenchJob *test_bench_make_ready (TestBenchFixture *self);
BenkBenchJob *test_bench_wipe (TestBenchFixture *self);
gint64 test_bench_count (TestBenchFixture *self, const char *sql);
BenkDeviceState test_bench_get_state (TestBenchFixture *self);

G_END_DECLS
