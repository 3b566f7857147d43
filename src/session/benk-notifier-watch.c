/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notifier-watch-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-attention-private.h"
#include "benk-feeds-private.h"
#include "benk-wording.h"

#define FEED "feed:"
#define LATE "late"
/* Looked at so often; a round of questions that has not ended for so long is late. */
#define LOOK_MS (30 * 1000)
#define LATE_MS (3 * 60 * 1000)
/* After a suspend, the first look finds everything late. */
#define LOOKS_BEFORE_TELLING 2

struct _BenkNotifierWatch
{
  BenkClock *clock;
  BenkFeeds *feeds;
  BenkAttention *attention;
  BenkNoticeDesk *desk;
  GHashTable *silent; /* feed id → how many rounds it has been silent, guint */
  GHashTable *told;   /* feed id that was told of */
  gint64 round_ms;    /* boot clock */
  guint n_late;
  gboolean late_told;
  gboolean held; /* nothing is shown now */
  GSource *timer;
};

static gboolean
may_show (BenkNotifierWatch *self)
{
  return !self->held && !benk_attention_is_quiet (self->attention);
}

/* Without a network every source is silent: that stands in the window, calmly. */
static gboolean
is_offline (void)
{
  return !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static char *
dup_key (BenkFeed *feed)
{
  g_autofree char *id = benk_id_to_string (benk_feed_get_id (feed));

  return g_strconcat (FEED, id, NULL);
}

static void
tell_silent (BenkNotifierWatch *self, BenkFeed *feed, const char *key)
{
  gint64 answered_ms = benk_feed_get_answered_ms (feed);
  g_autofree char *age =
    benk_wording_age (answered_ms, benk_clock_get_wall_ms (self->clock));
  g_autofree char *summary =
    answered_ms > 0
      ? g_strdup_printf (_ ("%s has not answered for %s"), benk_feed_get_name (feed), age)
      : g_strdup_printf (_ ("%s has not answered yet"), benk_feed_get_name (feed));
  const BenkNotice notice = { .summary = summary,
                              .body = _ ("Alarms may be missing."),
                              .urgency = BENK_URGENCY_NORMAL };

  g_hash_table_add (self->told, g_strdup (key));
  benk_notice_desk_show (self->desk, key, &notice);
}

/* Once: until it has answered, nothing more is said of it on the desktop. */
static void
look_at_feed (BenkNotifierWatch *self, BenkFeed *feed)
{
  g_autofree char *key = dup_key (feed);
  guint n_rounds = GPOINTER_TO_UINT (g_hash_table_lookup (self->silent, key));

  if (!benk_feed_is_silent (feed))
    {
      g_hash_table_remove (self->silent, key);
      if (g_hash_table_remove (self->told, key))
        benk_notice_desk_withdraw (self->desk, key);
      return;
    }
  if (is_offline ())
    return;
  n_rounds = MIN (n_rounds + 1, LOOKS_BEFORE_TELLING);
  g_hash_table_insert (self->silent, g_strdup (key), GUINT_TO_POINTER (n_rounds));
  if (n_rounds >= LOOKS_BEFORE_TELLING && may_show (self) &&
      !g_hash_table_contains (self->told, key))
    tell_silent (self, feed, key);
}

static void
forget_late (BenkNotifierWatch *self)
{
  self->n_late = 0;
  self->late_told = FALSE;
  benk_notice_desk_withdraw (self->desk, LATE);
  benk_attention_set_watch_problem (self->attention, NULL);
}

static void
on_round (BenkNotifierWatch *self)
{
  GListModel *list = benk_feeds_get_list (self->feeds);

  self->round_ms = benk_clock_get_boot_ms (self->clock);
  forget_late (self);
  benk_attention_settle (self->attention);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (list, i);

      look_at_feed (self, feed);
    }
}

static void
look_at_rounds (BenkNotifierWatch *self)
{
  const BenkNotice notice = { .summary = _ ("The alarm sources are not being asked"),
                              .body = _ ("Alarms may be missing."),
                              .urgency = BENK_URGENCY_NORMAL };
  gint64 age_ms = benk_clock_get_boot_ms (self->clock) - self->round_ms;

  if (age_ms < LATE_MS || !benk_feeds_is_watching (self->feeds) ||
      g_list_model_get_n_items (benk_feeds_get_list (self->feeds)) == 0)
    {
      self->n_late = 0;
      return;
    }
  if (++self->n_late < LOOKS_BEFORE_TELLING)
    return;
  benk_attention_set_watch_problem (self->attention,
                                    _ ("The alarm sources have not been asked for some "
                                       "minutes. Alarms may be missing."));
  if (self->late_told || !may_show (self))
    return;
  self->late_told = TRUE;
  benk_notice_desk_show (self->desk, LATE, &notice);
}

static gboolean on_timer (gpointer user_data);

static void
arm (BenkNotifierWatch *self)
{
  self->timer = benk_clock_create_timer (self->clock, LOOK_MS);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] watch of the watch");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
disarm (BenkNotifierWatch *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
on_timer (gpointer user_data)
{
  BenkNotifierWatch *self = user_data;

  disarm (self);
  look_at_rounds (self);
  benk_attention_settle (self->attention);
  arm (self);
  return G_SOURCE_REMOVE;
}

BenkNotifierWatch *
benk_notifier_watch_new (BenkSession *session, BenkNoticeDesk *desk)
{
  BenkNotifierWatch *self = g_new0 (BenkNotifierWatch, 1);

  self->clock = g_object_ref (benk_session_get_clock (session));
  self->feeds = g_object_ref (benk_session_get_feeds (session));
  self->attention = g_object_ref (benk_session_get_attention (session));
  self->desk = g_object_ref (desk);
  self->silent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->round_ms = benk_clock_get_boot_ms (self->clock);
  g_signal_connect_swapped (self->feeds, "round", G_CALLBACK (on_round), self);
  arm (self);
  return self;
}

void
benk_notifier_watch_free (BenkNotifierWatch *self)
{
  disarm (self);
  g_signal_handlers_disconnect_by_data (self->feeds, self);
  g_hash_table_unref (self->silent);
  g_hash_table_unref (self->told);
  g_object_unref (self->desk);
  g_object_unref (self->attention);
  g_object_unref (self->feeds);
  g_object_unref (self->clock);
  g_free (self);
}

/* In a home nothing pops up; what is still so afterwards is told then. */
void
benk_notifier_watch_set_silent (BenkNotifierWatch *self, gboolean silent)
{
  self->held = silent;
}

gboolean
benk_notifier_watch_owns (const char *key)
{
  return g_str_has_prefix (key, FEED) || g_str_equal (key, LATE);
}
