/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BENK_PICTURE_MAX_PIXELS:
 *
 * How many pixels a picture may have that must be turned.
 */
#define BENK_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

guint benk_picture_get_orientation (GBytes *picture);
GBytes *benk_picture_turn_upright (GBytes *picture, GError **error);

G_END_DECLS
