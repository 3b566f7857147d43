/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-print.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-ctl-list.h"
#include "benk-ctl-device-many.h"
#include "benk-ctl-swap.h"
#include "benk-ctl-work.h"

static gboolean
is_filled (BenkDevice *device)
{
  return benk_device_get_serial (device) != NULL;
}

static void
print_list (BenkCtl *ctl, GListModel *devices)
{
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkDevice) device = g_list_model_get_item (devices, i);

      /* A row's properties come when its page has been read. */
      while (!is_filled (device))
        g_main_context_iteration (NULL, TRUE);
      benk_ctl_print_device (ctl, NULL, device);
    }
  benk_json_end_array (ctl->out);
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (BenkCtlQuery) asked = { { 0 } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) devices = NULL;
  BenkInventory *inventory;

  if (!benk_ctl_query_parse (&asked, &argc, &argv, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  inventory = benk_session_get_inventory (ctl->session);
  benk_inventory_query_async (inventory, &asked.query, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  devices = benk_inventory_query_finish (inventory, result, error);
  if (!devices)
    return FALSE;
  print_list (ctl, devices);
  return TRUE;
}

/* With the name of the fact, for those who attest by name. */
static void
say_guard (BenkCtl *ctl, BenkNextGuard *guard)
{
  gboolean met = benk_next_guard_is_met (guard);
  int fact = benk_next_guard_get_fact (guard);
  gboolean named = !met && fact >= 0;

  benk_ctl_say (ctl, "    [%c] %s%s%s%s%s", met ? 'x' : ' ',
                benk_next_guard_get_text (guard),
                benk_next_guard_is_owed (guard) ? _ (" (owed)") : "", named ? " [" : "",
                named ? benk_fact_kind_to_name ((BenkFactKind) fact) : "",
                named ? "]" : "");
}

static void
print_next (BenkCtl *ctl, BenkNextState *next)
{
  GListModel *guards = benk_next_state_get_guards (next);
  BenkDeviceState state = benk_next_state_get_state (next);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "state", benk_device_state_to_name (state));
  benk_json_add_bool (ctl->out, "open", benk_next_state_is_open (next));
  benk_json_add_bool (ctl->out, "needs_reason", benk_next_state_needs_reason (next));
  benk_json_begin_array (ctl->out, "guards");
  benk_ctl_say (ctl, "→ %s%s", benk_device_state_get_label (state, TRUE),
                benk_next_state_is_open (next) ? "" : _ (" (closed)"));
  for (guint i = 0; i < g_list_model_get_n_items (guards); i++)
    {
      g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "id", benk_next_guard_get_id (guard));
      benk_json_add_bool (ctl->out, "met", benk_next_guard_is_met (guard));
      benk_json_add_string (ctl->out, "class",
                            benk_next_guard_is_owed (guard) ? "owed" : "hard");
      benk_json_add_string (ctl->out, "text", benk_next_guard_get_text (guard));
      benk_json_end_object (ctl->out);
      say_guard (ctl, guard);
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
}

static BenkDeviceCard *
open_card (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDevice) device = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, 1, error))
    return NULL;
  device = benk_ctl_open_device (ctl, argv[1], error);
  return device ? benk_ctl_load_device (ctl, benk_device_get_id (device), error) : NULL;
}

static void
say_reservation (BenkCtl *ctl, const BenkReservation *reservation)
{
  g_autofree char *words =
    reservation != NULL ? benk_reservation_describe (reservation) : NULL;

  if (reservation != NULL)
    /* Translators: the reference of a user, then "Wanted 3 Dec 2026, in 4 days". */
    benk_ctl_say (ctl, _ ("Reserved for %s. %s"),
                  reservation->reference != NULL ? reservation->reference : _ ("erased"),
                  words);
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDeviceCard) card = open_card (ctl, argc, argv, error);
  GListModel *next;

  if (!card)
    return FALSE;
  next = benk_device_card_get_next (card);
  benk_json_begin_object (ctl->out, NULL);
  benk_ctl_print_device (ctl, "device", benk_device_card_get_device (card));
  benk_json_add_string (ctl->out, "sentence", benk_device_card_get_sentence (card));
  benk_ctl_say (ctl, "%s", benk_device_card_get_sentence (card));
  say_reservation (ctl, benk_device_card_get_reservation (card));
  benk_ctl_print_list (ctl, "next", next, (BenkCtlPrint) print_next);
  benk_json_end_object (ctl->out);
  return TRUE;
}

static gboolean
run_history (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDeviceCard) card = open_card (ctl, argc, argv, error);
  GListModel *history;

  if (!card)
    return FALSE;
  history = benk_device_card_get_history (card);
  benk_ctl_print_list (ctl, NULL, history, (BenkCtlPrint) benk_ctl_print_history);
  return TRUE;
}

static gboolean
add (BenkCtl *ctl, const BenkNewDevice *device, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDeviceCard) card = NULL;
  BenkId id;

  benk_inventory_add_async (inventory, device, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_inventory_add_finish (inventory, result, &id, error))
    return FALSE;
  card = benk_ctl_load_device (ctl, &id, error);
  if (!card)
    return FALSE;
  benk_ctl_print_device (ctl, NULL, benk_device_card_get_device (card));
  return TRUE;
}

static gboolean
run_add (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *model = NULL;
  g_autofree char *imei = NULL;
  g_autofree char *asset = NULL;
  g_autofree char *vendor = NULL;
  g_autofree char *place = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *lease_end = NULL;
  g_autofree char *warranty = NULL;
  gboolean another = FALSE;
  const GOptionEntry entries[] = {
    { "owner", 0, 0, G_OPTION_ARG_STRING, &owner, NULL, NULL },
    { "lease-end", 0, 0, G_OPTION_ARG_STRING, &lease_end, NULL, NULL },
    { "warranty", 0, 0, G_OPTION_ARG_STRING, &warranty, NULL, NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &model, NULL, NULL },
    { "imei", 0, 0, G_OPTION_ARG_STRING, &imei, NULL, NULL },
    { "asset", 0, 0, G_OPTION_ARG_STRING, &asset, NULL, NULL },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &vendor, NULL, NULL },
    { "place", 0, 0, G_OPTION_ARG_STRING, &place, NULL, NULL },
    { "another", 0, 0, G_OPTION_ARG_NONE, &another, NULL, NULL },
    { NULL },
  };
  BenkNewDevice new_device = { .state = BENK_DEVICE_STATE_RECEIVED };

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  if (!model)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--model is missing."));
      return FALSE;
    }
  if (owner && !benk_owner_from_name (owner, &new_device.owner))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is none of own, lease, aids-store, unknown."), owner);
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  new_device.lease_end_date = lease_end;
  new_device.warranty_date = warranty;
  new_device.model_id = model;
  new_device.serial = argv[1];
  new_device.imei = imei;
  new_device.asset = asset;
  new_device.vendor = vendor;
  new_device.place = place;
  new_device.another = another;

  return add (ctl, &new_device, error);
}

const BenkCtlCommand benk_ctl_device_commands[] = {
  { "device", "import",
    "FILE [--column HEADING=FIELD]… [--state WORD=STATE|leave-out]… [--sheet NAME] "
    "[--dry-run]",
    benk_ctl_list_import },
  { "device", "export",
    "FILE.csv|.xlsx [--state STATE] [--model MODEL] [--search TEXT] [--limit N] "
    "[--sort COLUMN] [--descending] [--reserved]",
    benk_ctl_list_export },
  { "device", "list",
    "[--state STATE] [--model MODEL] [--search TEXT] [--limit N] "
    "[--sort COLUMN] [--descending] [--reserved]",
    run_list },
  { "device", "show", "SERIAL", run_show },
  { "device", "history", "SERIAL", run_history },
  { "device", "add",
    "SERIAL --model MODEL [--imei N] [--asset N] [--vendor NAME] "
    "[--place NAME] [--owner OWNER] [--lease-end DAY] [--warranty DAY] [--another]",
    run_add },
  { "device", "edit",
    "SERIAL [--serial N] [--imei N] [--asset N] [--vendor NAME] [--owner OWNER] "
    "[--received DAY] [--warranty DAY] [--lease-end DAY] [--note TEXT]",
    benk_ctl_device_edit },
  { "device", "accessories",
    "SERIAL… | --search TEXT --count N  [--present KIND]… [--missing KIND]… "
    "[--not-looked-at KIND]… [--able]",
    benk_ctl_device_accessories },
  { "device", "move", "SERIAL… | --search TEXT --count N  PLACE", benk_ctl_device_move },
  { "device", "attest",
    "SERIAL… | --search TEXT --count N  FACT [--ref TEXT] [--stated-by NAME]",
    benk_ctl_device_attest },
  { "device", "set-state",
    "SERIAL… | --state STATE --count N  STATE [--owed REASON] [--able]",
    benk_ctl_device_set_state },
  { "device", "join", "SERIAL OTHER", benk_ctl_device_join },
  { "device", "part", "SERIAL", benk_ctl_device_part },
  { "device", "swap",
    "OLD [NEW] [--cable | --checklist [--ticked all|STEP,…]] [--plan FILE] "
    "[--medicine-by NAME] [--without LINE,…] [--dry-run]",
    benk_ctl_swap_run },
  { NULL, NULL, NULL, NULL },
};
