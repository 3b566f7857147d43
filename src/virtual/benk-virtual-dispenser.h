/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-agent-memory.h"
#include "benk-clock.h"

G_BEGIN_DECLS

#define BENK_TYPE_VIRTUAL_DISPENSER (benk_virtual_dispenser_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkVirtualDispenser, benk_virtual_dispenser, BENK, VIRTUAL_DISPENSER, GObject)

BenkVirtualDispenser *benk_virtual_dispenser_new (const char *model_id,
                                                  const char *serial,
                                                  BenkClock *clock,
                                                  const char *state_dir,
                                                  GError **error);

const char *benk_virtual_dispenser_get_model_id (BenkVirtualDispenser *self);
const char *benk_virtual_dispenser_get_name (BenkVirtualDispenser *self);
const char *benk_virtual_dispenser_get_serial (BenkVirtualDispenser *self);
const char *benk_virtual_dispenser_get_state_path (BenkVirtualDispenser *self);
gboolean benk_virtual_dispenser_is_associated (BenkVirtualDispenser *self);
gboolean benk_virtual_dispenser_get_attached (BenkVirtualDispenser *self);
const BenkAgentMemory *benk_virtual_dispenser_get_memory (BenkVirtualDispenser *self);
guint benk_virtual_dispenser_get_transfers (BenkVirtualDispenser *self);

gboolean benk_virtual_dispenser_set_fault (BenkVirtualDispenser *self,
                                           const char *fault,
                                           GError **error);
void benk_virtual_dispenser_set_again (BenkVirtualDispenser *self, guint ms);

void benk_virtual_dispenser_plug (BenkVirtualDispenser *self);
void benk_virtual_dispenser_unplug (BenkVirtualDispenser *self);
gboolean benk_virtual_dispenser_power_on (BenkVirtualDispenser *self, GError **error);
void benk_virtual_dispenser_cut_power (BenkVirtualDispenser *self);

void benk_virtual_dispenser_set_power (BenkVirtualDispenser *self,
                                       guint battery,
                                       gboolean mains);
void benk_virtual_dispenser_set_condition (BenkVirtualDispenser *self,
                                           gboolean lid_open,
                                           gboolean dispensing);
void benk_virtual_dispenser_dispense (BenkVirtualDispenser *self, guint count);
gboolean benk_virtual_dispenser_make_used (BenkVirtualDispenser *self, GError **error);

gboolean benk_virtual_dispenser_connect_host (BenkVirtualDispenser *self, GError **error);
void benk_virtual_dispenser_disconnect_host (BenkVirtualDispenser *self);
void benk_virtual_dispenser_deliver (BenkVirtualDispenser *self, GBytes *apdu);

G_END_DECLS
