/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BENK_SCAN_GAP_MS:
 *
 * The longest pause between two keys of a scanner. Scanners type within 1 to 40 ms, also
 * over Bluetooth; a person needs 80 ms and more.
 */
#define BENK_SCAN_GAP_MS 70

/**
 * BENK_SCAN_MEAN_MS:
 *
 * The longest pause between two keys of a scanner on average: two keys of a person who
 * types fast may come together, many do not.
 */
#define BENK_SCAN_MEAN_MS 45

/**
 * BENK_SCAN_LEAST:
 *
 * The fewest characters of a scan; "D-37" is the shortest number on a label.
 */
#define BENK_SCAN_LEAST 4

/**
 * BenkScanBurst:
 *
 * Tells a scanner from a person by the time between keys. The time is handed in.
 */
typedef struct _BenkScanBurst BenkScanBurst;

BenkScanBurst *benk_scan_burst_new (void);
void benk_scan_burst_free (BenkScanBurst *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkScanBurst, benk_scan_burst_free)

guint benk_scan_burst_add (BenkScanBurst *self, gunichar c, gint64 ms);
char *benk_scan_burst_end (BenkScanBurst *self, gint64 ms);
void benk_scan_burst_reset (BenkScanBurst *self);

G_END_DECLS
