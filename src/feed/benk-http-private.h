/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-error.h"
#include "benk-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A socket to the server, with the token; @url has passed benk_http_check_socket (). */
gboolean benk_http_check_socket (BenkHttp *self, const char *url, GError **error);
void benk_http_connect_async (BenkHttp *self,
                              const char *url,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
SoupWebsocketConnection *
benk_http_connect_finish (BenkHttp *self, GAsyncResult *result, GError **error);

SoupSession *benk_http_get_session (BenkHttp *self);
BenkAuth *benk_http_get_auth (BenkHttp *self);
gboolean benk_http_is_this_machine (const char *host);
GError *benk_http_error_map (const GError *error,
                             gboolean timed_out,
                             GTlsCertificateFlags certificate);
void benk_http_error_set (
  GError **error, int code, BenkTrouble trouble, guint status, const char *words);

G_END_DECLS
