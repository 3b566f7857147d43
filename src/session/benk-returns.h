/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-reading.h"
#include "benk-return-case.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_RETURNS (benk_returns_get_type ())
G_DECLARE_FINAL_TYPE (BenkReturns, benk_returns, BENK, RETURNS, GObject)

/* Live list of BenkReturnCase, open ones first by urgency; loaded on first use. */
GListModel *benk_returns_get_list (BenkReturns *self);
BenkReading *benk_returns_get_reading (BenkReturns *self);
void benk_returns_list_async (BenkReturns *self,
                              gboolean with_closed,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GListModel *
benk_returns_list_finish (BenkReturns *self, GAsyncResult *result, GError **error);

/* The steps that were done, as BenkHistoryItem, and what blocks the next one in words. */
void benk_returns_load_async (BenkReturns *self,
                              const BenkId *return_case,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GListModel *benk_returns_load_finish (BenkReturns *self,
                                      GAsyncResult *result,
                                      char **blocked,
                                      GError **error);

void benk_returns_open_async (BenkReturns *self,
                              const BenkId *device,
                              const char *vendor,
                              const char *reason,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
BenkReturnCase *
benk_returns_open_finish (BenkReturns *self, GAsyncResult *result, GError **error);

/**
 * BenkReturnDetails:
 * @rma_number: (nullable): for "answered"; %NULL with @no_rma when the vendor uses none
 * @no_rma: the vendor uses no number
 * @scanned_serial: (nullable): for "packed": what was read off the device
 * @tracking: (nullable): for "sent"
 * @outcome: (nullable): for "outcome": repaired, replaced, credited, lease-ended, refused
 * @stated_by: (nullable): who confirmed it
 * @accessories_counted: for "packed": the accessories in the box were counted
 * @accessories: (nullable) (element-type BenkAccessory): for "packed": what was counted;
 *   when it says of each that the model lists whether it is there, they are counted
 * @no_names: for "packed": no name or address of a user is on the list or the box
 * @replacement_serial: (nullable): for the outcome "replaced": the serial of the new
 * device
 *
 * What goes with a step.
 */
typedef struct
{
  const char *rma_number;
  gboolean no_rma;
  const char *scanned_serial;
  const char *tracking;
  const char *outcome;
  const char *stated_by;
  gboolean accessories_counted;
  GPtrArray *accessories;
  gboolean no_names;
  const char *replacement_serial;
} BenkReturnDetails;

void benk_returns_step_async (BenkReturns *self,
                              const BenkId *return_case,
                              BenkReturnState state,
                              const BenkReturnDetails *details,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_returns_step_finish (BenkReturns *self,
                                   GAsyncResult *result,
                                   gint64 *seq,
                                   GError **error);

G_END_DECLS
