/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-link-kind.h"

G_BEGIN_DECLS

/**
 * BenkProofKind:
 * @BENK_PROOF_KIND_RESET: nothing personal is left in the device.
 * @BENK_PROOF_KIND_READY: the device holds the plan it should.
 *
 * What is proven.
 */
typedef enum
{
  BENK_PROOF_KIND_RESET,
  BENK_PROOF_KIND_READY,
} BenkProofKind;

#define BENK_N_PROOF_KINDS (BENK_PROOF_KIND_READY + 1)

const char *benk_proof_kind_to_name (BenkProofKind value);
gboolean benk_proof_kind_from_name (const char *name, BenkProofKind *out_value);
const char *benk_proof_kind_get_label (BenkProofKind value);

/**
 * BenkProof:
 *
 * A proof that something is so with a device. Never taken back; a later row makes it
 * invalid.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `device-id`: the device
 * - `kind`: what is proven
 * - `link-kind`: how it is known
 * - `run-id`: the run that wrote it; nil = none
 * - `at-ms`: UTC ms
 * - `order`: place in the change log where it was written
 * - `valid`: not made invalid by a later row
 */
#define BENK_TYPE_PROOF (benk_proof_get_type ())
G_DECLARE_FINAL_TYPE (BenkProof, benk_proof, BENK, PROOF, GObject)

BenkProof *benk_proof_new (void);

const BenkId *benk_proof_get_id (BenkProof *self);
void benk_proof_set_id (BenkProof *self, const BenkId *value);
const BenkId *benk_proof_get_device_id (BenkProof *self);
void benk_proof_set_device_id (BenkProof *self, const BenkId *value);
BenkProofKind benk_proof_get_kind (BenkProof *self);
void benk_proof_set_kind (BenkProof *self, BenkProofKind value);
BenkLinkKind benk_proof_get_link_kind (BenkProof *self);
void benk_proof_set_link_kind (BenkProof *self, BenkLinkKind value);
const BenkId *benk_proof_get_run_id (BenkProof *self);
void benk_proof_set_run_id (BenkProof *self, const BenkId *value);
gint64 benk_proof_get_at_ms (BenkProof *self);
void benk_proof_set_at_ms (BenkProof *self, gint64 value);
gint64 benk_proof_get_order (BenkProof *self);
void benk_proof_set_order (BenkProof *self, gint64 value);
gboolean benk_proof_get_valid (BenkProof *self);
void benk_proof_set_valid (BenkProof *self, gboolean value);

G_END_DECLS
