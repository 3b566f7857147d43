/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

#include "benk-ext-table.h"
#include "benk-ext.h"
#include "benk-fake-clock.h"
#include "benk-mds.h"
#include "benk-phd-config.h"
#include "benk-phdc.h"
#include "benk-pm.h"
#include "benk-schedule.h"
#include "benk-usbip-device.h"

/* What can be read can be written again, and then means the same. */

static void
assert_same (GBytes *one, GBytes *other)
{
  g_assert_true (one != NULL && other != NULL && g_bytes_equal (one, other));
}

static void
try_config (GBytes *info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkConfig) config = benk_config_parse (info, &error);
  g_autoptr (BenkConfig) again = NULL;
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;

  g_assert_true ((config != NULL) == (error == NULL));
  if (config == NULL)
    return;
  benk_config_find_class (config, BENK_CLASS_PM_STORE);
  for (guint i = 0; i < config->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (config->objects, i);

      benk_config_get_fixed_size (config, object->handle);
    }
  once = benk_config_compose (config);
  again = benk_config_parse (once, NULL);
  g_assert_nonnull (again);
  twice = benk_config_compose (again);
  assert_same (once, twice);
}

static BenkApdu *
parse_apdu (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) octets = g_bytes_new (data, length);
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (BenkApdu) again = NULL;
  BenkApdu *apdu = benk_apdu_parse (octets, NULL);
  guint16 tag, invoke_id, choice;

  benk_apdu_peek (octets, &tag, &invoke_id, &choice);
  once = apdu != NULL ? benk_apdu_compose (apdu) : NULL;
  if (once == NULL)
    return apdu;
  again = benk_apdu_parse (once, NULL);
  g_assert_nonnull (again);
  twice = benk_apdu_compose (again);
  assert_same (once, twice);
  return apdu;
}

/* A whole APDU, or the configuration alone. */
void
benk_fuzz_config_report (const guint8 *data, gsize length)
{
  g_autoptr (BenkApdu) apdu = parse_apdu (data, length);
  g_autoptr (GBytes) alone = g_bytes_new (data, length);

  try_config (alone);
  if (apdu != NULL && apdu->info != NULL)
    try_config (apdu->info);
}

static void
try_scan (guint16 type, GBytes *info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) observations = benk_scan_parse (type, info, &error);

  g_assert_true ((observations != NULL) == (error == NULL));
}

void
benk_fuzz_scan_report (const guint8 *data, gsize length)
{
  g_autoptr (BenkApdu) apdu = parse_apdu (data, length);
  g_autoptr (GBytes) alone = g_bytes_new (data, length);

  for (guint16 type = BENK_EVT_SCAN_FIXED; type <= BENK_EVT_SCAN_MP_VAR; type++)
    try_scan (type, alone);
  if (apdu != NULL && apdu->info != NULL)
    try_scan (apdu->type, apdu->info);
}

void
benk_fuzz_get_response (const guint8 *data, gsize length)
{
  g_autoptr (BenkApdu) apdu = parse_apdu (data, length);
  g_auto (BenkMds) mds = { 0 };
  g_autofree char *id = NULL;
  BenkPmStore store = { 0 };

  if (apdu == NULL || apdu->attrs == NULL)
    return;
  benk_mds_init (&mds);
  benk_mds_update (&mds, apdu->attrs);
  benk_mds_update (&mds, apdu->attrs);
  id = benk_mds_dup_system_id (&mds);
  g_assert_cmpint (mds.battery, >=, -1);
  g_assert_cmpint (mds.battery, <=, 100);
  if (mds.has_time)
    g_assert_cmpint (benk_mder_time_to_seconds (&mds.time), >=, -1);
  benk_pm_store_parse (&store, apdu->attrs);
  for (guint kind = 0; kind < BENK_EXT_N_KINDS; kind++)
    for (guint i = 0; i < apdu->attrs->len; i++)
      {
        const BenkAttr *attr = g_ptr_array_index (apdu->attrs, i);
        g_auto (BenkExtMessage) message = { 0 };

        benk_ext_message_parse (&message, (BenkExtKind) kind, attr->value, NULL);
      }
}

static void
try_segments (GBytes *info)
{
  g_autoptr (GArray) segments = benk_pm_segments_parse (info, NULL);
  g_auto (BenkPmData) part = { 0 };
  g_auto (BenkPmData) again = { 0 };
  g_autoptr (GBytes) once = NULL;
  guint16 instance, result;

  benk_pm_trig_response_parse (info, &instance, &result, NULL);
  if (!benk_pm_data_parse (&part, info, NULL))
    return;
  once = benk_pm_data_compose (&part);
  g_assert_true (benk_pm_data_parse (&again, once, NULL));
  g_assert_cmpuint (again.index, ==, part.index);
}

void
benk_fuzz_pm_segment (const guint8 *data, gsize length)
{
  g_autoptr (BenkApdu) apdu = parse_apdu (data, length);
  g_autoptr (GBytes) alone = g_bytes_new (data, length);

  try_segments (alone);
  if (apdu != NULL && apdu->info != NULL)
    try_segments (apdu->info);
}

/* The first octet chooses the kind of message. */
void
benk_fuzz_extension (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) info = NULL;
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;
  g_auto (BenkExtMessage) message = { 0 };
  g_auto (BenkExtMessage) again = { 0 };
  BenkExtKind kind;

  if (length < 1)
    return;
  kind = (BenkExtKind) (data[0] % BENK_EXT_N_KINDS);
  info = g_bytes_new (data + 1, length - 1);
  if (!benk_ext_message_parse (&message, kind, info, NULL))
    return;
  once = benk_ext_message_compose (&message);
  g_assert_true (benk_ext_message_parse (&again, kind, once, NULL));
  twice = benk_ext_message_compose (&again);
  assert_same (once, twice);
  benk_ext_find_table (&message, 1);
}

/* The first octet chooses the table. */
void
benk_fuzz_table (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) octets = NULL;
  g_autoptr (GBytes) once = NULL;
  g_autoptr (BenkExtTable) table = NULL;
  g_autoptr (BenkExtTable) again = NULL;
  guint16 id;

  if (length < 1)
    return;
  id = data[0] % 6;
  octets = g_bytes_new (data + 1, length - 1);
  table = benk_ext_table_parse (id, octets, NULL);
  if (table == NULL)
    return;
  once = benk_ext_table_compose (table);
  again = once != NULL ? benk_ext_table_parse (id, once, NULL) : NULL;
  g_assert_true (once == NULL || again != NULL);
  if (id == BENK_TABLE_SCHEDULE)
    benk_schedule_next_dose (table, G_GINT64_CONSTANT (1795253400));
}

void
benk_fuzz_usb_descriptors (const guint8 *data, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (data, length); /* bounds are the heap's */
  BenkPhdcFunction function = { 0 };
  guint8 qos = 0;

  if (benk_phdc_parse_function (copy, length, &function, NULL))
    {
      g_assert_cmpuint (function.n_specs, <=, BENK_PHDC_MAX_SPECS);
      benk_phdc_function_lists (&function, BENK_PHDC_SPEC_MEDICATION_MONITOR);
    }
  benk_phdc_parse_qos (copy, length, &qos);
}

/* A client of the USB/IP server: from its first request to transfers. */
void
benk_fuzz_usbip (const guint8 *data, gsize length)
{
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (0);
  g_autoptr (BenkVirtualDispenser) dispenser =
    benk_virtual_dispenser_new ("medido", NULL, BENK_CLOCK (clock), NULL, NULL);
  g_autoptr (BenkUsbipDevice) device = benk_usbip_device_new (dispenser, 1);
  g_autoptr (BenkUsbipReader) reader = benk_usbip_reader_new ();
  g_autoptr (BenkUsbipMessage) message = NULL;

  benk_virtual_dispenser_plug (dispenser);
  benk_usbip_reader_push (reader, data, length);
  while ((message = benk_usbip_reader_next (reader, NULL)) != NULL)
    {
      if (message->kind == BENK_USBIP_IMPORT)
        {
          benk_usbip_reader_set_imported (reader);
          benk_usbip_device_import (device);
        }
      else if (message->kind != BENK_USBIP_LIST &&
               !benk_usbip_device_handle (device, g_steal_pointer (&message), NULL))
        break;
      g_clear_pointer (&message, benk_usbip_message_free);
    }
  benk_usbip_device_release (device);
}
