/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* The count of what is on the shelves: begin one, go on with it, see what came of it. */
#define BENK_TYPE_COUNT_VIEW (benk_count_view_get_type ())
G_DECLARE_FINAL_TYPE (BenkCountView, benk_count_view, BENK, COUNT_VIEW, GtkWidget)

GtkWidget *benk_count_view_new (BenkSession *session);

G_END_DECLS
