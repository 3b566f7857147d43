/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-alarms-shown.h"

G_BEGIN_DECLS

void benk_alarms_hold_attach (GtkWidget *area, GtkWidget *page, BenkAlarmsShown *shown);
char *benk_alarms_hold_describe (const BenkAlarmsWaiting *waiting);

G_END_DECLS
