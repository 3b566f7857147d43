/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-reading.h"

G_BEGIN_DECLS

#define BENK_TYPE_READING_BAR (benk_reading_bar_get_type ())
G_DECLARE_FINAL_TYPE (BenkReadingBar, benk_reading_bar, BENK, READING_BAR, GtkWidget)

void benk_reading_bar_set_reading (BenkReadingBar *self, BenkReading *reading);

G_END_DECLS
