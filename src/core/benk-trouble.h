/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkTrouble:
 * @BENK_TROUBLE_NONE: none.
 * @BENK_TROUBLE_OFFLINE: this computer has no network.
 * @BENK_TROUBLE_UNREACHABLE: nobody is found at the address.
 * @BENK_TROUBLE_CUT: the connection broke.
 * @BENK_TROUBLE_NO_ANSWER: the answer did not come, or not whole, in time.
 * @BENK_TROUBLE_LOGIN_PAGE: a web page answered, as of a network that asks for a login.
 * @BENK_TROUBLE_REDIRECT: the answer leads to another address.
 * @BENK_TROUBLE_TLS_ISSUER: a certificate from somebody who is not trusted.
 * @BENK_TROUBLE_TLS_NAME: a certificate for another host.
 * @BENK_TROUBLE_TLS_EARLY: a certificate that is not valid yet.
 * @BENK_TROUBLE_TLS_EXPIRED: a certificate that has expired.
 * @BENK_TROUBLE_TLS_OTHER: the connection cannot be protected for another reason.
 * @BENK_TROUBLE_NO_TOKEN: the token cannot be read on this computer.
 * @BENK_TROUBLE_TOKEN: the token is not accepted.
 * @BENK_TROUBLE_NO_ACCESS: the token gives no access.
 * @BENK_TROUBLE_NOT_THERE: there are no alarms at the address.
 * @BENK_TROUBLE_REFUSED: the question is not accepted.
 * @BENK_TROUBLE_ASKED_TO_WAIT: the source asks to be left alone.
 * @BENK_TROUBLE_SERVER: the source has a fault of its own.
 * @BENK_TROUBLE_GARBLED: the answer cannot be understood.
 * @BENK_TROUBLE_TOO_LARGE: the answer is longer than is read.
 * @BENK_TROUBLE_PAGES: the pages lead in a circle, or elsewhere.
 * @BENK_TROUBLE_NOT_ALL: it answers, but may not have given all.
 * @BENK_TROUBLE_NOT_SAVED: what came could not be kept on disk.
 *
 * Why a source of alarms did not answer as it should.
 */
typedef enum
{
  BENK_TROUBLE_NONE,
  BENK_TROUBLE_OFFLINE,
  BENK_TROUBLE_UNREACHABLE,
  BENK_TROUBLE_CUT,
  BENK_TROUBLE_NO_ANSWER,
  BENK_TROUBLE_LOGIN_PAGE,
  BENK_TROUBLE_REDIRECT,
  BENK_TROUBLE_TLS_ISSUER,
  BENK_TROUBLE_TLS_NAME,
  BENK_TROUBLE_TLS_EARLY,
  BENK_TROUBLE_TLS_EXPIRED,
  BENK_TROUBLE_TLS_OTHER,
  BENK_TROUBLE_NO_TOKEN,
  BENK_TROUBLE_TOKEN,
  BENK_TROUBLE_NO_ACCESS,
  BENK_TROUBLE_NOT_THERE,
  BENK_TROUBLE_REFUSED,
  BENK_TROUBLE_ASKED_TO_WAIT,
  BENK_TROUBLE_SERVER,
  BENK_TROUBLE_GARBLED,
  BENK_TROUBLE_TOO_LARGE,
  BENK_TROUBLE_PAGES,
  BENK_TROUBLE_NOT_ALL,
  BENK_TROUBLE_NOT_SAVED,
} BenkTrouble;

#define BENK_N_TROUBLES (BENK_TROUBLE_NOT_SAVED + 1)

const char *benk_trouble_to_name (BenkTrouble value);
gboolean benk_trouble_from_name (const char *name, BenkTrouble *out_value);
const char *benk_trouble_get_label (BenkTrouble value);
const char *benk_trouble_get_happened (BenkTrouble value);

/**
 * BenkTroubleNote:
 * @trouble: what it is
 * @number: the HTTP status, 0 = none; of %BENK_TROUBLE_OFFLINE since when, of
 *   %BENK_TROUBLE_ASKED_TO_WAIT until when, UTC milliseconds
 *
 * A trouble with what else is known of it.
 */
typedef struct
{
  BenkTrouble trouble;
  gint64 number;
} BenkTroubleNote;

char *benk_trouble_note_to_text (const BenkTroubleNote *note);
gboolean benk_trouble_note_parse (const char *text, BenkTroubleNote *note);
char *benk_trouble_note_describe (const BenkTroubleNote *note,
                                  gint64 answered_ms,
                                  gint64 now_ms,
                                  GTimeZone *zone);

G_END_DECLS
