/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-forecast.h"
#include "benk-id.h"
#include "benk-place.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BENK_DEVICE_STATES_ON_SHELF:
 *
 * Where a device in that state should be found in a place of our own: after it came and
 * before it goes to a user or is handed over to the vendor.
 */
#define BENK_DEVICE_STATES_ON_SHELF                                                      \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED) |                                 \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_STOCK) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PREPARING) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_QUARANTINE) |                               \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RESET) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_FAULTY) |                                   \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RMA_REQUESTED) |                            \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RMA_PACKED))

/**
 * BENK_STOCK_ENDING_DAYS_PROPOSED:
 *
 * How many days ahead the end of a warranty or a lease is shown; proposed by the program.
 */
#define BENK_STOCK_ENDING_DAYS_PROPOSED 60

/**
 * BENK_STOCK_MAX_LEAST:
 *
 * The highest low-stock limit; more is a slip of the finger.
 */
#define BENK_STOCK_MAX_LEAST 9999

/**
 * BenkStockModel:
 * @model_id: a model
 * @counts: devices in each state
 * @n_free: those in stock that are kept for nobody and whose lease has not ended
 * @forecast: when they run out, and what that rests on
 *
 * One model's row of the table of stock.
 */
typedef struct
{
  char *model_id;
  guint counts[BENK_N_DEVICE_STATES];
  guint n_free;
  BenkForecast forecast;
} BenkStockModel;

/**
 * BenkStockShare:
 * @model_id: a model
 * @n: how many of it
 */
typedef struct
{
  char *model_id;
  guint n;
} BenkStockShare;

/**
 * BenkStockPlace:
 * @id: a place
 * @name: its name
 * @kind: what it is
 * @n: how many devices are there
 * @shares: (element-type BenkStockShare): by model
 *
 * A place with its contents.
 */
typedef struct
{
  BenkId id;
  char *name;
  BenkPlaceKind kind;
  guint n;
  GPtrArray *shares;
} BenkStockPlace;

/**
 * BenkStockEnding:
 * @device: a device
 * @is_lease: whether its lease ends, or else its warranty
 * @date: the last day, "YYYY-MM-DD"
 * @days: days until then
 *
 * A warranty or a lease that ends soon.
 */
typedef struct
{
  BenkId device;
  char *model_id;
  char *serial;
  char *asset;
  char *place_name;
  BenkDeviceState state;
  gboolean is_lease;
  char *date;
  int days;
} BenkStockEnding;

/**
 * BenkStockLimit:
 * @id: birth name
 * @model_id: of which model
 * @place: in which place; nil = all together
 * @place_name: (nullable): its name
 * @least: so many should be free at least
 * @n_free: so many are
 * @made_ms: when it was set
 * @who: (nullable): initials of who set it
 *
 * A low-stock limit, and how it stands.
 */
typedef struct
{
  BenkId id;
  char *model_id;
  BenkId place;
  char *place_name;
  guint least;
  guint n_free;
  gint64 made_ms;
  char *who;
} BenkStockLimit;

/**
 * BenkStockSummary:
 * @models: (element-type BenkStockModel): every model of which there is a device
 * @places: (element-type BenkStockPlace): our own first, then by name
 * @endings: (element-type BenkStockEnding): the soonest first
 * @limits: (element-type BenkStockLimit): by model, all places together first
 * @reservations: (element-type BenkReservation): what has to be done first in front
 *
 * The shelf at a glance.
 */
typedef struct
{
  GPtrArray *models;
  GPtrArray *places;
  GPtrArray *endings;
  GPtrArray *limits;
  GPtrArray *reservations;
} BenkStockSummary;

gboolean benk_stock_is_on_shelf (BenkDeviceState state);
gboolean benk_stock_is_own_place (BenkPlaceKind kind);
gboolean benk_stock_limit_is_low (const BenkStockLimit *self);
BenkStockModel *benk_stock_summary_find (const BenkStockSummary *self,
                                         const char *model_id);

BenkStockSummary *benk_stock_summary_new (void);
void benk_stock_summary_free (BenkStockSummary *self);
void benk_stock_model_free (BenkStockModel *self);
void benk_stock_share_free (BenkStockShare *self);
void benk_stock_place_free (BenkStockPlace *self);
void benk_stock_ending_free (BenkStockEnding *self);
void benk_stock_limit_free (BenkStockLimit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkStockSummary, benk_stock_summary_free)

G_END_DECLS
