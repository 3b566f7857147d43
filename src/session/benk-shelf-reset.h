/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-bench.h"
#include "benk-device.h"

G_BEGIN_DECLS

/**
 * BenkShelfState:
 * @BENK_SHELF_LISTED: on the list, and not confirmed
 * @BENK_SHELF_WAITING: confirmed; is reset as soon as it is plugged in
 * @BENK_SHELF_RUNNING: its job is under way
 * @BENK_SHELF_ENDED: its job has ended
 * @BENK_SHELF_LEFT_OUT: was confirmed, and not reset after all
 *
 * How far a device of a shelf is.
 */
typedef enum
{
  BENK_SHELF_LISTED,
  BENK_SHELF_WAITING,
  BENK_SHELF_RUNNING,
  BENK_SHELF_ENDED,
  BENK_SHELF_LEFT_OUT,
} BenkShelfState;

/* A device of a shelf. Properties: "ticked", "state", "progress" (0.0 to 1.0),
 * "sentence", "plugged". */
#define BENK_TYPE_SHELF_ITEM (benk_shelf_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkShelfItem, benk_shelf_item, BENK, SHELF_ITEM, GObject)
BenkDevice *benk_shelf_item_get_card (BenkShelfItem *self);
const char *benk_shelf_item_get_serial (BenkShelfItem *self);
gboolean benk_shelf_item_is_ticked (BenkShelfItem *self);
gboolean benk_shelf_item_is_plugged (BenkShelfItem *self);
BenkShelfState benk_shelf_item_get_state (BenkShelfItem *self);
double benk_shelf_item_get_progress (BenkShelfItem *self);
/* The job once there was one, and how it ended. */
BenkBenchJob *benk_shelf_item_get_job (BenkShelfItem *self);
gboolean benk_shelf_item_is_proven (BenkShelfItem *self);
const char *benk_shelf_item_get_sentence (BenkShelfItem *self);

/* Resets several devices with one confirmation: the person ticks or scans each serial and
 * types how many there are. Properties: "started", "running", "summary", "call" (what to
 * plug in). */
#define BENK_TYPE_SHELF_RESET (benk_shelf_reset_get_type ())
G_DECLARE_FINAL_TYPE (BenkShelfReset, benk_shelf_reset, BENK, SHELF_RESET, GObject)

BenkShelfReset *benk_shelf_reset_new (BenkSession *session);
GListModel *benk_shelf_reset_get_items (BenkShelfReset *self);
void benk_shelf_reset_add_plugged (BenkShelfReset *self);
BenkShelfItem *
benk_shelf_reset_add (BenkShelfReset *self, BenkDevice *card, GError **error);
BenkShelfItem *benk_shelf_reset_find (BenkShelfReset *self, const char *serial);
void benk_shelf_reset_tick (BenkShelfReset *self, BenkShelfItem *item, gboolean ticked);
guint benk_shelf_reset_get_n_ticked (BenkShelfReset *self);
gboolean benk_shelf_reset_start (BenkShelfReset *self, guint count, GError **error);
void benk_shelf_reset_leave_out (BenkShelfReset *self, BenkShelfItem *item);
void benk_shelf_reset_cancel (BenkShelfReset *self);
gboolean benk_shelf_reset_is_started (BenkShelfReset *self);
gboolean benk_shelf_reset_is_running (BenkShelfReset *self);
char *benk_shelf_reset_dup_call (BenkShelfReset *self);
char *benk_shelf_reset_dup_summary (BenkShelfReset *self);
GArray *benk_shelf_reset_list_proven (BenkShelfReset *self);

G_END_DECLS
