/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_GUIDANCE_DIALOG (benk_guidance_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkGuidanceDialog, benk_guidance_dialog, BENK, GUIDANCE_DIALOG, AdwWindow)

GtkWidget *
benk_guidance_dialog_new (GtkWindow *parent, BenkSession *session, const char *place);

G_END_DECLS
