/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

GStrv
benk_history_describe (BenkDb *db, GBytes *changeset, GArray *devices, GError **error);

G_END_DECLS
