/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_JOIN_DIALOG (benk_join_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkJoinDialog, benk_join_dialog, BENK, JOIN_DIALOG, AdwMessageDialog)

GtkWidget *benk_join_dialog_new (GtkWindow *parent,
                                 BenkSession *session,
                                 const BenkId *device,
                                 BenkDevice *other);

G_END_DECLS
