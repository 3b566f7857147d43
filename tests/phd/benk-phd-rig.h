/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-agent.h"
#include "benk-job.h"
#include "benk-manager.h"

G_BEGIN_DECLS

/* 2026-11-21 09:30:00 UTC; the wall clock shows one hour more. */
#define RIG_NOW_MS G_GINT64_CONSTANT (1795253400000)
#define RIG_OFFSET_MS 3600000

/**
 * Rig:
 * @cut_at: which APDU to the device meets the unplugging, counted from 1; 0 never
 * @cut_after: the device still takes it, only its answer is lost
 * @back_ms: how long until it is plugged in again; 0 never
 * @typed: (nullable): what the person types; %NULL types the right serial
 * @spoil: (nullable): may change an APDU from the device before the manager sees it
 *
 * A job, a manager and an agent, wired without I/O, with a clock that only timers move.
 */
typedef struct _Rig Rig;

struct _Rig
{
  BenkAgentMemory *memory;
  BenkAgent *agent;
  BenkManager *manager;
  BenkJob *job;
  gint64 now_ms;
  gint64 agent_timers[BENK_AGENT_N_TIMERS];
  gint64 manager_timers[BENK_N_TIMERS];
  gint64 job_timer;
  gint64 back_at;
  gboolean up;
  GQueue to_device;
  GQueue to_host;
  guint sent;
  guint cut_at;
  gboolean cut_after;
  guint back_ms;
  guint cancel_at;
  const char *typed;
  gboolean never_type;
  GBytes *(*spoil) (Rig *self, GBytes *apdu);
  guint spoiled;
  GPtrArray *requests;
};

Rig *rig_new (void);
void rig_free (Rig *self);
void rig_plan (BenkJobPlan *plan, guint seed);
void rig_preset (Rig *self, const BenkJobPlan *plan, guint32 set_id);
const BenkJobResult *rig_run (Rig *self, const BenkJobSetup *setup);
BenkJobSetup rig_setup (BenkJobKind kind, const BenkJobPlan *plan, guint32 set_id);
gboolean rig_holds (Rig *self, const BenkJobPlan *plan, guint32 set_id);
gboolean rig_is_empty (Rig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)

G_END_DECLS
