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

/* What an error carries besides code and words. */
typedef struct
{
  BenkTroubleNote note;
} BenkErrorPrivate;

static void
benk_error_private_init (BenkErrorPrivate *self)
{
}

static void
benk_error_private_copy (const BenkErrorPrivate *from, BenkErrorPrivate *to)
{
  to->note = from->note;
}

static void
benk_error_private_clear (BenkErrorPrivate *self)
{
}

/**
 * benk_error_quark:
 *
 * Returns: the quark of %BENK_ERROR
 */
G_DEFINE_EXTENDED_ERROR (BenkError, benk_error)

/**
 * benk_error_set_trouble:
 * @error: an error of %BENK_ERROR
 * @trouble: what kind of trouble with a source it is
 * @status: the HTTP status; 0 = none
 *
 * Says what an error of a source comes from, more closely than its code.
 */
void
benk_error_set_trouble (GError *error, BenkTrouble trouble, guint status)
{
  g_return_if_fail (error->domain == BENK_ERROR);
  benk_error_get_private (error)->note = (BenkTroubleNote){ trouble, status };
}

/**
 * benk_error_get_trouble:
 * @error: an error
 *
 * Returns: what it comes from; %BENK_TROUBLE_NONE if nobody said
 */
BenkTroubleNote
benk_error_get_trouble (const GError *error)
{
  if (error->domain != BENK_ERROR)
    return (BenkTroubleNote){ BENK_TROUBLE_NONE, 0 };
  return benk_error_get_private (error)->note;
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
