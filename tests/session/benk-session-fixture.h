/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-fake-clock.h"
#include "benk-import.h"
#include "benk-inventory.h"
#include "benk-link-kind.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* 2026-03-02 08:00 UTC, a Monday. */
#define FIXTURE_WALL_MS G_GINT64_CONSTANT (1772438400000)

/**
 * BenkSessionFixture:
 * @dir: a folder of its own, removed at the end
 * @path: the store in it
 * @clock: stands still
 * @session: open, with the staff KA chosen
 * @inventory: the session's
 */
typedef struct
{
  char *dir;
  char *path;
  BenkClock *clock;
  BenkSession *session;
  BenkInventory *inventory;
} BenkSessionFixture;

void benk_session_fixture_set_up (BenkSessionFixture *self, gconstpointer unused);
void benk_session_fixture_set_up_demo (BenkSessionFixture *self, gconstpointer unused);
void benk_session_fixture_set_up_in (BenkSessionFixture *self, const char *dir);
void benk_session_fixture_open (BenkSessionFixture *self);
void benk_session_fixture_close (BenkSessionFixture *self);
void benk_session_fixture_tear_down (BenkSessionFixture *self, gconstpointer unused);

void benk_session_fixture_keep (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *benk_session_fixture_wait (GAsyncResult **slot);
gint64 benk_session_fixture_count (BenkSessionFixture *self, const char *sql);
BenkDb *benk_session_fixture_open_db (BenkSessionFixture *self);
void benk_session_fixture_advance (BenkSessionFixture *self, gint64 ms);

BenkDevice *benk_session_fixture_find (BenkSessionFixture *self, const char *name);
BenkDevice *benk_session_fixture_add (BenkSessionFixture *self,
                                      const char *serial,
                                      BenkDeviceState state);
void benk_session_fixture_insert (BenkSessionFixture *self, BenkDevice *device);
BenkDevice *benk_session_fixture_put (BenkSessionFixture *self,
                                      const char *serial,
                                      BenkDeviceState state);
void benk_session_fixture_prove_reset (BenkSessionFixture *self,
                                       BenkDevice *device,
                                       BenkLinkKind link_kind);
void benk_session_fixture_prove_ready (BenkSessionFixture *self,
                                       BenkDevice *device,
                                       BenkLinkKind link_kind);
void benk_session_fixture_force_state (BenkSessionFixture *self,
                                       BenkDevice *device,
                                       BenkDeviceState to);
void benk_session_fixture_fail_reset (BenkSessionFixture *self,
                                      BenkDevice *device,
                                      BenkLinkKind link_kind);
void benk_session_fixture_write_plan (BenkSessionFixture *self,
                                      BenkDevice *device,
                                      const char *times);
gboolean benk_session_fixture_attest (BenkSessionFixture *self,
                                      BenkDevice *device,
                                      BenkFactKind kind,
                                      const char *ref,
                                      const char *stated_by,
                                      GError **error);
gboolean benk_session_fixture_set_state (BenkSessionFixture *self,
                                         BenkDevice *device,
                                         BenkDeviceState to,
                                         const char *reason,
                                         GError **error);
gboolean benk_session_fixture_undo (BenkSessionFixture *self, GError **error);
BenkImport *
benk_session_fixture_preview (BenkSessionFixture *self, const char *path, GError **error);

/* Waits for the callback that benk_session_fixture_keep () was given for. */
#define BENK_AWAIT(slot) benk_session_fixture_wait (&(slot))

G_END_DECLS
