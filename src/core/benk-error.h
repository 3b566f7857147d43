/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-trouble.h"

G_BEGIN_DECLS

/**
 * BENK_ERROR:
 *
 * The one error domain of the program. Errors of SQLite, libusb and HTTP are mapped to it
 * at the edge, with the original text kept in the message.
 */
#define BENK_ERROR (benk_error_quark ())

/**
 * BenkError:
 * @BENK_ERROR_FAILED: none of the others.
 * @BENK_ERROR_INVALID: what was given cannot be understood.
 * @BENK_ERROR_REFUSED: understood, but a rule forbids it.
 * @BENK_ERROR_NOT_FOUND: there is no such thing.
 * @BENK_ERROR_CONFLICT: somebody else changed it meanwhile.
 * @BENK_ERROR_BUSY: try again later.
 * @BENK_ERROR_IO: reading or writing failed.
 * @BENK_ERROR_FULL: the disk or a bounded store is full.
 * @BENK_ERROR_CORRUPT: stored data is damaged.
 * @BENK_ERROR_NEWER: made by a newer version of the program.
 * @BENK_ERROR_PERMISSION: the system does not allow it.
 * @BENK_ERROR_TIMEOUT: no answer in time.
 * @BENK_ERROR_DISCONNECTED: the other side went away.
 * @BENK_ERROR_PROTOCOL: the other side answered against the protocol.
 * @BENK_ERROR_UNSUPPORTED: the other side or this program cannot do it.
 * @BENK_ERROR_AUTH: the server does not accept who we are.
 * @BENK_ERROR_TLS: the connection cannot be trusted.
 * @BENK_ERROR_CANCELLED: stopped by the caller.
 * @BENK_ERROR_USAGE: wrong command line.
 */
typedef enum
{
  BENK_ERROR_FAILED,
  BENK_ERROR_INVALID,
  BENK_ERROR_REFUSED,
  BENK_ERROR_NOT_FOUND,
  BENK_ERROR_CONFLICT,
  BENK_ERROR_BUSY,
  BENK_ERROR_IO,
  BENK_ERROR_FULL,
  BENK_ERROR_CORRUPT,
  BENK_ERROR_NEWER,
  BENK_ERROR_PERMISSION,
  BENK_ERROR_TIMEOUT,
  BENK_ERROR_DISCONNECTED,
  BENK_ERROR_PROTOCOL,
  BENK_ERROR_UNSUPPORTED,
  BENK_ERROR_AUTH,
  BENK_ERROR_TLS,
  BENK_ERROR_CANCELLED,
  BENK_ERROR_USAGE,
} BenkError;

/**
 * BENK_N_ERRORS:
 *
 * How many codes #BenkError has.
 */
#define BENK_N_ERRORS (BENK_ERROR_USAGE + 1)

GQuark benk_error_quark (void);
void benk_error_set_trouble (GError *error, BenkTrouble trouble, guint status);
BenkTroubleNote benk_error_get_trouble (const GError *error);
const char *benk_error_get_name (int code);

G_END_DECLS
