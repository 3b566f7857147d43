/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean benk_text_holds_national_number (const char *text);

G_END_DECLS
