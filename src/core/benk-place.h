/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkPlaceKind:
 * @BENK_PLACE_KIND_STORE: a room.
 * @BENK_PLACE_KIND_SHELF: a shelf in a store.
 * @BENK_PLACE_KIND_TEAM: a district or another team.
 * @BENK_PLACE_KIND_USER: at the home of a user.
 * @BENK_PLACE_KIND_VENDOR: with a vendor.
 *
 * What kind of place it is.
 */
typedef enum
{
  BENK_PLACE_KIND_STORE,
  BENK_PLACE_KIND_SHELF,
  BENK_PLACE_KIND_TEAM,
  BENK_PLACE_KIND_USER,
  BENK_PLACE_KIND_VENDOR,
} BenkPlaceKind;

#define BENK_N_PLACE_KINDS (BENK_PLACE_KIND_VENDOR + 1)

const char *benk_place_kind_to_name (BenkPlaceKind value);
gboolean benk_place_kind_from_name (const char *name, BenkPlaceKind *out_value);
const char *benk_place_kind_get_label (BenkPlaceKind value);

/**
 * BenkPlace:
 *
 * A place where devices are.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `name`: name
 * - `kind`: what kind of place
 */
#define BENK_TYPE_PLACE (benk_place_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlace, benk_place, BENK, PLACE, GObject)

BenkPlace *benk_place_new (void);

const BenkId *benk_place_get_id (BenkPlace *self);
void benk_place_set_id (BenkPlace *self, const BenkId *value);
const char *benk_place_get_name (BenkPlace *self);
void benk_place_set_name (BenkPlace *self, const char *value);
BenkPlaceKind benk_place_get_kind (BenkPlace *self);
void benk_place_set_kind (BenkPlace *self, BenkPlaceKind value);

G_END_DECLS
