/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

/* The dose log: read, cleared, seen to be empty. What was given to whom is not kept: how
 * many entries there are and when the first and the last were written. */

/* A log that is longer than this is read no further. */
#define SEGMENTS_MAX 64
#define EVENTS_MAX 512
#define ENTRIES_MAX 20000

enum
{
  LOG_STORE,
  LOG_SEGMENTS,
  LOG_TRIGGER,
  LOG_ENTRIES,
};

static gboolean
skip_without_log (BenkJob *self)
{
  if (self->pm_handle != 0)
    return FALSE;
  benk_job_skip (self, _ ("The dispenser has no dose log."));
  return TRUE;
}

static gboolean
take_store (BenkJob *self, const BenkApdu *apdu)
{
  if (apdu->choice != BENK_CHOICE_GET_RESPONSE)
    return FALSE;
  benk_pm_store_parse (&self->store, apdu->attrs);
  self->result.log_entries = self->store.usage;
  return TRUE;
}

/* --- read --- */

void
benk_step_read_log (BenkJob *self)
{
  self->result.log_read = 0;
  self->result.log_whole = FALSE;
  self->result.log_first_s = -1;
  self->result.log_last_s = -1;
  self->log_events = 0;
  if (!skip_without_log (self))
    benk_job_get (self, self->pm_handle, NULL, 0);
}

/* A log that cannot be read to its end does not make the reading of the rest worthless.
 */
static void
stop_reading (BenkJob *self, const char *why)
{
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u entry read. %s", "%u entries read. %s",
                               self->result.log_read),
                     self->result.log_read, why);

  benk_job_stop_timer (self);
  benk_job_note (self, text);
  benk_job_next (self);
}

static void
stop_misfit (BenkJob *self)
{
  stop_reading (self, _ ("The dispenser gave an answer that does not fit."));
}

static const BenkPmSegment *
get_segment (const BenkJob *self)
{
  return &g_array_index (self->segments, BenkPmSegment, self->segment);
}

static void
read_segment (BenkJob *self)
{
  g_autoptr (GBytes) info = NULL;

  if (self->segment >= self->segments->len)
    {
      self->result.log_whole = TRUE;
      stop_reading (self, "");
      return;
    }
  self->sub = LOG_TRIGGER;
  self->log_index = 0;
  info = benk_pm_trig_compose (get_segment (self)->instance);
  benk_job_request (
    self, benk_apdu_new_action (0, self->pm_handle, BENK_ACT_SEG_TRIG_XFER, info), 0);
}

static void
take_segments (BenkJob *self, const BenkApdu *apdu)
{
  g_clear_pointer (&self->segments, g_array_unref);
  if (apdu->choice == BENK_CHOICE_ACTION_RESPONSE)
    self->segments = benk_pm_segments_parse (apdu->info, NULL);
  if (self->segments == NULL)
    {
      stop_misfit (self);
      return;
    }
  if (self->segments->len > SEGMENTS_MAX)
    {
      stop_reading (self, _ ("The dose log has more parts than are read here."));
      return;
    }
  self->segment = 0;
  read_segment (self);
}

static void
next_segment (BenkJob *self)
{
  benk_job_stop_timer (self);
  self->segment++;
  read_segment (self);
}

static void
await_entries (BenkJob *self)
{
  self->sub = LOG_ENTRIES;
  benk_job_timer (self, CLAMP (get_segment (self)->transfer_timeout_ms, 1000, 60000));
}

static void
take_trigger (BenkJob *self, const BenkApdu *apdu)
{
  guint16 instance = 0;
  guint16 result = BENK_PM_OTHER;

  if (apdu->choice != BENK_CHOICE_ACTION_RESPONSE ||
      !benk_pm_trig_response_parse (apdu->info, &instance, &result, NULL) ||
      instance != get_segment (self)->instance)
    stop_misfit (self);
  else if (result == BENK_PM_EMPTY)
    next_segment (self);
  else if (result != BENK_PM_OK)
    stop_reading (self, _ ("The dispenser did not send its dose log."));
  else
    await_entries (self);
}

void
benk_step_read_log_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_autoptr (GBytes) all = benk_pm_select_all ();
  g_autofree char *why = NULL;

  switch (self->sub)
    {
    case LOG_STORE:
      if (!take_store (self, apdu))
        {
          why = benk_job_describe (apdu);
          stop_reading (self, why);
          return;
        }
      self->sub = LOG_SEGMENTS;
      benk_job_request (
        self, benk_apdu_new_action (0, self->pm_handle, BENK_ACT_SEG_GET_INFO, all), 0);
      break;
    case LOG_SEGMENTS:
      take_segments (self, apdu);
      break;
    default:
      take_trigger (self, apdu);
      break;
    }
}

/* Times of the first and the last entry, where the entries carry them. */
static void
take_times (BenkJob *self, const BenkPmData *data)
{
  const BenkPmSegment *segment = get_segment (self);
  BenkMderReader reader;

  if (!segment->has_abs_time || segment->entry_size == 0)
    return;
  benk_mder_reader_init_bytes (&reader, data->entries);
  for (guint i = 0; i < data->count; i++)
    {
      BenkMderTime time = benk_mder_read_time (&reader);
      gint64 at = reader.fault == NULL ? benk_mder_time_to_seconds (&time) : -1;

      benk_mder_read_raw (&reader, segment->entry_size - 8);
      if (at < 0)
        continue;
      if (self->result.log_first_s < 0 || at < self->result.log_first_s)
        self->result.log_first_s = at;
      self->result.log_last_s = MAX (self->result.log_last_s, at);
    }
}

static gboolean
fits (const BenkJob *self, const BenkPmData *data)
{
  const BenkPmSegment *segment = get_segment (self);
  gsize size = g_bytes_get_size (data->entries);

  return data->instance == segment->instance && data->index == self->log_index &&
         data->count <= ENTRIES_MAX &&
         (segment->entry_size == 0 || size == (gsize) data->count * segment->entry_size);
}

/* The manager has confirmed it already; what comes twice or out of order is not counted.
 */
void
benk_step_read_log_event (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkPmData) data = { 0 };

  if (self->sub != LOG_ENTRIES || apdu->type != BENK_EVT_SEGMENT_DATA ||
      apdu->handle != self->pm_handle)
    return;
  if (!benk_pm_data_parse (&data, apdu->info, NULL) || !fits (self, &data))
    {
      stop_misfit (self);
      return;
    }
  if ((data.status & BENK_PM_AGENT_ABORT) != 0)
    {
      stop_reading (self, _ ("The dispenser did not send its dose log."));
      return;
    }
  take_times (self, &data);
  self->log_index += data.count;
  self->result.log_read += data.count;
  if (++self->log_events >= EVENTS_MAX || self->result.log_read > ENTRIES_MAX)
    stop_reading (self, _ ("The dose log is longer than is read here."));
  else if ((data.status & BENK_PM_LAST) != 0)
    next_segment (self);
  else
    await_entries (self);
}

void
benk_step_read_log_timer (BenkJob *self)
{
  if (self->sub == LOG_ENTRIES)
    stop_reading (self, _ ("The dispenser did not send its dose log."));
}

/* --- clear: 0 ask how long it takes, 1 clear, 2 see that it is empty --- */

void
benk_step_clear_log (BenkJob *self)
{
  if (!skip_without_log (self))
    benk_job_get (self, self->pm_handle, NULL, 0);
}

/* Clearing is the first thing that changes the device, so the claim changes with it. */
static void
send_clear (BenkJob *self)
{
  guint longest_ms = BENK_JOB_LONGEST_S * 1000;
  g_autoptr (GBytes) all = benk_pm_select_all ();

  self->phase = BENK_PHASE_SENT;
  self->log_cleared = TRUE;
  benk_job_request (self,
                    benk_apdu_new_action (0, self->pm_handle, BENK_ACT_SEG_CLR, all),
                    CLAMP (self->store.clear_timeout_ms, 3000, longest_ms));
}

void
benk_step_clear_log_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (self->sub == 1)
    {
      if (apdu->choice != BENK_CHOICE_ACTION_RESPONSE)
        {
          benk_job_miss (self, _ ("The dose log could not be cleared."));
          return;
        }
      self->sub = 2;
      benk_job_get (self, self->pm_handle, NULL, 0);
      return;
    }
  if (self->sub == 2)
    {
      benk_step_log_empty_answer (self, apdu);
      return;
    }
  if (!take_store (self, apdu))
    {
      g_autofree char *why = benk_job_describe (apdu);

      benk_job_fail (self, "%s", why);
      return;
    }
  self->sub = 1;
  send_clear (self);
}

/* --- empty --- */

void
benk_step_log_empty (BenkJob *self)
{
  if (!skip_without_log (self))
    benk_job_get (self, self->pm_handle, NULL, 0);
}

void
benk_step_log_empty_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (!take_store (self, apdu))
    {
      g_autofree char *why = benk_job_describe (apdu);

      benk_job_fail (self, "%s", why);
    }
  else if (self->store.usage != 0)
    benk_job_miss (self, _ ("The dose log is not empty."));
  else
    benk_job_next (self);
}
