/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_PREFERENCES (benk_preferences_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkPreferences, benk_preferences, BENK, PREFERENCES, AdwPreferencesWindow)

GtkWidget *benk_preferences_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS
