/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/* The page of devices, as a person finds the way on it. */
GtkWidget *benk_devices_hand_show_page (BenkStage *stage);
GtkSelectionModel *benk_devices_hand_get_selection (GtkWidget *page);
/* @wanted: asset numbers in the order of the list. */
void benk_devices_hand_expect_list (GtkWidget *page, const char *wanted);
void benk_devices_hand_expect_shown (GtkWidget *page, const char *serial);
void benk_devices_hand_click_first (GtkWidget *page);
/* A button that can be seen, by what stands on it. */
GtkWidget *benk_devices_hand_wait_button (GtkWidget *widget, const char *label);

G_END_DECLS
