/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/* The serial number of the one open alarm that is technical. */
#define BENK_WALK_MONDAY_SERIAL "MD0000103"

/* Monday morning: nobody watched since Friday. 14 alarms: 8 were closed in another
 * system, 3 settled by the dispenser; one of care, one of medicine and one technical are
 * open. The window shows the page of alarms. Returns: (transfer full): the source; unref
 * at the end
 */
GObject *benk_walk_monday_set_up (BenkStage *stage);

/* The card of the page, or one of its widgets. */
GtkWidget *benk_walk_monday_get_card (BenkStage *stage, const char *id);

/* To the end: what the coordinator told on the telephone, the technical one taken, the
 * card put away; by keys and pointer. */
void benk_walk_monday_handle (BenkStage *stage);

G_END_DECLS
