/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "benk-db.h"

G_BEGIN_DECLS

#define BENK_TYPE_STORE (benk_store_get_type ())
G_DECLARE_FINAL_TYPE (BenkStore, benk_store, BENK, STORE, GObject)

/**
 * BenkStoreWork:
 * @db: the connection of the thread the work runs on
 * @data: what was handed in
 * @cancellable: (nullable): what was handed in
 *
 * Work on a thread of the store. It must leave no transaction, scope or statement open.
 *
 * Returns: (transfer full) (nullable): the result, handed to the caller; %NULL with
 * @error set on failure
 */
typedef gpointer (*BenkStoreWork) (BenkDb *db,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);

BenkStore *
benk_store_create (const char *path, gboolean demo, BenkClock *clock, GError **error);
BenkStore *benk_store_open (const char *path, BenkClock *clock, GError **error);
void benk_store_close (BenkStore *self);

const char *benk_store_get_path (BenkStore *self);
gboolean benk_store_is_demo (BenkStore *self);
const BenkId *benk_store_get_site (BenkStore *self);
BenkClock *benk_store_get_clock (BenkStore *self);
gint64 benk_store_get_last_seq (BenkStore *self);

gpointer benk_store_write (BenkStore *self,
                           BenkStoreWork work,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);
gpointer benk_store_read (BenkStore *self,
                          BenkStoreWork work,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);
void benk_store_write_async (BenkStore *self,
                             BenkStoreWork work,
                             gpointer data,
                             GDestroyNotify destroy,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gpointer benk_store_write_finish (BenkStore *self, GAsyncResult *result, GError **error);
void benk_store_read_async (BenkStore *self,
                            BenkStoreWork work,
                            gpointer data,
                            GDestroyNotify destroy,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gpointer benk_store_read_finish (BenkStore *self, GAsyncResult *result, GError **error);

gboolean benk_store_try_engine (BenkStore *self, GError **error);
gboolean benk_store_is_engine (BenkStore *self);
void benk_store_release_engine (BenkStore *self);

G_END_DECLS
