/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BenkTwinCheck:
 *
 * Somebody says: this is another device with the same serial number. Only there where the
 * number is taken.
 */
#define BENK_TYPE_TWIN_CHECK (benk_twin_check_get_type ())
G_DECLARE_FINAL_TYPE (BenkTwinCheck, benk_twin_check, BENK, TWIN_CHECK, GtkCheckButton)

void benk_twin_check_offer (BenkTwinCheck *self, gboolean taken);
gboolean benk_twin_check_is_said (BenkTwinCheck *self);

G_END_DECLS
