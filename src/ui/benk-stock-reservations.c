/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stock-reservations.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-reservation.h"
#include "benk-rows.h"

static char *
describe (BenkSession *session, const BenkReservation *one)
{
  g_autofree char *words = benk_reservation_describe (one);

  return g_strdup_printf (
    "%s\n%s%s%s · %s · %s", words, one->asset ? one->asset : "", one->asset ? " · " : "",
    benk_inventory_get_model_name (benk_session_get_inventory (session), one->model_id),
    one->serial, benk_device_state_get_label (one->state, TRUE));
}

static void
add_one (AdwPreferencesGroup *group,
         GPtrArray *rows,
         BenkSession *session,
         const BenkReservation *one)
{
  g_autofree char *id = benk_id_to_string (&one->device);
  g_autofree char *title =
    g_strdup_printf (_ ("Reserved for %s"),
                     one->reference ? one->reference : _ ("erased"));
  g_autofree char *subtitle = describe (session, one);
  GtkWidget *row = benk_rows_add (group, rows, title, subtitle);

  if (one->needs_device || benk_reservation_is_overdue (one))
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-device");
}

/**
 * benk_stock_reservations_show:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @summary: the shelf at a glance
 *
 * Shows what is kept for whom: what is overdue, or needs another device, comes first.
 */
void
benk_stock_reservations_show (AdwPreferencesGroup *group,
                              GPtrArray *rows,
                              BenkSession *session,
                              const BenkStockSummary *summary)
{
  benk_rows_clear (group, rows);
  for (guint i = 0; i < summary->reservations->len; i++)
    add_one (group, rows, session, g_ptr_array_index (summary->reservations, i));
  if (summary->reservations->len == 0)
    benk_rows_add (group, rows, _ ("Nothing is reserved."), NULL);
}

/**
 * benk_stock_forecast_show:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @summary: the shelf at a glance
 *
 * Shows when each model runs out, and what that rests on.
 */
void
benk_stock_forecast_show (AdwPreferencesGroup *group,
                          GPtrArray *rows,
                          BenkSession *session,
                          const BenkStockSummary *summary)
{
  BenkInventory *inventory = benk_session_get_inventory (session);

  benk_rows_clear (group, rows);
  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);
      g_autofree char *words = benk_forecast_describe (&model->forecast);

      benk_rows_add (group, rows,
                     benk_inventory_get_model_name (inventory, model->model_id), words);
    }
}
