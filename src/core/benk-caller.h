/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkCaller:
 * @BENK_CALLER_USER: the service user.
 * @BENK_CALLER_NEXT_OF_KIN: next of kin.
 * @BENK_CALLER_HOME_CARE: home care, out at users.
 * @BENK_CALLER_COORDINATOR: a coordinator.
 * @BENK_CALLER_CHARGE_NURSE: the charge nurse on duty.
 * @BENK_CALLER_VENDOR: a vendor.
 * @BENK_CALLER_OTHER: somebody else.
 *
 * In which role somebody called about a device; never a name.
 */
typedef enum
{
  BENK_CALLER_USER,
  BENK_CALLER_NEXT_OF_KIN,
  BENK_CALLER_HOME_CARE,
  BENK_CALLER_COORDINATOR,
  BENK_CALLER_CHARGE_NURSE,
  BENK_CALLER_VENDOR,
  BENK_CALLER_OTHER,
} BenkCaller;

#define BENK_N_CALLERS (BENK_CALLER_OTHER + 1)

const char *benk_caller_to_name (BenkCaller value);
gboolean benk_caller_from_name (const char *name, BenkCaller *out_value);
const char *benk_caller_get_label (BenkCaller value);

G_END_DECLS
