/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-bench-checklist.h"
#include "benk-device.h"
#include "benk-link-kind.h"
#include "benk-plan.h"
#include "benk-run.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* One step of a job or of a checklist. Properties: "id", "label", "state", "by"
 * (initials), "detail" (what was found, or why it failed). */
typedef enum
{
  BENK_BENCH_STEP_WAITING,
  BENK_BENCH_STEP_RUNNING,
  BENK_BENCH_STEP_DONE,
  BENK_BENCH_STEP_FAILED,
  BENK_BENCH_STEP_SKIPPED,
} BenkBenchStepState;

#define BENK_TYPE_STEP (benk_step_get_type ())
G_DECLARE_FINAL_TYPE (BenkStep, benk_step, BENK, STEP, GObject)
const char *benk_step_get_id (BenkStep *self);
const char *benk_step_get_label (BenkStep *self);
BenkBenchStepState benk_step_get_state (BenkStep *self);
const char *benk_step_get_by (BenkStep *self);
const char *benk_step_get_detail (BenkStep *self);

/* A job that runs or has ended. Properties: "steps", "progress" (0.0 to 1.0), "running",
 * "outcome", "proven", "sentence", "reason" (what stopped it). */
#define BENK_TYPE_BENCH_JOB (benk_bench_job_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchJob, benk_bench_job, BENK, BENCH_JOB, GObject)
BenkRunKind benk_bench_job_get_kind (BenkBenchJob *self);
GListModel *benk_bench_job_get_steps (BenkBenchJob *self);
double benk_bench_job_get_progress (BenkBenchJob *self);
gboolean benk_bench_job_is_running (BenkBenchJob *self);
BenkRunOutcome benk_bench_job_get_outcome (BenkBenchJob *self);
/* Whether the result may be used: verified, and not by a simulated link in an ordinary
 * store. */
gboolean benk_bench_job_is_proven (BenkBenchJob *self);
const char *benk_bench_job_get_sentence (BenkBenchJob *self);
const char *benk_bench_job_get_reason (BenkBenchJob *self);
const BenkId *benk_bench_job_get_run_id (BenkBenchJob *self);
void benk_bench_job_cancel (BenkBenchJob *self);
const char *benk_bench_job_get_dialogue (BenkBenchJob *self);
const char *benk_bench_job_get_dialogue_problem (BenkBenchJob *self);
/* What to do next, or NULL; and all of it, to be pasted elsewhere. */
gboolean benk_bench_job_is_touched (BenkBenchJob *self);
const char *benk_bench_job_get_outcome_label (BenkBenchJob *self);
const char *benk_bench_job_get_advice (BenkBenchJob *self);
char *benk_bench_job_describe (BenkBenchJob *self, const char *who, BenkLinkKind kind);
/* What stopped it, where its sentence does not say so, or NULL. */
char *benk_bench_job_dup_stop (BenkBenchJob *self);

/* A plugged-in device. Properties: "serial", "model-id", "label", "firmware", "battery"
 * (percent, -1 unknown), "on-mains", "clock-drift-ms", "link-kind", "simulated",
 * "log-entries" (-1 unknown), "status" (lid, mode: in words), "state-label" of its card,
 * "problem" (permission, read-only: in words), "job". */
#define BENK_TYPE_BENCH_DEVICE (benk_bench_device_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchDevice, benk_bench_device, BENK, BENCH_DEVICE, GObject)
const char *benk_bench_device_get_bus_path (BenkBenchDevice *self);
const char *benk_bench_device_get_serial (BenkBenchDevice *self);
const char *benk_bench_device_get_model_id (BenkBenchDevice *self);
const char *benk_bench_device_get_label (BenkBenchDevice *self);
const char *benk_bench_device_get_firmware (BenkBenchDevice *self);
int benk_bench_device_get_battery (BenkBenchDevice *self);
gboolean benk_bench_device_get_on_mains (BenkBenchDevice *self);
/* Device clock minus ours; BENK_CLOCK_DRIFT_UNKNOWN when it was not read. */
#define BENK_CLOCK_DRIFT_UNKNOWN G_MININT64
gint64 benk_bench_device_get_clock_drift_ms (BenkBenchDevice *self);
gboolean benk_bench_device_is_clock_unset (BenkBenchDevice *self);
guint benk_bench_device_get_n_dose_times (BenkBenchDevice *self);
BenkLinkKind benk_bench_device_get_link_kind (BenkBenchDevice *self);
gboolean benk_bench_device_has_extension (BenkBenchDevice *self);
const BenkId *benk_bench_device_get_card_id (BenkBenchDevice *self);
BenkDevice *benk_bench_device_get_card (BenkBenchDevice *self);
const char *benk_bench_device_get_state_label (BenkBenchDevice *self);
const char *benk_bench_device_get_problem (BenkBenchDevice *self);
BenkBenchJob *benk_bench_device_get_job (BenkBenchDevice *self);
gint64 benk_bench_device_get_log_entries (BenkBenchDevice *self);
const char *benk_bench_device_get_status (BenkBenchDevice *self);

/**
 * BenkBenchTrouble:
 * @BENK_BENCH_TROUBLE_NONE: nothing is in the way
 * @BENK_BENCH_TROUBLE_GONE: it is unplugged; its last job is still shown
 * @BENK_BENCH_TROUBLE_PERMISSION: the system does not let this person open it
 * @BENK_BENCH_TROUBLE_BROKEN: it cannot be used
 * @BENK_BENCH_TROUBLE_NEWS: what an earlier job came to, known only now
 * @BENK_BENCH_TROUBLE_NO_CARD: it is not registered, or several are
 * @BENK_BENCH_TROUBLE_READ_ONLY: it cannot be written
 *
 * What kind of thing the problem of a device is; the gravest wins.
 */
typedef enum
{
  BENK_BENCH_TROUBLE_NONE,
  BENK_BENCH_TROUBLE_GONE,
  BENK_BENCH_TROUBLE_PERMISSION,
  BENK_BENCH_TROUBLE_BROKEN,
  BENK_BENCH_TROUBLE_NEWS,
  BENK_BENCH_TROUBLE_NO_CARD,
  BENK_BENCH_TROUBLE_READ_ONLY,
} BenkBenchTrouble;

BenkBenchTrouble benk_bench_device_get_trouble (BenkBenchDevice *self);
const char *benk_bench_device_get_hint (BenkBenchDevice *self);
char *benk_bench_device_dup_command (BenkBenchDevice *self);

#define BENK_TYPE_BENCH (benk_bench_get_type ())
G_DECLARE_FINAL_TYPE (BenkBench, benk_bench, BENK, BENCH, GObject)

/* Live list of BenkBenchDevice; the watch starts on the first call. */
GListModel *benk_bench_get_devices (BenkBench *self);
gboolean benk_bench_start (BenkBench *self, GError **error);
/* Why USB cannot be used on this machine, in words, or NULL. */
const char *benk_bench_get_usb_problem (BenkBench *self);
/* Whether what is plugged in was looked at, and USB can be used. */
gboolean benk_bench_knows_plugged (BenkBench *self);
/* How devices are noticed, where that is not as it should be, in words, or NULL. */
const char *benk_bench_get_usb_notice (BenkBench *self);
/* Takes the card of a device that is unplugged off the bench. */
void benk_bench_dismiss (BenkBench *self, BenkBenchDevice *device);
/* Until what is plugged in now has been read once, or has said why not. */
void benk_bench_settle_async (BenkBench *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_bench_settle_finish (BenkBench *self, GAsyncResult *result, GError **error);
/* A simulated dispenser; @state_dir keeps its memory; @fault as "disconnect@7" or NULL.
 */
gboolean benk_bench_plug_virtual (BenkBench *self,
                                  const char *model_id,
                                  const char *serial,
                                  const char *state_dir,
                                  const char *fault,
                                  GError **error);

void benk_bench_plug_virtual_async (BenkBench *self,
                                    const char *model_id,
                                    const char *serial,
                                    const char *state_dir,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
benk_bench_plug_virtual_finish (BenkBench *self, GAsyncResult *result, GError **error);

/* The next job that is asked for is recorded to @file, line by line. */
void benk_bench_record_async (BenkBench *self,
                              GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_bench_record_finish (BenkBench *self, GAsyncResult *result, GError **error);

/* Jobs on a plugged-in device; the answer is the job, running. benk_bench_wait_async ends
 * when it has ended and its run is kept. */
BenkBenchJob *benk_bench_read (BenkBench *self, BenkBenchDevice *device, GError **error);
BenkBenchJob *benk_bench_provision (BenkBench *self,
                                    BenkBenchDevice *device,
                                    BenkPlan *plan,
                                    const char *user_reference,
                                    GError **error);
/* The same on a device in trial, use or pause, whose state stays as it is. */
BenkBenchJob *benk_bench_change_settings (BenkBench *self,
                                          BenkBenchDevice *device,
                                          BenkPlan *plan,
                                          GError **error);
BenkBenchJob *benk_bench_reset (BenkBench *self,
                                BenkBenchDevice *device,
                                const char *confirm_serial,
                                GError **error);
/* Why the state of its card does not let a job of @kind begin, or NULL. */
char *benk_bench_dup_refusal (BenkBench *self, BenkBenchDevice *device, BenkRunKind kind);
void benk_bench_wait_async (BenkBench *self,
                            BenkBenchJob *job,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean benk_bench_wait_finish (BenkBench *self, GAsyncResult *result, GError **error);

G_END_DECLS
