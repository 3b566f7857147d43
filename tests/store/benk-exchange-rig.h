/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-exchange.h"
#include "benk-store-fixture.h"

G_BEGIN_DECLS

/**
 * BenkExchangeRig:
 * @a: the store of one laptop
 * @b: that of the other
 * @db: what comes of both logs
 * @exchange: into it
 */
typedef struct
{
  BenkStoreFixture a, b;
  BenkDb *db;
  BenkExchange *exchange;
  gint64 number;
} BenkExchangeRig;

void benk_exchange_rig_set_up (BenkExchangeRig *self, gconstpointer unused);
void benk_exchange_rig_tear_down (BenkExchangeRig *self, gconstpointer unused);

GPtrArray *benk_exchange_rig_change (BenkStoreFixture *laptop, const char *sql);
void benk_exchange_rig_receive (BenkExchangeRig *self, GPtrArray *rows);
void benk_exchange_rig_register (BenkExchangeRig *self, guint n);
GPtrArray *benk_exchange_rig_work (BenkExchangeRig *self);

G_END_DECLS
