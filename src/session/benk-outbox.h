/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* Sends what waits: all of it, or what is about one alarm. Never an error because a hub
 * cannot be reached: then it goes on waiting. The error of finish is that of the store,
 * or, for one alarm, who was first (%BENK_ERROR_CONFLICT). */
void benk_outbox_flush_async (BenkSession *session,
                              GArray *alarms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean
benk_outbox_flush_finish (GAsyncResult *result, guint *n_accepted, GError **error);

G_END_DECLS
