/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

#include "benk-error.h"

static const struct
{
  const char *name;
  BenkHubFault fault;
  gint64 argument;
} fault_names[] = {
  { "portal", BENK_HUB_FAULT_PORTAL, 0 },
  { "redirect", BENK_HUB_FAULT_REDIRECT, 0 },
  { "truncated", BENK_HUB_FAULT_TRUNCATED, 0 },
  { "malformed", BENK_HUB_FAULT_MALFORMED, 0 },
  { "deep", BENK_HUB_FAULT_DEEP, 0 },
  { "huge", BENK_HUB_FAULT_HUGE, 64 * 1024 * 1024 },
  { "slow", BENK_HUB_FAULT_SLOW, 60 * 1000 },
  { "lost", BENK_HUB_FAULT_LOST, 0 },
  { "drop", BENK_HUB_FAULT_DROP, 0 },
  { "foreign-next", BENK_HUB_FAULT_FOREIGN_NEXT, 0 },
  { "endless-next", BENK_HUB_FAULT_ENDLESS_NEXT, 0 },
  { "no-date", BENK_HUB_FAULT_NO_DATE, 0 },
  { "half-open", BENK_HUB_FAULT_HALF_OPEN, 0 },
  { "half-head", BENK_HUB_FAULT_HALF_HEAD, 0 },
  { "drip", BENK_HUB_FAULT_DRIP, 1000 },
  { "lie", BENK_HUB_FAULT_LIE, 0 },
  { "bomb", BENK_HUB_FAULT_BOMB, 64 * 1024 * 1024 },
  { "empty", BENK_HUB_FAULT_EMPTY, 0 },
  { "wait", BENK_HUB_FAULT_WAIT, 30 },
  { "wait-until", BENK_HUB_FAULT_WAIT_UNTIL, 30 },
  { "door-refused", BENK_HUB_FAULT_DOOR_REFUSED, 0 },
  { "door-closed", BENK_HUB_FAULT_DOOR_CLOSED, 0 },
  { "door-error", BENK_HUB_FAULT_DOOR_ERROR, 0 },
  { "door-mute", BENK_HUB_FAULT_DOOR_MUTE, 0 },
  { "door-stray", BENK_HUB_FAULT_DOOR_STRAY, 0 },
  { "token-expired", BENK_HUB_FAULT_TOKEN_EXPIRED, 0 },
};

/* (nullable): what it is called in the log. */
const char *
benk_hub_fault_get_name (BenkHubFault fault)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fault_names); i++)
    if (fault_names[i].fault == fault)
      return fault_names[i].name;
  return fault == BENK_HUB_FAULT_STATUS ? "status" : NULL;
}

void
benk_hub_fault_row_free (BenkHubFaultRow *row)
{
  g_free (row->method);
  g_free (row);
}

/* "429", "lost:POST", "slow=5000:GET@2", "drop:GET+3" */
gboolean
benk_hub_fault_parse (const char *spec, BenkHubFaultRow *row, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new ("^([a-z-]+|[1-5][0-9][0-9])(=([0-9]{1,9}))?(:(["
                                          "A-Z]+))?(\\+([0-9]{1,4}))?(@([0-9]{1,4}))?$",
                                          0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *argument = NULL;
  g_autofree char *skip = NULL;
  g_autofree char *count = NULL;
  gboolean known = FALSE;

  if (!g_regex_match (regex, spec, 0, &match))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, "Not a fault: %s", spec);
      return FALSE;
    }
  name = g_match_info_fetch (match, 1);
  argument = g_match_info_fetch (match, 3);
  row->method = g_match_info_fetch (match, 5);
  skip = g_match_info_fetch (match, 7);
  count = g_match_info_fetch (match, 9);
  if (row->method == NULL || row->method[0] == '\0')
    g_clear_pointer (&row->method, g_free);
  row->skip = skip && skip[0] ? (guint) atoi (skip) : 0;
  row->count = count && count[0] ? (guint) atoi (count) : 1;
  if (g_ascii_isdigit (name[0]))
    {
      row->fault = BENK_HUB_FAULT_STATUS;
      row->argument = atoi (name);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fault_names) && !known; i++)
    if (g_str_equal (fault_names[i].name, name))
      {
        row->fault = fault_names[i].fault;
        row->argument = fault_names[i].argument;
        known = TRUE;
      }
  if (argument && argument[0])
    row->argument = g_ascii_strtoll (argument, NULL, 10);
  if (!known)
    {
      g_clear_pointer (&row->method, g_free);
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, "Not a fault: %s", spec);
    }
  return known;
}

static void
answer_text (BenkHubAnswer *answer, char *body)
{
  answer->status = 200;
  answer->body = body;
}

/* Small on the wire, and blanks without end when it is unpacked. */
static void
answer_bomb (BenkHubAnswer *answer, SoupMessageHeaders *headers, gsize n_octets)
{
  g_autoptr (GZlibCompressor) gzip =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autofree char *blanks = g_strnfill (n_octets, ' ');
  gsize n_read = 0;

  answer->status = 200;
  answer->body = g_malloc (n_octets);
  g_converter_convert (G_CONVERTER (gzip), blanks, n_octets, answer->body, n_octets,
                       G_CONVERTER_INPUT_AT_END, &n_read, &answer->length, NULL);
  soup_message_headers_replace (headers, "Content-Encoding", "gzip");
}

static void
answer_wait (BenkHubAnswer *answer,
             SoupMessageHeaders *headers,
             const BenkHubFaultRow *row,
             gint64 now_ms)
{
  g_autoptr (GDateTime) until =
    g_date_time_new_from_unix_utc (now_ms / 1000 + row->argument);
  g_autofree char *text = row->fault == BENK_HUB_FAULT_WAIT_UNTIL
                            ? soup_date_time_to_string (until, SOUP_DATE_HTTP)
                            : g_strdup_printf ("%" G_GINT64_FORMAT, row->argument);

  benk_hub_answer_outcome (answer, 429, "throttled", "As it was told to");
  soup_message_headers_replace (headers, "Retry-After", text);
}

static void
answer_deep (BenkHubAnswer *answer)
{
  char *deep = g_malloc (100001);

  memset (deep, '[', 100000);
  deep[100000] = '\0';
  answer_text (answer, deep);
}

gboolean
benk_hub_fault_answer (const BenkHubFaultRow *row,
                       BenkHubAnswer *answer,
                       SoupServerMessage *message,
                       gint64 now_ms)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  switch (row->fault)
    {
    case BENK_HUB_FAULT_STATUS:
      benk_hub_answer_outcome (answer, (guint) row->argument, "transient",
                               "As it was told to");
      if (row->argument == 429 || row->argument == 503)
        soup_message_headers_replace (headers, "Retry-After", "30");
      return TRUE;
    case BENK_HUB_FAULT_PORTAL:
      soup_message_headers_replace (headers, "Content-Type", "text/html");
      answer_text (answer,
                   g_strdup ("<!DOCTYPE html><title>Log in to the network</title>"));
      return TRUE;
    case BENK_HUB_FAULT_REDIRECT:
      answer->status = 302;
      answer->location = g_strdup ("http://other.invalid/fhir");
      return TRUE;
    case BENK_HUB_FAULT_MALFORMED:
      answer_text (answer,
                   g_strdup ("{\"resourceType\":\"Bundle\",\"entry\":[{\"resour"));
      return TRUE;
    case BENK_HUB_FAULT_DEEP:
      answer_deep (answer);
      return TRUE;
    case BENK_HUB_FAULT_HUGE:
      answer_text (answer, g_strnfill ((gsize) row->argument, ' '));
      return TRUE;
    case BENK_HUB_FAULT_BOMB:
      answer_bomb (answer, headers, (gsize) row->argument);
      return TRUE;
    case BENK_HUB_FAULT_WAIT:
    case BENK_HUB_FAULT_WAIT_UNTIL:
      answer_wait (answer, headers, row, now_ms);
      return TRUE;
    case BENK_HUB_FAULT_EMPTY:
      answer->status = 200;
      return TRUE;
    case BENK_HUB_FAULT_DROP:
    case BENK_HUB_FAULT_HALF_OPEN:
    case BENK_HUB_FAULT_HALF_HEAD:
      return TRUE; /* the line is spoiled before anything is done */
    default:
      return FALSE;
    }
}
