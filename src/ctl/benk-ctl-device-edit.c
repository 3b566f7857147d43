/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-device-many.h"

#include <glib/gi18n.h>

#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-serial.h"

gboolean
benk_ctl_device_finish (BenkCtl *ctl, const BenkId *device, GError **error)
{
  g_autoptr (BenkDeviceCard) card = NULL;

  if (!benk_ctl_await_change (ctl, NULL, error))
    return FALSE;
  card = benk_ctl_load_device (ctl, device, error);
  if (!card)
    return FALSE;
  benk_ctl_print_device (ctl, NULL, benk_device_card_get_device (card));
  return TRUE;
}

/* Owned copies of what may be different; each is NULL when it stays. */
typedef struct
{
  char *serial;
  char *imei;
  char *asset;
  char *vendor;
  char *received;
  char *warranty;
  char *lease_end;
  char *owner;
  char *note;
} Edit;

static void
edit_clear (Edit *edit)
{
  g_free (edit->serial);
  g_free (edit->imei);
  g_free (edit->asset);
  g_free (edit->vendor);
  g_free (edit->received);
  g_free (edit->warranty);
  g_free (edit->lease_end);
  g_free (edit->owner);
  g_free (edit->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

gboolean
benk_ctl_device_edit (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Edit) to = { 0 };
  const GOptionEntry entries[] = {
    { "serial", 0, 0, G_OPTION_ARG_STRING, &to.serial, NULL, NULL },
    { "imei", 0, 0, G_OPTION_ARG_STRING, &to.imei, NULL, NULL },
    { "asset", 0, 0, G_OPTION_ARG_STRING, &to.asset, NULL, NULL },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &to.vendor, NULL, NULL },
    { "received", 0, 0, G_OPTION_ARG_STRING, &to.received, NULL, NULL },
    { "warranty", 0, 0, G_OPTION_ARG_STRING, &to.warranty, NULL, NULL },
    { "lease-end", 0, 0, G_OPTION_ARG_STRING, &to.lease_end, NULL, NULL },
    { "owner", 0, 0, G_OPTION_ARG_STRING, &to.owner, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &to.note, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkDevice) device = NULL;
  BenkOwner owner = BENK_OWNER_UNKNOWN;
  BenkDeviceEdit edit;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  if (to.owner && !benk_owner_from_name (to.owner, &owner))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is none of own, lease, aids-store, unknown."), to.owner);
      return FALSE;
    }
  edit = (BenkDeviceEdit){ to.serial,    to.imei,     to.asset,
                           to.vendor,    to.received, to.warranty,
                           to.lease_end, to.note,     to.owner ? (int) owner : -1 };
  device = benk_ctl_open_device (ctl, argv[1], error);
  if (!device)
    return FALSE;
  benk_inventory_edit_async (benk_session_get_inventory (ctl->session),
                             benk_device_get_id (device), &edit, NULL, benk_ctl_on_ready,
                             ctl);
  return benk_ctl_device_finish (ctl, benk_device_get_id (device), error);
}

gboolean
benk_ctl_device_join (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDevice) gone = NULL;
  g_autoptr (BenkDevice) stays = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 2, 2, error))
    return FALSE;
  gone = benk_ctl_open_device (ctl, argv[1], error);
  stays = gone ? benk_ctl_find_device (ctl, argv[2], error) : NULL;
  if (!stays)
    return FALSE;
  benk_inventory_join_async (benk_session_get_inventory (ctl->session),
                             benk_device_get_id (gone), benk_device_get_id (stays), NULL,
                             benk_ctl_on_ready, ctl);
  return benk_ctl_device_finish (ctl, benk_device_get_id (stays), error);
}

/* A row that was joined is found as the other: its own serial says which one. */
static BenkDevice *
find_joined (BenkDeviceCard *card, const char *serial)
{
  GListModel *joined = benk_device_card_get_joined (card);
  g_autofree char *wanted = benk_serial_normalise (serial);

  for (guint i = 0; i < g_list_model_get_n_items (joined); i++)
    {
      g_autoptr (BenkDevice) device = g_list_model_get_item (joined, i);
      g_autofree char *key = benk_serial_normalise (benk_device_get_serial (device));

      if (g_str_equal (key, wanted))
        return g_steal_pointer (&device);
    }
  return NULL;
}

gboolean
benk_ctl_device_part (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDevice) found = NULL;
  g_autoptr (BenkDeviceCard) card = NULL;
  g_autoptr (BenkDevice) joined = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, 1, error))
    return FALSE;
  found = benk_ctl_open_device (ctl, argv[1], error);
  card = found ? benk_ctl_load_device (ctl, benk_device_get_id (found), error) : NULL;
  if (!card)
    return FALSE;
  joined = find_joined (card, argv[1]);
  if (!joined)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   _ ("“%s” was not joined to another row."), argv[1]);
      return FALSE;
    }
  benk_inventory_part_async (benk_session_get_inventory (ctl->session),
                             benk_device_get_id (joined), NULL, benk_ctl_on_ready, ctl);
  return benk_ctl_device_finish (ctl, benk_device_get_id (joined), error);
}
