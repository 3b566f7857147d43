/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* How alarms of a month were followed up. */
#define BENK_TYPE_REPORTS_PAGE (benk_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkReportsPage, benk_reports_page, BENK, REPORTS_PAGE, GtkWidget)

GtkWidget *benk_reports_page_new (BenkSession *session);

G_END_DECLS
