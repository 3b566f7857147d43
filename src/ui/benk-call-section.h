/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device-card.h"
#include "benk-session.h"

G_BEGIN_DECLS

void benk_call_section_show (AdwPreferencesGroup *group,
                             BenkSession *session,
                             BenkDeviceCard *card);
void benk_call_section_show_calls (AdwPreferencesGroup *group,
                                   BenkSession *session,
                                   BenkDeviceCard *card);

G_END_DECLS
