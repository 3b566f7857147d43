/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* Shows alarms as desktop notifications: no names, no reference. What hinders it stands
 * at the session's BenkAttention. Signals "take" and "show" (const char *alarm_id) when a
 * person answers a bubble, "show-alarms" for one about several or about the sources, and
 * "show-stock" for the one about low stock. */
#define BENK_TYPE_NOTIFIER (benk_notifier_get_type ())
G_DECLARE_FINAL_TYPE (BenkNotifier, benk_notifier, BENK, NOTIFIER, GObject)

BenkNotifier *benk_notifier_new (BenkSession *session);
void benk_notifier_end (BenkNotifier *self);
const char *benk_notifier_get_activation_token (BenkNotifier *self);

G_END_DECLS
