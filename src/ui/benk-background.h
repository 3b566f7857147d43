/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_BACKGROUND_KEY "background"
#define BENK_BACKGROUND_ASKED_KEY "background-asked"

/* What becomes of the program when its window is closed. */
typedef enum
{
  BENK_BACKGROUND_END,
  BENK_BACKGROUND_ASK,
  BENK_BACKGROUND_GO_ON,
} BenkBackground;

BenkBackground benk_background_choose (BenkSession *session);
void benk_background_ask (GtkWindow *window);

G_END_DECLS
