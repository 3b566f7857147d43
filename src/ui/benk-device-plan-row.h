/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device-card.h"
#include "benk-session.h"

G_BEGIN_DECLS

gboolean benk_device_plan_row_is_needed (BenkDeviceState state);
void benk_device_plan_row_add (AdwPreferencesGroup *group,
                               GPtrArray *rows,
                               BenkSession *session,
                               BenkDeviceCard *card);

G_END_DECLS
