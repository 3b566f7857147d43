/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms.h"
#include "benk-application.h"
#include "benk-fact.h"
#include "benk-inventory.h"
#include "benk-returns.h"
#include "benk-window.h"

G_BEGIN_DECLS

/* 2026-03-02 08:41 UTC: Monday, 09:41 in Oslo. */
#define BENK_STAGE_WALL_MS G_GINT64_CONSTANT (1772440860000)

/**
 * BenkStage:
 * @dir: a folder of its own, removed at the end
 * @path: the store in it
 * @clock: runs from %BENK_STAGE_WALL_MS
 * @application: registered, without a bus name
 * @session: open
 * @window: (nullable): the main window, shown
 *
 * A window on a real session, for tests and pictures.
 */
typedef struct
{
  char *dir;
  char *path;
  BenkClock *clock;
  BenkApplication *application;
  BenkSession *session;
  BenkWindow *window;
} BenkStage;

void benk_stage_set_up (BenkStage *self, gboolean demo);
void benk_stage_tear_down (BenkStage *self);
void benk_stage_reopen (BenkStage *self);
void benk_stage_choose_staff (BenkStage *self, const char *initials, const char *name);
void benk_stage_show_window (BenkStage *self, int width, int height);
void benk_stage_close_window (BenkStage *self);

void benk_stage_keep (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *benk_stage_await (GAsyncResult **slot);
void benk_stage_wait_idle (void);
void benk_stage_wait_unused (gpointer object);

gint64 benk_stage_import (BenkStage *self, const char *path);
BenkDevice *benk_stage_find (BenkStage *self, const char *serial);
void benk_stage_add (BenkStage *self, const BenkNewDevice *device);
void benk_stage_try_reset (BenkStage *self, const char *serial);
void benk_stage_attest (BenkStage *self,
                        const char *serial,
                        BenkFactKind kind,
                        const char *ref,
                        const char *stated_by);
void benk_stage_set_state (BenkStage *self,
                           const char *serial,
                           BenkDeviceState state,
                           const char *owed_reason);
void benk_stage_link_user (BenkStage *self,
                           const char *serial,
                           const char *reference,
                           const char *team);
BenkAlarm *
benk_stage_alarm (BenkStage *self, const char *serial, const char *code, gint64 ago_ms);
void benk_stage_take (BenkStage *self, BenkAlarm *alarm);
BenkReturnCase *
benk_stage_return (BenkStage *self, const char *serial, const char *reason);
void benk_stage_return_step (BenkStage *self,
                             BenkReturnCase *return_case,
                             BenkReturnState state,
                             const BenkReturnDetails *details);

GtkWidget *benk_stage_get_child (gpointer widget, const char *id);
GtkWindow *benk_stage_find_window (GType type);
GtkWindow *benk_stage_wait_window (GType type);
void benk_stage_respond (GtkWindow *dialog, const char *response);

G_END_DECLS
