/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-bench-checklist.h"

G_BEGIN_DECLS

/* One list, step by step, as a whole page. Signal "closed": the person is done with the
 * page; the list is kept wherever it is. */
#define BENK_TYPE_CHECKLIST_RUNNER (benk_checklist_runner_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkChecklistRunner, benk_checklist_runner, BENK, CHECKLIST_RUNNER, GtkWidget)

GtkWidget *benk_checklist_runner_new (BenkChecklist *list);

G_END_DECLS
