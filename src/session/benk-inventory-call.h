/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-caller.h"
#include "benk-inventory.h"

G_BEGIN_DECLS

void benk_inventory_note_call_async (BenkInventory *self,
                                     const BenkId *device,
                                     BenkCaller caller,
                                     const char *text,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

G_END_DECLS
