/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-visit.h"

#include "benk-session-private.h"
#include "benk-store.h"
#include "benk-table-visit.h"

G_BEGIN_DECLS

/* Everything a page about a visit shows, as of one instant. */
typedef struct
{
  BenkVisitRow *row;
  BenkDevice *device;
  GListStore *items;
  GListStore *missing;
  GListStore *owed;
  BenkSettingsKnown known;
  guint n_new_alarms;
  char *record_text;
} BenkVisitView;

/* What is asked: one visit, by id. */
typedef struct
{
  BenkId id;
  gboolean demo;
} BenkVisitQuestion;

BenkVisitQuestion *benk_visit_question_new (BenkSession *session, const BenkId *visit);
void benk_visit_view_free (BenkVisitView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkVisitView, benk_visit_view_free)
gpointer benk_visit_load (BenkDb *db,
                          gpointer question,
                          GCancellable *cancellable,
                          GError **error);
gpointer benk_visit_load_open (BenkDb *db,
                               gpointer question,
                               GCancellable *cancellable,
                               GError **error);

/* The state that the end of a visit brings; FALSE when it leaves it. */
gboolean benk_visit_get_goal (BenkVisitKind kind, BenkDeviceState *out_state);

BenkVisit *benk_visit_new (BenkVisitView *view);
void benk_visit_take (BenkVisit *self, BenkVisitView *view);

/* The things to see to, in order, for a kind of visit. */
typedef struct
{
  const char *id;
  guint section;
  const char *section_label;
  const char *label; /* NULL: as the fact is called */
  BenkFactKind fact;
  const char *guard; /* that says so as well, or NULL */
  gboolean later;
} BenkVisitThing;

const BenkVisitThing *benk_visit_get_things (BenkVisitKind kind, gsize *n_things);
const BenkVisitThing *benk_visit_find_thing (BenkVisitKind kind, const char *id);
BenkVisitItem *benk_visit_item_new (const BenkVisitThing *thing,
                                    BenkVisitItemState state,
                                    const char *detail);

BenkSession *benk_visits_get_session (BenkVisits *self);

G_END_DECLS
