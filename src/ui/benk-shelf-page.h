/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-devices-page.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* The page of devices: as a list, as stock, and the count of what is on the shelves. */
#define BENK_TYPE_SHELF_PAGE (benk_shelf_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkShelfPage, benk_shelf_page, BENK, SHELF_PAGE, GtkWidget)

GtkWidget *benk_shelf_page_new (BenkSession *session);
BenkDevicesPage *benk_shelf_page_get_list (BenkShelfPage *self);
GtkWidget *benk_shelf_page_show_view (BenkShelfPage *self, const char *name);

G_END_DECLS
