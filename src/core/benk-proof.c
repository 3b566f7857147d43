/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-proof.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"

#include <glib/gi18n.h>

struct _BenkProof
{
  GObject parent_instance;

  BenkId id;
  BenkId device_id;
  BenkProofKind kind;
  BenkLinkKind link_kind;
  BenkId run_id;
  gint64 at_ms;
  gint64 order;
  gboolean valid;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkProof, id),       BENK_FIELD (ID, BenkProof, device_id),
  BENK_FIELD (INT, BenkProof, kind),    BENK_FIELD (INT, BenkProof, link_kind),
  BENK_FIELD (ID, BenkProof, run_id),   BENK_FIELD (INT64, BenkProof, at_ms),
  BENK_FIELD (INT64, BenkProof, order), BENK_FIELD (BOOLEAN, BenkProof, valid),
};

BENK_DEFINE_RECORD (BenkProof, benk_proof)

BENK_RECORD_ID (BenkProof, benk_proof, id)
BENK_RECORD_ID (BenkProof, benk_proof, device_id)
BENK_RECORD_VALUE (BenkProof, benk_proof, BenkProofKind, kind)
BENK_RECORD_VALUE (BenkProof, benk_proof, BenkLinkKind, link_kind)
BENK_RECORD_ID (BenkProof, benk_proof, run_id)
BENK_RECORD_VALUE (BenkProof, benk_proof, gint64, at_ms)
BENK_RECORD_VALUE (BenkProof, benk_proof, gint64, order)
BENK_RECORD_VALUE (BenkProof, benk_proof, gboolean, valid)

static const BenkName proof_kind_names[] = {
  [BENK_PROOF_KIND_RESET] = { "reset", N_ ("Reset, proven") },
  [BENK_PROOF_KIND_READY] = { "ready", N_ ("Ready, read back") },
};

BENK_DEFINE_NAMES (BenkProofKind, benk_proof_kind, proof_kind_names)
