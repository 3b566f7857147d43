/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_RETURNS_PAGE (benk_returns_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkReturnsPage, benk_returns_page, BENK, RETURNS_PAGE, GtkWidget)

GtkWidget *benk_returns_page_new (BenkSession *session);
void benk_returns_page_show_return (BenkReturnsPage *self, const char *id);

G_END_DECLS
