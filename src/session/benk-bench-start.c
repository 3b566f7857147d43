/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-job-private.h"

#include "benk-error.h"
#include "benk-lifecycle.h"
#include "benk-plan-tables.h"
#include "benk-serial.h"
#include "benk-text-check.h"

#include <glib/gi18n.h>

/* What is asked for at the bench: what can be seen to be wrong is refused here, the rest
 * by the store and by the dispenser. */

static gboolean
check_free (BenkBench *self, BenkBenchDevice *device, GError **error)
{
  BenkBenchJob *job = benk_bench_device_get_job (device);

  if (benk_bench_get_session (self) == NULL || benk_bench_get_bus (self) == NULL)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                         _ ("The store is closed."));
  else if (benk_bench_device_is_gone (device))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_DISCONNECTED,
                         _ ("The dispenser is not plugged in."));
  else if (job != NULL && benk_bench_job_is_running (job))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_BUSY,
                         _ ("A job is running on this dispenser."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_writable (BenkBench *self, BenkBenchDevice *device, GError **error)
{
  const BenkId *card = benk_bench_device_get_card_id (device);
  const char *problem = benk_bench_device_get_problem (device);
  BenkChange change;

  if (!check_free (self, device, error) ||
      !benk_session_fill_change (benk_bench_get_session (self), BENK_VERB_RUN, card,
                                 &change, error))
    return FALSE;
  if (benk_id_is_nil (card))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         problem != NULL ? problem
                                         : _ ("Unknown device, not registered"));
  else if (!benk_bench_device_has_extension (device))
    g_set_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED, "%s %s",
                 problem != NULL
                   ? problem
                   : _ ("Read only: the dispenser has no service extension."),
                 _ ("Use its checklist."));
  else
    return TRUE;
  return FALSE;
}

static BenkBenchJob *
begin (BenkBenchWork *work)
{
  BenkBenchJob *job;

  work->job = benk_bench_job_new (work->kind, work->id,
                                  benk_bench_device_get_station (work->device));
  job = work->job;
  work->request->stream = benk_bench_take_record (work->bench);
  benk_bench_device_set_job (work->device, job);
  benk_bench_device_set_news (work->device, NULL);
  return job;
}

static gboolean
take_plan (BenkBenchWork *work, BenkPlan *plan, GError **error)
{
  if (!benk_plan_validate (plan, error) ||
      !benk_job_plan_from_plan (&work->request->plan, plan, error))
    return FALSE;
  work->plan = benk_plan_copy (plan);
  work->request->has_plan = TRUE;
  work->request->zone = g_strdup (benk_plan_get_zone (plan));
  return TRUE;
}

static BenkBenchJob *
write_plan (BenkBench *self,
            BenkBenchDevice *device,
            BenkRunKind kind,
            BenkPlan *plan,
            const char *reference,
            GError **error)
{
  BenkBenchWork *work;
  BenkBenchJob *job;

  if (!check_writable (self, device, error))
    return NULL;
  work = benk_bench_work_new (self, device, kind);
  if (!take_plan (work, plan, error))
    {
      benk_bench_work_free (work);
      return NULL;
    }
  work->reference = g_strdup (reference);
  work->request->serial = g_strdup (benk_bench_device_get_serial (device));
  job = begin (work);
  benk_bench_work_begin (work);
  return job;
}

/**
 * benk_bench_read:
 * @self: the bench
 * @device: a plugged-in device
 * @error: return location for an error
 *
 * Reads identity, clock, battery, plan and log. The run is kept when the device has a
 * card and somebody is chosen.
 *
 * Returns: (transfer none) (nullable): the job, running
 */
BenkBenchJob *
benk_bench_read (BenkBench *self, BenkBenchDevice *device, GError **error)
{
  BenkBenchWork *work;
  BenkBenchJob *job;

  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (device), NULL);

  if (!check_free (self, device, error))
    return NULL;
  work = benk_bench_work_new (self, device, BENK_RUN_KIND_READ);
  job = begin (work);
  if (benk_id_is_nil (&work->card) ||
      benk_session_get_staff (benk_bench_get_session (self)) == NULL)
    benk_bench_work_run (work);
  else
    benk_bench_work_begin (work);
  return job;
}

/**
 * benk_bench_provision:
 * @self: the bench
 * @device: a plugged-in device of the shelf, or one that is being made ready
 * @plan: what it shall hold
 * @user_reference: reference of the user in the patient record
 * @error: return location for an error
 *
 * Writes the plan with one activation and reads it back octet for octet.
 *
 * Returns: (transfer none) (nullable): the job, running
 */
BenkBenchJob *
benk_bench_provision (BenkBench *self,
                      BenkBenchDevice *device,
                      BenkPlan *plan,
                      const char *user_reference,
                      GError **error)
{
  g_autofree char *reference = NULL;

  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (device), NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  reference = benk_text_take_reference (user_reference, error);
  if (reference == NULL)
    return NULL;
  return write_plan (self, device, BENK_RUN_KIND_PROVISION, plan, reference, error);
}

/**
 * benk_bench_change_settings:
 * @self: the bench
 * @device: a plugged-in device in trial, use or pause
 * @plan: what it shall hold
 * @error: return location for an error
 *
 * As benk_bench_provision(), for the user who has the device; its state stays.
 *
 * Returns: (transfer none) (nullable): the job, running
 */
BenkBenchJob *
benk_bench_change_settings (BenkBench *self,
                            BenkBenchDevice *device,
                            BenkPlan *plan,
                            GError **error)
{
  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (device), NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  return write_plan (self, device, BENK_RUN_KIND_SETTINGS, plan, NULL, error);
}

/**
 * benk_bench_reset:
 * @self: the bench
 * @device: a plugged-in device that is not with a user
 * @confirm_serial: what the person typed; must be the serial of the device
 * @error: return location for an error
 *
 * Wipes the device and checks that it is wiped. It is confirmed twice: here against what
 * the device said when it was plugged in, and by the job against what it says then.
 *
 * Returns: (transfer none) (nullable): the job, running
 */
BenkBenchJob *
benk_bench_reset (BenkBench *self,
                  BenkBenchDevice *device,
                  const char *confirm_serial,
                  GError **error)
{
  g_autofree char *typed = NULL;
  g_autofree char *told = NULL;
  BenkBenchWork *work;
  BenkBenchJob *job;

  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (device), NULL);

  if (!check_writable (self, device, error))
    return NULL;
  typed = benk_serial_normalise (confirm_serial != NULL ? confirm_serial : "");
  told = benk_serial_normalise (benk_bench_device_get_serial (device));
  if (!g_str_equal (typed, told))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("Another serial number was typed."));
      return NULL;
    }
  work = benk_bench_work_new (self, device, BENK_RUN_KIND_RESET);
  work->request->serial = g_strdup (benk_bench_device_get_serial (device));
  work->request->confirm = g_strdup (confirm_serial);
  job = begin (work);
  benk_bench_work_begin (work);
  return job;
}

/* The way from a state to one in which a device can be made ready. */
static const char *
get_way (BenkRunKind kind, BenkDeviceState state)
{
  if (kind != BENK_RUN_KIND_PROVISION)
    return NULL;
  switch ((int) state)
    {
    case BENK_DEVICE_STATE_RECEIVED:
    case BENK_DEVICE_STATE_RESET:
      return _ ("Put it in stock first.");
    case BENK_DEVICE_STATE_READY:
    case BENK_DEVICE_STATE_QUARANTINE:
    case BENK_DEVICE_STATE_FAULTY:
      return _ ("Reset it first.");
    default:
      return NULL;
    }
}

/**
 * benk_bench_dup_refusal:
 * @self: the bench
 * @device: a device
 * @kind: what is wanted of it
 *
 * What would be refused is not offered. A link that does not count in this store changes
 * no state, so that none is in its way.
 *
 * Returns: (transfer full) (nullable): why the state of its card is in the way, and what
 * comes first; %NULL when it is not
 */
char *
benk_bench_dup_refusal (BenkBench *self, BenkBenchDevice *device, BenkRunKind kind)
{
  BenkSession *session;
  BenkDevice *card;
  BenkDeviceState state;
  const char *way;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (BENK_IS_BENCH (self), NULL);
  g_return_val_if_fail (BENK_IS_BENCH_DEVICE (device), NULL);

  session = benk_bench_get_session (self);
  card = benk_bench_device_get_card (device);
  if (session == NULL || card == NULL ||
      !benk_link_kind_counts (benk_bench_device_get_link_kind (device),
                              benk_session_is_demo (session)))
    return NULL;
  state = benk_device_get_state (card);
  if ((kind == BENK_RUN_KIND_PROVISION && state == BENK_DEVICE_STATE_STOCK) ||
      benk_lifecycle_allow_run (state, kind, &error))
    return NULL;
  way = get_way (kind, state);
  return g_strdup_printf ("%s%s%s", error->message, way != NULL ? " " : "",
                          way != NULL ? way : "");
}
