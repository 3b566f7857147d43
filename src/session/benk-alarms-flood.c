/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarm-groups.h"

/* When each of those came that came lately, also of those that are closed since: a reader
 * who closes them fast has seen no fewer. */
struct _BenkFlood
{
  BenkAlarms *alarms; /* unowned */
  BenkClock *clock;
  BenkFloodChanged changed;
  GHashTable *came; /* alarm id → when, gint64 */
  GSource *timer;
  gboolean on;
};

BenkFlood *
benk_flood_new (BenkAlarms *alarms, BenkClock *clock, BenkFloodChanged changed)
{
  BenkFlood *self = g_new0 (BenkFlood, 1);

  self->alarms = alarms;
  self->clock = g_object_ref (clock);
  self->changed = changed;
  self->came = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                      (GDestroyNotify) benk_id_free, g_free);
  return self;
}

static void
disarm (BenkFlood *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

void
benk_flood_free (BenkFlood *self)
{
  disarm (self);
  g_hash_table_unref (self->came);
  g_object_unref (self->clock);
  g_free (self);
}

static void look (BenkFlood *self);

static gboolean
on_timer (gpointer user_data)
{
  BenkFlood *self = user_data;

  disarm (self);
  look (self);
  self->changed (self->alarms);
  return G_SOURCE_REMOVE;
}

static void
arm (BenkFlood *self, gint64 delay_ms)
{
  self->timer = benk_clock_create_timer (self->clock, delay_ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] end of a flood");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* What is to come by the clock came before it was set back. */
static gboolean
came_lately (gint64 came_ms, gint64 now_ms)
{
  return came_ms > now_ms - BENK_FLOOD_MS && came_ms <= now_ms;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 two = *(const gint64 *) b;

  return (one < two) - (one > two);
}

static void
look (BenkFlood *self)
{
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  g_autoptr (GArray) lately = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer came_ms;

  disarm (self);
  g_hash_table_iter_init (&iter, self->came);
  while (g_hash_table_iter_next (&iter, NULL, &came_ms))
    if (came_lately (*(gint64 *) came_ms, now_ms))
      g_array_append_vals (lately, came_ms, 1);
    else
      g_hash_table_iter_remove (&iter);
  self->on = lately->len > BENK_FLOOD_ALARMS;
  if (!self->on)
    return;
  g_array_sort (lately, compare_newest);
  arm (self, g_array_index (lately, gint64, BENK_FLOOD_ALARMS) + BENK_FLOOD_MS - now_ms);
}

void
benk_flood_follow (BenkFlood *self, GPtrArray *alarms)
{
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);

  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);
      gint64 came_ms = benk_alarm_get_received_ms (alarm);

      if (came_lately (came_ms, now_ms))
        g_hash_table_insert (self->came, benk_id_copy (benk_alarm_get_id (alarm)),
                             g_memdup2 (&came_ms, sizeof came_ms));
    }
  look (self);
}

gboolean
benk_flood_is_on (BenkFlood *self)
{
  return self->on;
}
