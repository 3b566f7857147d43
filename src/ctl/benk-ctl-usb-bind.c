/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-usb-private.h"

#include <glib/gi18n.h>

#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-usb-item.h"

static void
print_item (BenkCtl *ctl, BenkUsbItem *item)
{
  BenkDevice *card = benk_usb_item_get_card (item);
  const char *label = benk_usb_item_get_label (item);
  const char *serial = benk_usb_item_get_serial (item);
  const char *device = card ? benk_device_get_serial (card) : NULL;
  g_autofree char *numbers =
    g_strdup_printf ("%04x:%04x", benk_usb_item_get_vendor_id (item),
                     benk_usb_item_get_product_id (item));

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "bus_path", benk_usb_item_get_bus_path (item));
  benk_json_add_string (ctl->out, "numbers", numbers);
  benk_json_add_string (ctl->out, "serial", serial);
  benk_json_add_string (ctl->out, "label", label);
  benk_json_add_bool (ctl->out, "healthcare", benk_usb_item_is_healthcare (item));
  benk_json_add_string (ctl->out, "device", device);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-8s %s %-24s %-14s %s", benk_usb_item_get_bus_path (item), numbers,
                label ? label : "–", serial ? serial : "–", device ? device : "");
}

/** benk_ctl_usb_run_items: everything that is plugged in, and the card it opens */
gboolean
benk_ctl_usb_run_items (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  BenkBench *bench;
  GListModel *items;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  bench = benk_ctl_usb_open_bench (ctl, error);
  if (!bench)
    return FALSE;
  items = benk_bench_get_usb_items (bench);
  benk_ctl_print_list (ctl, NULL, items, (BenkCtlPrint) print_item);
  return TRUE;
}

static BenkUsbItem *
find_item (BenkBench *bench, const char *bus_path, GError **error)
{
  GListModel *items = benk_bench_get_usb_items (bench);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkUsbItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (benk_usb_item_get_bus_path (item), bus_path) == 0)
        return g_steal_pointer (&item);
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("Nothing is plugged in at %s: see “usb items”."), bus_path);
  return NULL;
}

static gboolean
bind (BenkCtl *ctl, const char *bus_path, const char *serial, GError **error)
{
  static const BenkId nil = { { 0 } };
  BenkBench *bench = benk_ctl_usb_open_bench (ctl, error);
  g_autoptr (BenkUsbItem) item = bench ? find_item (bench, bus_path, error) : NULL;
  g_autoptr (BenkDevice) card = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq = 0;

  if (!item)
    return FALSE;
  card = serial ? benk_ctl_find_device (ctl, serial, error) : NULL;
  if (serial && !card)
    return FALSE;
  benk_bench_bind_async (bench, item, card ? benk_device_get_id (card) : &nil, NULL,
                         benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_bench_bind_finish (bench, result, &seq, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_int (ctl->out, "seq", seq);
  benk_json_end_object (ctl->out);
  if (serial)
    benk_ctl_say (ctl, _ ("Opens the card of %s from now on. That proves nothing."),
                  serial);
  else
    benk_ctl_say (ctl, "%s", _ ("Opens no card any more."));
  return TRUE;
}

/** benk_ctl_usb_run_bind: what is plugged in opens a card from now on */
gboolean
benk_ctl_usb_run_bind (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *bus_path = NULL;
  g_autofree char *serial = NULL;
  const GOptionEntry entries[] = {
    { "bus-path", 0, 0, G_OPTION_ARG_STRING, &bus_path, NULL, NULL },
    { "device", 0, 0, G_OPTION_ARG_STRING, &serial, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!bus_path || !serial)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--bus-path and --device are needed."));
      return FALSE;
    }
  return bind (ctl, bus_path, serial, error);
}

/** benk_ctl_usb_run_unbind: what is plugged in opens no card any more */
gboolean
benk_ctl_usb_run_unbind (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *bus_path = NULL;
  const GOptionEntry entries[] = {
    { "bus-path", 0, 0, G_OPTION_ARG_STRING, &bus_path, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!bus_path)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--bus-path is needed."));
      return FALSE;
    }
  return bind (ctl, bus_path, NULL, error);
}
