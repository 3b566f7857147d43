/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-scan.h"

G_BEGIN_DECLS

/* GS, which stands for FNC1 between GS1 elements (GS1 General Specifications 7.8). */
#define BENK_SCAN_GS '\x1d'

char *benk_scan_swap_case (const char *text);
char *benk_scan_map_layout (const char *text);
int benk_scan_get_oddness (const char *text);

gboolean benk_scan_is_gtin (const char *text, gboolean *out_check);
gboolean benk_scan_read_brackets (BenkScan *self, const char *text);
gboolean benk_scan_read_elements (BenkScan *self, const char *text, gboolean certain);
void benk_scan_take_imei (BenkScan *self, const char *text);

G_END_DECLS
