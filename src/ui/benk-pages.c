/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-pages.h"

#include <glib/gi18n.h>

static GtkWidget *
build_empty (BenkSession *session)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing here yet"));
  return page;
}

const BenkPage benk_pages[] = {
  { "alarms", N_ ("Alarms"), "benk-alarms-symbolic", build_empty, NULL },
  { "devices", N_ ("Devices"), "benk-devices-symbolic", build_empty, NULL },
  { "bench", N_ ("Bench"), "benk-bench-symbolic", build_empty, NULL },
  { "returns", N_ ("Returns"), "benk-returns-symbolic", build_empty, NULL },
  { NULL, NULL, NULL, NULL, NULL },
};

/**
 * benk_pages_search:
 * @devices_page: the page of devices
 * @text: what is typed so far, maybe empty
 *
 * Shows the devices that match.
 */
void
benk_pages_search (GtkWidget *devices_page, const char *text)
{
}

/**
 * benk_pages_search_activate:
 * @devices_page: the page of devices
 * @text: what was typed or scanned, ended by Enter
 *
 * Opens the one device that @text names.
 */
void
benk_pages_search_activate (GtkWidget *devices_page, const char *text)
{
}

/**
 * benk_pages_route:
 * @window: the window
 * @action: what to open, such as "new-alarm" or "show-device"
 * @target: (nullable): the id of what to open
 *
 * Brings a person to the page where @action is done.
 */
void
benk_pages_route (BenkWindow *window, const char *action, const char *target)
{
}
