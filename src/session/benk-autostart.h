/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the desktop starts the program at login. */
#define BENK_TYPE_AUTOSTART (benk_autostart_get_type ())
G_DECLARE_FINAL_TYPE (BenkAutostart, benk_autostart, BENK, AUTOSTART, GObject)

BenkAutostart *benk_autostart_new (void);
gboolean benk_autostart_is_sandboxed (BenkAutostart *self);

void benk_autostart_look_async (BenkAutostart *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean benk_autostart_look_finish (BenkAutostart *self,
                                     GAsyncResult *result,
                                     gboolean *is_on,
                                     GError **error);
void benk_autostart_set_async (BenkAutostart *self,
                               gboolean on,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean benk_autostart_set_finish (BenkAutostart *self,
                                    GAsyncResult *result,
                                    gboolean *is_on,
                                    GError **error);

G_END_DECLS
