/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-id.h"
#include "benk-session.h"

G_BEGIN_DECLS

void benk_save_count_ask (GtkWidget *parent,
                          BenkSession *session,
                          const BenkId *count,
                          gboolean as_csv);

G_END_DECLS
