/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench-checklist.h"
#include "benk-ctl.h"

G_BEGIN_DECLS

gboolean benk_ctl_parse_task (const char *name, BenkTask *task, GError **error);
void benk_ctl_print_version (BenkCtl *ctl, const BenkChecklistVersion *version);

gboolean
benk_ctl_checklist_versions (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_checklist_adopt (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_checklist_export (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_checklist_edit (BenkCtl *ctl, int argc, char **argv, GError **error);
gboolean benk_ctl_checklist_import (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
