/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench-checklist.h"

G_BEGIN_DECLS

/* Makes a new version of a list out of an older one. Signal "saved". */
#define BENK_TYPE_CHECKLIST_EDITOR (benk_checklist_editor_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkChecklistEditor, benk_checklist_editor, BENK, CHECKLIST_EDITOR, AdwWindow)

GtkWidget *benk_checklist_editor_new (GtkWindow *parent,
                                      BenkSession *session,
                                      const BenkChecklistVersion *version);

G_END_DECLS
