/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void benk_alarms_none_tell (AdwStatusPage *page, GListModel *feeds, gint64 now_ms);

G_END_DECLS
