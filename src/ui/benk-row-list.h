/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-id.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

/**
 * BenkRowListKind:
 * @new_row: makes a row
 * @show: shows an item in a row; %NULL empties it
 * @get_id: tells an item from the others
 *
 * What stands in a list, one of which is shown in full beside it.
 */
typedef struct
{
  GtkWidget *(*new_row) (BenkTicker *ticker);
  void (*show) (GtkWidget *row, gpointer item);
  const BenkId *(*get_id) (gpointer item);
} BenkRowListKind;

GtkSingleSelection *benk_row_list_set_up (GtkListView *view,
                                          GListModel *model,
                                          const BenkRowListKind *kind,
                                          BenkTicker *ticker);
void benk_row_list_select (GtkSingleSelection *selection,
                           const BenkRowListKind *kind,
                           BenkId *wanted);

G_END_DECLS
