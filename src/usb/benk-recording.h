/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-job.h"
#include "benk-link.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENK_RECORDING_VERSION 1
/* A recording is read from files of anybody: longer ones are refused. */
#define BENK_RECORDING_MAX_OCTETS (8 * 1024 * 1024)
#define BENK_RECORDING_MAX_ENTRIES 50000
#define BENK_RECORDING_MAX_MS (24 * 60 * 60 * 1000)

/**
 * BenkRecordingKind:
 * @BENK_RECORDING_TO_DEVICE: an APDU went out
 * @BENK_RECORDING_FROM_DEVICE: an APDU came in
 * @BENK_RECORDING_OPEN: a link is being opened
 * @BENK_RECORDING_OPENED: it is open
 * @BENK_RECORDING_NOT_OPENED: it could not be
 * @BENK_RECORDING_NOT_SENT: the APDU before did not get out
 * @BENK_RECORDING_LOST: the link is down
 * @BENK_RECORDING_CLOSED: this side closed it
 * @BENK_RECORDING_CANCEL: the person wanted to stop
 * @BENK_RECORDING_END: the job ended
 */
typedef enum
{
  BENK_RECORDING_TO_DEVICE,
  BENK_RECORDING_FROM_DEVICE,
  BENK_RECORDING_OPEN,
  BENK_RECORDING_OPENED,
  BENK_RECORDING_NOT_OPENED,
  BENK_RECORDING_NOT_SENT,
  BENK_RECORDING_LOST,
  BENK_RECORDING_CLOSED,
  BENK_RECORDING_CANCEL,
  BENK_RECORDING_END,
} BenkRecordingKind;

/**
 * BenkRecordingEntry:
 * @ms: since the beginning
 * @octets: (nullable): of an APDU, its payload zeros
 * @differs_at: which octet of a chunk was not what had been written, else
 *   %BENK_SCRUB_EQUAL
 * @code: of what went wrong, a #BenkError
 * @line: of the file, from 1
 */
typedef struct
{
  BenkRecordingKind kind;
  gint64 ms;
  GBytes *octets;
  guint differs_at;
  int code;
  guint line;
} BenkRecordingEntry;

/**
 * BenkRecordingConfirm:
 *
 * What the person typed where the serial was asked for; never the text itself.
 */
typedef enum
{
  BENK_RECORDING_CONFIRM_NOTHING,
  BENK_RECORDING_CONFIRM_RIGHT,
  BENK_RECORDING_CONFIRM_OTHER,
} BenkRecordingConfirm;

/**
 * BenkRecording:
 * @setup: of the job; its pointers point into what follows
 * @plan: as long as the one that was written, and all zeros
 * @has_plan: whether there was one
 * @serial: (nullable): the device was asked for by it
 * @zone: (nullable): zone that the device's clock should show
 * @started_ms: wall clock when it began, UTC ms
 * @confirm: what was typed
 * @ended: whether the end is in it
 * @outcome: how the job ended
 * @failed_step: (nullable): what stopped it
 * @entries: (element-type BenkRecordingEntry): what went over the link
 *
 * One job with one device, as text: who asked for what is not in it, and of payloads
 * their length only.
 */
typedef struct
{
  BenkJobSetup setup;
  BenkJobPlan plan;
  gboolean has_plan;
  char *serial;
  char *zone;
  gint64 started_ms;
  BenkRecordingConfirm confirm;
  gboolean ended;
  BenkJobOutcome outcome;
  char *failed_step;
  GPtrArray *entries;
} BenkRecording;

BenkRecording *benk_recording_load (GFile *file, GError **error);
BenkRecording *benk_recording_parse (const char *text, gssize length, GError **error);
void benk_recording_free (BenkRecording *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkRecording, benk_recording_free)

const char *benk_recording_get_job_name (BenkJobKind kind);

#define BENK_TYPE_RECORDER (benk_recorder_get_type ())
G_DECLARE_FINAL_TYPE (BenkRecorder, benk_recorder, BENK, RECORDER, GObject)

BenkRecorder *benk_recorder_new (BenkClock *clock,
                                 const BenkJobSetup *setup,
                                 const char *zone,
                                 BenkRecordingConfirm confirm);
void benk_recorder_set_stream (BenkRecorder *self, GOutputStream *stream);
void benk_recorder_attach (BenkRecorder *self, BenkLink *link);
void benk_recorder_note_cancel (BenkRecorder *self);
void benk_recorder_end (BenkRecorder *self, const BenkJobResult *result);
const char *benk_recorder_get_text (BenkRecorder *self);
const GError *benk_recorder_get_error (BenkRecorder *self);

G_END_DECLS
