/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A network that comes and goes when it is told to. */
#define BENK_TYPE_NETWORK (benk_network_get_type ())
G_DECLARE_FINAL_TYPE (BenkNetwork, benk_network, BENK, NETWORK, GObject)

BenkNetwork *benk_network_new (void);
void benk_network_set_available (BenkNetwork *self, gboolean available);

G_END_DECLS
