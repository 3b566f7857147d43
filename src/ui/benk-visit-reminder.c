/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-reminder.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-visit.h"

static void
offer (BenkWindow *window, BenkVisit *visit)
{
  BenkDevice *device = benk_visit_get_device (visit);
  const char *asset = benk_device_get_asset (device);
  const char *name = asset && *asset ? asset : benk_device_get_serial (device);
  gboolean swap = benk_visit_get_kind (visit) == BENK_VISIT_SWAP;
  g_autofree char *sentence =
    swap ? g_strdup_printf (_ ("The swap of %s is not finished."), name)
         : g_strdup_printf (_ ("The home visit about %s is not finished."), name);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
  g_autoptr (GVariant) target = g_variant_ref_sink (
    g_variant_new_string (swap ? id : benk_device_get_serial (device)));
  g_autofree char *action =
    g_action_print_detailed_name (swap ? "win.swap" : "win.visit", target);

  benk_window_offer (window, sentence, _ ("_Go On"), action);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) open =
    benk_visits_list_finish (BENK_VISITS (source), result, &error);
  g_autoptr (BenkVisit) newest = open ? g_list_model_get_item (open, 0) : NULL;

  if (error && !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    benk_window_tell_error (window, error);
  else if (newest && benk_window_get_session (window))
    offer (window, newest);
}

/**
 * benk_visit_reminder_offer:
 * @window: the main window, just shown
 *
 * Offers to go on with what was left unfinished, the newest first.
 */
void
benk_visit_reminder_offer (BenkWindow *window)
{
  BenkSession *session = benk_window_get_session (window);

  benk_visits_list_async (benk_session_get_visits (session), NULL, on_listed,
                          g_object_ref (window));
}
