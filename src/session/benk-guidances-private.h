/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-guidances.h"
#include "benk-session-change.h"

G_BEGIN_DECLS

BenkSession *benk_guidances_get_session (BenkGuidances *self);

/* Whether a version may be kept in this store. */
gboolean
benk_guidances_check (BenkDb *db, const BenkGuidanceVersion *version, GError **error);

G_END_DECLS
