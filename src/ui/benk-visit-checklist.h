/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-device.h"
#include "benk-session.h"

G_BEGIN_DECLS

GtkWidget *benk_visit_checklist_new_button (BenkSession *session, BenkDevice *device);

G_END_DECLS
