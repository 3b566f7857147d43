/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "benk-ctl.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-stock.h"

#define MAX_DAYS 3650

static void
print_forecast (BenkCtl *ctl, const BenkForecast *forecast)
{
  g_autofree char *words = benk_forecast_describe (forecast);

  benk_json_begin_object (ctl->out, "forecast");
  benk_json_add_string (ctl->out, "kind", benk_forecast_kind_to_name (forecast->kind));
  benk_json_add_string (ctl->out, "date", *forecast->date ? forecast->date : NULL);
  benk_json_add_int (ctl->out, "reserved", forecast->n_reserved);
  benk_json_add_int (ctl->out, "need_device", forecast->n_needs);
  benk_json_add_int (ctl->out, "weeks", forecast->weeks);
  benk_json_add_int (ctl->out, "out", forecast->n_out);
  benk_json_add_int (ctl->out, "back", forecast->n_back);
  benk_json_add_string (ctl->out, "explanation", words);
  benk_json_end_object (ctl->out);
}

static void
print_models (BenkCtl *ctl, const BenkStockSummary *summary)
{
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);

  benk_json_begin_array (ctl->out, "models");
  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);
      const char *name = benk_inventory_get_model_name (inventory, model->model_id);
      g_autofree char *words = NULL;

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "model", model->model_id);
      benk_json_add_string (ctl->out, "name", name);
      benk_json_add_int (ctl->out, "free", model->n_free);
      print_forecast (ctl, &model->forecast);
      benk_json_begin_array (ctl->out, "states");
      words = benk_forecast_describe (&model->forecast);
      benk_ctl_say (ctl, "%s: %s", name, words);
      for (guint k = 0; k < BENK_N_DEVICE_STATES; k++)
        {
          if (model->counts[k] == 0)
            continue;
          benk_json_begin_object (ctl->out, NULL);
          benk_json_add_string (ctl->out, "state", benk_device_state_to_name (k));
          benk_json_add_int (ctl->out, "devices", model->counts[k]);
          benk_json_end_object (ctl->out);
          benk_ctl_say (ctl, "  %5u %s", model->counts[k],
                        benk_device_state_get_label (k, TRUE));
        }
      benk_json_end_array (ctl->out);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
}

static void
print_places (BenkCtl *ctl, const BenkStockSummary *summary)
{
  benk_json_begin_array (ctl->out, "places");
  for (guint i = 0; i < summary->places->len; i++)
    {
      const BenkStockPlace *place = g_ptr_array_index (summary->places, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "place", place->name);
      benk_json_add_string (ctl->out, "kind", benk_place_kind_to_name (place->kind));
      benk_json_add_int (ctl->out, "devices", place->n);
      benk_json_begin_array (ctl->out, "models");
      benk_ctl_say (ctl, ngettext ("%s (%s): %u device", "%s (%s): %u devices", place->n),
                    place->name, benk_place_kind_get_label (place->kind), place->n);
      for (guint k = 0; k < place->shares->len; k++)
        {
          const BenkStockShare *share = g_ptr_array_index (place->shares, k);

          benk_json_begin_object (ctl->out, NULL);
          benk_json_add_string (ctl->out, "model", share->model_id);
          benk_json_add_int (ctl->out, "devices", share->n);
          benk_json_end_object (ctl->out);
        }
      benk_json_end_array (ctl->out);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
}

static void
print_endings (BenkCtl *ctl, const BenkStockSummary *summary)
{
  benk_json_begin_array (ctl->out, "endings");
  for (guint i = 0; i < summary->endings->len; i++)
    {
      const BenkStockEnding *ending = g_ptr_array_index (summary->endings, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "serial", ending->serial);
      benk_json_add_string (ctl->out, "model", ending->model_id);
      benk_json_add_string (ctl->out, "state", benk_device_state_to_name (ending->state));
      benk_json_add_string (ctl->out, "place", ending->place_name);
      benk_json_add_string (ctl->out, "what", ending->is_lease ? "lease" : "warranty");
      benk_json_add_string (ctl->out, "date", ending->date);
      benk_json_add_int (ctl->out, "days", ending->days);
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl,
                    ending->is_lease ? _ ("%s: lease ends %s")
                                     : _ ("%s: warranty ends %s"),
                    ending->serial, ending->date);
    }
  benk_json_end_array (ctl->out);
}

static void
print_limits (BenkCtl *ctl, const BenkStockSummary *summary)
{
  BenkStock *stock = benk_session_get_stock (ctl->session);

  benk_json_begin_array (ctl->out, "limits");
  for (guint i = 0; i < summary->limits->len; i++)
    {
      const BenkStockLimit *limit = g_ptr_array_index (summary->limits, i);
      g_autofree char *sentence = benk_stock_describe_limit (stock, limit);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "model", limit->model_id);
      benk_json_add_string (ctl->out, "place", limit->place_name);
      benk_json_add_int (ctl->out, "least", limit->least);
      benk_json_add_int (ctl->out, "free", limit->n_free);
      benk_json_add_bool (ctl->out, "low", benk_stock_limit_is_low (limit));
      benk_json_add_string (ctl->out, "by", limit->who);
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, benk_stock_limit_is_low (limit) ? _ ("LOW: %s") : "%s",
                    sentence);
    }
  benk_json_end_array (ctl->out);
}

static BenkStockSummary *
load (BenkCtl *ctl, guint days, GError **error)
{
  BenkStock *stock = benk_session_get_stock (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_stock_load_async (stock, days, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);

  return benk_stock_load_finish (stock, result, error);
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  int days = BENK_STOCK_ENDING_DAYS_PROPOSED;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkStockSummary) summary = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (days < 0 || days > MAX_DAYS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("--days is a number from 0 to %d."), MAX_DAYS);
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  summary = load (ctl, (guint) days, error);
  if (!summary)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  print_models (ctl, summary);
  print_places (ctl, summary);
  benk_json_add_int (ctl->out, "days", days);
  print_endings (ctl, summary);
  print_limits (ctl, summary);
  benk_json_end_object (ctl->out);
  return TRUE;
}

static gboolean
run_limit (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *place = NULL;
  const GOptionEntry entries[] = {
    { "place", 0, 0, G_OPTION_ARG_STRING, &place, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkStockSummary) summary = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkStock *stock;
  guint64 least;

  if (!benk_ctl_parse (&argc, &argv, entries, 2, 2, error))
    return FALSE;
  if (!g_ascii_string_to_unsigned (argv[2], 10, 0, BENK_STOCK_MAX_LEAST, &least, NULL))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("A limit is a number from 0 to %d."), BENK_STOCK_MAX_LEAST);
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  stock = benk_session_get_stock (ctl->session);
  benk_stock_set_limit_async (stock, argv[1], place, (guint) least, NULL,
                              benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_stock_set_limit_finish (stock, result, NULL, error))
    return FALSE;
  summary = load (ctl, BENK_STOCK_ENDING_DAYS_PROPOSED, error);
  if (!summary)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  print_limits (ctl, summary);
  benk_json_end_object (ctl->out);
  return TRUE;
}

const BenkCtlCommand benk_ctl_stock_commands[] = {
  { "stock", "limit", "MODEL N [--place PLACE]", run_limit },
  { "stock", "show", "[--days N]", run_show },
  { NULL, NULL, NULL, NULL },
};
