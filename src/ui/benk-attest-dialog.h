/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device.h"
#include "benk-fact.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_ATTEST_DIALOG (benk_attest_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAttestDialog, benk_attest_dialog, BENK, ATTEST_DIALOG, AdwMessageDialog)

GtkWidget *benk_attest_dialog_new (GtkWindow *parent,
                                   BenkSession *session,
                                   BenkDevice *device,
                                   BenkFactKind kind);

G_END_DECLS
