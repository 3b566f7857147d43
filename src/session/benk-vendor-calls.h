/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-session.h"
#include "benk-vendor-card.h"

G_BEGIN_DECLS

/**
 * BenkVendorCall:
 * @case_number: (nullable): the number of the case that the vendor gave
 * @spoke_with: (nullable): with whom, a role
 * @tried: (nullable) (array length=n_tried): which steps of the card had been tried, from
 * 0
 * @n_tried: how many
 * @until_ms: until when the alarm waits for the vendor, UTC milliseconds; 0 = it does not
 * @covered: whether the user is covered meanwhile
 * @said_by: (nullable): role and name of who said so; needed where the answer is yes
 *
 * What came of a call to a vendor.
 */
typedef struct
{
  const char *case_number;
  const char *spoke_with;
  const guint *tried;
  guint n_tried;
  gint64 until_ms;
  BenkCovered covered;
  const char *said_by;
} BenkVendorCall;

void benk_vendor_calls_load_async (BenkSession *session,
                                   const BenkId *alarm,
                                   const BenkId *device,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
BenkVendorCard *benk_vendor_calls_load_finish (BenkSession *session,
                                               GAsyncResult *result,
                                               GError **error);

void benk_vendor_calls_set_contact_async (BenkSession *session,
                                          const BenkVendorContact *contact,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
void benk_vendor_calls_note_async (BenkSession *session,
                                   const BenkVendorCard *card,
                                   const BenkVendorCall *call,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean benk_vendor_calls_change_finish (BenkSession *session,
                                          GAsyncResult *result,
                                          gint64 *seq,
                                          GError **error);

G_END_DECLS
