/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-count.h"
#include "benk-session.h"
#include "benk-state.h"

G_BEGIN_DECLS

/* Counts of what is on the shelves. One goes on at a time; several programs may look at
 * it and scan. Each scan is kept before it is shown. The signal "changed" says that what
 * was loaded may be another now. */
#define BENK_TYPE_STOCKTAKE (benk_stocktake_get_type ())
G_DECLARE_FINAL_TYPE (BenkStocktake, benk_stocktake, BENK, STOCKTAKE, GObject)

/* More differences or missing ones are not shown one by one. */
#define BENK_STOCKTAKE_MAX_ITEMS 1000

/**
 * BenkStocktakeView:
 * @count: (nullable): the count; %NULL when none goes on
 * @missing: (element-type BenkCountItem): expected and not found yet
 * @differences: (element-type BenkCountItem): found and not as it should be, newest first
 *
 * A count as it stands.
 */
typedef struct
{
  BenkCount *count;
  GPtrArray *missing;
  GPtrArray *differences;
} BenkStocktakeView;

void benk_stocktake_view_free (BenkStocktakeView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkStocktakeView, benk_stocktake_view_free)

/**
 * BenkStocktakeFix:
 * @item: what it is about
 * @fix: what is done
 * @state: with %BENK_COUNT_FIX_STATE the new state
 * @model_id: (nullable): with %BENK_COUNT_FIX_REGISTER what it is
 * @another: with %BENK_COUNT_FIX_REGISTER: somebody has looked, it is another device with
 * the same serial
 * @place: (nullable): where it is, where the count does not know
 * @reason: (nullable): why one goes on without what is owed
 *
 * What is to be done about a difference.
 */
typedef struct
{
  BenkId item;
  BenkCountFix fix;
  BenkDeviceState state;
  const char *model_id;
  gboolean another;
  const char *place;
  const char *reason;
} BenkStocktakeFix;

/* @id: (nullable): the one that goes on. */
void benk_stocktake_load_async (BenkStocktake *self,
                                const BenkId *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkStocktakeView *
benk_stocktake_load_finish (BenkStocktake *self, GAsyncResult *result, GError **error);

/* An array of BenkCount, the newest first. */
void benk_stocktake_list_async (BenkStocktake *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
benk_stocktake_list_finish (BenkStocktake *self, GAsyncResult *result, GError **error);

/* An array of BenkPlace: the places of our own that can be counted. */
void benk_stocktake_list_places_async (BenkStocktake *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *benk_stocktake_list_places_finish (BenkStocktake *self,
                                              GAsyncResult *result,
                                              GError **error);

/* Changes of the count itself; each ends in benk_stocktake_change_finish. */
void benk_stocktake_start_async (BenkStocktake *self,
                                 const char *place,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void benk_stocktake_end_async (BenkStocktake *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void benk_stocktake_drop_async (BenkStocktake *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_stocktake_settle_async (BenkStocktake *self,
                                  const BenkStocktakeFix *fix,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean benk_stocktake_change_finish (BenkStocktake *self,
                                       GAsyncResult *result,
                                       gint64 *seq,
                                       GError **error);

/* Everything that was fixed for the count, and the count. */
void benk_stocktake_take_back_async (BenkStocktake *self,
                                     const BenkId *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean benk_stocktake_take_back_finish (BenkStocktake *self,
                                          GAsyncResult *result,
                                          guint *n_undone,
                                          GError **error);

void benk_stocktake_scan_async (BenkStocktake *self,
                                const char *code,
                                const char *at,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkCountItem *benk_stocktake_scan_finish (BenkStocktake *self,
                                           GAsyncResult *result,
                                           gboolean *already,
                                           GError **error);

/* The result as a PDF and as a list for a spreadsheet. */
void benk_stocktake_write_async (BenkStocktake *self,
                                 const BenkId *id,
                                 GFile *file,
                                 gboolean as_csv,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean
benk_stocktake_write_finish (BenkStocktake *self, GAsyncResult *result, GError **error);

G_END_DECLS
