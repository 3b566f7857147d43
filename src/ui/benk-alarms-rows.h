/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms-plan.h"

G_BEGIN_DECLS

void benk_alarms_rows_make (GPtrArray *entries,
                            const BenkAlarmsPlan *plan,
                            GPtrArray *strip,
                            GPtrArray *rows);
void benk_alarms_rows_compare (GPtrArray *old, GPtrArray *rows, guint *head, guint *tail);
GPtrArray *benk_alarms_rows_list (GListModel *strip, GPtrArray *rows);
void benk_alarms_rows_splice (GListStore *store, GPtrArray *rows, guint few);

G_END_DECLS
