/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-device-card.h"
#include "benk-session.h"

G_BEGIN_DECLS

GtkWidget *
benk_guard_link_new (BenkSession *session, BenkDevice *device, BenkNextGuard *guard);

G_END_DECLS
