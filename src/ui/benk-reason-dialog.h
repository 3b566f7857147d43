/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*BenkReasonFunc) (const char *text, gpointer user_data);

GtkWidget *benk_reason_dialog_ask (GtkWindow *parent,
                                   const char *heading,
                                   const char *body,
                                   const char *go_on,
                                   BenkReasonFunc func,
                                   GObject *target);
void benk_reason_dialog_ask_device (GtkWindow *parent,
                                    const char *heading,
                                    const char *body,
                                    const char *go_on,
                                    BenkReasonFunc func,
                                    GObject *target);

G_END_DECLS
