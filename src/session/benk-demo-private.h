/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-demo.h"

G_BEGIN_DECLS

void benk_demo_look_async (BenkSession *session,
                           gpointer source,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean benk_demo_look_finish (gpointer source, GAsyncResult *result, GError **error);

G_END_DECLS
