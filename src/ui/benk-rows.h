/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-history-item.h"

G_BEGIN_DECLS

/* Rows of a preferences group that are made anew when what they show changes; @rows
 * remembers them, because the group itself cannot be emptied. */
void benk_rows_clear (AdwPreferencesGroup *group, GPtrArray *rows);
GtkWidget *benk_rows_add (AdwPreferencesGroup *group,
                          GPtrArray *rows,
                          const char *title,
                          const char *subtitle);
GtkWidget *benk_rows_add_fact (AdwPreferencesGroup *group,
                               GPtrArray *rows,
                               const char *title,
                               const char *value);
GtkWidget *benk_rows_add_numbered (AdwPreferencesGroup *group,
                                   GPtrArray *rows,
                                   const char *number,
                                   const char *title);
GtkWidget *benk_rows_add_history (AdwPreferencesGroup *group,
                                  GPtrArray *rows,
                                  BenkHistoryItem *item,
                                  gint64 now_ms);

G_END_DECLS
