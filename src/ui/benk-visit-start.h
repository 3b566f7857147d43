/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-device.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* Begins or goes on with the visit of a device and shows it in @window. */
void benk_visit_start (GtkWindow *window, BenkSession *session, BenkDevice *device);

G_END_DECLS
