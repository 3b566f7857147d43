/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-fact.h"
#include "benk-id.h"
#include "benk-inventory.h"
#include "benk-state.h"

G_BEGIN_DECLS

/* A device that cannot come along, and why. */
#define BENK_TYPE_BULK_REFUSAL (benk_bulk_refusal_get_type ())
G_DECLARE_FINAL_TYPE (BenkBulkRefusal, benk_bulk_refusal, BENK, BULK_REFUSAL, GObject)
const BenkId *benk_bulk_refusal_get_device (BenkBulkRefusal *self);
const char *benk_bulk_refusal_get_label (BenkBulkRefusal *self);
const char *benk_bulk_refusal_get_reason (BenkBulkRefusal *self);

/* One change of many devices: look first, then make it for all that can, as one change
 * that is taken back as one. Property: "progress" (0.0 to 1.0, of what runs). */
#define BENK_TYPE_BULK (benk_bulk_get_type ())
G_DECLARE_FINAL_TYPE (BenkBulk, benk_bulk, BENK, BULK, GObject)

BenkBulk *benk_bulk_new_move (BenkInventory *inventory,
                              const BenkId *devices,
                              gsize n_devices,
                              const char *place);
BenkBulk *benk_bulk_new_set_state (BenkInventory *inventory,
                                   const BenkId *devices,
                                   gsize n_devices,
                                   BenkDeviceState to);
BenkBulk *benk_bulk_new_attest (BenkInventory *inventory,
                                const BenkId *devices,
                                gsize n_devices,
                                BenkFactKind kind,
                                const char *ref,
                                const char *stated_by);

/**
 * BenkWish:
 * @device: a device
 * @reference: for whom, by the reference used in the patient record
 * @wanted_date: the day it is wanted, "YYYY-MM-DD"
 *
 * A device that is to be kept for a user.
 */
typedef struct
{
  BenkId device;
  const char *reference;
  const char *wanted_date;
} BenkWish;

BenkBulk *
benk_bulk_new_reserve (BenkInventory *inventory, const BenkWish *wishes, gsize n_wishes);
BenkBulk *
benk_bulk_new_give_up (BenkInventory *inventory, const BenkId *devices, gsize n_devices);
BenkBulk *benk_bulk_new_accessories (BenkInventory *inventory,
                                     const BenkId *devices,
                                     gsize n_devices,
                                     GPtrArray *words);

double benk_bulk_get_progress (BenkBulk *self);
/* Facts stay; a state only goes back where it is one of our own list. */
gboolean benk_bulk_can_undo (BenkBulk *self);

void benk_bulk_preview_async (BenkBulk *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_bulk_preview_finish (BenkBulk *self, GAsyncResult *result, GError **error);

/* After a preview: how many can, how many of them only with a reason because something is
 * owed, how many are so already, and the others, as BenkBulkRefusal. */
guint benk_bulk_count_ready (BenkBulk *self);
guint benk_bulk_count_owing (BenkBulk *self);
guint benk_bulk_count_same (BenkBulk *self);
GListModel *benk_bulk_get_refused (BenkBulk *self);

void benk_bulk_apply_async (BenkBulk *self,
                            const char *owed_reason,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean benk_bulk_apply_finish (BenkBulk *self,
                                 GAsyncResult *result,
                                 gint64 *seq,
                                 GError **error);

G_END_DECLS
