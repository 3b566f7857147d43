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
  { "door-refused", BENK_HUB_FAULT_DOOR_REFUSED, 0 },
  { "door-closed", BENK_HUB_FAULT_DOOR_CLOSED, 0 },
  { "door-error", BENK_HUB_FAULT_DOOR_ERROR, 0 },
  { "door-mute", BENK_HUB_FAULT_DOOR_MUTE, 0 },
  { "door-stray", BENK_HUB_FAULT_DOOR_STRAY, 0 },
  { "token-expired", BENK_HUB_FAULT_TOKEN_EXPIRED, 0 },
};

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

gboolean
benk_hub_fault_answer (const BenkHubFaultRow *row,
                       BenkHubAnswer *answer,
                       SoupServerMessage *message)
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
      {
        char *deep = g_malloc (100001);

        memset (deep, '[', 100000);
        deep[100000] = '\0';
        answer_text (answer, deep);
        return TRUE;
      }
    case BENK_HUB_FAULT_HUGE:
      answer_text (answer, g_strnfill ((gsize) row->argument, ' '));
      return TRUE;
    case BENK_HUB_FAULT_DROP:
      benk_hub_hang_up (message, NULL);
      return TRUE;
    case BENK_HUB_FAULT_NONE:
    case BENK_HUB_FAULT_SLOW:
    case BENK_HUB_FAULT_LOST:
    case BENK_HUB_FAULT_TRUNCATED:
    case BENK_HUB_FAULT_FOREIGN_NEXT:
    case BENK_HUB_FAULT_ENDLESS_NEXT:
    case BENK_HUB_FAULT_NO_DATE:
    case BENK_HUB_FAULT_DOOR_REFUSED:
    case BENK_HUB_FAULT_DOOR_CLOSED:
    case BENK_HUB_FAULT_DOOR_ERROR:
    case BENK_HUB_FAULT_DOOR_MUTE:
    case BENK_HUB_FAULT_DOOR_STRAY:
    case BENK_HUB_FAULT_TOKEN_EXPIRED:
      return FALSE;
    }
  return FALSE;
}

/* Ends the connection after at most half of what was promised. */
void
benk_hub_hang_up (SoupServerMessage *message, const char *part)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autofree char *head = NULL;
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  if (part)
    {
      head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n"
                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                              strlen (part));
      g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
      g_output_stream_write_all (out, part, strlen (part) / 2, NULL, NULL, NULL);
    }
  g_io_stream_close (stream, NULL, NULL);
}
