/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-window.h"

G_BEGIN_DECLS

/* Offers to go on with the visit or swap that was left last. */
void benk_visit_reminder_offer (BenkWindow *window);

G_END_DECLS
