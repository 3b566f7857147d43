/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-corpus DIR: writes the seeds of corpus/ anew, from what our own simulated
 * dispenser says and from messages that our own encoder makes. */

#include "benk-fuzz.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "benk-ext-table.h"
#include "benk-ext.h"
#include "benk-phd-config.h"
#include "benk-phd-rig.h"
#include "benk-pm.h"

#define SEEDS_OF_A_KIND 4

static const char *corpus;
static GByteArray *stream;
static GHashTable *written;

static void
write_seed (const char *target, const char *name, const guint8 *data, gsize length)
{
  g_autofree char *dir = g_build_filename (corpus, target, NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (dir, 0755) != 0)
    g_error ("%s: %s", dir, g_strerror (errno));
  if (!g_file_set_contents (path, (const char *) data, (gssize) length, &error))
    g_error ("%s", error->message);
}

static void
write_bytes (const char *target, const char *name, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  write_seed (target, name, data, length);
}

/* One octet that chooses, before the octets. */
static void
write_chosen (const char *target, const char *name, guint8 choice, GBytes *bytes)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  g_byte_array_append (octets, &choice, 1);
  g_byte_array_append (octets, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  write_seed (target, name, octets->data, octets->len);
}

static const char *
get_target (const BenkApdu *apdu)
{
  if (apdu->choice == BENK_CHOICE_GET_RESPONSE)
    return "get-response";
  if (apdu->choice == BENK_CHOICE_EVENT_CONFIRMED && apdu->type == BENK_EVT_CONFIG)
    return "config-report";
  if (apdu->type == BENK_EVT_SEGMENT_DATA || apdu->type == BENK_ACT_SEG_GET_INFO ||
      apdu->type == BENK_ACT_SEG_TRIG_XFER)
    return "pm-segment";
  return NULL;
}

/* Everything the dispenser says goes into the stream; the first of each kind besides. */
static GBytes *
listen (Rig *rig, GBytes *bytes)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  const char *target = get_target (apdu);
  guint n =
    GPOINTER_TO_UINT (g_hash_table_lookup (written, target != NULL ? target : ""));
  g_autofree char *name = g_strdup_printf ("said-%u", n);

  g_byte_array_append (stream, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  if (target != NULL && n < SEEDS_OF_A_KIND)
    {
      g_hash_table_insert (written, (gpointer) target, GUINT_TO_POINTER (n + 1));
      write_bytes (target, name, bytes);
    }
  return g_bytes_ref (bytes);
}

static void
write_job (BenkJobKind kind, gboolean bo_time, const char *name)
{
  g_auto (BenkJobPlan) plan = { 0 };
  g_autoptr (Rig) rig = rig_new ();
  BenkJobSetup setup = rig_setup (kind, &plan, 0x22220002);
  guint8 choice = (guint8) kind;

  for (guint i = 0; i < G_N_ELEMENTS (plan.tables); i++)
    {
      g_autoptr (BenkExtTable) table = benk_ext_table_new ((guint16) (i + 1));

      plan.tables[i] = benk_ext_table_compose (table);
    }
  plan.volume = 40;
  plan.language = g_strdup ("nb-NO");
  plan.zone = g_strdup ("Europe/Oslo");
  plan.zone_offset_min = 60;
  plan.zone_dst_rule = 1;
  setup.serial = NULL;
  if (bo_time)
    benk_agent_set_quirks (rig->agent, BENK_AGENT_QUIRK_BO_TIME, 0);
  g_byte_array_set_size (stream, 0);
  g_byte_array_append (stream, &choice, 1);
  rig->spoil = listen;
  rig_run (rig, &setup);
  write_seed ("manager", name, stream->data, stream->len);
}

static void
write_extension (void)
{
  for (guint kind = 0; kind < BENK_EXT_N_KINDS; kind++)
    {
      g_auto (BenkExtMessage) message = { 0 };
      g_autoptr (GBytes) bytes = NULL;
      const char *name = benk_ext_kind_get_name ((BenkExtKind) kind);

      benk_ext_message_init (&message, (BenkExtKind) kind);
      message.n_tables = 2;
      message.tables[0].id = 1;
      message.tables[1].id = 2;
      message.n_rows = 1;
      message.number = 7;
      if (kind == BENK_EXT_ZONE || kind == BENK_EXT_TEXT)
        benk_ext_message_set_text (&message, "Europe/Oslo");
      else if (kind == BENK_EXT_DATA_REQUEST || kind == BENK_EXT_READ_RESPONSE ||
               kind == BENK_EXT_PARAM)
        message.data = g_bytes_new_static ("dose", 4);
      bytes = benk_ext_message_compose (&message);
      write_chosen ("extension", name, (guint8) kind, bytes);
    }
}

static void
write_tables (void)
{
  g_auto (BenkJobPlan) plan = { 0 };
  BenkLabel label = { .compartment = 1, .label = NULL };
  BenkAuditRow row = { .seq = 1, .event = 2 };

  rig_plan (&plan, 5);
  for (guint id = BENK_TABLE_SCHEDULE; id <= BENK_TABLE_AUDIT; id++)
    {
      g_autoptr (BenkExtTable) table = benk_ext_table_new ((guint16) id);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *name = g_strdup_printf ("table-%u", id);

      if (id == BENK_TABLE_LABELS)
        g_array_append_val (table->rows, label);
      else if (id == BENK_TABLE_AUDIT)
        g_array_append_val (table->rows, row);
      bytes = id <= BENK_TABLE_RECIPIENTS ? g_bytes_ref (plan.tables[id - 1])
                                          : benk_ext_table_compose (table);
      write_chosen ("table", name, (guint8) id, bytes);
    }
}

static void
write_by_hand (void)
{
  static const guint8 fixed[] = { 0xf0, 0, 0, 1,    0,    1,    0,    14,   0,    1, 0,
                                  10,   0, 2, 0x20, 0x26, 0x11, 0x21, 0x09, 0x30, 0, 0 };
  static const guint8 variable[] = { 0xf0, 0, 0, 2, 0,    1,    0, 12, 0,    2,
                                     0,    1, 0, 6, 0x0a, 0x66, 0, 2,  0x80, 0x40 };
  static const guint8 function[] = { 4, 0x20, 2, 0, 6, 0x30, 0, 1, 0x48, 0x10 };
  static const guint8 qos[] = { 4, 0x21, 1, 8, 5, 0x22, 3, 1, 2 };
  static const guint8 list[] = { 0x01, 0x11, 0x80, 0x05, 0, 0, 0, 0 };
  guint8 import[8 + 32 + 48] = { 0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1' };
  static const guint8 submit[48] = { 0, 0, 0, 1, 0, 0, 0, 1, 0,    1, 0, 2,  0, 0, 0, 1,
                                     0, 0, 0, 0, 0, 0, 0, 0, 0,    0, 0, 18, 0, 0, 0, 0,
                                     0, 0, 0, 0, 0, 0, 0, 0, 0x80, 6, 0, 1,  0, 0, 18 };

  for (guint i = 0; i < sizeof submit; i++)
    import[40 + i] = submit[i];
  write_seed ("scan-report", "fixed", fixed, sizeof fixed);
  write_seed ("scan-report", "variable", variable, sizeof variable);
  write_seed ("usb-descriptors", "function", function, sizeof function);
  write_seed ("usb-descriptors", "qos", qos, sizeof qos);
  write_seed ("usbip", "list", list, sizeof list);
  write_seed ("usbip", "import", import, sizeof import);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    {
      g_printerr ("Usage: fuzz-corpus DIR\n");
      return 2;
    }
  corpus = argv[1];
  stream = g_byte_array_new ();
  written = g_hash_table_new (g_str_hash, g_str_equal);
  write_job (BENK_JOB_READ, FALSE, "read");
  write_job (BENK_JOB_PROVISION, FALSE, "provision");
  write_job (BENK_JOB_PROVISION, TRUE, "provision-base-offset-time");
  write_job (BENK_JOB_RESET, FALSE, "reset");
  write_extension ();
  write_tables ();
  write_by_hand ();
  g_hash_table_unref (written);
  g_byte_array_unref (stream);
  return 0;
}
