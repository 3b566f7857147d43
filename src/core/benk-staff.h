/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkStaff:
 *
 * A person at the keyboard.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `initials`: short sign, as in ABC
 * - `name`: name (personal)
 * - `account`: system account, or NULL
 */
#define BENK_TYPE_STAFF (benk_staff_get_type ())
G_DECLARE_FINAL_TYPE (BenkStaff, benk_staff, BENK, STAFF, GObject)

BenkStaff *benk_staff_new (void);

const BenkId *benk_staff_get_id (BenkStaff *self);
void benk_staff_set_id (BenkStaff *self, const BenkId *value);
const char *benk_staff_get_initials (BenkStaff *self);
void benk_staff_set_initials (BenkStaff *self, const char *value);
const char *benk_staff_get_name (BenkStaff *self);
void benk_staff_set_name (BenkStaff *self, const char *value);
const char *benk_staff_get_account (BenkStaff *self);
void benk_staff_set_account (BenkStaff *self, const char *value);

G_END_DECLS
