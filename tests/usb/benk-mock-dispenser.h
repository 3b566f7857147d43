/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-mock-usb.h"
#include "benk-virtual-usb.h"

G_BEGIN_DECLS

/* A simulated dispenser on the mocked bus: what comes and goes there is what its packets
 * say. Lives in the main thread, as its timers do. */
typedef struct
{
  BenkMockBus *bus;
  guint port; /* the socket; a new one each time if 0 */
  BenkVirtualDispenser *dispenser;
  BenkVirtualUsb *usb;
  BenkMockDevice *mock; /* while it is on the bus */
} BenkMockDispenser;

BenkMockDispenser *benk_mock_dispenser_new (BenkMockBus *bus,
                                            const char *model_id,
                                            const char *serial,
                                            BenkClock *clock);
BenkMockDispenser *benk_mock_dispenser_new_at (BenkMockBus *bus,
                                               const char *model_id,
                                               const char *serial,
                                               BenkClock *clock,
                                               guint port);
void benk_mock_dispenser_free (BenkMockDispenser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkMockDispenser, benk_mock_dispenser_free)

G_END_DECLS
