/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void benk_sentence_show (GtkLabel *label, const char *sentence);

G_END_DECLS
