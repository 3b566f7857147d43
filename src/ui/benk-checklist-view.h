/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-checklist.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_CHECKLIST_VIEW (benk_checklist_view_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkChecklistView, benk_checklist_view, BENK, CHECKLIST_VIEW, GtkWidget)

void benk_checklist_view_set_session (BenkChecklistView *self, BenkSession *session);
void benk_checklist_view_set_device (BenkChecklistView *self, const char *device);
void benk_checklist_view_set_task (BenkChecklistView *self, BenkTask task);

G_END_DECLS
