/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *benk_duty_line_describe (gint64 now_ms);

G_END_DECLS
