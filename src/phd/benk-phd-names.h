/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkPhdValueKind:
 * @BENK_PHD_VALUE_OCTETS: not understood: only the octets are known
 * @BENK_PHD_VALUE_NUMBER: a finite number
 * @BENK_PHD_VALUE_TEXT: a text
 */
typedef enum
{
  BENK_PHD_VALUE_OCTETS,
  BENK_PHD_VALUE_NUMBER,
  BENK_PHD_VALUE_TEXT,
} BenkPhdValueKind;

const char *benk_phd_attr_get_name (guint16 id);
const char *benk_phd_class_get_name (guint16 id);
const char *benk_phd_event_get_name (guint16 type);
const char *benk_phd_spec_get_name (guint16 code);

BenkPhdValueKind
benk_phd_value_describe (guint16 id, GBytes *value, double *number, char **text);
char *benk_phd_octets_to_hex (GBytes *octets);

G_END_DECLS
