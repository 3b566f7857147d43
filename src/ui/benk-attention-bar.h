/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* Above the alarms: what hinders that a person is called to them, and that it is quiet.
 */
#define BENK_TYPE_ATTENTION_BAR (benk_attention_bar_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAttentionBar, benk_attention_bar, BENK, ATTENTION_BAR, GtkWidget)

void benk_attention_bar_set_session (BenkAttentionBar *self, BenkSession *session);

G_END_DECLS
