/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *benk_serial_pattern_of (const char *const *examples);

G_END_DECLS
