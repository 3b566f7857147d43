/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-id.h"
#include "benk-inventory.h"
#include "benk-label-format.h"

G_BEGIN_DECLS

struct _cairo;

/**
 * BenkLabels:
 *
 * The labels of some devices as they are when it is made: to be shown, written as PDF or
 * printed. No user and no place stands on them. Unchanged after that.
 */
#define BENK_TYPE_LABELS (benk_labels_get_type ())
G_DECLARE_FINAL_TYPE (BenkLabels, benk_labels, BENK, LABELS, GObject)

void benk_labels_load_async (BenkInventory *inventory,
                             const BenkId *devices,
                             guint n_devices,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
BenkLabels *benk_labels_load_finish (GAsyncResult *result, GError **error);

guint benk_labels_get_n_labels (BenkLabels *self);
guint benk_labels_get_n_without_asset (BenkLabels *self);
const char *benk_labels_get_first_name (BenkLabels *self);
void benk_labels_draw (
  BenkLabels *self, struct _cairo *cr, BenkLabelFormat format, guint start, guint page);

/* One change: the next free asset numbers for those that have none. */
void benk_labels_number_async (BenkLabels *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* One change: that they were labelled now. */
void benk_labels_mark_async (BenkLabels *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean benk_labels_change_finish (BenkLabels *self,
                                    GAsyncResult *result,
                                    gint64 *seq,
                                    GError **error);

/* A PDF, and the change that marks them. */
void benk_labels_write_async (BenkLabels *self,
                              GFile *file,
                              BenkLabelFormat format,
                              guint start,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_labels_write_finish (BenkLabels *self,
                                   GAsyncResult *result,
                                   guint *n_pages,
                                   GError **error);

/* The number a new device would get, such as "D-038". */
void benk_labels_next_asset_async (BenkInventory *inventory,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *benk_labels_next_asset_finish (BenkInventory *inventory,
                                     GAsyncResult *result,
                                     GError **error);

G_END_DECLS
