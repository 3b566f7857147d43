/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-count-item.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* What the count says of one device, to be read from a distance, and what can be done
 * about it. */
#define BENK_TYPE_COUNT_VERDICT_PANEL (benk_count_verdict_panel_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkCountVerdictPanel, benk_count_verdict_panel, BENK, COUNT_VERDICT_PANEL, GtkWidget)

void benk_count_verdict_panel_set_session (BenkCountVerdictPanel *self,
                                           BenkSession *session);
void benk_count_verdict_panel_set_place (BenkCountVerdictPanel *self, const char *place);
void benk_count_verdict_panel_show (BenkCountVerdictPanel *self,
                                    BenkCountItem *item,
                                    gboolean already);
BenkCountItem *benk_count_verdict_panel_get_item (BenkCountVerdictPanel *self);

G_END_DECLS
