/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_FEEDS_DIALOG (benk_feeds_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkFeedsDialog, benk_feeds_dialog, BENK, FEEDS_DIALOG, AdwWindow)

GtkWidget *benk_feeds_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS
