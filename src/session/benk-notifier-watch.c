/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notifier-watch-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-attention-private.h"
#include "benk-feeds-private.h"
#include "benk-wording.h"

/* Its bubbles have keys of their own, apart from those of alarms. */
#define OWN "watch:"
#define FEED OWN "silent:"
#define LATE OWN "late"
#define GAP OWN "gap"
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
  GHashTable *silent; /* key → BenkFeed that is silent and not told of yet */
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

  benk_notice_desk_show (self->desk, key, &notice);
}

/* What could not be told when it began: it was quiet, or somebody was in a home. */
static void
tell_rest (BenkNotifierWatch *self)
{
  GHashTableIter iter;
  gpointer key, feed;

  if (!may_show (self))
    return;
  g_hash_table_iter_init (&iter, self->silent);
  while (g_hash_table_iter_next (&iter, &key, &feed))
    {
      tell_silent (self, feed, key);
      g_hash_table_iter_remove (&iter);
    }
}

/* Once: until it has answered, nothing more is said of it on the desktop. */
static void
on_silence (BenkNotifierWatch *self, BenkFeed *feed, gboolean begins)
{
  g_autofree char *key = dup_key (feed);

  if (begins)
    g_hash_table_insert (self->silent, g_steal_pointer (&key), g_object_ref (feed));
  else
    {
      g_hash_table_remove (self->silent, key);
      benk_notice_desk_withdraw (self->desk, key);
    }
  tell_rest (self);
}

/* What happened is over when it is told: it does not press, and the newest is enough. */
static void
on_late (BenkNotifierWatch *self, gint64 late_ms)
{
  g_autofree char *duration = benk_wording_duration (late_ms);
  g_autofree char *summary = g_strdup_printf (_ ("Not watched for %s"), duration);
  const BenkNotice notice = { .summary = summary,
                              .body = _ ("The computer slept, or Dosebenk hung. The "
                                         "alarm sources are asked now."),
                              .urgency = BENK_URGENCY_LOW };

  if (may_show (self))
    benk_notice_desk_show (self->desk, GAP, &notice);
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
  self->round_ms = benk_clock_get_boot_ms (self->clock);
  forget_late (self);
  benk_attention_settle (self->attention);
  tell_rest (self);
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
  self->silent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->round_ms = benk_clock_get_boot_ms (self->clock);
  g_signal_connect_swapped (self->feeds, "round", G_CALLBACK (on_round), self);
  g_signal_connect_swapped (self->feeds, "silence", G_CALLBACK (on_silence), self);
  g_signal_connect_swapped (self->feeds, "late", G_CALLBACK (on_late), self);
  arm (self);
  return self;
}

void
benk_notifier_watch_free (BenkNotifierWatch *self)
{
  disarm (self);
  g_signal_handlers_disconnect_by_data (self->feeds, self);
  g_hash_table_unref (self->silent);
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
  return g_str_has_prefix (key, OWN);
}
