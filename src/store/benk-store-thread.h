/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-store.h"

G_BEGIN_DECLS

/**
 * BenkStoreThread:
 *
 * A thread that owns one connection and does its work in order.
 */
typedef struct _BenkStoreThread BenkStoreThread;

typedef BenkDb *(*BenkStoreThreadOpen) (gpointer owner, GError **error);
typedef void (*BenkStoreThreadDone) (BenkDb *db, gpointer owner);

BenkStoreThread *benk_store_thread_new (const char *name,
                                        BenkStoreThreadOpen open,
                                        BenkStoreThreadDone done,
                                        gpointer owner,
                                        GError **error);
void benk_store_thread_free (BenkStoreThread *self);

gpointer benk_store_thread_run (BenkStoreThread *self,
                                BenkStoreWork work,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);
void benk_store_thread_push (BenkStoreThread *self,
                             BenkStoreWork work,
                             gpointer data,
                             GDestroyNotify destroy,
                             GTask *task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkStoreThread, benk_store_thread_free)

G_END_DECLS
