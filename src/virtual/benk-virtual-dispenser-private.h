/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-agent.h"
#include "benk-virtual-dispenser.h"
#include "benk-virtual-fault.h"

G_BEGIN_DECLS

/* What a fault shows instead of the memory, and what must never be saved. */
typedef struct
{
  guint16 battery;
  gboolean mains;
  gboolean lid_open;
  gboolean dispensing;
  char *serial;
  guint8 system_id[8];
} BenkVirtualOverlay;

struct _BenkVirtualDispenser
{
  GObject parent_instance;

  char *model_id;
  char *name;
  char *serial;
  char *state_path;
  BenkClock *clock;
  GMainContext *context;

  char *flash;
  BenkAgentMemory *memory;
  BenkAgent *agent;
  BenkVirtualOverlay overlay;
  gboolean overlaid;
  gboolean returned;

  BenkVirtualFault fault;
  guint transfers;
  guint again_ms;

  gboolean attached;
  gboolean connected;
  gboolean muted;
  GSource *timers[BENK_AGENT_N_TIMERS];
  GSource *restart;
  GQueue late;
  GSource *late_timer;
};

enum
{
  BENK_VIRTUAL_SIGNAL_ATTACHED,
  BENK_VIRTUAL_SIGNAL_DETACHED,
  BENK_VIRTUAL_SIGNAL_APDU,
  BENK_VIRTUAL_SIGNAL_DOWN,
  BENK_VIRTUAL_N_SIGNALS,
};

extern guint benk_virtual_dispenser_signals[BENK_VIRTUAL_N_SIGNALS];

gint64 benk_virtual_dispenser_now (BenkVirtualDispenser *self);
void benk_virtual_stop_source (GSource **source);
void benk_virtual_dispenser_run (BenkVirtualDispenser *self, GPtrArray *actions);
gboolean benk_virtual_dispenser_save (BenkVirtualDispenser *self);
gboolean benk_virtual_dispenser_load_flash (BenkVirtualDispenser *self, GError **error);
void benk_virtual_dispenser_power_off (BenkVirtualDispenser *self);
void benk_virtual_dispenser_show_memory (BenkVirtualDispenser *self);
void benk_virtual_dispenser_overlay (BenkVirtualDispenser *self);
void benk_virtual_dispenser_show_fault (BenkVirtualDispenser *self);
void benk_virtual_dispenser_attach (BenkVirtualDispenser *self);
void benk_virtual_dispenser_detach (BenkVirtualDispenser *self, const char *why);

void benk_virtual_line_clear (BenkVirtualDispenser *self);
void benk_virtual_line_break (BenkVirtualDispenser *self, const GError *reason);
gboolean benk_virtual_line_send (BenkVirtualDispenser *self, GBytes *apdu);

G_END_DECLS
