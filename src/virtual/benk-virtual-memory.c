/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-memory.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "benk-error.h"

/* Longest state file that is read: four tables in hex twice, and the logs. */
#define MAX_FILE (1024 * 1024)
#define MAX_SERIAL 32

/* EUI-64 of simulators: locally administered, so no maker's. */
static const guint8 simulator_oui[3] = { 0x02, 0xd0, 0x5e };

typedef struct
{
  const char *id;
  const char *name;
  const char *serial;
  const char *firmware;
  guint16 battery;
  gboolean mains;
} Make;

/* Firmware and battery are invented: no maker has published any. */
static const Make makes[] = {
  { "medido", "Simulated (Medido-like)", "MD9000001", "sim 1.4", 87, TRUE },
  { "evondos-e300", "Simulated (Evondos E300-like)", "PP900001", "sim 3.2", 93, TRUE },
  { "mini-evondos", "Simulated (mini-Evondos-like)", "PM900001", "sim 1.1", 78, TRUE },
  { "pilly-sms", "Simulated (Pilly-like)", "PS-90001", "sim 2.0", 64, FALSE },
};

static const Make *
find_make (const char *model_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    if (g_strcmp0 (makes[i].id, model_id) == 0)
      return &makes[i];

  return NULL;
}

static gboolean
serial_is_usable (const char *serial)
{
  if (serial[0] == '\0' || strlen (serial) > MAX_SERIAL)
    return FALSE;

  for (const char *c = serial; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_. ", *c) == NULL)
      return FALSE;

  return TRUE;
}

static void
fill_system_id (guint8 id[8], const char *model_id, const char *serial)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (sum, (const guchar *) model_id, strlen (model_id) + 1);
  g_checksum_update (sum, (const guchar *) serial, strlen (serial));
  g_checksum_get_digest (sum, digest, &length);
  memcpy (id, simulator_oui, 3);
  memcpy (id + 3, digest, 5);
}

static void
replace (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static gint64
get_oslo_offset_ms (gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  int interval;

  if (zone == NULL)
    return 0;

  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now_ms / 1000);

  return (gint64) g_time_zone_get_offset (zone, interval) * 1000;
}

/**
 * benk_virtual_memory_get_models:
 *
 * Returns: (transfer none) (array zero-terminated=1): the model ids that can be simulated
 */
const char *const *
benk_virtual_memory_get_models (void)
{
  static const char *const ids[] = { "medido", "evondos-e300", "mini-evondos",
                                     "pilly-sms", NULL };

  return ids;
}

/**
 * benk_virtual_memory_get_default_serial:
 * @model_id: a model id
 *
 * Returns: (nullable): the serial a simulated dispenser gets when none is named; %NULL
 * for a model that cannot be simulated
 */
const char *
benk_virtual_memory_get_default_serial (const char *model_id)
{
  const Make *make = find_make (model_id);

  return make != NULL ? make->serial : NULL;
}

/**
 * benk_virtual_memory_new:
 * @model_id: "medido", "evondos-e300", "mini-evondos" or "pilly-sms"
 * @serial: (nullable): serial number; %NULL = the model's own
 * @now_ms: UTC milliseconds
 * @error: %BENK_ERROR_NOT_FOUND for an unknown model, %BENK_ERROR_INVALID for a serial
 *
 * Makes the memory of a dispenser as it leaves the factory: no plan, keys of a pairing,
 * a clock that is 95 s fast.
 *
 * Returns: (transfer full): the memory, or %NULL
 */
BenkAgentMemory *
benk_virtual_memory_new (const char *model_id,
                         const char *serial,
                         gint64 now_ms,
                         GError **error)
{
  const Make *make = find_make (model_id);
  BenkAgentMemory *memory;
  guint8 keys[16] = { 0 };

  if (make == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   "No simulated dispenser is called “%s”", model_id);
      return NULL;
    }
  if (serial == NULL)
    serial = make->serial;
  if (!serial_is_usable (serial))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   "A simulated dispenser cannot have the serial number “%s”: "
                   "1 to %d letters, digits, dashes, dots or blanks",
                   serial, MAX_SERIAL);
      return NULL;
    }

  memory = benk_agent_memory_new ();
  replace (&memory->manufacturer, "Dosebenk simulator");
  replace (&memory->model, make->name);
  replace (&memory->serial, serial);
  replace (&memory->hardware, "sim");
  replace (&memory->firmware, make->firmware);
  replace (&memory->zone, "Europe/Oslo");
  replace (&memory->language, "nb");
  fill_system_id (memory->system_id, model_id, serial);
  memory->battery = make->battery;
  memory->mains = make->mains;
  memory->clock_set = TRUE;
  memory->clock_offset_ms = get_oslo_offset_ms (now_ms) + 95000;
  memory->zone_offset = 60;
  memory->dst_rule = 1;
  memcpy (keys, memory->system_id, 8);
  memory->keys = g_bytes_new (keys, sizeof keys);

  return memory;
}

/**
 * benk_virtual_memory_path:
 * @state_dir: (type filename): folder of state files
 * @model_id: a model id
 * @serial: (nullable): serial number; %NULL = the model's own
 *
 * Returns: (transfer full) (type filename): where that dispenser's memory lies
 */
char *
benk_virtual_memory_path (const char *state_dir, const char *model_id, const char *serial)
{
  g_autofree char *name = NULL;

  if (serial == NULL)
    serial = benk_virtual_memory_get_default_serial (model_id);
  name = g_strdup_printf ("%s-%s.ini", model_id, serial != NULL ? serial : "");
  g_strdelimit (name, " /\\", '_');

  return g_build_filename (state_dir, name, NULL);
}

/**
 * benk_virtual_memory_save:
 * @memory: a memory
 * @path: (type filename): its state file
 * @error: %BENK_ERROR_FULL, %BENK_ERROR_PERMISSION or %BENK_ERROR_IO
 *
 * Writes the state file as flash would hold it: a temporary file, synced, renamed. At
 * every instant the path holds the old memory or the new one, whole.
 *
 * Returns: whether it is on the disk
 */
gboolean
benk_virtual_memory_save (const BenkAgentMemory *memory, const char *path, GError **error)
{
  g_autofree char *text = benk_virtual_memory_to_text (memory);
  g_autoptr (GError) cause = NULL;
  int code = BENK_ERROR_IO;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT |
                                  G_FILE_SET_CONTENTS_DURABLE,
                                0600, &cause))
    return TRUE;

  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    code = BENK_ERROR_FULL;
  else if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
           g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    code = BENK_ERROR_PERMISSION;
  g_set_error (error, BENK_ERROR, code,
               "The simulated dispenser's memory could not be written: %s",
               cause->message);

  return FALSE;
}

/**
 * benk_virtual_memory_load:
 * @path: (type filename): a state file
 * @error: %BENK_ERROR_NOT_FOUND, %BENK_ERROR_CORRUPT, %BENK_ERROR_NEWER,
 *   %BENK_ERROR_PERMISSION or %BENK_ERROR_IO
 *
 * Returns: (transfer full): the memory, or %NULL
 */
BenkAgentMemory *
benk_virtual_memory_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  BenkAgentMemory *memory;
  GStatBuf info;
  gsize length;
  int code = BENK_ERROR_IO;

  if (g_stat (path, &info) == 0 && info.st_size > MAX_FILE)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                   "“%s” is no memory of a simulated dispenser: longer than 1 MiB", path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, &cause))
    {
      if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        code = BENK_ERROR_NOT_FOUND;
      else if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ACCES))
        code = BENK_ERROR_PERMISSION;
      g_set_error (error, BENK_ERROR, code,
                   "The simulated dispenser's memory could not be read: %s",
                   cause->message);
      return NULL;
    }

  memory = benk_virtual_memory_from_text (text, length, error);
  if (memory == NULL)
    g_prefix_error (error, "“%s” is no memory of a simulated dispenser: ", path);

  return memory;
}
