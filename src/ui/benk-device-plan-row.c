/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-plan-row.h"

#include <glib/gi18n.h>

#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-wording.h"

/**
 * benk_device_plan_row_is_needed:
 * @state: of a device
 *
 * Returns: whether settings matter: it dispenses by them, or is about to
 */
gboolean
benk_device_plan_row_is_needed (BenkDeviceState state)
{
  return state == BENK_DEVICE_STATE_READY || state == BENK_DEVICE_STATE_TRIAL ||
         state == BENK_DEVICE_STATE_OPERATION || state == BENK_DEVICE_STATE_PAUSED;
}

static char *
describe (BenkDeviceCard *card, gint64 now_ms)
{
  BenkDevice *device = benk_device_card_get_device (card);
  BenkPlanVersion *plan = benk_device_card_get_plan (card);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *made = NULL;
  g_autofree char *confirmed = NULL;

  if (!plan)
    return g_strdup (_ ("Not known which settings are in the device"));
  made = benk_wording_instant (benk_plan_version_get_made_ms (plan), now_ms, zone);
  /* The same settings may have been written to another device since. */
  if (benk_plan_version_get_verified_ms (plan) == 0 ||
      !benk_id_equal (benk_plan_version_get_device_id (plan),
                      benk_device_get_id (device)))
    /* Translators: when these settings were saved. */
    return g_strdup_printf (_ ("Saved %s"), made);
  confirmed =
    benk_wording_instant (benk_plan_version_get_verified_ms (plan), now_ms, zone);

  /* Translators: when these settings were saved, since when the device has them, how that
   * is known. */
  return g_strdup_printf (_ ("Saved %s, in the device since %s · %s"), made, confirmed,
                          benk_link_kind_get_label (
                            benk_plan_version_get_link_kind (plan)));
}

/**
 * benk_device_plan_row_add:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds which settings the device holds and since when, as a link to the settings of its
 * user; nothing for a device that needs none.
 */
void
benk_device_plan_row_add (AdwPreferencesGroup *group,
                          GPtrArray *rows,
                          BenkSession *session,
                          BenkDeviceCard *card)
{
  BenkDevice *device = benk_device_card_get_device (card);
  const char *user = benk_device_get_person_ref (device);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  g_autofree char *text = NULL;
  GtkWidget *row;

  if (!benk_device_plan_row_is_needed (benk_device_get_state (device)))
    return;
  text = describe (card, now_ms);
  row = benk_rows_add (group, rows, _ ("Settings"), text);
  if (!user || !benk_session_get_staff (session))
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", user);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.plan");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
}
