/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkModelKind:
 * @BENK_MODEL_KIND_DISPENSER: it dispenses medicine.
 * @BENK_MODEL_KIND_SAFETY_ALARM: a safety alarm.
 * @BENK_MODEL_KIND_SMOKE_DETECTOR: a smoke detector.
 * @BENK_MODEL_KIND_GPS: a GPS locator.
 * @BENK_MODEL_KIND_OTHER: any other equipment.
 *
 * What a model is. All but dispensers are *other equipment*: stocked, labelled, lent out
 * and returned like them, but without plan, doses and USB.
 */
typedef enum
{
  BENK_MODEL_KIND_DISPENSER,
  BENK_MODEL_KIND_SAFETY_ALARM,
  BENK_MODEL_KIND_SMOKE_DETECTOR,
  BENK_MODEL_KIND_GPS,
  BENK_MODEL_KIND_OTHER,
} BenkModelKind;

#define BENK_N_MODEL_KINDS (BENK_MODEL_KIND_OTHER + 1)

const char *benk_model_kind_to_name (BenkModelKind kind);
gboolean benk_model_kind_from_name (const char *name, BenkModelKind *out_kind);
const char *benk_model_kind_get_label (BenkModelKind kind);

/**
 * benk_model_kind_gives_doses:
 * @kind: a kind
 *
 * Returns: whether it has a plan, doses and medicine in it
 */
static inline gboolean
benk_model_kind_gives_doses (BenkModelKind kind)
{
  return kind == BENK_MODEL_KIND_DISPENSER;
}

G_END_DECLS
