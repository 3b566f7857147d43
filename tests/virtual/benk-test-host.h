/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-ext.h"
#include "benk-fake-clock.h"
#include "benk-link.h"
#include "benk-virtual-dispenser.h"

G_BEGIN_DECLS

/* 2026-11-21 09:30:00 UTC, 10:30 in Oslo. */
#define TEST_NOW_MS G_GINT64_CONSTANT (1795253400000)

/**
 * TestHost:
 * @make_link: (nullable): makes what a job is run over; %NULL = a link inside the process
 *
 * A manager without time or patience: sends an APDU and looks at what came back at once.
 */
typedef struct
{
  BenkFakeClock *clock;
  BenkVirtualDispenser *dispenser;
  GQueue received;
  GError *down;
  guint16 invoke_id;
  BenkLink *(*make_link) (gpointer data);
  gpointer link_data;
} TestHost;

TestHost *test_host_new (const char *model_id, const char *state_dir);
void test_host_free (TestHost *self);

void test_host_reopen (TestHost *self, const char *model_id, const char *state_dir);
void test_host_connect (TestHost *self);
void test_host_associate (TestHost *self);
void test_host_send (TestHost *self, BenkApdu *apdu);
BenkApdu *test_host_take (TestHost *self);
BenkApdu *test_host_ask (TestHost *self, BenkApdu *apdu);
void test_host_advance (TestHost *self, gint64 ms);

gboolean
test_host_get (TestHost *self, guint16 id, BenkExtKind kind, BenkExtMessage *message);
gboolean test_host_set_number (TestHost *self, guint16 id, guint16 number);
gboolean test_host_act (TestHost *self,
                        guint16 type,
                        const BenkExtMessage *request,
                        BenkExtKind kind,
                        BenkExtMessage *answer);

GBytes *test_make_table (guint16 id, guint seed);
guint16 test_host_stage (TestHost *self, guint16 id, GBytes *table);
guint16 test_host_activate (TestHost *self, guint32 set_id, guint seed);
GBytes *test_host_read (TestHost *self, guint16 id, guint16 direction);
guint16 test_host_provision (TestHost *self, guint32 set_id, guint seed);

guint32 test_whole_plan (const BenkAgentMemory *memory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestHost, test_host_free)

G_END_DECLS
