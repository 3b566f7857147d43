/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarms.h"

G_BEGIN_DECLS

#define BENK_TYPE_CARE_DIALOG (benk_care_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkCareDialog, benk_care_dialog, BENK, CARE_DIALOG, AdwWindow)

GtkWidget *
benk_care_dialog_new (GtkWindow *parent, BenkSession *session, GListModel *open);

G_END_DECLS
