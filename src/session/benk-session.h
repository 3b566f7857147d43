/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"
#include "benk-id.h"
#include "benk-staff.h"

G_BEGIN_DECLS

/**
 * BenkSessionFlags:
 * @BENK_SESSION_NONE: read and write one store
 * @BENK_SESSION_ENGINE: also try to become the process that runs feeds, outbox and
 * notifier
 *
 * How a session is opened.
 */
typedef enum
{
  BENK_SESSION_NONE = 0,
  BENK_SESSION_ENGINE = 1 << 0,
} BenkSessionFlags;

#define BENK_TYPE_SESSION (benk_session_get_type ())
G_DECLARE_FINAL_TYPE (BenkSession, benk_session, BENK, SESSION, GObject)

/* The rooms of the program without a screen; each has its own header. */
typedef struct _BenkModels BenkModels;
typedef struct _BenkInventory BenkInventory;
typedef struct _BenkBench BenkBench;
typedef struct _BenkAlarms BenkAlarms;
typedef struct _BenkFeeds BenkFeeds;
typedef struct _BenkReturns BenkReturns;
typedef struct _BenkVisits BenkVisits;
typedef struct _BenkPlans BenkPlans;
typedef struct _BenkStock BenkStock;
typedef struct _BenkStocktake BenkStocktake;
typedef struct _BenkDuties BenkDuties;
typedef struct _BenkGuidances BenkGuidances;
typedef struct _BenkAttention BenkAttention;

void benk_session_create_store_async (const char *path,
                                      gboolean demo,
                                      BenkClock *clock,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean benk_session_create_store_finish (GAsyncResult *result, GError **error);

void benk_session_open_async (const char *path,
                              BenkSessionFlags flags,
                              BenkClock *clock,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
BenkSession *benk_session_open_finish (GAsyncResult *result, GError **error);

const char *benk_session_get_path (BenkSession *self);
gboolean benk_session_is_demo (BenkSession *self);
gboolean benk_session_is_engine (BenkSession *self);
BenkClock *benk_session_get_clock (BenkSession *self);

BenkStaff *benk_session_get_staff (BenkSession *self);
void benk_session_list_staff_async (BenkSession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GListModel *
benk_session_list_staff_finish (BenkSession *self, GAsyncResult *result, GError **error);
void benk_session_choose_staff_async (BenkSession *self,
                                      const char *initials,
                                      const char *name,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean benk_session_choose_staff_finish (BenkSession *self,
                                           GAsyncResult *result,
                                           GError **error);

BenkModels *benk_session_get_models (BenkSession *self);
BenkInventory *benk_session_get_inventory (BenkSession *self);
BenkBench *benk_session_get_bench (BenkSession *self);
BenkAlarms *benk_session_get_alarms (BenkSession *self);
BenkFeeds *benk_session_get_feeds (BenkSession *self);
BenkReturns *benk_session_get_returns (BenkSession *self);
BenkVisits *benk_session_get_visits (BenkSession *self);
BenkPlans *benk_session_get_plans (BenkSession *self);
BenkStock *benk_session_get_stock (BenkSession *self);
BenkStocktake *benk_session_get_stocktake (BenkSession *self);
BenkDuties *benk_session_get_duties (BenkSession *self);
BenkGuidances *benk_session_get_guidances (BenkSession *self);
BenkAttention *benk_session_get_attention (BenkSession *self);

const char *benk_session_get_undo_label (BenkSession *self);
void benk_session_undo_async (BenkSession *self,
                              gint64 seq,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *benk_session_undo_finish (BenkSession *self,
                                GAsyncResult *result,
                                gint64 *seq,
                                GError **error);
void benk_session_verify_async (BenkSession *self,
                                gint64 row,
                                const char *hash,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean benk_session_verify_finish (BenkSession *self,
                                     GAsyncResult *result,
                                     gint64 *head_seq,
                                     char **head_hash,
                                     GError **error);

G_END_DECLS
