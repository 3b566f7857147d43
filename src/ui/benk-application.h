/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_APPLICATION (benk_application_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkApplication, benk_application, BENK, APPLICATION, AdwApplication)

BenkApplication *benk_application_new (void);
gboolean benk_application_has_failed (BenkApplication *self);

G_END_DECLS
