/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-accessory-list.h"
#include "benk-device-sort.h"
#include "benk-device.h"
#include "benk-fact.h"
#include "benk-model.h"
#include "benk-session.h"
#include "benk-state.h"

G_BEGIN_DECLS

#define BENK_TYPE_INVENTORY (benk_inventory_get_type ())
G_DECLARE_FINAL_TYPE (BenkInventory, benk_inventory, BENK, INVENTORY, GObject)

/**
 * BenkDeviceQuery:
 * @states: bit n set = devices in state n; 0 = all but scrapped ones
 * @reserved: only those that are kept for somebody
 * @model_id: (nullable): only this model
 * @search: (nullable): a part of serial, IMEI, asset number, user reference, place or
 * note
 * @limit: at most so many rows; 0 = all
 * @sort: what they are in the order of
 * @descending: the last ones first
 *
 * Which devices to list.
 */
typedef struct
{
  guint32 states;
  gboolean reserved;
  const char *model_id;
  const char *search;
  guint limit;
  BenkDeviceSort sort;
  gboolean descending;
} BenkDeviceQuery;

/**
 * BenkNewDevice:
 * @model_id: a known model
 * @serial: the serial as it stands on the label
 * @imei: (nullable): 15 digits; a wrong check digit warns only
 * @asset: (nullable): the short asset number, such as "D-037"
 * @vendor: (nullable): owner or lessor
 * @place: (nullable): where it is, by name; made if it is new
 * @state: ordered, received; the demo and tests may say another
 * @owner: whose it is
 * @received_date: (nullable): "YYYY-MM-DD"
 * @warranty_date: (nullable): "YYYY-MM-DD"
 * @lease_end_date: (nullable): the last day of the lease, "YYYY-MM-DD"
 * @note: (nullable): free text, kept where it can be erased
 * @accessories: (nullable) (element-type BenkAccessory): what was seen of its accessories
 * @another: somebody has looked: this is another device, though one of its model has its
 * serial already
 *
 * A device to register.
 */
typedef struct
{
  const char *model_id;
  const char *serial;
  const char *imei;
  const char *asset;
  const char *vendor;
  const char *place;
  BenkDeviceState state;
  BenkOwner owner;
  const char *received_date;
  const char *warranty_date;
  const char *lease_end_date;
  const char *note;
  GPtrArray *accessories;
  gboolean another;
} BenkNewDevice;

/**
 * BenkDeviceEdit:
 * @serial: (nullable): the right serial; the wrong one is kept as a former one
 * @imei: (nullable): 15 digits; a wrong check digit warns only
 * @asset: (nullable): the short asset number
 * @vendor: (nullable): the vendor
 * @received_date: (nullable): "YYYY-MM-DD"
 * @warranty_date: (nullable): "YYYY-MM-DD"
 * @lease_end_date: (nullable): the last day of the lease, "YYYY-MM-DD"
 * @note: (nullable): free text, kept where it can be erased
 * @owner: a #BenkOwner, or -1
 * @another: somebody has looked: this is another device, though one of its model has its
 * serial
 *
 * What is to be different about a device. %NULL and -1 leave it, "" takes it away.
 */
typedef struct
{
  const char *serial;
  const char *imei;
  const char *asset;
  const char *vendor;
  const char *received_date;
  const char *warranty_date;
  const char *lease_end_date;
  const char *note;
  int owner;
  gboolean another;
} BenkDeviceEdit;

/* The models that are known, as an array of BenkModel, and one's name for a person. */
GPtrArray *benk_inventory_get_models (BenkInventory *self);
BenkModelKind benk_inventory_get_model_kind (BenkInventory *self, const char *model_id);
const char *benk_inventory_get_model_name (BenkInventory *self, const char *model_id);

/* Lists of BenkDevice; row objects come at once, their properties fill when read. The
 * signal "changed" says that a query's answer may be another now. */
void benk_inventory_query_async (BenkInventory *self,
                                 const BenkDeviceQuery *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GListModel *
benk_inventory_query_finish (BenkInventory *self, GAsyncResult *result, GError **error);

/* The first ones in the usual order, at once, while all of them are still to be read:
 * none when they are read already. Finished as a query is. */
void benk_inventory_glance_async (BenkInventory *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* Where a device stands in such a list; G_MAXUINT when it does not. */
guint benk_inventory_result_find (GListModel *result, const BenkId *device);
/* Who stands there, without making its row. */
const BenkId *benk_inventory_result_get_id (GListModel *result, guint position);

/* The same devices whole, as an array of BenkDevice, for those who write them all down.
 */
void benk_inventory_read_async (BenkInventory *self,
                                const BenkDeviceQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
benk_inventory_read_finish (BenkInventory *self, GAsyncResult *result, GError **error);

/* @counts: a number a state, and how many are kept for somebody. */
#define BENK_INVENTORY_COUNT_RESERVED BENK_N_DEVICE_STATES
#define BENK_INVENTORY_N_COUNTS (BENK_N_DEVICE_STATES + 1)

void benk_inventory_count_async (BenkInventory *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
guint *
benk_inventory_count_finish (BenkInventory *self, GAsyncResult *result, GError **error);

/* By serial, asset number, IMEI or former serial; not found and more than one are errors.
 */
void benk_inventory_find_async (BenkInventory *self,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkDevice *
benk_inventory_find_finish (BenkInventory *self, GAsyncResult *result, GError **error);

/* Several by id, as an array of BenkDevice; NULL stands for one that is gone. */
void benk_inventory_get_many_async (BenkInventory *self,
                                    const BenkId *devices,
                                    gsize n_devices,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *benk_inventory_get_many_finish (BenkInventory *self,
                                           GAsyncResult *result,
                                           GError **error);

/* One device with everything its page shows: see benk-device-card.h. */
typedef struct _BenkDeviceCard BenkDeviceCard;
void benk_inventory_load_async (BenkInventory *self,
                                const BenkId *device,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkDeviceCard *
benk_inventory_load_finish (BenkInventory *self, GAsyncResult *result, GError **error);

/* Changes. Each is one scope and ends in benk_inventory_change_finish. */
void benk_inventory_add_async (BenkInventory *self,
                               const BenkNewDevice *device,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean benk_inventory_add_finish (BenkInventory *self,
                                    GAsyncResult *result,
                                    BenkId *out_id,
                                    GError **error);
void benk_inventory_edit_async (BenkInventory *self,
                                const BenkId *device,
                                const BenkDeviceEdit *edit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Two rows found to be one: @device goes out of sight, @target stands for both; and back.
 */
void benk_inventory_join_async (BenkInventory *self,
                                const BenkId *device,
                                const BenkId *target,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_inventory_part_async (BenkInventory *self,
                                const BenkId *device,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Of many devices: see benk-bulk.h. */
void benk_inventory_move_async (BenkInventory *self,
                                const BenkId *devices,
                                gsize n_devices,
                                const char *place,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void benk_inventory_attest_async (BenkInventory *self,
                                  const BenkId *device,
                                  BenkFactKind kind,
                                  const char *ref,
                                  const char *stated_by,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* @words: what is said of its accessories, as BenkAccessory. */
void benk_inventory_set_accessories_async (BenkInventory *self,
                                           const BenkId *device,
                                           GPtrArray *words,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
/* @owed_reason: (nullable): why one goes on without the owed guards. */
void benk_inventory_set_state_async (BenkInventory *self,
                                     const BenkId *device,
                                     BenkDeviceState to,
                                     const char *owed_reason,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* @reference: the reference used in the patient record; NULL unlinks. */
void benk_inventory_link_user_async (BenkInventory *self,
                                     const BenkId *device,
                                     const char *reference,
                                     const char *team,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* What is NULL stays as it is. To reserve, and to give it up: see benk-bulk.h. */
void benk_inventory_change_reservation_async (BenkInventory *self,
                                              const BenkId *device,
                                              const char *reference,
                                              const char *wanted_date,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
void benk_inventory_erase_user_async (BenkInventory *self,
                                      const char *reference,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean benk_inventory_change_finish (BenkInventory *self,
                                       GAsyncResult *result,
                                       gint64 *seq,
                                       GError **error);

G_END_DECLS
