/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fake-clock.h"
#include "benk-mock-usb.h"
#include "benk-usb-link.h"
#include "benk-usb-watch.h"

G_BEGIN_DECLS

/* A mocked bus with a watch on it, and what the watch told. */
typedef struct
{
  BenkMockBus *bus;
  BenkFakeClock *clock;
  BenkUsbWatch *watch;
  GPtrArray *arrived;
  GPtrArray *left;
  guint n_settled;
} BenkUsbFixture;

typedef gboolean (*BenkWaitFunc) (gpointer user_data);

void benk_usb_fixture_set_up (BenkUsbFixture *self, gconstpointer data);
void benk_usb_fixture_start (BenkUsbFixture *self, BenkUsbWatchFlags flags);
void benk_usb_fixture_tear_down (BenkUsbFixture *self, gconstpointer data);

void benk_wait_until (BenkWaitFunc func, gpointer user_data);
void benk_wait_for_count (const guint *count, guint wanted);
void benk_wait_idle (void);

/* Plugs @spec in and waits until the watch has told of it. */
BenkUsbDevice *benk_usb_fixture_plug (BenkUsbFixture *self,
                                      const BenkMockSpec *spec,
                                      BenkMockDevice **mock);

G_END_DECLS
