/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-recording-private.h"

#include <stdarg.h>
#include <string.h>

#include "benk-apdu.h"
#include "benk-error.h"
#include "benk-recording-scrub.h"

#include <glib/gi18n.h>

#define MAX_TEXT 200
#define MAX_TABLE 65536

static const char *const kind_names[] = {
  ">", "<", "open", "opened", "not-opened", "not-sent", "lost", "closed", "cancel", "end",
};

static const char *const job_names[] = { "read", "provision", "settings", "reset" };

static const char *const confirm_names[] = { "nothing", "right", "other" };

/* Where the reader stands. */
typedef struct
{
  BenkRecording *recording;
  guint line;
  GError **error;
} Reader;

const char *
benk_recording_kind_get_name (BenkRecordingKind kind)
{
  return kind_names[kind];
}

/** benk_recording_get_job_name: Returns: the stable name of a job, as "provision" */
const char *
benk_recording_get_job_name (BenkJobKind kind)
{
  return job_names[kind];
}

static void
entry_free (gpointer data)
{
  BenkRecordingEntry *entry = data;

  g_clear_pointer (&entry->octets, g_bytes_unref);
  g_free (entry);
}

static gboolean G_GNUC_PRINTF (2, 3) fail (Reader *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (self->error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("Line %u of the dialogue: %s"), self->line, text);
  return FALSE;
}

static int
find_name (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;
  return -1;
}

static gboolean
read_number (Reader *self, const char *text, guint base, guint64 max, guint64 *number)
{
  g_autofree char *shown = NULL;

  if (text != NULL && g_ascii_string_to_unsigned (text, base, 0, max, number, NULL))
    return TRUE;
  shown = text != NULL ? g_strndup (text, 20) : g_strdup ("");
  return fail (self, _ ("“%s” is not a number that fits."), shown);
}

static gboolean
read_u32 (Reader *self, const char *text, guint base, guint32 *value)
{
  guint64 number;

  if (!read_number (self, text, base, G_MAXUINT32, &number))
    return FALSE;
  *value = (guint32) number;
  return TRUE;
}

static gboolean
read_text (Reader *self, const char *text, char **value)
{
  g_free (*value);
  *value = g_uri_unescape_string (text, NULL);
  if (*value != NULL && strlen (*value) <= MAX_TEXT)
    return TRUE;
  return fail (self, "%s", _ ("The text is not one."));
}

static gboolean
read_tables (Reader *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  BenkJobPlan *plan = &self->recording->plan;

  if (g_strv_length (words) != G_N_ELEMENTS (plan->tables))
    return fail (self, "%s", _ ("Three lengths are needed."));
  for (guint i = 0; i < G_N_ELEMENTS (plan->tables); i++)
    {
      guint64 length;

      if (!read_number (self, words[i], 10, MAX_TABLE, &length))
        return FALSE;
      g_clear_pointer (&plan->tables[i], g_bytes_unref);
      plan->tables[i] = g_bytes_new_take (g_malloc0 (length), length);
    }
  self->recording->has_plan = TRUE;
  return TRUE;
}

static gboolean
read_rule (Reader *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);
  BenkJobPlan *plan = &self->recording->plan;
  gint64 offset = 0;
  guint64 rule = 0;

  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_signed (words[0], 10, -24 * 60, 24 * 60, &offset, NULL) ||
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT16, &rule, NULL))
    return fail (self, "%s", _ ("The rule of the time zone is not one."));
  plan->zone_offset_min = (gint16) offset;
  plan->zone_dst_rule = (guint16) rule;
  return TRUE;
}

static gboolean
read_names (Reader *self, const char *key, const char *value)
{
  BenkRecording *recording = self->recording;
  int job = find_name (job_names, G_N_ELEMENTS (job_names), value);
  int confirm = find_name (confirm_names, G_N_ELEMENTS (confirm_names), value);
  BenkLinkKind link;

  if (g_str_equal (key, "job") && job >= 0)
    recording->setup.kind = (BenkJobKind) job;
  else if (g_str_equal (key, "confirm") && confirm >= 0)
    recording->confirm = (BenkRecordingConfirm) confirm;
  else if (g_str_equal (key, "link") && benk_link_kind_from_name (value, &link))
    recording->setup.link_kind = link;
  else
    return fail (self, _ ("“%.20s” is not known."), key);
  return TRUE;
}

static gboolean
read_head (Reader *self, const char *key, const char *value)
{
  BenkRecording *recording = self->recording;
  guint64 number;

  if (g_str_equal (key, "serial"))
    return read_text (self, value, &recording->serial);
  if (g_str_equal (key, "zone"))
    return read_text (self, value, &recording->zone);
  if (g_str_equal (key, "language"))
    return read_text (self, value, &recording->plan.language);
  if (g_str_equal (key, "time-zone"))
    return read_text (self, value, &recording->plan.zone);
  if (g_str_equal (key, "set-id"))
    return read_u32 (self, value, 16, &recording->setup.set_id);
  if (g_str_equal (key, "nonce"))
    return read_u32 (self, value, 16, &recording->setup.nonce);
  if (g_str_equal (key, "challenge"))
    return read_u32 (self, value, 16, &recording->setup.challenge);
  if (g_str_equal (key, "reattach-ms"))
    return read_u32 (self, value, 10, &recording->setup.reattach_ms);
  if (g_str_equal (key, "tables"))
    return read_tables (self, value);
  if (g_str_equal (key, "time-zone-rule"))
    return read_rule (self, value);
  if (g_str_equal (key, "job") || g_str_equal (key, "confirm") ||
      g_str_equal (key, "link"))
    return read_names (self, key, value);
  if (!read_number (self, value, g_str_equal (key, "default-config") ? 16 : 10,
                    G_MAXINT64 / 2, &number))
    return FALSE;
  if (g_str_equal (key, "started-ms"))
    recording->started_ms = (gint64) number;
  else if (g_str_equal (key, "default-config") && number <= G_MAXUINT16)
    recording->setup.default_config = (guint16) number;
  else if (g_str_equal (key, "volume") && number <= G_MAXUINT16)
    recording->plan.volume = (int) number;
  else
    return fail (self, _ ("“%.20s” is not known."), key);
  return TRUE;
}

static GBytes *
read_octets (Reader *self, const char *hex)
{
  gsize length = strlen (hex) / 2;
  g_autofree guint8 *data = g_malloc (length + 1);

  if (length == 0 || length > BENK_APDU_MAX || strlen (hex) % 2 != 0)
    {
      fail (self, "%s", _ ("This is not an APDU."));
      return NULL;
    }
  for (gsize i = 0; i < length; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        {
          fail (self, "%s", _ ("This is not an APDU."));
          return NULL;
        }
      data[i] = (guint8) (high << 4 | low);
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static gboolean
read_apdu (Reader *self, BenkRecordingEntry *entry, char **words)
{
  guint64 differs;

  entry->octets = read_octets (self, words[0]);
  if (entry->octets == NULL)
    return FALSE;
  if (words[1] == NULL || g_str_equal (words[1], ";"))
    return TRUE;
  if (!g_str_equal (words[1], "differs"))
    return fail (self, "%s", _ ("There is something behind the octets."));
  if (!read_number (self, words[2], 10, g_bytes_get_size (entry->octets) - 1, &differs))
    return FALSE;
  entry->differs_at = (guint) differs;
  return TRUE;
}

static gboolean
read_end (Reader *self, char **words)
{
  BenkRecording *recording = self->recording;

  for (int i = 0; i <= BENK_JOB_UNKNOWN; i++)
    if (g_strcmp0 (benk_job_outcome_get_name ((BenkJobOutcome) i), words[1]) == 0)
      {
        recording->ended = TRUE;
        recording->outcome = (BenkJobOutcome) i;
        recording->failed_step = words[2] != NULL ? g_strndup (words[2], MAX_TEXT) : NULL;
        return TRUE;
      }
  return fail (self, "%s", _ ("The end is not known."));
}

static gboolean
read_event (Reader *self, BenkRecordingEntry *entry, char **words)
{
  int kind = find_name (kind_names, G_N_ELEMENTS (kind_names), words[0]);

  if (kind < BENK_RECORDING_OPEN)
    return fail (self, _ ("“%.20s” is not known."), words[0]);
  entry->kind = (BenkRecordingKind) kind;
  if (entry->kind == BENK_RECORDING_END)
    return read_end (self, words);
  entry->code = BENK_ERROR_FAILED;
  for (int i = 0; i < BENK_N_ERRORS; i++)
    if (g_strcmp0 (benk_error_get_name (i), words[1]) == 0)
      entry->code = i;
  return TRUE;
}

static gboolean
read_entry (Reader *self, const char *line)
{
  GPtrArray *entries = self->recording->entries;
  g_auto (GStrv) words = g_strsplit (line, " ", 6);
  BenkRecordingEntry *entry;
  guint64 ms;

  if (g_strv_length (words) < 3)
    return fail (self, "%s", _ ("Something is missing."));
  if (!read_number (self, words[0], 10, BENK_RECORDING_MAX_MS, &ms))
    return FALSE;
  if (entries->len >= BENK_RECORDING_MAX_ENTRIES || self->recording->ended ||
      (entries->len > 0 &&
       (gint64) ms <
         ((BenkRecordingEntry *) g_ptr_array_index (entries, entries->len - 1))->ms))
    return fail (self, "%s", _ ("It is out of order."));

  entry = g_new0 (BenkRecordingEntry, 1);
  g_ptr_array_add (entries, entry);
  entry->ms = (gint64) ms;
  entry->line = self->line;
  entry->differs_at = BENK_SCRUB_EQUAL;
  if (g_str_equal (words[1], "!"))
    return read_event (self, entry, words + 2);
  entry->kind =
    g_str_equal (words[1], ">") ? BENK_RECORDING_TO_DEVICE : BENK_RECORDING_FROM_DEVICE;
  if (entry->kind == BENK_RECORDING_FROM_DEVICE && !g_str_equal (words[1], "<"))
    return fail (self, "%s", _ ("It does not say which way."));
  return read_apdu (self, entry, words + 2);
}

static gboolean
check_version (const char *line, GError **error)
{
  guint64 version;

  if (!g_str_has_prefix (line, BENK_RECORDING_MAGIC) ||
      !g_ascii_string_to_unsigned (line + strlen (BENK_RECORDING_MAGIC), 10, 1, 9999,
                                   &version, NULL))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("The file is not a recorded dialogue."));
  else if (version > BENK_RECORDING_VERSION)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NEWER,
                         _ ("The dialogue was recorded by a newer version of the "
                            "program."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_line (Reader *self, char *line, gboolean *in_head)
{
  char *space = strchr (line, ' ');

  if (self->line == 1)
    return check_version (line, self->error);
  if (*line == '#' || *line == '\0')
    return TRUE;
  if (!*in_head)
    return read_entry (self, line);
  if (g_str_equal (line, "dialogue"))
    {
      *in_head = FALSE;
      return TRUE;
    }
  if (space == NULL)
    return fail (self, "%s", _ ("Something is missing."));
  *space = '\0';
  return read_head (self, line, space + 1);
}

/* A last line that was cut off, as by a crash while it was written, is dropped. */
static gboolean
read_lines (Reader *self, char *text)
{
  gboolean in_head = TRUE;
  char *next;

  for (char *line = text; (next = strchr (line, '\n')) != NULL; line = next + 1)
    {
      *next = '\0';
      self->line++;
      if (!read_line (self, line, &in_head))
        return FALSE;
    }
  if (self->line == 0)
    return check_version ("", self->error);
  return !in_head || fail (self, "%s", _ ("The dialogue itself is missing."));
}

/* A job that writes needs what it wrote. */
static gboolean
check_setup (Reader *self)
{
  BenkRecording *recording = self->recording;
  gboolean writes = recording->setup.kind == BENK_JOB_PROVISION ||
                    recording->setup.kind == BENK_JOB_SETTINGS;

  if (writes && !recording->has_plan)
    return fail (self, "%s", _ ("The lengths of the tables are missing."));
  recording->setup.serial = recording->serial;
  recording->setup.plan = writes ? &recording->plan : NULL;
  return TRUE;
}

/**
 * benk_recording_parse:
 * @text: a dialogue, from anybody
 * @length: its octets
 * @error: %BENK_ERROR_INVALID with the line, or %BENK_ERROR_NEWER
 *
 * Returns: (transfer full) (nullable): what was recorded
 */
BenkRecording *
benk_recording_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (BenkRecording) self = g_new0 (BenkRecording, 1);
  Reader reader = { self, 0, error };
  g_autofree char *copy = NULL;

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->plan.volume = -1;
  if (length > BENK_RECORDING_MAX_OCTETS || memchr (text, '\0', (gsize) length) != NULL ||
      !g_utf8_validate (text, length, NULL))
    {
      check_version ("", error);
      return NULL;
    }
  copy = g_strndup (text, (gsize) length);
  if (!read_lines (&reader, copy) || !check_setup (&reader))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * benk_recording_load:
 * @file: a dialogue
 * @error: as of benk_recording_parse(), or %BENK_ERROR_IO
 *
 * Returns: (transfer full) (nullable): what was recorded
 */
BenkRecording *
benk_recording_load (GFile *file, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &local);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  gssize got = 1;

  while (stream != NULL && got > 0 && text->len <= BENK_RECORDING_MAX_OCTETS)
    {
      guint before = text->len;

      g_byte_array_set_size (text, before + 65536);
      got = g_input_stream_read (G_INPUT_STREAM (stream), text->data + before, 65536,
                                 NULL, &local);
      g_byte_array_set_size (text, before + (guint) MAX (got, 0));
    }
  if (local != NULL)
    {
      g_set_error (error, BENK_ERROR,
                   g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                     ? BENK_ERROR_NOT_FOUND
                     : BENK_ERROR_IO,
                   _ ("The dialogue could not be read: %s"), local->message);
      return NULL;
    }
  g_byte_array_append (text, (const guint8 *) "", 1);
  return benk_recording_parse ((const char *) text->data, (gssize) text->len - 1, error);
}

/** benk_recording_free: @self: (transfer full): what benk_recording_load() gave */
void
benk_recording_free (BenkRecording *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  benk_job_plan_clear (&self->plan);
  g_free (self->serial);
  g_free (self->zone);
  g_free (self->failed_step);
  g_free (self);
}
