/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-place.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"

#include <glib/gi18n.h>

struct _BenkPlace
{
  GObject parent_instance;

  BenkId id;
  char *name;
  BenkPlaceKind kind;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkPlace, id),
  BENK_FIELD (STRING, BenkPlace, name),
  BENK_FIELD (INT, BenkPlace, kind),
};

BENK_DEFINE_RECORD (BenkPlace, benk_place)

BENK_RECORD_ID (BenkPlace, benk_place, id)
BENK_RECORD_STRING (BenkPlace, benk_place, name)
BENK_RECORD_VALUE (BenkPlace, benk_place, BenkPlaceKind, kind)

static const BenkName place_kind_names[] = {
  [BENK_PLACE_KIND_STORE] = { "store", N_ ("Store") },
  [BENK_PLACE_KIND_SHELF] = { "shelf", N_ ("Shelf") },
  [BENK_PLACE_KIND_TEAM] = { "team", N_ ("Team") },
  [BENK_PLACE_KIND_USER] = { "user", N_ ("With a user") },
  [BENK_PLACE_KIND_VENDOR] = { "vendor", N_ ("Vendor") },
};

BENK_DEFINE_NAMES (BenkPlaceKind, benk_place_kind, place_kind_names)
