/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_STATUS_LINE (benk_status_line_get_type ())
G_DECLARE_FINAL_TYPE (BenkStatusLine, benk_status_line, BENK, STATUS_LINE, GtkWidget)

void benk_status_line_set_session (BenkStatusLine *self, BenkSession *session);

G_END_DECLS
