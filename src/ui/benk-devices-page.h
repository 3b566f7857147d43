/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_DEVICES_PAGE (benk_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkDevicesPage, benk_devices_page, BENK, DEVICES_PAGE, GtkWidget)

GtkWidget *benk_devices_page_new (BenkSession *session);
void benk_devices_page_search (BenkDevicesPage *self, const char *text);
void benk_devices_page_show_only (BenkDevicesPage *self,
                                  guint32 states,
                                  const char *model_id,
                                  const char *text);
void benk_devices_page_open (BenkDevicesPage *self, const char *text);
gboolean benk_devices_page_note_call (BenkDevicesPage *self);
void benk_devices_page_show_device (BenkDevicesPage *self, const char *id);

G_END_DECLS
