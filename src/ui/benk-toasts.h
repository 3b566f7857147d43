/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Sentences that are shown for a while above the pages. */
AdwToast *benk_toast_new (const char *sentence);
AdwToast *
benk_toast_new_offer (const char *sentence, const char *button, const char *action);
AdwToast *benk_toast_new_record (const char *sentence, const char *action);
AdwToast *benk_toast_new_undo (const char *sentence, gint64 seq);

/* Says what was changed, with a button that takes it back; @seq 0 = nothing was. */
void benk_toasts_tell_change (GtkWidget *widget, const char *sentence, gint64 seq);

G_END_DECLS
