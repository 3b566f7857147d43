/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

char *benk_duty_line_describe (BenkSession *session, gint64 now_ms);
char *benk_duty_line_describe_all (BenkSession *session, gint64 now_ms);
GtkWidget *benk_duty_line_create_popover (BenkSession *session);

G_END_DECLS
