/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-virtual-usb.h"

G_BEGIN_DECLS

struct _BenkVirtualUsb
{
  GObject parent_instance;

  BenkVirtualDispenser *dispenser;
  GQueue packets;
  GByteArray *arrived;
  gboolean configured;
  gboolean connected;
  gboolean halted_in;
  gboolean halted_out;
  gboolean hold_out;
  gboolean zlp;
};

void benk_virtual_usb_clear_halt (BenkVirtualUsb *self, guint8 endpoint);
void benk_virtual_usb_halt (BenkVirtualUsb *self, guint8 endpoint);
void benk_virtual_usb_restart (BenkVirtualUsb *self);

G_END_DECLS
