/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-http-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-fhir-client.h"
#include "benk-fhir.h"
#include "benk-json-read.h"

#define MAX_WORDS 200
/* Between our words and the server's. */
#define HTTP " HTTP "

static int
code_of_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return BENK_ERROR_TIMEOUT;
    case G_IO_ERROR_CANCELLED:
      return BENK_ERROR_CANCELLED;
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return BENK_ERROR_PROTOCOL;
    default:
      return BENK_ERROR_DISCONNECTED;
    }
}

static int
code_of_session (int code)
{
  switch ((SoupSessionError) code)
    {
    case SOUP_SESSION_ERROR_PARSING:
    case SOUP_SESSION_ERROR_ENCODING:
    case SOUP_SESSION_ERROR_TOO_MANY_REDIRECTS:
    case SOUP_SESSION_ERROR_TOO_MANY_RESTARTS:
    case SOUP_SESSION_ERROR_REDIRECT_NO_LOCATION:
    case SOUP_SESSION_ERROR_REDIRECT_BAD_URI:
      return BENK_ERROR_PROTOCOL;
    case SOUP_SESSION_ERROR_MESSAGE_ALREADY_IN_QUEUE:
      return BENK_ERROR_FAILED;
    }
  return BENK_ERROR_FAILED;
}

/* (transfer none) @words: an error of ours, and what it comes from. */
void
benk_http_error_set (
  GError **error, int code, BenkTrouble trouble, guint status, const char *words)
{
  GError *made = g_error_new_literal (BENK_ERROR, code, words);

  benk_error_set_trouble (made, trouble, status);
  g_propagate_error (error, made);
}

/* Of several faults the one that a person has to know of first. */
static BenkTrouble
trouble_of_certificate (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return BENK_TROUBLE_TLS_ISSUER;
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return BENK_TROUBLE_TLS_NAME;
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return BENK_TROUBLE_TLS_EXPIRED;
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return BENK_TROUBLE_TLS_EARLY;
  return BENK_TROUBLE_TLS_OTHER;
}

static BenkTrouble
trouble_of_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return BENK_TROUBLE_NONE;
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_TIMED_OUT:
      return BENK_TROUBLE_UNREACHABLE;
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return BENK_TROUBLE_GARBLED;
    default:
      return BENK_TROUBLE_CUT;
    }
}

static BenkTrouble
trouble_of (const GError *error, gboolean timed_out, GTlsCertificateFlags certificate)
{
  if (timed_out)
    return BENK_TROUBLE_NO_ANSWER;
  if (error->domain == G_TLS_ERROR)
    return trouble_of_certificate (certificate);
  if (error->domain == G_IO_ERROR)
    return trouble_of_io (error->code);
  if (error->domain == SOUP_SESSION_ERROR)
    return BENK_TROUBLE_GARBLED;
  return BENK_TROUBLE_UNREACHABLE;
}

/* What the network said, mapped once; its own words stay behind ours. */
GError *
benk_http_error_map (const GError *error,
                     gboolean timed_out,
                     GTlsCertificateFlags certificate)
{
  BenkTrouble trouble = trouble_of (error, timed_out, certificate);
  int code = BENK_ERROR_DISCONNECTED;
  const char *words = _ ("The source cannot be reached.");
  GError *mapped;

  if (error->domain == BENK_ERROR)
    return g_error_copy (error);
  if (timed_out)
    code = BENK_ERROR_TIMEOUT;
  else if (error->domain == G_TLS_ERROR)
    code = BENK_ERROR_TLS;
  else if (error->domain == G_IO_ERROR)
    code = code_of_io (error->code);
  else if (error->domain == SOUP_SESSION_ERROR)
    code = code_of_session (error->code);
  if (code == BENK_ERROR_TLS)
    words = benk_trouble_get_happened (trouble);
  else if (code == BENK_ERROR_TIMEOUT)
    words = _ ("The source did not answer in time.");
  else if (code == BENK_ERROR_PROTOCOL)
    words = _ ("The source's answer cannot be understood.");
  else if (code == BENK_ERROR_CANCELLED)
    words = _ ("Cancelled.");
  if (code == BENK_ERROR_TIMEOUT || code == BENK_ERROR_CANCELLED)
    mapped = g_error_new_literal (BENK_ERROR, code, words);
  else
    mapped = g_error_new (BENK_ERROR, code, "%s (%s)", words, error->message);
  benk_error_set_trouble (mapped, trouble, 0);
  return mapped;
}

/* The server's own words, if it sent an OperationOutcome; never with a national number.
 */
static char *
outcome_words (const BenkHttpAnswer *answer)
{
  g_autoptr (JsonObject) outcome = benk_json_parse (answer->body, NULL);
  JsonObject *issue = outcome ? benk_json_nth (outcome, "issue", 0) : NULL;
  JsonObject *details = benk_json_get_object (issue, "details");
  const char *words = benk_json_get_string (issue, "diagnostics");
  g_autofree char *clean = NULL;

  if (words == NULL)
    words = benk_json_get_string (details, "text");
  clean = benk_fhir_clean_text (words, MAX_WORDS, NULL);
  return clean ? g_strdup_printf (" (%s)", clean) : g_strdup ("");
}

static gboolean
is_web_page (const BenkHttpAnswer *answer)
{
  gsize length;
  const char *data = g_bytes_get_data (answer->body, &length);
  gsize at = 0;

  if (answer->content_type && strstr (answer->content_type, "html") != NULL)
    return TRUE;
  while (at < length && g_ascii_isspace (data[at]))
    at++;
  return at < length && data[at] == '<';
}

static int
code_of_status (guint status)
{
  switch (status)
    {
    case 400:
    case 422:
      return BENK_ERROR_INVALID;
    case 401:
    case 403:
    case 407:
      return BENK_ERROR_AUTH;
    case 404:
    case 410:
      return BENK_ERROR_NOT_FOUND;
    case 408:
      return BENK_ERROR_TIMEOUT;
    case 409:
    case 412:
    case 428:
      return BENK_ERROR_CONFLICT;
    case 429:
      return BENK_ERROR_BUSY;
    default:
      return status >= 500 ? BENK_ERROR_BUSY : BENK_ERROR_PROTOCOL;
    }
}

static const char *
words_of_status (guint status)
{
  switch (code_of_status (status))
    {
    case BENK_ERROR_INVALID:
      return _ ("The source does not accept what was sent.");
    case BENK_ERROR_AUTH:
      return status == 403 ? _ ("The token does not give access to this.")
                           : _ ("The token is not accepted.");
    case BENK_ERROR_NOT_FOUND:
      return _ ("The source does not have it.");
    case BENK_ERROR_TIMEOUT:
      return _ ("The source did not answer in time.");
    case BENK_ERROR_CONFLICT:
      return _ ("Somebody else has changed it meanwhile.");
    case BENK_ERROR_BUSY:
      return status == 429 ? _ ("The source asks us to wait.")
                           : _ ("The source has a fault of its own.");
    default:
      return _ ("The source's answer cannot be understood.");
    }
}

static BenkTrouble
trouble_of_status (guint status)
{
  switch (status)
    {
    case 401:
    case 407:
      return BENK_TROUBLE_TOKEN;
    case 403:
      return BENK_TROUBLE_NO_ACCESS;
    case 404:
    case 410:
      return BENK_TROUBLE_NOT_THERE;
    case 408:
      return BENK_TROUBLE_NO_ANSWER;
    case 429:
      return BENK_TROUBLE_ASKED_TO_WAIT;
    default:
      return status >= 500   ? BENK_TROUBLE_SERVER
             : status >= 400 ? BENK_TROUBLE_REFUSED
                             : BENK_TROUBLE_GARBLED;
    }
}

/* Whether the answer is a success that may be read; if not, why, in words. */
gboolean
benk_http_answer_check (const BenkHttpAnswer *answer, GError **error)
{
  g_autofree char *theirs = NULL;
  g_autofree char *words = NULL;

  if (answer->status >= 200 && answer->status < 300)
    {
      if (!is_web_page (answer))
        return TRUE;
      benk_http_error_set (error, BENK_ERROR_PROTOCOL, BENK_TROUBLE_LOGIN_PAGE, 0,
                           _ ("A web page answered instead of the source. Does the "
                              "network ask you to log in?"));
      return FALSE;
    }
  if (answer->status >= 300 && answer->status < 400 && answer->status != 304)
    {
      benk_http_error_set (
        error, BENK_ERROR_PROTOCOL, BENK_TROUBLE_REDIRECT, 0,
        _ ("The source sends us to another address; that is not followed."));
      return FALSE;
    }
  theirs = outcome_words (answer);
  words = g_strdup_printf ("%s" HTTP "%u%s", words_of_status (answer->status),
                           answer->status, theirs);
  benk_http_error_set (error, code_of_status (answer->status),
                       trouble_of_status (answer->status), answer->status, words);
  return FALSE;
}

/**
 * benk_fhir_words_to_keep:
 * @error: what a source answered, or that it did not
 *
 * What may lie in a table: our own words. A server's may name the patient, and who was
 * first is a name too; both are for the moment only.
 *
 * Returns: (transfer full): a sentence
 */
char *
benk_fhir_words_to_keep (const GError *error)
{
  const char *status = strstr (error->message, HTTP);

  if (g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT))
    return g_strdup (_ ("Somebody else has changed it meanwhile."));
  if (status == NULL)
    return g_strdup (error->message);
  status += strlen (HTTP);
  return g_strndup (error->message,
                    (gsize) (status - error->message) + strspn (status, "0123456789"));
}
