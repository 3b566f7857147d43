/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_WINDOW (benk_window_get_type ())
G_DECLARE_FINAL_TYPE (BenkWindow, benk_window, BENK, WINDOW, AdwApplicationWindow)

BenkWindow *benk_window_new (GtkApplication *application, BenkSession *session);
BenkSession *benk_window_get_session (BenkWindow *self);
gboolean benk_window_is_working (BenkWindow *self);
void benk_window_show_page (BenkWindow *self, const char *page);
GtkWidget *benk_window_get_page (BenkWindow *self, const char *page);
void benk_window_tell (BenkWindow *self, const char *sentence);
void benk_window_offer (BenkWindow *self,
                        const char *sentence,
                        const char *button,
                        const char *action);
void benk_window_add_toast (BenkWindow *self, AdwToast *toast);
void benk_window_refuse (BenkWindow *self, const char *sentence);
void benk_window_tell_error (BenkWindow *self, const GError *error);
void benk_window_choose_staff (BenkWindow *self);
/* One page and nothing around it, or NULL for the usual window again. */
void benk_window_show_alone (BenkWindow *self, GtkWidget *page);

G_END_DECLS
