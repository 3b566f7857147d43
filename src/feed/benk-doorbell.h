/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fhir-client.h"

G_BEGIN_DECLS

/**
 * BenkDoorbellState:
 * @BENK_DOORBELL_OFF: not asked for
 * @BENK_DOORBELL_NONE: the server has none; it has to be asked
 * @BENK_DOORBELL_CALLING: being connected
 * @BENK_DOORBELL_BOUND: rings when something is new
 * @BENK_DOORBELL_WAITING: lost; it is tried again later
 *
 * Where the line stands.
 */
typedef enum
{
  BENK_DOORBELL_OFF,
  BENK_DOORBELL_NONE,
  BENK_DOORBELL_CALLING,
  BENK_DOORBELL_BOUND,
  BENK_DOORBELL_WAITING,
} BenkDoorbellState;

/* Signals: "ring" (gboolean gap: something may have been missed); "changed" (the state).
 */
#define BENK_TYPE_DOORBELL (benk_doorbell_get_type ())
G_DECLARE_FINAL_TYPE (BenkDoorbell, benk_doorbell, BENK, DOORBELL, GObject)

BenkDoorbell *benk_doorbell_new (BenkFhirClient *client, GRand *random);
void benk_doorbell_start (BenkDoorbell *self);
void benk_doorbell_stop (BenkDoorbell *self);
void benk_doorbell_set_keepalive (BenkDoorbell *self, guint seconds);
BenkDoorbellState benk_doorbell_get_state (BenkDoorbell *self);
const char *benk_doorbell_get_problem (BenkDoorbell *self);
guint benk_doorbell_get_n_pongs (BenkDoorbell *self);

G_END_DECLS
