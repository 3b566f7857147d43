/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-auth.h"
#include "benk-clock-skew.h"
#include "benk-clock.h"

G_BEGIN_DECLS

/* One answer of a server, whole and within the limit. */
typedef struct
{
  guint status;
  GBytes *body;
  char *content_type; /* nullable */
  char *etag;         /* nullable */
  char *location;     /* nullable */
  gint64 date_ms;     /* -1: no Date */
  gint64 retry_ms;    /* -1: no Retry-After; else ms from now */
} BenkHttpAnswer;

#define BENK_TYPE_HTTP (benk_http_get_type ())
G_DECLARE_FINAL_TYPE (BenkHttp, benk_http, BENK, HTTP, GObject)

BenkHttp *
benk_http_new (const char *base_url, BenkAuth *auth, BenkClock *clock, GError **error);
const char *benk_http_get_base (BenkHttp *self);
BenkClock *benk_http_get_clock (BenkHttp *self);
void benk_http_set_limits (BenkHttp *self, gsize max_octets, gint64 timeout_ms);
gint64 benk_http_get_skew_ms (BenkHttp *self);
gboolean benk_http_get_sample (BenkHttp *self, BenkClockSample *sample);
gint64 benk_http_get_retry_ms (BenkHttp *self);

char *benk_http_resolve (BenkHttp *self, const char *address, GError **error);

void benk_http_fetch_async (BenkHttp *self,
                            const char *url,
                            const char *if_none_match,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void benk_http_send_async (BenkHttp *self,
                           const char *method,
                           const char *url,
                           const char *if_match,
                           GBytes *body,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
BenkHttpAnswer *
benk_http_send_finish (BenkHttp *self, GAsyncResult *result, GError **error);

gboolean benk_http_answer_check (const BenkHttpAnswer *answer, GError **error);
void benk_http_answer_free (BenkHttpAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkHttpAnswer, benk_http_answer_free)

G_END_DECLS
