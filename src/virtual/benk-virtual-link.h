/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-link.h"
#include "benk-virtual-dispenser.h"

G_BEGIN_DECLS

#define BENK_TYPE_VIRTUAL_LINK (benk_virtual_link_get_type ())
G_DECLARE_FINAL_TYPE (BenkVirtualLink, benk_virtual_link, BENK, VIRTUAL_LINK, BenkLink)

BenkLink *benk_virtual_link_new (BenkVirtualDispenser *dispenser);
BenkVirtualDispenser *benk_virtual_link_get_dispenser (BenkVirtualLink *self);

G_END_DECLS
