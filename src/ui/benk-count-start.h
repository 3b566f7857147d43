/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* Where a count begins, and what earlier ones came to. The signal "show-count" (id as
 * text) says that a person wants to see an earlier one. */
#define BENK_TYPE_COUNT_START (benk_count_start_get_type ())
G_DECLARE_FINAL_TYPE (BenkCountStart, benk_count_start, BENK, COUNT_START, GtkWidget)

void benk_count_start_set_session (BenkCountStart *self, BenkSession *session);
void benk_count_start_load (BenkCountStart *self);
GListModel *benk_count_start_get_places (BenkCountStart *self);

G_END_DECLS
