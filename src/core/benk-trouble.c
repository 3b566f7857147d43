/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-trouble.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

static const BenkName trouble_names[] = {
  [BENK_TROUBLE_NONE] = { "none", N_ ("answers") },
  [BENK_TROUBLE_OFFLINE] = { "offline", N_ ("no network") },
  [BENK_TROUBLE_UNREACHABLE] = { "unreachable", N_ ("cannot be reached") },
  [BENK_TROUBLE_CUT] = { "cut", N_ ("the connection broke") },
  [BENK_TROUBLE_NO_ANSWER] = { "no-answer", N_ ("no answer in time") },
  [BENK_TROUBLE_LOGIN_PAGE] = { "login-page", N_ ("the network asks for a login") },
  [BENK_TROUBLE_REDIRECT] = { "redirect", N_ ("leads to another address") },
  [BENK_TROUBLE_TLS_ISSUER] = { "tls-issuer", N_ ("certificate not trusted") },
  [BENK_TROUBLE_TLS_NAME] = { "tls-name", N_ ("certificate of another host") },
  [BENK_TROUBLE_TLS_EARLY] = { "tls-early", N_ ("certificate not valid yet") },
  [BENK_TROUBLE_TLS_EXPIRED] = { "tls-expired", N_ ("certificate expired") },
  [BENK_TROUBLE_TLS_OTHER] = { "tls-other", N_ ("connection not protected") },
  [BENK_TROUBLE_NO_TOKEN] = { "no-token", N_ ("no token on this computer") },
  [BENK_TROUBLE_TOKEN] = { "token", N_ ("token not accepted") },
  [BENK_TROUBLE_NO_ACCESS] = { "no-access", N_ ("token gives no access") },
  [BENK_TROUBLE_NOT_THERE] = { "not-there", N_ ("no alarms at this address") },
  [BENK_TROUBLE_REFUSED] = { "refused", N_ ("question not accepted") },
  [BENK_TROUBLE_ASKED_TO_WAIT] = { "asked-to-wait", N_ ("asks us to wait") },
  [BENK_TROUBLE_SERVER] = { "server", N_ ("has a fault of its own") },
  [BENK_TROUBLE_GARBLED] = { "garbled", N_ ("answer not understood") },
  [BENK_TROUBLE_TOO_LARGE] = { "too-large", N_ ("answer too large") },
  [BENK_TROUBLE_PAGES] = { "pages", N_ ("pages without end") },
  [BENK_TROUBLE_NOT_ALL] = { "not-all", N_ ("may not give all alarms") },
  [BENK_TROUBLE_NOT_SAVED] = { "not-saved", N_ ("could not be saved here") },
};

BENK_DEFINE_NAMES (BenkTrouble, benk_trouble, trouble_names)

/* What happened, and what to do. Between them stands what was kept. */
static const struct
{
  const char *happened; /* msgid */
  const char *advice;   /* msgid */
} sentences[] = {
  [BENK_TROUBLE_OFFLINE] = { N_ ("This computer has no network."),
                             N_ ("New alarms are not shown here. It goes on by itself "
                                 "when the network is back.") },
  [BENK_TROUBLE_UNREACHABLE] = { N_ ("The source cannot be reached."),
                                 N_ ("It is asked again by itself. If it goes on, ask IT "
                                     "about the network, and those who run the source "
                                     "whether it is down.") },
  [BENK_TROUBLE_CUT] = { N_ ("The connection broke before the whole answer was there."),
                         N_ ("It is asked again by itself. If it goes on, ask IT about "
                             "the network.") },
  [BENK_TROUBLE_NO_ANSWER] = { N_ ("The source did not answer in time."),
                               N_ ("It is asked again by itself. If it goes on, tell "
                                   "those who run the source.") },
  [BENK_TROUBLE_LOGIN_PAGE] = { N_ ("A web page answered instead of the source: the "
                                    "network probably asks you to log in."),
                                N_ ("Open a web browser and log in to the network.") },
  [BENK_TROUBLE_REDIRECT] = { N_ ("The answer leads to another address, which was not "
                                  "asked."),
                              N_ ("The network may ask you to log in: open a web "
                                  "browser. If that is not it, ask those who run the "
                                  "source for its address.") },
  [BENK_TROUBLE_TLS_ISSUER] = { N_ ("The source's certificate was issued by somebody "
                                    "whom this computer does not trust. Nothing was "
                                    "sent."),
                                N_ ("If the network asks for a login, open a web browser "
                                    "and log in. If not, ask IT whether the issuer's "
                                    "certificate belongs on this computer.") },
  [BENK_TROUBLE_TLS_NAME] = { N_ ("The certificate belongs to another host than the one "
                                  "in the source's address. Nothing was sent."),
                              N_ ("Check the address. If it is right, tell those who run "
                                  "the source.") },
  [BENK_TROUBLE_TLS_EARLY] = { N_ ("The source's certificate is not valid yet. Nothing "
                                   "was sent."),
                               N_ ("Check the date and time of this computer. If they "
                                   "are right, tell those who run the source.") },
  [BENK_TROUBLE_TLS_EXPIRED] = { N_ ("The source's certificate has expired. Nothing was "
                                     "sent."),
                                 N_ ("Check the date and time of this computer. If they "
                                     "are right, those who run the source must renew "
                                     "it.") },
  [BENK_TROUBLE_TLS_OTHER] = { N_ ("The connection to the source cannot be protected. "
                                   "Nothing was sent."),
                               N_ ("Tell IT and those who run the source.") },
  [BENK_TROUBLE_NO_TOKEN] = { N_ ("The token for the source cannot be read on this "
                                  "computer."),
                              N_ ("Log in to the computer again so that the keyring "
                                  "opens, or add the source again with its token.") },
  [BENK_TROUBLE_TOKEN] = { N_ ("The source does not accept the token."),
                           N_ ("Ask those who run the source for a new token, and add "
                               "the source again with it.") },
  [BENK_TROUBLE_NO_ACCESS] = { N_ ("The token does not give access to alarms."),
                               N_ ("Ask those who run the source to give it access.") },
  [BENK_TROUBLE_NOT_THERE] = { N_ ("There are no alarms at the source's address."),
                               N_ ("Check the address. If it is right, tell those who "
                                   "run the source.") },
  [BENK_TROUBLE_REFUSED] = { N_ ("The source does not accept what it is asked."),
                             N_ ("Tell those who run the source.") },
  [BENK_TROUBLE_ASKED_TO_WAIT] = { N_ ("The source asks us to wait."),
                                   N_ ("It is asked again by itself.") },
  [BENK_TROUBLE_SERVER] = { N_ ("The source has a fault of its own."),
                            N_ ("It is asked again by itself. If it goes on, tell those "
                                "who run the source.") },
  [BENK_TROUBLE_GARBLED] = { N_ ("What the source answered is not a list of alarms."),
                             N_ ("It is asked again by itself. If it goes on, tell those "
                                 "who run the source.") },
  [BENK_TROUBLE_TOO_LARGE] = { N_ ("The answer was larger than is read at once."),
                               N_ ("Those who run the source must give it in pages.") },
  [BENK_TROUBLE_PAGES] = { N_ ("The pages of the answer lead in a circle or to another "
                               "address."),
                           N_ ("Tell those who run the source.") },
  [BENK_TROUBLE_NOT_ALL] = { N_ ("The source gave a full page of alarms and did not say "
                                 "where the rest is."),
                             N_ ("If it has more, they are missing here. Tell those who "
                                 "run the source.") },
  [BENK_TROUBLE_NOT_SAVED] = { N_ ("What came could not be saved on this computer."),
                               N_ ("Check that the disk is not full. It is asked for "
                                   "again by itself.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (sentences) == BENK_N_TROUBLES);

/**
 * benk_trouble_get_happened:
 * @value: a trouble, not %BENK_TROUBLE_NONE
 *
 * Returns: (transfer none): what happened, as a sentence
 */
const char *
benk_trouble_get_happened (BenkTrouble value)
{
  return _ (sentences[value].happened);
}

/**
 * benk_trouble_note_to_text:
 * @note: a trouble
 *
 * Returns: (transfer full): how it is stored
 */
char *
benk_trouble_note_to_text (const BenkTroubleNote *note)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, benk_trouble_to_name (note->trouble),
                          note->number);
}

/**
 * benk_trouble_note_parse:
 * @text: (nullable): what was stored
 * @note: (out): a trouble
 *
 * Returns: %FALSE if it is no trouble, or one that an older version put in its own words
 */
gboolean
benk_trouble_note_parse (const char *text, BenkTroubleNote *note)
{
  const char *blank = text ? strchr (text, ' ') : NULL;
  g_autofree char *name = blank ? g_strndup (text, (gsize) (blank - text)) : NULL;

  *note = (BenkTroubleNote){ BENK_TROUBLE_NONE, 0 };
  return name && benk_trouble_from_name (name, &note->trouble) &&
         g_ascii_string_to_signed (blank + 1, 10, G_MININT64, G_MAXINT64, &note->number,
                                   NULL);
}

static char *
describe_happened (const BenkTroubleNote *note, gint64 now_ms, GTimeZone *zone)
{
  const char *words = _ (sentences[note->trouble].happened);
  g_autofree char *at = benk_wording_instant (note->number, now_ms, zone);

  if (note->number <= 0)
    return g_strdup (words);
  if (note->trouble == BENK_TROUBLE_OFFLINE)
    /* Translators: %s is a clock time. */
    return g_strdup_printf (_ ("No network since %s."), at);
  if (note->trouble == BENK_TROUBLE_ASKED_TO_WAIT)
    /* Translators: %s is a clock time. */
    return g_strdup_printf (_ ("The source asks us to wait until %s."), at);
  return g_strdup_printf ("%.*s (HTTP %" G_GINT64_FORMAT ").",
                          (int) strlen (words) - g_str_has_suffix (words, "."), words,
                          note->number);
}

/**
 * benk_trouble_note_describe:
 * @note: a trouble
 * @answered_ms: when the source last answered, UTC milliseconds; 0 = never
 * @now_ms: the present
 * @zone: the zone of the person who reads
 *
 * Returns: (transfer full): what happened, what was kept and what to do, in words; empty
 *   without a trouble
 */
char *
benk_trouble_note_describe (const BenkTroubleNote *note,
                            gint64 answered_ms,
                            gint64 now_ms,
                            GTimeZone *zone)
{
  g_autofree char *happened = NULL;
  g_autofree char *at = NULL;
  g_autofree char *kept = NULL;

  if (note->trouble == BENK_TROUBLE_NONE)
    return g_strdup ("");
  happened = describe_happened (note, now_ms, zone);
  at = benk_wording_instant (answered_ms, now_ms, zone);
  kept = answered_ms > 0
           /* Translators: %s is a clock time. */
           ? g_strdup_printf (_ ("What came until %s is kept."), at)
           : g_strdup (_ ("Nothing has come from it yet."));
  return g_strjoin (" ", happened, kept, _ (sentences[note->trouble].advice), NULL);
}
