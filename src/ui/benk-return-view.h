/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-return-case.h"
#include "benk-session.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

#define BENK_TYPE_RETURN_VIEW (benk_return_view_get_type ())
G_DECLARE_FINAL_TYPE (BenkReturnView, benk_return_view, BENK, RETURN_VIEW, GtkWidget)

void benk_return_view_set_session (BenkReturnView *self,
                                   BenkSession *session,
                                   BenkTicker *ticker);
void benk_return_view_set_case (BenkReturnView *self, BenkReturnCase *return_case);

G_END_DECLS
