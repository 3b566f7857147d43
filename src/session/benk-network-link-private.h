/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-link.h"

G_BEGIN_DECLS

#define BENK_TYPE_NETWORK_LINK (benk_network_link_get_type ())
G_DECLARE_FINAL_TYPE (BenkNetworkLink, benk_network_link, BENK, NETWORK_LINK, BenkLink)

BenkLink *benk_network_link_new (GSocketConnection *connection, BenkClock *clock);

G_END_DECLS
