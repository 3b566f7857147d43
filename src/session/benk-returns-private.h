/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-returns.h"
#include "benk-session-private.h"

G_BEGIN_DECLS

BenkSession *benk_returns_get_session (BenkReturns *self);

/* As benk_returns_open_async(), for a device that waits in quarantine to be reset: its
 * state follows when the return is packed. */
void benk_returns_open_in_quarantine_async (BenkReturns *self,
                                            const BenkId *device,
                                            const char *vendor,
                                            const char *reason,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

G_END_DECLS
