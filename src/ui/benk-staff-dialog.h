/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_STAFF_DIALOG (benk_staff_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkStaffDialog, benk_staff_dialog, BENK, STAFF_DIALOG, AdwMessageDialog)

BenkStaffDialog *benk_staff_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS
