/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-device-card.h"
#include "benk-device.h"
#include "benk-fact.h"
#include "benk-reading.h"
#include "benk-session.h"
#include "benk-visit-kind.h"

G_BEGIN_DECLS

/**
 * BenkVisitItemState:
 * @BENK_VISIT_ITEM_OPEN: not done yet
 * @BENK_VISIT_ITEM_DONE: done
 * @BENK_VISIT_ITEM_LATER: can only be seen when there is a network; it is owed
 *
 * How far one thing of a visit is.
 */
typedef enum
{
  BENK_VISIT_ITEM_OPEN,
  BENK_VISIT_ITEM_DONE,
  BENK_VISIT_ITEM_LATER,
} BenkVisitItemState;

/* One thing to see to in a home. Things of one section belong together. */
#define BENK_TYPE_VISIT_ITEM (benk_visit_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkVisitItem, benk_visit_item, BENK, VISIT_ITEM, GObject)
const char *benk_visit_item_get_id (BenkVisitItem *self);
guint benk_visit_item_get_section (BenkVisitItem *self);
const char *benk_visit_item_get_section_label (BenkVisitItem *self);
const char *benk_visit_item_get_label (BenkVisitItem *self);
BenkVisitItemState benk_visit_item_get_state (BenkVisitItem *self);
const char *benk_visit_item_get_state_name (BenkVisitItem *self);
/* Who, when, and what was found; or NULL. */
const char *benk_visit_item_get_detail (BenkVisitItem *self);
/* What is signed by ticking it; BENK_FACT_NONE for the settings. */
BenkFactKind benk_visit_item_get_fact (BenkVisitItem *self);

/* A visit: one device, its user, and what is to be seen to. Signal "changed" when any of
 * it is different. */
#define BENK_TYPE_VISIT (benk_visit_get_type ())
G_DECLARE_FINAL_TYPE (BenkVisit, benk_visit, BENK, VISIT, GObject)
const BenkId *benk_visit_get_id (BenkVisit *self);
BenkVisitKind benk_visit_get_kind (BenkVisit *self);
BenkDevice *benk_visit_get_device (BenkVisit *self);
gint64 benk_visit_get_started_ms (BenkVisit *self);
gboolean benk_visit_is_ended (BenkVisit *self);
GListModel *benk_visit_get_items (BenkVisit *self);
/* What must be done before the end, and what may be done afterwards: BenkNextGuard. */
GListModel *benk_visit_get_missing (BenkVisit *self);
GListModel *benk_visit_get_owed (BenkVisit *self);
BenkSettingsKnown benk_visit_get_settings_known (BenkVisit *self);
/* How many alarms came since it began and are open; of any device, without a word. */
guint benk_visit_get_n_new_alarms (BenkVisit *self);
char *benk_visit_dup_record_text (BenkVisit *self);

#define BENK_TYPE_VISITS (benk_visits_get_type ())
G_DECLARE_FINAL_TYPE (BenkVisits, benk_visits, BENK, VISITS, GObject)

/* The visit that this program shows now, or NULL: meanwhile it tells of no alarm. */
BenkVisit *benk_visits_get_current (BenkVisits *self);
BenkReading *benk_visits_get_reading (BenkVisits *self);
void benk_visits_set_current (BenkVisits *self, BenkVisit *visit);

gboolean benk_visits_guess_kind (BenkDeviceState state, BenkVisitKind *out_kind);

/* Begins a visit, or goes on with one that was left. */
void benk_visits_start_async (BenkVisits *self,
                              const BenkId *device,
                              BenkVisitKind kind,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
BenkVisit *
benk_visits_start_finish (BenkVisits *self, GAsyncResult *result, GError **error);

/* What was begun and is not finished, the newest first, swaps included: BenkVisit. */
void benk_visits_list_async (BenkVisits *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GListModel *
benk_visits_list_finish (BenkVisits *self, GAsyncResult *result, GError **error);

/* Ticks one thing: @text is what was scanned or found, @stated_by who states it. */
void benk_visits_tick_async (BenkVisits *self,
                             BenkVisit *visit,
                             const char *item,
                             const char *text,
                             const char *stated_by,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean benk_visits_tick_finish (BenkVisits *self, GAsyncResult *result, GError **error);

/* Done: the state follows; what is owed needs a reason. Left: all stays where it is. */
void benk_visits_done_async (BenkVisits *self,
                             BenkVisit *visit,
                             const char *owed_reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void benk_visits_leave_async (BenkVisits *self,
                              BenkVisit *visit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_visits_end_finish (BenkVisits *self, GAsyncResult *result, GError **error);

/* Reads a visit again as it is now. */
void benk_visits_refresh_async (BenkVisits *self,
                                BenkVisit *visit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean
benk_visits_refresh_finish (BenkVisits *self, GAsyncResult *result, GError **error);

G_END_DECLS
