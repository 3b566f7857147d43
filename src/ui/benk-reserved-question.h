/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device.h"

G_BEGIN_DECLS

typedef void (*BenkReservedFunc) (gpointer target);

void benk_reserved_question_ask (GtkWindow *parent,
                                 BenkDevice *device,
                                 const char *reference,
                                 BenkReservedFunc func,
                                 gpointer target);

G_END_DECLS
