/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "benk-bulk.h"
#include "benk-ctl-device-many.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-stock.h"

#define MAX_NAMED 1000

static void
print_one (BenkCtl *ctl, const BenkReservation *one)
{
  g_autofree char *words = benk_reservation_describe (one);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "device_id", &one->device);
  benk_json_add_string (ctl->out, "model", one->model_id);
  benk_json_add_string (ctl->out, "serial", one->serial);
  benk_json_add_string (ctl->out, "asset", one->asset);
  benk_json_add_string (ctl->out, "state", benk_device_state_to_name (one->state));
  benk_json_add_string (ctl->out, "place", one->place_name);
  benk_json_add_string (ctl->out, "user", one->reference);
  benk_json_add_string (ctl->out, "wanted", one->wanted_date);
  benk_json_add_int (ctl->out, "days", one->days);
  benk_json_add_bool (ctl->out, "overdue", benk_reservation_is_overdue (one));
  benk_json_add_bool (ctl->out, "needs_device", one->needs_device);
  benk_json_add_instant (ctl->out, "made", one->made_ms);
  benk_json_add_string (ctl->out, "by", one->who);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-14s %-7s %-12s %s", one->serial,
                one->asset != NULL ? one->asset : "–",
                one->reference != NULL ? one->reference : _ ("erased"), words);
}

/* Those of the devices that were named; of all without. */
static gboolean
print_list (BenkCtl *ctl, const char *model, GArray *only, GError **error)
{
  BenkStock *stock = benk_session_get_stock (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkStockSummary) summary = NULL;

  benk_stock_load_async (stock, 0, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  summary = benk_stock_load_finish (stock, result, error);
  if (summary == NULL)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < summary->reservations->len; i++)
    {
      const BenkReservation *one = g_ptr_array_index (summary->reservations, i);
      gboolean wanted =
        only == NULL && (model == NULL || g_str_equal (model, one->model_id));

      for (guint k = 0; only != NULL && k < only->len && !wanted; k++)
        wanted = benk_id_equal (&g_array_index (only, BenkId, k), &one->device);
      if (wanted)
        print_one (ctl, one);
    }
  benk_json_end_array (ctl->out);

  return TRUE;
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *model = NULL;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &model, NULL, NULL },
    { NULL },
  };

  return benk_ctl_parse (&argc, &argv, entries, 0, 0, error) &&
         benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         print_list (ctl, model, NULL, error);
}

static GArray *
find_all (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, argv[i], error);

      if (device == NULL)
        return NULL;
      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }

  return g_steal_pointer (&ids);
}

static gboolean
require (const char *value, const char *option, GError **error)
{
  if (value != NULL)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("%s is missing."), option);
  return FALSE;
}

static gboolean
run_add (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  g_autofree char *date = NULL;
  gboolean able = FALSE;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, NULL, NULL },
    { "able", 0, 0, G_OPTION_ARG_NONE, &able, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (BenkWish));
  g_autoptr (BenkBulk) bulk = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, MAX_NAMED, error) ||
      !require (user, "--user", error) || !require (date, "--date", error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  ids = find_all (ctl, argc, argv, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      BenkWish wish = { g_array_index (ids, BenkId, i), user, date };

      g_array_append_val (wishes, wish);
    }
  bulk = benk_bulk_new_reserve (benk_session_get_inventory (ctl->session),
                                (const BenkWish *) (gpointer) wishes->data, wishes->len);

  return benk_ctl_bulk_run (ctl, bulk, able, NULL, error);
}

static gboolean
run_change (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *user = NULL;
  g_autofree char *date = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = NULL;
  BenkInventory *inventory;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      (user == NULL && !require (date, "--user, --date", error)) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  ids = find_all (ctl, argc, argv, error);
  if (ids == NULL)
    return FALSE;
  inventory = benk_session_get_inventory (ctl->session);
  benk_inventory_change_reservation_async (inventory, &g_array_index (ids, BenkId, 0),
                                           user, date, NULL, benk_ctl_on_ready, ctl);

  return benk_ctl_await_change (ctl, NULL, error) && print_list (ctl, NULL, ids, error);
}

static gboolean
run_give_up (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, MAX_NAMED, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  ids = find_all (ctl, argc, argv, error);
  if (ids == NULL)
    return FALSE;
  bulk = benk_bulk_new_give_up (benk_session_get_inventory (ctl->session),
                                (const BenkId *) (gpointer) ids->data, ids->len);

  return benk_ctl_bulk_run (ctl, bulk, FALSE, NULL, error);
}

const BenkCtlCommand benk_ctl_reservation_commands[] = {
  { "reservation", "add", "DEVICE… --user REFERENCE --date YYYY-MM-DD [--able]",
    run_add },
  { "reservation", "change", "DEVICE [--user REFERENCE] [--date YYYY-MM-DD]",
    run_change },
  { "reservation", "give-up", "DEVICE…", run_give_up },
  { "reservation", "list", "[--model MODEL]", run_list },
  { NULL, NULL, NULL, NULL },
};
