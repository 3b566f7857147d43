/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session.h"

G_BEGIN_DECLS

void benk_demo_reserve_async (BenkSession *session,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean
benk_demo_reserve_finish (BenkSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
