/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BENK_ACCESSORY_MAX_KINDS:
 *
 * How many kinds of accessories a model may list.
 */
#define BENK_ACCESSORY_MAX_KINDS 16

/**
 * BENK_ACCESSORY_MAX_CHARACTERS:
 *
 * How long the name of a kind may be.
 */
#define BENK_ACCESSORY_MAX_CHARACTERS 40

/**
 * BenkAccessoryStatus:
 * @BENK_ACCESSORY_NOT_LOOKED_AT: nobody has said anything since the device came.
 * @BENK_ACCESSORY_THERE: somebody has seen it.
 * @BENK_ACCESSORY_MISSING: somebody has looked for it in vain.
 *
 * What is known of one accessory of one device. Not looked at is never taken for there.
 */
typedef enum
{
  BENK_ACCESSORY_NOT_LOOKED_AT,
  BENK_ACCESSORY_THERE,
  BENK_ACCESSORY_MISSING,
} BenkAccessoryStatus;

#define BENK_N_ACCESSORY_STATUSES (BENK_ACCESSORY_MISSING + 1)

const char *benk_accessory_status_to_name (BenkAccessoryStatus status);
gboolean benk_accessory_status_from_name (const char *name,
                                          BenkAccessoryStatus *out_status);
const char *benk_accessory_status_get_label (BenkAccessoryStatus status);

const char *const *benk_accessory_get_standard_kinds (void);
const char *benk_accessory_kind_get_label (const char *kind);
gboolean benk_accessory_kind_gives_power (const char *kind);
const char *benk_accessory_kind_match (const char *const *kinds, const char *text);
gboolean benk_accessory_kinds_check (const char *const *kinds, GError **error);

G_END_DECLS
