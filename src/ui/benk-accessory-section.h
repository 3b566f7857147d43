/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device-card.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* The accessories of one device, each said and kept by itself. Rows that show the same
 * accessories stay, and with them the focus. */
void benk_accessory_section_show (AdwPreferencesGroup *group,
                                  GPtrArray *rows,
                                  BenkSession *session,
                                  BenkDeviceCard *card);
/* To the first that is not there. */
void benk_accessory_section_focus (GPtrArray *rows);

/* What was seen of many devices, asked for and kept as one change. */
void benk_accessory_section_ask_many (GtkWidget *widget,
                                      BenkSession *session,
                                      GArray *devices);

G_END_DECLS
