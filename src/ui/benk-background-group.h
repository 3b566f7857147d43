/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The part of Preferences on what goes on without a window. */
#define BENK_TYPE_BACKGROUND_GROUP (benk_background_group_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkBackgroundGroup, benk_background_group, BENK, BACKGROUND_GROUP, AdwPreferencesGroup)

G_END_DECLS
