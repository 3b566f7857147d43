/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-visit-kind.h"

G_BEGIN_DECLS

/**
 * BenkVisitRow:
 * @id: the visit
 * @kind: what is done
 * @device: the device it is about; of a swap the one that goes out
 * @other: the device that takes over; nil = none
 * @person: whose home it is; nil = not known
 * @way: (nullable): "cable" or "checklist"
 * @lines: of a swap: a bit for each line that is to be done
 * @done: of a swap: a bit for each line that is done and leaves no other trace
 * @started_ms: UTC ms
 * @left_ms: UTC ms it was left unfinished for the last time; 0 = not
 * @ended_ms: UTC ms it was finished; 0 = not
 * @order: its beginning's place in the change log; 0 before it is read
 *
 * A visit or a swap that was begun.
 */
typedef struct
{
  BenkId id;
  BenkVisitKind kind;
  BenkId device;
  BenkId other;
  BenkId person;
  char *way;
  guint lines;
  guint done;
  gint64 started_ms;
  gint64 left_ms;
  gint64 ended_ms;
  gint64 order;
} BenkVisitRow;

void benk_visit_row_free (BenkVisitRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkVisitRow, benk_visit_row_free)

gboolean benk_table_visit_insert (BenkDb *db, BenkVisitRow *row, GError **error);
gboolean benk_table_visit_update (BenkDb *db, const BenkVisitRow *row, GError **error);
BenkVisitRow *benk_table_visit_get (BenkDb *db, const BenkId *id, GError **error);
BenkVisitRow *benk_table_visit_get_open (BenkDb *db,
                                         const BenkId *device,
                                         BenkVisitKind kind,
                                         GError **error);
GPtrArray *benk_table_visit_list_open (BenkDb *db, GError **error);
gboolean benk_table_visit_count_alarms (BenkDb *db,
                                        const BenkId *id,
                                        guint *count,
                                        GError **error);

G_END_DECLS
