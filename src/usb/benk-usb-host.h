/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean benk_usb_host_sends_events (void);
gboolean benk_usb_host_has_rule (void);
gboolean benk_usb_host_is_made_up (guint bus);
char *benk_usb_host_describe_refusal (void);

G_END_DECLS
