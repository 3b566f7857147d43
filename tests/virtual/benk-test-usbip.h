/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fake-clock.h"
#include "benk-usbip-server.h"

G_BEGIN_DECLS

/* 2026-11-21 09:30:00 UTC. */
#define TEST_NOW_MS G_GINT64_CONSTANT (1795253400000)

/**
 * TestStand:
 *
 * A USB/IP server on a free port of this machine, and what it told.
 */
typedef struct
{
  BenkFakeClock *clock;
  BenkUsbipServer *server;
  GPtrArray *dispensers;
  guint n_events[4];
  guint n_refused;
} TestStand;

TestStand *test_stand_new (void);
void test_stand_free (TestStand *self);
BenkVirtualDispenser *
test_stand_add (TestStand *self, const char *model_id, const char *serial);
void test_stand_advance (TestStand *self, gint64 ms);
void test_stand_wait (const guint *counter, guint value);

/**
 * TestClient:
 *
 * A client of USB/IP that may do anything.
 */
typedef struct
{
  GSocketConnection *connection;
  guint32 devid;
  guint32 seqnum;
  GHashTable *ins;
} TestClient;

/**
 * TestReply:
 * @command: 3 = a transfer has ended, 4 = one was taken back
 * @data: (nullable): from the device
 */
typedef struct
{
  guint32 command;
  guint32 seqnum;
  gint32 status;
  guint32 actual;
  guint32 n_packets;
  GBytes *data;
} TestReply;

TestClient *test_client_new (TestStand *stand);
void test_client_free (TestClient *self);
void test_client_send (TestClient *self, const void *data, gsize length);
GBytes *test_client_read (TestClient *self, gsize length);
gboolean test_client_is_let_go (TestClient *self);
guint test_client_list (TestClient *self);
guint32 test_client_import (TestClient *self, const char *busid);
guint32 test_client_submit (
  TestClient *self, guint endpoint, gboolean in, guint32 length, GBytes *data);
guint32 test_client_control (TestClient *self, const char *setup, guint32 length);
guint32 test_client_unlink (TestClient *self, guint32 seqnum);
gboolean test_client_next (TestClient *self, TestReply *reply);
void test_reply_clear (TestReply *reply);
void test_client_enumerate (TestClient *self, const char *busid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestStand, test_stand_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestClient, test_client_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestReply, test_reply_clear)

G_END_DECLS
