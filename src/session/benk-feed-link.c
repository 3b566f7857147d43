/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

/* No token_file: the keyring; an empty one: no token at all. */
static BenkAuth *
make_auth (const BenkFeedRow *row)
{
  g_autofree char *id = benk_id_to_string (&row->id);

  if (row->token_file == NULL)
    return benk_auth_new_keyring (id);
  if (row->token_file[0] == '\0')
    return benk_auth_new_none ();
  return benk_auth_new_file (row->token_file);
}

BenkFeedLink *
benk_feed_link_new (const BenkFeedRow *row, BenkClock *clock, GError **error)
{
  g_autoptr (BenkAuth) auth = make_auth (row);
  const char *target = row->followup_url ? row->followup_url : row->url;
  g_autoptr (BenkFhirClient) source = benk_fhir_client_new (row->url, auth, clock, error);
  g_autoptr (BenkFhirClient) sink =
    source ? benk_fhir_client_new (target, auth, clock, error) : NULL;
  BenkFeedLink *link;

  if (sink == NULL)
    return NULL;
  link = g_new0 (BenkFeedLink, 1);
  link->url = g_strdup (row->url);
  link->followup_url = g_strdup (row->followup_url);
  link->source = g_steal_pointer (&source);
  link->target = g_steal_pointer (&sink);
  link->made_ms = benk_clock_get_boot_ms (clock);
  link->backoff =
    (BenkBackoff){ .first_ms = BENK_FEED_POLL_MS, .most_ms = BENK_FEED_MAX_POLL_MS };
  return link;
}

void
benk_feed_link_free (BenkFeedLink *link)
{
  benk_feed_link_shut (link);
  g_free (link->url);
  g_free (link->followup_url);
  g_free (link->unnoted);
  g_clear_object (&link->source);
  g_clear_object (&link->target);
  g_free (link);
}
