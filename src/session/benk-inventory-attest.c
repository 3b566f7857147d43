/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-private.h"

#include <glib/gi18n.h>

#include "benk-checklist.h"
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-table-owed-task.h"

static gboolean
is_satisfied_by (const BenkGuard *guard, BenkFactKind kind)
{
  for (guint i = 0; guard != NULL && guard->facts[i] != BENK_FACT_NONE; i++)
    if (guard->facts[i] == kind)
      return TRUE;

  return FALSE;
}

/* What was put off for want of this fact is done now. */
static gboolean
settle_owed (BenkDb *db, const BenkId *device, BenkFactKind kind, GError **error)
{
  g_autoptr (GPtrArray) tasks = benk_table_owed_task_list (db, device, error);

  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      BenkOwedTask *task = g_ptr_array_index (tasks, i);

      if (is_satisfied_by (benk_guard_find (task->guard), kind) &&
          !benk_table_owed_task_set_done (db, &task->id, error))
        return FALSE;
    }

  return TRUE;
}

/* A device is not taken for dead on somebody's word alone. */
gboolean
benk_inventory_check_attest (BenkDb *db,
                             const BenkId *device,
                             BenkFactKind kind,
                             GError **error)
{
  g_autoptr (BenkLifecycleView) view = NULL;
  guint n;

  if (kind != BENK_FACT_RESET_IMPOSSIBLE)
    return TRUE;
  view = benk_device_view_load (db, device, error);
  if (view == NULL)
    return FALSE;
  n = benk_lifecycle_view_count_attempts (view);
  if (n >= BENK_RESET_ATTEMPTS)
    return TRUE;
  g_set_error (
    error, BENK_ERROR, BENK_ERROR_REFUSED,
    _ ("Only %u of %u attempts at a reset are on record. Reset it at the bench, "
       "or work through its checklist “%s”."),
    n, BENK_RESET_ATTEMPTS, benk_task_get_label (BENK_TASK_NO_ANSWER));
  return FALSE;
}

/* Inside a scope: one fact, and what was put off for want of it. */
gboolean
benk_inventory_attest_in_scope (BenkDb *db,
                                const BenkId *device,
                                BenkFactKind kind,
                                const char *ref,
                                const char *stated_by,
                                GError **error)
{
  g_autoptr (BenkDevice) found = benk_table_device_get (db, device, error);
  g_autoptr (BenkFactRecord) fact = benk_fact_record_new ();

  if (found == NULL || !benk_inventory_check_attest (db, device, kind, error))
    return FALSE;
  benk_fact_record_set_device_id (fact, device);
  benk_fact_record_set_kind (fact, kind);
  benk_fact_record_set_ref (fact, ref);
  benk_fact_record_set_stated_by (fact, stated_by);

  return benk_table_fact_insert (db, fact, error) &&
         settle_owed (db, device, kind, error);
}
