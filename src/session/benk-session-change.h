/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session-private.h"

G_BEGIN_DECLS

/*
 * BenkChangeWork:
 * @scope: the open scope; what is read here is what the change is based on
 * @data: what was handed in; may carry an answer back
 *
 * The inside of one change, on the store's writing thread.
 *
 * Returns: %FALSE with @error set; then nothing is changed
 */
typedef gboolean (*BenkChangeWork) (BenkDb *db,
                                    BenkScope *scope,
                                    gpointer data,
                                    GError **error);

void benk_session_change_async (BenkSession *session,
                                gpointer source,
                                BenkVerb verb,
                                const BenkId *subject,
                                BenkChangeWork work,
                                gpointer data,
                                GDestroyNotify destroy,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gpointer benk_session_change_finish (gpointer source,
                                     GAsyncResult *result,
                                     gint64 *seq,
                                     GError **error);

void benk_session_read_async (BenkSession *session,
                              gpointer source,
                              BenkStoreWork work,
                              gpointer data,
                              GDestroyNotify destroy,
                              GDestroyNotify free_answer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gpointer benk_session_read_finish (gpointer source, GAsyncResult *result, GError **error);

void benk_session_copy_record (GObject *from, GObject *to);

G_END_DECLS
