/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ext-table.h"

G_BEGIN_DECLS

/* No dose time follows, or when is not known. */
#define BENK_SCHEDULE_NONE ((gint64) -1)

gint64 benk_schedule_next_dose (const BenkExtTable *schedule, gint64 local_s);

G_END_DECLS
