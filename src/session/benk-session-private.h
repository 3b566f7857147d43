/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session.h"

#include "benk-scope.h"
#include "benk-store.h"

G_BEGIN_DECLS

BenkStore *benk_session_get_store (BenkSession *self);
const char *benk_session_get_account (BenkSession *self);
void benk_session_set_staff (BenkSession *self, BenkStaff *staff);
void benk_session_find_undo_label_async (BenkSession *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void benk_session_on_pointer (GObject *source, GAsyncResult *result, gpointer user_data);
char *benk_session_find_undo_label_finish (BenkSession *self, GAsyncResult *result);

/* Fills @change (by value, safe to hand to another thread) with verb, subject and the
 * chosen staff as actor; refused while the session is for looking only. */
gboolean benk_session_fill_change (BenkSession *self,
                                   BenkVerb verb,
                                   const BenkId *subject,
                                   BenkChange *change,
                                   GError **error);

gint64
benk_session_undo_row (BenkDb *db, const BenkChange *change, gint64 seq, GError **error);
gint64 benk_session_undo_held (
  BenkDb *db, const BenkChange *change, gint64 seq, GPtrArray **held, GError **error);
void benk_session_name_held (GString *text, GPtrArray *held);

/* When a store has been opened: the session over it, in the main context. @store and
 * @models (a #BenkModelsRead, of benk_models_load()) are the session's from then on. */
BenkSession *benk_session_new_over (BenkStore *store, BenkClock *clock, gpointer models);

/* Each room of the session is made by benk_session_open and keeps no reference to it. */
BenkInventory *benk_inventory_new (BenkSession *session);
BenkBench *benk_bench_new (BenkSession *session);
BenkAlarms *benk_alarms_new (BenkSession *session);
BenkFeeds *benk_feeds_new (BenkSession *session);
BenkReturns *benk_returns_new (BenkSession *session);
BenkVisits *benk_visits_new (BenkSession *session);
BenkPlans *benk_plans_new (BenkSession *session);
BenkStock *benk_stock_new (BenkSession *session);
BenkStocktake *benk_stocktake_new (BenkSession *session);
BenkDuties *benk_duties_new (BenkSession *session);
BenkGuidances *benk_guidances_new (BenkSession *session);

G_END_DECLS
