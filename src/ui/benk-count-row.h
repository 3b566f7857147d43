/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-count-item.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* A list view of BenkCountItem rows that fills when it is given an array of them. */
void benk_count_row_set_up (GtkListView *view, BenkSession *session);
void benk_count_row_fill (GListStore *store, GPtrArray *items);

G_END_DECLS
