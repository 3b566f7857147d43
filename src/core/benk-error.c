/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"

static const char *const names[BENK_N_ERRORS] = {
  [BENK_ERROR_FAILED] = "failed",
  [BENK_ERROR_INVALID] = "invalid",
  [BENK_ERROR_REFUSED] = "refused",
  [BENK_ERROR_NOT_FOUND] = "not-found",
  [BENK_ERROR_CONFLICT] = "conflict",
  [BENK_ERROR_BUSY] = "busy",
  [BENK_ERROR_IO] = "io",
  [BENK_ERROR_FULL] = "full",
  [BENK_ERROR_CORRUPT] = "corrupt",
  [BENK_ERROR_NEWER] = "newer",
  [BENK_ERROR_PERMISSION] = "permission",
  [BENK_ERROR_TIMEOUT] = "timeout",
  [BENK_ERROR_DISCONNECTED] = "disconnected",
  [BENK_ERROR_PROTOCOL] = "protocol",
  [BENK_ERROR_UNSUPPORTED] = "unsupported",
  [BENK_ERROR_AUTH] = "auth",
  [BENK_ERROR_TLS] = "tls",
  [BENK_ERROR_CANCELLED] = "cancelled",
  [BENK_ERROR_USAGE] = "usage",
};

/**
 * benk_error_quark:
 *
 * Returns: the quark of %BENK_ERROR
 */
GQuark
benk_error_quark (void)
{
  return g_quark_from_static_string ("benk-error-quark");
}

/**
 * benk_error_get_name:
 * @code: a #BenkError, or any other number
 *
 * The stable name of an error code, as printed in `error.code` of `--json`.
 *
 * Returns: (transfer none): the name; "failed" for a number that is no #BenkError
 */
const char *
benk_error_get_name (int code)
{
  if (code < 0 || code >= BENK_N_ERRORS)
    return names[BENK_ERROR_FAILED];

  return names[code];
}
