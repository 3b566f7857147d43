/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/* Shows what a scanner types and what is understood of it; nothing is saved or looked up.
 */
#define BENK_TYPE_SCAN_TEST_DIALOG (benk_scan_test_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkScanTestDialog, benk_scan_test_dialog, BENK, SCAN_TEST_DIALOG, AdwWindow)

GtkWidget *benk_scan_test_dialog_new (GtkWindow *parent, BenkClock *clock);

G_END_DECLS
