/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-clock.h"
#include "benk-scan.h"

G_BEGIN_DECLS

/**
 * BenkScanTyping:
 * @n_keys: how many keys, Enter not counted
 * @ms: from the first key to Enter
 * @ended_by: GDK_KEY_Return or GDK_KEY_Tab
 * @caps_lock: whether Caps Lock was on
 *
 * How a scan was typed.
 */
typedef struct
{
  guint n_keys;
  gint64 ms;
  guint ended_by;
  gboolean caps_lock;
} BenkScanTyping;

/**
 * BenkScanTaker:
 * @widget: the widget that takes scans
 * @scan: what was scanned
 * @typing: how it was typed
 *
 * Does with a scan what is meant where the person is.
 */
typedef void (*BenkScanTaker) (GtkWidget *widget,
                               const BenkScan *scan,
                               const BenkScanTyping *typing);

/* From now on scans in the window of @widget go to @take: while one of its own entries
 * has the focus, and while no entry has. A window takes all of them. */
void benk_scan_take (GtkWidget *widget, BenkScanTaker take);
/* As if it had been scanned there; @widget takes scans. */
void benk_scan_hand_over (GtkWidget *widget,
                          const BenkScan *scan,
                          const BenkScanTyping *typing);

/* Watches the keys of @window and of all dialogs above it. Where nobody else takes a scan
 * in @window itself, @take does; in @search as well. */
#define BENK_TYPE_SCAN_DESK (benk_scan_desk_get_type ())
G_DECLARE_FINAL_TYPE (BenkScanDesk, benk_scan_desk, BENK, SCAN_DESK, GObject)

BenkScanDesk *benk_scan_desk_new (GtkWindow *window,
                                  GtkWidget *search,
                                  BenkClock *clock,
                                  BenkScanTaker take);
/* The desk of a main window, and the time of its keys by @clock instead of by the keys.
 */
BenkScanDesk *benk_scan_desk_get (GtkWindow *window);
void benk_scan_desk_use_clock (BenkScanDesk *self, BenkClock *clock);

G_END_DECLS
