/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENK_TYPE_AUTH (benk_auth_get_type ())
G_DECLARE_FINAL_TYPE (BenkAuth, benk_auth, BENK, AUTH, GObject)

BenkAuth *benk_auth_new_none (void);
BenkAuth *benk_auth_new_file (const char *path);
BenkAuth *benk_auth_new_keyring (const char *feed_id);

void benk_auth_get_token_async (BenkAuth *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean benk_auth_get_token_finish (BenkAuth *self,
                                     GAsyncResult *result,
                                     char **token,
                                     GError **error);
void benk_auth_forget (BenkAuth *self);

void benk_auth_keep_async (const char *feed_id,
                           const char *label,
                           const char *token,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean benk_auth_keep_finish (GAsyncResult *result, GError **error);

G_END_DECLS
