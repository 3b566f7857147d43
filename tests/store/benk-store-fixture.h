/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-fake-clock.h"
#include "benk-scope.h"

G_BEGIN_DECLS

/* 2026-03-02 08:00 UTC, a Monday. */
#define FIXTURE_WALL_MS G_GINT64_CONSTANT (1772438400000)

/**
 * BenkStoreFixture:
 * @dir: a folder of its own, removed at the end
 * @path: the store in it
 * @clock: stands still
 * @db: a connection of the test's own thread
 */
typedef struct
{
  char *dir;
  char *path;
  BenkClock *clock;
  BenkDb *db;
} BenkStoreFixture;

void benk_store_fixture_set_up (BenkStoreFixture *self, gconstpointer unused);
void benk_store_fixture_set_up_demo (BenkStoreFixture *self, gconstpointer unused);
void benk_store_fixture_tear_down (BenkStoreFixture *self, gconstpointer unused);
void benk_store_fixture_reopen (BenkStoreFixture *self);
void benk_store_fixture_remove_dir (const char *dir);

void benk_store_fixture_exec (BenkDb *db, const char *sql);
gint64 benk_store_fixture_count (BenkDb *db, const char *sql);
gint64 benk_store_fixture_change (BenkDb *db, BenkVerb verb, const char *sql);
char *benk_store_fixture_id (const char *name);

G_END_DECLS
