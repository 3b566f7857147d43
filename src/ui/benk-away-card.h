/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* What happened while nobody watched; not to be seen where there is nothing to tell. */
#define BENK_TYPE_AWAY_CARD (benk_away_card_get_type ())
G_DECLARE_FINAL_TYPE (BenkAwayCard, benk_away_card, BENK, AWAY_CARD, GtkWidget)

void benk_away_card_set_session (BenkAwayCard *self, BenkSession *session);

G_END_DECLS
