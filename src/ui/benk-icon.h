/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BENK_TYPE_ICON (benk_icon_get_type ())
G_DECLARE_FINAL_TYPE (BenkIcon, benk_icon, BENK, ICON, GObject)

GtkWidget *benk_icon_image_new (const char *name);
void benk_icon_show_on (AdwStatusPage *page, const char *name);

G_END_DECLS
