/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-start.h"

#include "benk-visit-page.h"
#include "benk-visit.h"
#include "benk-window.h"

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVisit) visit =
    benk_visits_start_finish (BENK_VISITS (source), result, &error);

  if (!visit)
    {
      benk_window_tell_error (window, error);
      return;
    }
  if (!benk_window_get_session (window))
    return;
  benk_visits_set_current (BENK_VISITS (source), visit);
  benk_window_show_alone (window,
                          benk_visit_page_new (benk_window_get_session (window), visit));
}

/**
 * benk_visit_start:
 * @window: the main window
 * @session: the open session
 * @device: the device that is visited
 *
 * Begins the visit that the state of @device calls for, or goes on with it.
 */
void
benk_visit_start (GtkWindow *window, BenkSession *session, BenkDevice *device)
{
  BenkVisitKind kind = BENK_VISIT_INSTALL;

  benk_visits_guess_kind (benk_device_get_state (device), &kind);
  benk_visits_start_async (benk_session_get_visits (session), benk_device_get_id (device),
                           kind, NULL, on_started, g_object_ref (window));
}
