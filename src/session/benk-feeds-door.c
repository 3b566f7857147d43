/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/* The link that a line belongs to, which shuts it before it goes. */
#define LINK_KEY "benk-link"

/* How a source tells that something is new, for a person. */
static char *
describe (BenkDoorbell *door)
{
  const char *problem = benk_doorbell_get_problem (door);

  switch (benk_doorbell_get_state (door))
    {
    case BENK_DOORBELL_OFF:
    case BENK_DOORBELL_CALLING:
      return NULL;
    case BENK_DOORBELL_BOUND:
      return g_strdup (_ ("Tells at once when something is new"));
    case BENK_DOORBELL_NONE:
      if (problem == NULL)
        return g_strdup (_ ("Does not tell by itself: asked every 15 seconds"));
      G_GNUC_FALLTHROUGH;
    case BENK_DOORBELL_WAITING:
      return g_strdup_printf (_ ("Asked every 15 seconds meanwhile. %s"),
                              problem ? problem : "");
    }
  return NULL;
}

static void
on_changed (BenkDoorbell *door, BenkFeed *feed)
{
  g_autofree char *way = describe (door);

  benk_feed_set_way (feed, way);
}

static void
on_ring (BenkDoorbell *door, gboolean gap, BenkFeeds *self)
{
  BenkFeedLink *link = g_object_get_data (G_OBJECT (door), LINK_KEY);

  if (gap)
    link->reconcile = TRUE;
  benk_feeds_note_ring (self);
}

/* Every source that is watched gets its line; it only makes us ask. */
void
benk_feeds_open_doors (BenkFeeds *self, GPtrArray *rows, GRand *random)
{
  GListModel *feeds = benk_feeds_get_list (self);

  for (guint i = 0; i < rows->len; i++)
    {
      BenkFeedLink *link = benk_feeds_get_link (self, g_ptr_array_index (rows, i), NULL);
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);

      if (link == NULL)
        continue;
      if (link->door == NULL)
        {
          link->door = benk_doorbell_new (link->source, random);
          g_object_set_data (G_OBJECT (link->door), LINK_KEY, link);
          g_signal_connect_object (link->door, "ring", G_CALLBACK (on_ring), self, 0);
          g_signal_connect_object (link->door, "changed", G_CALLBACK (on_changed), feed,
                                   0);
        }
      benk_doorbell_start (link->door);
    }
}

void
benk_feed_link_shut (BenkFeedLink *link)
{
  if (link->door)
    benk_doorbell_stop (link->door);
  g_clear_object (&link->door);
}
