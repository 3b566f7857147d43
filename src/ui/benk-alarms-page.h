/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARMS_PAGE (benk_alarms_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmsPage, benk_alarms_page, BENK, ALARMS_PAGE, GtkWidget)

GtkWidget *benk_alarms_page_new (BenkSession *session);
void benk_alarms_page_show_alarm (BenkAlarmsPage *self, const char *id);
gboolean benk_alarms_page_note_call (BenkAlarmsPage *self);

G_END_DECLS
