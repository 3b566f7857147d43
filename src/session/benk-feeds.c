/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-config.h"
#include "benk-feeds-clock-private.h"
#include "benk-feeds-watch.h"

#include <glib/gi18n.h>

#include "benk-error.h"

/* A source that rings without end is asked no more often than this. */
#define RING_MS 1000

/**
 * BenkFeeds:
 *
 * The sources of alarms: each with its age always known, so that silence is told too.
 */
struct _BenkFeeds
{
  GObject parent_instance;

  GWeakRef session;
  BenkClock *clock;
  GListStore *list;
  BenkReading *behind;
  GHashTable *links; /* id as text → BenkFeedLink */
  GSource *timer;
  GCancellable *watching;
  GRand *random;
  gboolean rang;   /* while a round was under way */
  gint64 asked_ms; /* boot clock */
  BenkFeedsWatch *watch;
  BenkFeedsClock *server_clock;
};

enum
{
  SIGNAL_ALARM,
  SIGNAL_ROUND,
  SIGNAL_SILENCE,
  SIGNAL_LATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkFeeds, benk_feeds, G_TYPE_OBJECT)

static void
benk_feeds_dispose (GObject *object)
{
  BenkFeeds *self = BENK_FEEDS (object);

  benk_feeds_stop (self);
  g_clear_pointer (&self->watch, benk_feeds_watch_free);
  g_clear_pointer (&self->server_clock, benk_feeds_clock_free);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->behind);
  g_clear_object (&self->clock);
  g_weak_ref_clear (&self->session);
  G_OBJECT_CLASS (benk_feeds_parent_class)->dispose (object);
}

static void
benk_feeds_finalize (GObject *object)
{
  g_rand_free (BENK_FEEDS (object)->random);
  G_OBJECT_CLASS (benk_feeds_parent_class)->finalize (object);
}

static void
benk_feeds_class_init (BenkFeedsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_feeds_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_feeds_finalize;

  /**
   * BenkFeeds::alarm:
   * @self: the sources
   * @alarm: the alarm as it is kept
   * @news: a #BenkFeedNews: what is new of it
   *
   * An alarm came, or changed, at a source. It is kept on disk before this is told.
   */
  signals[SIGNAL_ALARM] =
    g_signal_new ("alarm", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, BENK_TYPE_ALARM, G_TYPE_INT);
  /**
   * BenkFeeds::round:
   * @self: the sources
   *
   * Every source was asked once, with or without an answer.
   */
  signals[SIGNAL_ROUND] =
    g_signal_new ("round", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  /**
   * BenkFeeds::silence:
   * @self: the sources
   * @feed: one of them
   * @begins: whether it has said nothing for two minutes; else it answers again
   *
   * Told once a silence, of a source that is watched. Not told while this computer has no
   * network.
   */
  signals[SIGNAL_SILENCE] =
    g_signal_new ("silence", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, BENK_TYPE_FEED, G_TYPE_BOOLEAN);
  /**
   * BenkFeeds::late:
   * @self: the sources
   * @late_ms: by how much
   *
   * The program came late to ask: the computer slept, or it hung. Told once each time.
   */
  signals[SIGNAL_LATE] =
    g_signal_new ("late", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
benk_feeds_init (BenkFeeds *self)
{
  g_weak_ref_init (&self->session, NULL);
  self->random = g_rand_new ();
  self->list = g_list_store_new (BENK_TYPE_FEED);
  self->behind = benk_reading_new ();
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) benk_feed_link_free);
}

BenkFeeds *
benk_feeds_new (BenkSession *session)
{
  BenkFeeds *self = g_object_new (BENK_TYPE_FEEDS, NULL);

  g_weak_ref_set (&self->session, session);
  self->clock = g_object_ref (benk_session_get_clock (session));
  self->watch = benk_feeds_watch_new (self, self->clock);
  self->server_clock = benk_feeds_clock_new (self->clock);
  return self;
}

/* (transfer full) (nullable) */
BenkSession *
benk_feeds_dup_session (BenkFeeds *self)
{
  return g_weak_ref_get (&self->session);
}

/* (transfer none) (nullable): none when it is over */
BenkFeedsClock *
benk_feeds_get_server_clock (BenkFeeds *self)
{
  return self->server_clock;
}

void
benk_feeds_emit_alarm (BenkFeeds *self, BenkAlarm *alarm, BenkFeedNews news)
{
  g_signal_emit (self, signals[SIGNAL_ALARM], 0, alarm, (int) news);
}

void
benk_feeds_emit_silence (BenkFeeds *self, BenkFeed *feed, gboolean begins)
{
  g_signal_emit (self, signals[SIGNAL_SILENCE], 0, feed, begins);
}

void
benk_feeds_emit_late (BenkFeeds *self, gint64 late_ms)
{
  g_signal_emit (self, signals[SIGNAL_LATE], 0, late_ms);
}

void
benk_feeds_judge (BenkFeeds *self, BenkTroubleNote *note)
{
  benk_feeds_watch_judge (self->watch, note);
}

void
benk_feeds_note_round (BenkFeeds *self)
{
  benk_feeds_watch_look_at_silence (self->watch, G_LIST_MODEL (self->list));
  g_signal_emit (self, signals[SIGNAL_ROUND], 0);
}

/* (transfer none) (nullable): none until it was asked once. */
BenkFeedLink *
benk_feeds_find_link (BenkFeeds *self, const BenkId *feed)
{
  g_autofree char *id = benk_id_to_string (feed);

  return g_hash_table_lookup (self->links, id);
}

/* (transfer none): stays until the addresses of the feed change. */
BenkFeedLink *
benk_feeds_get_link (BenkFeeds *self, const BenkFeedRow *row, GError **error)
{
  g_autofree char *id = benk_id_to_string (&row->id);
  BenkFeedLink *link = g_hash_table_lookup (self->links, id);

  if (link && g_strcmp0 (link->url, row->url) == 0 &&
      g_strcmp0 (link->followup_url, row->followup_url) == 0)
    return link;
  link = benk_feed_link_new (row, self->clock, error);
  if (link)
    g_hash_table_insert (self->links, g_steal_pointer (&id), link);
  return link;
}

static BenkFeed *
find_feed (BenkFeeds *self, const BenkId *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (benk_id_equal (benk_feed_get_id (feed), id))
        return g_steal_pointer (&feed);
    }
  return NULL;
}

/* What could not even be written down is so all the same. */
static void
add_unnoted (BenkFeeds *self, BenkFeedRow *row)
{
  BenkFeedLink *link = benk_feeds_find_link (self, &row->id);

  if (link != NULL && link->dispenses_unsaved)
    {
      g_free (row->dispenses);
      row->dispenses = g_strdup (BENK_DISPENSES_UNSAVED);
    }
  if (link == NULL || link->unnoted == NULL)
    return;
  g_free (row->last_error);
  row->last_error = g_strdup (link->unnoted);
}

/* The list as it is on disk; a source that was there keeps its object. */
void
benk_feeds_set_rows (BenkFeeds *self, GPtrArray *rows)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean same = n_before == rows->len;

  for (guint i = 0; i < rows->len; i++)
    {
      BenkFeedRow *row = g_ptr_array_index (rows, i);
      BenkFeed *feed = find_feed (self, &row->id);

      add_unnoted (self, row);
      if (feed == NULL)
        feed = benk_feed_new (self->clock);
      benk_feed_set_row (feed, row);
      g_ptr_array_add (feeds, feed);
      if (same)
        {
          g_autoptr (BenkFeed) there =
            g_list_model_get_item (G_LIST_MODEL (self->list), i);

          same = there == feed;
        }
    }
  if (!same)
    g_list_store_splice (self->list, 0, n_before, feeds->pdata, feeds->len);
  benk_reading_end (self->behind, NULL);
  if (self->watching)
    benk_feeds_open_doors (self, rows, self->random);
}

/**
 * benk_feeds_get_list:
 * @self: the sources
 *
 * Returns: (transfer none): a list of #BenkFeed by name; empty until it was loaded once
 */
GListModel *
benk_feeds_get_list (BenkFeeds *self)
{
  g_return_val_if_fail (BENK_IS_FEEDS (self), NULL);
  return G_LIST_MODEL (self->list);
}

/**
 * benk_feeds_get_reading:
 * @self: the sources
 *
 * Returns: (transfer none): how it goes with reading which sources there are
 */
BenkReading *
benk_feeds_get_reading (BenkFeeds *self)
{
  g_return_val_if_fail (BENK_IS_FEEDS (self), NULL);
  return self->behind;
}

static gpointer
list_feeds (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_feed_list_with_faults (db, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFeeds *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows =
    benk_store_read_finish (BENK_STORE (source), result, &error);

  if (rows == NULL)
    {
      benk_reading_end (self->behind, error);
      g_task_return_error (task, error);
      return;
    }
  benk_feeds_set_rows (self, rows);
  g_task_return_boolean (task, TRUE);
}

/**
 * benk_feeds_load_async:
 * @self: the sources
 * @cancellable: (nullable): a cancellable
 * @callback: called when the list is there
 * @user_data: for @callback
 *
 * Reads the sources and when each last answered.
 */
void
benk_feeds_load_async (BenkFeeds *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);

  g_return_if_fail (session != NULL);
  benk_store_read_async (benk_session_get_store (session), list_feeds, NULL, NULL,
                         cancellable, on_listed, g_steal_pointer (&task));
}

/**
 * benk_feeds_load_finish:
 * @self: the sources
 * @result: what the callback was given
 * @error: why they could not be read
 *
 * Returns: whether the list is there
 */
gboolean
benk_feeds_load_finish (BenkFeeds *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- The watch ------------------------------------------------------------------------
 */

static gboolean on_timer (gpointer user_data);

static void
arm (BenkFeeds *self, gint64 delay_ms)
{
  self->timer = benk_clock_create_timer (self->clock, delay_ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] feeds");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
disarm (BenkFeeds *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
on_round (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GCancellable) watching = user_data;
  BenkFeeds *self = BENK_FEEDS (source);
  g_autoptr (GError) error = NULL;

  const BenkBackoff usual = { .first_ms = BENK_FEED_POLL_MS,
                              .most_ms = BENK_FEED_POLL_MS };

  /* What failed stands at its source, which waits longer by itself. */
  if (!benk_feeds_sync_finish (self, result, NULL, NULL, &error))
    g_debug ("feeds: %s", error->message);
  if (self->watching == watching && self->timer == NULL)
    arm (self, self->rang ? RING_MS : benk_backoff_get_ms (&usual, self->random));
}

static void
ask (BenkFeeds *self)
{
  benk_feeds_watch_write_rest (self->watch);
  self->rang = FALSE;
  self->asked_ms = benk_clock_get_boot_ms (self->clock);
  benk_feeds_ask_async (self, TRUE, self->watching, on_round,
                        g_object_ref (self->watching));
}

static gboolean
on_timer (gpointer user_data)
{
  BenkFeeds *self = user_data;

  disarm (self);
  benk_feeds_watch_look_at_clock (self->watch);
  ask (self);
  return G_SOURCE_REMOVE;
}

/* Asks now where it waits for the next time: a new source is not left waiting. */
void
benk_feeds_hurry (BenkFeeds *self)
{
  if (self->watching == NULL || self->timer == NULL)
    return;
  disarm (self);
  ask (self);
}

/* What was waited for, or held against a source, is over: the network came or went. */
void
benk_feeds_forget_waits (BenkFeeds *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BenkFeedLink *link = value;

      link->backoff.n_failed = 0;
      link->not_before_ms = 0;
    }
  benk_feeds_hurry (self);
}

/* A source says that something is new. One that says so without end is asked once a
 * second. */
void
benk_feeds_note_ring (BenkFeeds *self)
{
  gint64 since_ms = benk_clock_get_boot_ms (self->clock) - self->asked_ms;

  if (self->watching == NULL || self->rang)
    return;
  if (self->timer == NULL)
    {
      self->rang = TRUE;
      return;
    }
  disarm (self);
  if (since_ms >= RING_MS)
    {
      ask (self);
      return;
    }
  self->rang = TRUE;
  arm (self, RING_MS - since_ms);
}

gboolean
benk_feeds_is_watching (BenkFeeds *self)
{
  return self->watching != NULL;
}

GRand *
benk_feeds_get_random (BenkFeeds *self)
{
  return self->random;
}

/**
 * benk_feeds_start:
 * @self: the sources
 * @error: why it does not watch
 *
 * Asks every source now, then about every 15 s; one that fails up to once a minute. Does
 * nothing if it watches already.
 *
 * Returns: %FALSE with %BENK_ERROR_BUSY if another process does it
 */
gboolean
benk_feeds_start (BenkFeeds *self, GError **error)
{
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);

  g_return_val_if_fail (session != NULL, FALSE);
  if (!benk_session_is_engine (session))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_BUSY,
                           _ ("Another Dosebenk is already asking the sources."));
      return FALSE;
    }
  if (self->watching)
    return TRUE;
  self->watching = g_cancellable_new ();
  benk_feeds_watch_begin (self->watch);
  ask (self);
  return TRUE;
}

/**
 * benk_feeds_stop:
 * @self: the sources
 *
 * Asks no more; what is under way is given up.
 */
void
benk_feeds_stop (BenkFeeds *self)
{
  GHashTableIter iter;
  gpointer link;

  disarm (self);
  if (self->watching == NULL)
    return;
  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, NULL, &link))
    benk_feed_link_shut (link);
  benk_feeds_watch_end (self->watch);
  g_cancellable_cancel (self->watching);
  g_clear_object (&self->watching);
}

/**
 * benk_feeds_set_network:
 * @self: the sources
 * @network: knows whether this computer has a network
 *
 * The system's own is asked unless this is called.
 */
void
benk_feeds_set_network (BenkFeeds *self, GNetworkMonitor *network)
{
  benk_feeds_watch_set_network (self->watch, network);
}
