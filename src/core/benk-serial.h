/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkImeiCheck:
 * @BENK_IMEI_OK: 15 digits and the check digit fits.
 * @BENK_IMEI_MISSING: there is none.
 * @BENK_IMEI_NOT_15_DIGITS: not 15 digits.
 * @BENK_IMEI_CHECK_DIGIT: 15 digits, but the Luhn check digit does not fit.
 * @BENK_IMEI_SPREADSHEET: a spreadsheet made a rounded number of it, as in 3,56938E+14;
 * the digits are lost.
 *
 * What is odd about an IMEI. It warns and never blocks: even published samples fail the
 * check.
 */
typedef enum
{
  BENK_IMEI_OK,
  BENK_IMEI_MISSING,
  BENK_IMEI_NOT_15_DIGITS,
  BENK_IMEI_CHECK_DIGIT,
  BENK_IMEI_SPREADSHEET,
} BenkImeiCheck;

char *benk_serial_normalise (const char *serial);
gboolean benk_serial_is_plausible (const char *text);
gboolean benk_device_birth_id (const char *model_id, const char *serial, BenkId *out_id);
BenkImeiCheck benk_imei_check (const char *imei);
const char *benk_imei_check_get_label (BenkImeiCheck check);
gboolean benk_text_is_spreadsheet_number (const char *text);

G_END_DECLS
