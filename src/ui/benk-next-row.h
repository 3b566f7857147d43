/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device-card.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* A next state with its guards as a checklist that links to where each is done. */
#define BENK_TYPE_NEXT_ROW (benk_next_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkNextRow, benk_next_row, BENK, NEXT_ROW, AdwExpanderRow)

GtkWidget *
benk_next_row_new (BenkSession *session, BenkDevice *device, BenkNextState *next);
BenkDeviceState benk_next_row_get_state (BenkNextRow *self);

G_END_DECLS
