/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench-fixture.h"
#include "benk-fact.h"
#include "benk-swap.h"

G_BEGIN_DECLS

#define OLD SERIAL
#define NEW "MED-7002"
#define USER "Ref-4711"
#define NURSE "Anne Lie, nurse"

/* A dispenser that serves a user, and one on the shelf. */
void test_swap_attest (TestBenchFixture *self,
                       BenkDevice *device,
                       BenkFactKind kind,
                       const char *ref,
                       const char *stated_by);
void test_swap_move (TestBenchFixture *self, BenkDevice *device, BenkDeviceState to);
void test_swap_start_trial (TestBenchFixture *self);
void test_swap_start_operation (TestBenchFixture *self);
void test_swap_plug_new (TestBenchFixture *self, const char *fault);
void test_swap_add_new (TestBenchFixture *self, gboolean plugged);
void test_swap_add_alarm (TestBenchFixture *self, const char *code);
BenkSwap *test_swap_try_open (TestBenchFixture *self,
                              BenkSession *session,
                              const char *wanted,
                              GError **error);
BenkSwap *test_swap_open_swap (TestBenchFixture *self);
gboolean test_swap_run (TestBenchFixture *self, BenkSwap *swap, GError **error);
void test_swap_run_well (TestBenchFixture *self, BenkSwap *swap);
void test_swap_copy (TestBenchFixture *self, BenkSwap *swap);
BenkDeviceState test_swap_get_state (TestBenchFixture *self, const char *serial);
void test_swap_assert_line (BenkSwap *swap, BenkSwapPart part, BenkSwapState wanted);
void test_swap_assert_safe (TestBenchFixture *self);

G_END_DECLS
