/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *benk_apdu_dup_text (GBytes *octets);

G_END_DECLS
