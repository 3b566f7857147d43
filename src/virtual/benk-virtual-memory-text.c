/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-memory.h"

#include <stdio.h>
#include <string.h>

#include "benk-error.h"

#define VERSION 1
#define END_MARK "\n[end]\ncrc32="

/* Reads a state file's values; the first fault sticks and later reads give zeros. */
typedef struct
{
  GKeyFile *file;
  char *fault;
} Reader;

static void
fail (Reader *self, const char *group, const char *key, const char *what)
{
  if (self->fault == NULL)
    self->fault = g_strdup_printf ("[%s] %s %s", group, key, what);
}

static gint64
read_number (Reader *self, const char *group, const char *key, gint64 low, gint64 high)
{
  g_autofree char *text = g_key_file_get_value (self->file, group, key, NULL);
  gint64 value = 0;

  if (text == NULL)
    fail (self, group, key, "is missing");
  else if (!g_ascii_string_to_signed (text, 10, low, high, &value, NULL))
    fail (self, group, key, "is not a number in its range");

  return value;
}

static gboolean
read_boolean (Reader *self, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_value (self->file, group, key, NULL);

  if (g_strcmp0 (text, "true") != 0 && g_strcmp0 (text, "false") != 0)
    fail (self, group, key, "is neither true nor false");

  return g_strcmp0 (text, "true") == 0;
}

static void
read_text (Reader *self, const char *group, const char *key, char **into)
{
  g_autoptr (GError) error = NULL;
  char *text = g_key_file_get_string (self->file, group, key, &error);

  if (text == NULL || error != NULL || strlen (text) > 64)
    {
      fail (self, group, key, "is missing, damaged or too long");
      g_free (text);
      return;
    }
  g_free (*into);
  *into = text;
}

/* Hex to octets; an empty value is NULL. */
static GBytes *
read_octets (Reader *self, const char *group, const char *key, gsize most)
{
  g_autofree char *text = g_key_file_get_value (self->file, group, key, NULL);
  g_autofree guint8 *octets = NULL;
  gsize length;

  if (text == NULL)
    {
      fail (self, group, key, "is missing");
      return NULL;
    }
  length = strlen (text);
  if (length == 0)
    return NULL;
  if (length % 2 != 0 || length / 2 > most)
    {
      fail (self, group, key, "has a wrong length");
      return NULL;
    }
  octets = g_malloc (length / 2);
  for (gsize i = 0; i < length; i += 2)
    {
      int high = g_ascii_xdigit_value (text[i]);
      int low = g_ascii_xdigit_value (text[i + 1]);

      if (high < 0 || low < 0)
        {
          fail (self, group, key, "is not hex");
          return NULL;
        }
      octets[i / 2] = (guint8) (high << 4 | low);
    }

  return g_bytes_new_take (g_steal_pointer (&octets), length / 2);
}

static guint32
read_hex32 (Reader *self, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_value (self->file, group, key, NULL);
  guint64 value = 0;

  if (text == NULL ||
      !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT32, &value, NULL))
    fail (self, group, key, "is not a hex number");

  return (guint32) value;
}

static char *
octets_to_text (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *octets = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  GString *text = g_string_sized_new (length * 2);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", octets[i]);

  return g_string_free (text, FALSE);
}

static char *
time_to_text (const BenkMderTime *time)
{
  if (benk_mder_time_is_unset (time))
    return g_strdup ("");

  return g_strdup_printf ("%04u-%02u-%02uT%02u:%02u:%02u.%02u", time->year, time->month,
                          time->day, time->hour, time->minute, time->second,
                          time->hundredth);
}

static gboolean
parse_time (const char *text, BenkMderTime *time)
{
  guint part[7] = { 0 };

  *time = (BenkMderTime){ 0 };
  if (text[0] == '\0')
    return TRUE;
  if (strlen (text) != 22 ||
      sscanf (text, "%4u-%2u-%2uT%2u:%2u:%2u.%2u", &part[0], &part[1], &part[2], &part[3],
              &part[4], &part[5], &part[6]) != 7)
    return FALSE;

  *time = (BenkMderTime){
    .year = (guint16) part[0],
    .month = (guint8) part[1],
    .day = (guint8) part[2],
    .hour = (guint8) part[3],
    .minute = (guint8) part[4],
    .second = (guint8) part[5],
    .hundredth = (guint8) part[6],
  };

  return benk_mder_time_is_valid (time);
}

static BenkMderTime
read_time (Reader *self, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_value (self->file, group, key, NULL);
  BenkMderTime time = { 0 };

  if (text == NULL || !parse_time (text, &time))
    fail (self, group, key, "is not a time");

  return time;
}

static void
write_time (GKeyFile *file, const char *group, const char *key, const BenkMderTime *time)
{
  g_autofree char *text = time_to_text (time);

  g_key_file_set_value (file, group, key, text);
}

static void
write_octets (GKeyFile *file, const char *group, const char *key, GBytes *bytes)
{
  g_autofree char *text = octets_to_text (bytes);

  g_key_file_set_value (file, group, key, text);
}

static void
write_tables (GKeyFile *file, const char *prefix, const BenkAgentTable *tables)
{
  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      g_autofree char *group = g_strdup_printf ("%s-%u", prefix, i + 1);
      g_autofree char *crc = g_strdup_printf ("%08x", tables[i].crc);
      gsize length = tables[i].data != NULL ? g_bytes_get_size (tables[i].data) : 0;

      g_key_file_set_uint64 (file, group, "rev", tables[i].rev);
      g_key_file_set_uint64 (file, group, "length", length);
      g_key_file_set_value (file, group, "crc32", crc);
      write_octets (file, group, "octets", tables[i].data);
    }
}

static void
read_tables (Reader *self, const char *prefix, BenkAgentTable *tables)
{
  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      g_autofree char *group = g_strdup_printf ("%s-%u", prefix, i + 1);
      g_autoptr (GBytes) data =
        read_octets (self, group, "octets", BENK_AGENT_TABLE_ROOM);
      gint64 length = read_number (self, group, "length", 0, BENK_AGENT_TABLE_ROOM);
      guint32 rev = (guint32) read_number (self, group, "rev", 0, G_MAXUINT32);

      if ((gsize) length != (data != NULL ? g_bytes_get_size (data) : 0))
        fail (self, group, "length", "is not the number of octets");
      benk_agent_table_set (&tables[i], rev, read_hex32 (self, group, "crc32"), data);
    }
}

static void
write_logs (GKeyFile *file, const BenkAgentMemory *memory)
{
  g_autoptr (GPtrArray) doses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) audit = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < memory->doses->len; i++)
    {
      const BenkAgentDose *dose = &g_array_index (memory->doses, BenkAgentDose, i);
      g_autofree char *when = time_to_text (&dose->when);

      g_ptr_array_add (doses, g_strdup_printf ("%s %u", when, dose->count));
    }
  for (guint i = 0; i < memory->audit->len; i++)
    {
      const BenkAgentAudit *row = &g_array_index (memory->audit, BenkAgentAudit, i);
      g_autofree char *when = time_to_text (&row->when);

      g_ptr_array_add (audit, g_strdup_printf ("%s %u %u %u", when, row->seq, row->event,
                                               row->arg));
    }
  g_key_file_set_string_list (file, "log", "doses", (const char *const *) doses->pdata,
                              doses->len);
  g_key_file_set_string_list (file, "log", "audit", (const char *const *) audit->pdata,
                              audit->len);
  g_key_file_set_uint64 (file, "log", "audit-seq", memory->audit_seq);
}

/* A log row is a time of 22 signs, a blank and up to three numbers. */
static gboolean
parse_row (const char *text, BenkMderTime *when, guint n_numbers, guint64 *numbers)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 5);

  if (g_strv_length (words) != n_numbers + 1 || words[0][0] == '\0' ||
      !parse_time (words[0], when))
    return FALSE;
  for (guint i = 0; i < n_numbers; i++)
    if (!g_ascii_string_to_unsigned (words[i + 1], 10, 0, G_MAXUINT32, &numbers[i], NULL))
      return FALSE;

  return TRUE;
}

static GStrv
read_rows (Reader *self, const char *key)
{
  gsize length = 0;
  g_auto (GStrv) rows =
    g_key_file_get_string_list (self->file, "log", key, &length, NULL);

  if (rows == NULL || length > BENK_AGENT_LOG_ROOM)
    {
      fail (self, "log", key, "is missing or too long");
      return g_new0 (char *, 1);
    }

  return g_steal_pointer (&rows);
}

static void
read_logs (Reader *self, BenkAgentMemory *memory)
{
  g_auto (GStrv) doses = read_rows (self, "doses");
  g_auto (GStrv) audit = read_rows (self, "audit");
  guint64 number[3];

  for (guint i = 0; doses[i] != NULL; i++)
    {
      BenkAgentDose dose;

      if (!parse_row (doses[i], &dose.when, 1, number) || number[0] > G_MAXUINT16)
        {
          fail (self, "log", "doses", "has a row that is none");
          return;
        }
      dose.count = (guint16) number[0];
      g_array_append_val (memory->doses, dose);
    }
  for (guint i = 0; audit[i] != NULL; i++)
    {
      BenkAgentAudit row;

      if (!parse_row (audit[i], &row.when, 3, number) || number[1] > G_MAXUINT16)
        {
          fail (self, "log", "audit", "has a row that is none");
          return;
        }
      row.seq = (guint32) number[0];
      row.event = (guint16) number[1];
      row.arg = (guint32) number[2];
      g_array_append_val (memory->audit, row);
    }
  memory->audit_seq = (guint32) read_number (self, "log", "audit-seq", 0, G_MAXUINT32);
}

static void
write_identity (GKeyFile *file, const BenkAgentMemory *memory)
{
  g_autoptr (GBytes) id =
    g_bytes_new_static (memory->system_id, sizeof memory->system_id);

  g_key_file_set_string (file, "identity", "manufacturer", memory->manufacturer);
  g_key_file_set_string (file, "identity", "model", memory->model);
  g_key_file_set_string (file, "identity", "serial", memory->serial);
  g_key_file_set_string (file, "identity", "hardware", memory->hardware);
  g_key_file_set_string (file, "identity", "firmware", memory->firmware);
  write_octets (file, "identity", "system-id", id);
  g_key_file_set_uint64 (file, "identity", "max-receive", memory->max_receive);
  g_key_file_set_uint64 (file, "identity", "max-send", memory->max_send);
}

static void
read_identity (Reader *self, BenkAgentMemory *memory)
{
  g_autoptr (GBytes) id = read_octets (self, "identity", "system-id", 8);

  read_text (self, "identity", "manufacturer", &memory->manufacturer);
  read_text (self, "identity", "model", &memory->model);
  read_text (self, "identity", "serial", &memory->serial);
  read_text (self, "identity", "hardware", &memory->hardware);
  read_text (self, "identity", "firmware", &memory->firmware);
  memory->max_receive =
    (guint16) read_number (self, "identity", "max-receive", 64, G_MAXUINT16);
  memory->max_send =
    (guint16) read_number (self, "identity", "max-send", 512, G_MAXUINT16);
  if (id == NULL || g_bytes_get_size (id) != 8)
    fail (self, "identity", "system-id", "is not 8 octets");
  else
    memcpy (memory->system_id, g_bytes_get_data (id, NULL), 8);
}

static void
write_settings (GKeyFile *file, const BenkAgentMemory *memory)
{
  g_key_file_set_boolean (file, "clock", "set", memory->clock_set);
  g_key_file_set_int64 (file, "clock", "offset-ms", memory->clock_offset_ms);
  g_key_file_set_string (file, "settings", "zone", memory->zone);
  g_key_file_set_integer (file, "settings", "zone-offset-min", memory->zone_offset);
  g_key_file_set_integer (file, "settings", "dst-rule", memory->dst_rule);
  g_key_file_set_string (file, "settings", "language", memory->language);
  g_key_file_set_integer (file, "settings", "volume", memory->volume);
  g_key_file_set_integer (file, "settings", "event-enable", memory->event_enable);
  g_key_file_set_integer (file, "power", "battery", memory->battery);
  g_key_file_set_boolean (file, "power", "mains", memory->mains);
  g_key_file_set_boolean (file, "condition", "lid-open", memory->lid_open);
  g_key_file_set_boolean (file, "condition", "dispensing", memory->dispensing);
}

static void
read_settings (Reader *self, BenkAgentMemory *memory)
{
  const gint64 century_ms = G_GINT64_CONSTANT (100) * 366 * 86400 * 1000;

  memory->clock_set = read_boolean (self, "clock", "set");
  memory->clock_offset_ms =
    read_number (self, "clock", "offset-ms", -2 * century_ms, 2 * century_ms);
  read_text (self, "settings", "zone", &memory->zone);
  memory->zone_offset =
    (gint16) read_number (self, "settings", "zone-offset-min", -1440, 1440);
  memory->dst_rule = (guint16) read_number (self, "settings", "dst-rule", 0, G_MAXUINT16);
  read_text (self, "settings", "language", &memory->language);
  memory->volume = (guint16) read_number (self, "settings", "volume", 0, 100);
  memory->event_enable =
    (guint16) read_number (self, "settings", "event-enable", 0, G_MAXUINT16);
  memory->battery = (guint16) read_number (self, "power", "battery", 0, 100);
  memory->mains = read_boolean (self, "power", "mains");
  memory->lid_open = read_boolean (self, "condition", "lid-open");
  memory->dispensing = read_boolean (self, "condition", "dispensing");
}

static void
write_wipe (GKeyFile *file, const BenkAgentMemory *memory)
{
  g_key_file_set_integer (file, "wipe", "state", memory->wipe_state);
  g_key_file_set_integer (file, "wipe", "remaining", memory->wipe_remaining);
  g_key_file_set_integer (file, "wipe", "error", memory->wipe_error);
  g_key_file_set_uint64 (file, "wipe", "counter", memory->wipe_counter);
  g_key_file_set_uint64 (file, "wipe", "nonce", memory->wipe_nonce);
  write_time (file, "wipe", "completed-at", &memory->wiped_at);
  g_key_file_set_integer (file, "self-test", "run", memory->test_run);
  g_key_file_set_integer (file, "self-test", "tests", memory->tests);
  g_key_file_set_integer (file, "self-test", "failed", memory->tests_failed);
  write_time (file, "self-test", "completed-at", &memory->tested_at);
}

static void
read_wipe (Reader *self, BenkAgentMemory *memory)
{
  memory->wipe_state = (guint16) read_number (self, "wipe", "state", 0, 4);
  memory->wipe_remaining =
    (guint16) read_number (self, "wipe", "remaining", 0, G_MAXUINT16);
  memory->wipe_error = (guint16) read_number (self, "wipe", "error", 0, G_MAXUINT16);
  memory->wipe_counter = (guint32) read_number (self, "wipe", "counter", 0, G_MAXUINT32);
  memory->wipe_nonce = (guint32) read_number (self, "wipe", "nonce", 0, G_MAXUINT32);
  memory->wiped_at = read_time (self, "wipe", "completed-at");
  memory->test_run = (guint16) read_number (self, "self-test", "run", 0, G_MAXUINT16);
  memory->tests = (guint16) read_number (self, "self-test", "tests", 0, G_MAXUINT16);
  memory->tests_failed =
    (guint16) read_number (self, "self-test", "failed", 0, G_MAXUINT16);
  memory->tested_at = read_time (self, "self-test", "completed-at");
}

/**
 * benk_virtual_memory_to_text:
 * @memory: a memory
 *
 * Returns: (transfer full): the state file's text; the last line is a CRC-32 of all above
 */
char *
benk_virtual_memory_to_text (const BenkAgentMemory *memory)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize length;

  g_key_file_set_integer (file, "simulated-dispenser", "version", VERSION);
  write_identity (file, memory);
  g_key_file_set_uint64 (file, "plan", "set-id", memory->set_id);
  write_time (file, "plan", "activated-at", &memory->activated_at);
  write_time (file, "plan", "changed-at", &memory->changed_at);
  write_tables (file, "table", memory->in_force);
  write_tables (file, "staged", memory->staged);
  write_settings (file, memory);
  write_logs (file, memory);
  write_wipe (file, memory);
  write_octets (file, "keys", "octets", memory->keys);

  text = g_key_file_to_data (file, &length, NULL);

  return g_strdup_printf ("%s" END_MARK "%08x\n", text,
                          benk_crc32 ((const guint8 *) text, length));
}

/* The file was not written to its end, or something else wrote in it. */
static gboolean
check_end (const char *text, gsize length, GError **error)
{
  const char *end = length > 0 ? g_strrstr_len (text, (gssize) length, END_MARK) : NULL;
  g_autofree char *wanted = NULL;

  if (memchr (text, '\0', length) != NULL ||
      !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT, "it is not text");
      return FALSE;
    }
  if (end == NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                           "its end is missing, so it was cut short");
      return FALSE;
    }
  wanted = g_strdup_printf (END_MARK "%08x\n",
                            benk_crc32 ((const guint8 *) text, (gsize) (end - text)));
  if (strcmp (end, wanted) != 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                           "its checksum does not fit, so something else changed it");
      return FALSE;
    }

  return TRUE;
}

/**
 * benk_virtual_memory_from_text:
 * @text: a state file's text, closed by a NUL
 * @length: its octets without that NUL
 * @error: %BENK_ERROR_CORRUPT with what is wrong, %BENK_ERROR_NEWER
 *
 * Returns: (transfer full): the memory, or %NULL
 */
BenkAgentMemory *
benk_virtual_memory_from_text (const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (BenkAgentMemory) memory = benk_agent_memory_new ();
  g_autoptr (GError) cause = NULL;
  Reader reader = { file, NULL };

  if (!check_end (text, length, error))
    return NULL;
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &cause))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT, cause->message);
      return NULL;
    }
  if (read_number (&reader, "simulated-dispenser", "version", 1, G_MAXINT32) > VERSION)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NEWER,
                           "it was written by a newer version");
      return NULL;
    }

  read_identity (&reader, memory);
  memory->set_id = (guint32) read_number (&reader, "plan", "set-id", 0, G_MAXUINT32);
  memory->activated_at = read_time (&reader, "plan", "activated-at");
  memory->changed_at = read_time (&reader, "plan", "changed-at");
  read_tables (&reader, "table", memory->in_force);
  read_tables (&reader, "staged", memory->staged);
  read_settings (&reader, memory);
  read_logs (&reader, memory);
  read_wipe (&reader, memory);
  memory->keys = read_octets (&reader, "keys", "octets", 64);
  if (reader.fault != NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT, reader.fault);
      g_free (reader.fault);
      return NULL;
    }

  return g_steal_pointer (&memory);
}
