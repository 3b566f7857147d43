/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-guard.h"
#include "benk-lifecycle-view.h"

G_BEGIN_DECLS

#define BENK_LIFECYCLE_MAX_GUARDS 12

/**
 * BenkLifecycleRow:
 * @name: name of the row, as in "trial→operation"
 * @from: the state before
 * @to: the state after
 * @guards: ids of the guards that must hold, up to %NULL
 *
 * One allowed change of state. What is in no row is not allowed.
 */
typedef struct
{
  const char *name;
  BenkDeviceState from;
  BenkDeviceState to;
  const char *guards[BENK_LIFECYCLE_MAX_GUARDS + 1];
} BenkLifecycleRow;

/**
 * BenkGuardStatus:
 * @BENK_GUARD_MET: it holds.
 * @BENK_GUARD_MISSING: it is hard and does not hold.
 * @BENK_GUARD_OWING: it is owed and does not hold.
 */
typedef enum
{
  BENK_GUARD_MET,
  BENK_GUARD_MISSING,
  BENK_GUARD_OWING,
} BenkGuardStatus;

/**
 * BenkGuardResult:
 * @guard: (transfer none): the guard, lives as long as the program
 * @status: whether it holds
 * @reason: (nullable): why it is put off; only in the owed list of benk_lifecycle_allow()
 * @lack: (nullable): what exactly is missing, a translated sentence, where the message of
 *   the guard does not say it
 * @way: the fact to be signed first for one that does not hold, or %BENK_FACT_NONE where
 *   it is done in another way, see #BenkGuardWhere
 */
typedef struct
{
  const BenkGuard *guard;
  BenkGuardStatus status;
  BenkFactKind way;
  char *reason;
  char *lack;
} BenkGuardResult;

const BenkLifecycleRow *benk_lifecycle_get_rows (gsize *n_rows);
const BenkLifecycleRow *
benk_lifecycle_find (BenkModelKind kind, BenkDeviceState from, BenkDeviceState to);
GPtrArray *benk_lifecycle_next (BenkModelKind kind, BenkDeviceState from);
GPtrArray *benk_lifecycle_check (const BenkLifecycleView *view, BenkDeviceState to);
gboolean benk_lifecycle_allow (const BenkLifecycleView *view,
                               BenkDeviceState to,
                               GHashTable *owed_reasons,
                               GPtrArray **owed_out,
                               GError **error);
gboolean
benk_lifecycle_allow_start (BenkOrigin origin, BenkDeviceState state, GError **error);
gboolean
benk_lifecycle_allow_run (BenkDeviceState state, BenkRunKind kind, GError **error);
gboolean
benk_lifecycle_allow_job (BenkModelKind model_kind, BenkRunKind kind, GError **error);
gboolean benk_lifecycle_can_undo (BenkDeviceState from, BenkDeviceState to);

void benk_guard_result_free (BenkGuardResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkGuardResult, benk_guard_result_free)

G_END_DECLS
