/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-scan-desk.h"
#include "benk-window.h"

G_BEGIN_DECLS

BenkScanDesk *benk_scan_answer_in (BenkWindow *window, GtkWidget *search);

/* Looks @scan up: opens the device, asks which one, or offers to register it. */
void benk_scan_answer (BenkWindow *window, const BenkScan *scan);

G_END_DECLS
