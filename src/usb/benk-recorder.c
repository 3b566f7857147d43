/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "benk-recording-private.h"

#include "benk-apdu-text.h"
#include "benk-error.h"
#include "benk-recording-scrub.h"

#include <stdarg.h>
#include <string.h>

/* Room for the line that says that it became too long, and for the end. */
#define RESERVE 1024

struct _BenkRecorder
{
  GObject parent_instance;

  BenkClock *clock;
  gint64 started_ms;
  BenkScrub *scrub;
  GString *text;
  guint n_entries;
  gboolean full;
  gboolean ended; /* what a link says afterwards is no part of the job */
  GOutputStream *stream;
  gsize n_kept; /* octets of the text that the stream has */
  GError *error;
};

G_DEFINE_FINAL_TYPE (BenkRecorder, benk_recorder, G_TYPE_OBJECT)

/* Line by line, so that what was said is there after a crash. What cannot be kept does
 * not stop the job. */
static void
flush (BenkRecorder *self)
{
  if (self->stream == NULL || self->error != NULL)
    return;
  if (!g_output_stream_write_all (self->stream, self->text->str + self->n_kept,
                                  self->text->len - self->n_kept, NULL, NULL,
                                  &self->error))
    return;
  self->n_kept = self->text->len;
}

static void G_GNUC_PRINTF (2, 3) add (BenkRecorder *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
  g_string_append_c (self->text, '\n');
}

/* Values come from devices as well: one line each, whatever is in them. */
static void
add_text (BenkRecorder *self, const char *key, const char *value)
{
  g_autofree char *escaped =
    value != NULL ? g_uri_escape_string (value, "/ ", FALSE) : NULL;

  if (escaped != NULL)
    add (self, "%s %s", key, escaped);
}

static gboolean
has_room (BenkRecorder *self, gsize length)
{
  if (self->ended)
    return FALSE;
  if (!self->full && self->n_entries < BENK_RECORDING_MAX_ENTRIES - 2 &&
      self->text->len + length + RESERVE < BENK_RECORDING_MAX_OCTETS)
    return TRUE;
  if (!self->full)
    add (self, "# It became too long: the rest is not here.");
  self->full = TRUE;
  flush (self);
  return FALSE;
}

static gint64
get_ms (BenkRecorder *self)
{
  return benk_clock_get_boot_ms (self->clock) - self->started_ms;
}

static void
add_plan (BenkRecorder *self, const BenkJobPlan *plan)
{
  gsize lengths[G_N_ELEMENTS (plan->tables)];

  for (guint i = 0; i < G_N_ELEMENTS (plan->tables); i++)
    lengths[i] = plan->tables[i] != NULL ? g_bytes_get_size (plan->tables[i]) : 0;
  add (self, "tables %u %u %u", (guint) lengths[0], (guint) lengths[1],
       (guint) lengths[2]);
  add_text (self, "language", plan->language);
  if (plan->volume >= 0)
    add (self, "volume %d", plan->volume);
  add_text (self, "time-zone", plan->zone);
  if (plan->zone != NULL)
    add (self, "time-zone-rule %d %u", plan->zone_offset_min, plan->zone_dst_rule);
}

static void
add_head (BenkRecorder *self,
          const BenkJobSetup *setup,
          const char *zone,
          BenkRecordingConfirm confirm)
{
  static const char *const confirms[] = { "nothing", "right", "other" };

  add (self, BENK_RECORDING_MAGIC "%d", BENK_RECORDING_VERSION);
  add (self, "# Dosebenk %s. Milliseconds, > to the device, < from it, octets; words.",
       BENK_VERSION);
  add (self, "# Payloads, checksums of tables and the number of this machine are "
             "replaced.");
  add (self, "job %s", benk_recording_get_job_name (setup->kind));
  add (self, "link %s", benk_link_kind_to_name (setup->link_kind));
  add_text (self, "serial", setup->serial);
  add (self, "started-ms %" G_GINT64_FORMAT, benk_clock_get_wall_ms (self->clock));
  add_text (self, "zone", zone);
  add (self, "set-id %08x", setup->set_id);
  add (self, "nonce %08x", setup->nonce);
  add (self, "challenge %08x", setup->challenge);
  add (self, "reattach-ms %u", setup->reattach_ms);
  add (self, "default-config %04x", setup->default_config);
  add (self, "confirm %s", confirms[confirm]);
  if (setup->plan != NULL)
    add_plan (self, setup->plan);
  add (self, "dialogue");
  flush (self);
}

static void
add_event (BenkRecorder *self, BenkRecordingKind kind, const GError *error)
{
  const char *code = error == NULL                 ? NULL
                     : error->domain == BENK_ERROR ? benk_error_get_name (error->code)
                                                   : "failed";

  if (!has_room (self, 64))
    return;
  self->n_entries++;
  add (self, "%" G_GINT64_FORMAT " ! %s%s%s", get_ms (self),
       benk_recording_kind_get_name (kind), code != NULL ? " " : "",
       code != NULL ? code : "");
  flush (self);
}

static void
add_apdu (BenkRecorder *self, gboolean to_device, GBytes *apdu)
{
  static const char digits[] = "0123456789abcdef";
  guint differs_at;
  g_autoptr (GBytes) clean = benk_scrub_apdu (self->scrub, apdu, to_device, &differs_at);
  g_autofree char *words = benk_apdu_dup_text (clean);
  gsize size;
  const guint8 *data = g_bytes_get_data (clean, &size);

  if (!has_room (self, size * 2 + strlen (words) + 64))
    return;
  self->n_entries++;
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT " %c ", get_ms (self),
                          to_device ? '>' : '<');
  for (gsize i = 0; i < size; i++)
    {
      g_string_append_c (self->text, digits[data[i] >> 4]);
      g_string_append_c (self->text, digits[data[i] & 15]);
    }
  if (differs_at != BENK_SCRUB_EQUAL)
    g_string_append_printf (self->text, " differs %u", differs_at);
  add (self, " ; %s", words);
  flush (self);
}

static void
on_tap (BenkLink *link,
        BenkLinkMoment moment,
        GBytes *apdu,
        const GError *error,
        gpointer user_data)
{
  static const BenkRecordingKind kinds[] = {
    [BENK_LINK_OPENING] = BENK_RECORDING_OPEN,
    [BENK_LINK_OPENED] = BENK_RECORDING_OPENED,
    [BENK_LINK_NOT_OPENED] = BENK_RECORDING_NOT_OPENED,
    [BENK_LINK_SENDING] = BENK_RECORDING_TO_DEVICE,
    [BENK_LINK_NOT_SENT] = BENK_RECORDING_NOT_SENT,
    [BENK_LINK_RECEIVED] = BENK_RECORDING_FROM_DEVICE,
    [BENK_LINK_LOST] = BENK_RECORDING_LOST,
    [BENK_LINK_CLOSED] = BENK_RECORDING_CLOSED,
  };

  if (apdu != NULL)
    add_apdu (user_data, moment == BENK_LINK_SENDING, apdu);
  else
    add_event (user_data, kinds[moment], error);
}

static void
benk_recorder_finalize (GObject *object)
{
  BenkRecorder *self = BENK_RECORDER (object);

  g_clear_pointer (&self->scrub, benk_scrub_free);
  g_string_free (self->text, TRUE);
  g_clear_object (&self->stream);
  g_clear_error (&self->error);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (benk_recorder_parent_class)->finalize (object);
}

static void
benk_recorder_class_init (BenkRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_recorder_finalize;
}

static void
benk_recorder_init (BenkRecorder *self)
{
  self->scrub = benk_scrub_new ();
  self->text = g_string_new (NULL);
}

/**
 * benk_recorder_new:
 * @clock: a clock
 * @setup: the job that begins now
 * @zone: (nullable): zone that the device's clock should show
 * @confirm: what the person has typed
 *
 * Records one job with one device over as many links as it takes. What it writes holds
 * nothing personal: see benk_scrub_apdu().
 *
 * Returns: (transfer full): a recorder that holds the head of a dialogue
 */
BenkRecorder *
benk_recorder_new (BenkClock *clock,
                   const BenkJobSetup *setup,
                   const char *zone,
                   BenkRecordingConfirm confirm)
{
  BenkRecorder *self = g_object_new (BENK_TYPE_RECORDER, NULL);

  self->clock = g_object_ref (clock);
  self->started_ms = benk_clock_get_boot_ms (clock);
  add_head (self, setup, zone, confirm);
  return self;
}

/**
 * benk_recorder_set_stream:
 * @self: a recorder
 * @stream: gets each line at once, what is there already included
 */
void
benk_recorder_set_stream (BenkRecorder *self, GOutputStream *stream)
{
  g_return_if_fail (BENK_IS_RECORDER (self));

  g_set_object (&self->stream, stream);
  self->n_kept = 0;
  flush (self);
}

/**
 * benk_recorder_attach:
 * @self: a recorder
 * @link: a link that has not been opened; keeps the recorder
 */
void
benk_recorder_attach (BenkRecorder *self, BenkLink *link)
{
  g_return_if_fail (BENK_IS_RECORDER (self));

  benk_link_set_tap (link, on_tap, g_object_ref (self), g_object_unref);
}

/** benk_recorder_note_cancel: the person wants to stop */
void
benk_recorder_note_cancel (BenkRecorder *self)
{
  g_return_if_fail (BENK_IS_RECORDER (self));

  add_event (self, BENK_RECORDING_CANCEL, NULL);
}

/** benk_recorder_end: @result: how the job ended */
void
benk_recorder_end (BenkRecorder *self, const BenkJobResult *result)
{
  g_return_if_fail (BENK_IS_RECORDER (self));

  add (self, "%" G_GINT64_FORMAT " ! %s %s%s%s", get_ms (self),
       benk_recording_kind_get_name (BENK_RECORDING_END),
       benk_job_outcome_get_name (result->outcome),
       result->failed_step != NULL ? " " : "",
       result->failed_step != NULL ? result->failed_step : "");
  self->ended = TRUE;
  flush (self);
}

/** benk_recorder_get_text: Returns: (transfer none): the dialogue so far */
const char *
benk_recorder_get_text (BenkRecorder *self)
{
  g_return_val_if_fail (BENK_IS_RECORDER (self), NULL);

  return self->text->str;
}

/** benk_recorder_get_error: Returns: (nullable): why the stream does not have all */
const GError *
benk_recorder_get_error (BenkRecorder *self)
{
  g_return_val_if_fail (BENK_IS_RECORDER (self), NULL);

  return self->error;
}
