/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-guard.h"
#include "benk-lifecycle-view.h"

G_BEGIN_DECLS

typedef struct
{
  BenkFactKind kind;
  gint64 order;
} ViewFact;

typedef struct
{
  BenkProofKind kind;
  BenkLinkKind link_kind;
  gint64 order;
} ViewProof;

struct _BenkLifecycleView
{
  BenkDeviceState state;
  BenkOrigin origin;
  BenkModelKind kind;
  gboolean demo_store;
  gint64 now_ms;

  int previous_state; /* -1 = unknown */
  gboolean has_transition;
  gint64 state_since_ms;
  gint64 trial_before_ms; /* how long the trial of its user went before */

  /* Places in the change log, not instants: the clock of a laptop may go back. */
  gint64 state_since;
  gint64 arrival_since;
  gint64 cycle_since;
  gint64 used;    /* where it may last have taken up something personal; 0 = never */
  gint64 written; /* where a job last wrote to it; 0 = never */

  GArray *facts;    /* (element-type ViewFact), only complete ones */
  GArray *proofs;   /* (element-type ViewProof), only ones that count */
  GArray *attempts; /* (element-type gint64), where each stands */
  BenkAccessoryList *accessories;

  guint n_open_alarms;
  gboolean other_active_device;
  gboolean lease_ended;
  gboolean plan_valid;
  gboolean second_person_asked;
  gboolean reserved_for_other;
  gboolean open_return;
  guint return_conditions;
};

gboolean benk_lifecycle_view_meets (const BenkLifecycleView *self,
                                    const BenkGuard *guard);
BenkFactKind benk_lifecycle_view_find_way (const BenkLifecycleView *self,
                                           const BenkGuard *guard);

G_END_DECLS
