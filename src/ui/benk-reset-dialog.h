/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-reason-dialog.h"

G_BEGIN_DECLS

GtkWidget *benk_reset_dialog_new (GtkWindow *parent,
                                  const char *serial,
                                  BenkReasonFunc func,
                                  GObject *target);

G_END_DECLS
