/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-watch.h"

#include "benk-attention-private.h"
#include "benk-error.h"
#include "benk-table-local.h"

/* What network time does to a clock in small steps is no jump. */
#define JUMP_MS (5 * 1000)
/* Whether the program still runs is noted this often; and what is more than late. */
#define BEAT_MS (30 * 1000)
#define LATE_MS (60 * 1000)

/* What is yet to be written; the store's thread takes from it. */
typedef struct
{
  GMutex lock;
  GQueue notes; /* WatchNote, oldest first */
} WatchLog;

struct _BenkFeedsWatch
{
  BenkFeeds *feeds; /* not owned */
  BenkClock *clock;
  WatchLog *log;
  gint64 wall_minus_boot_ms;

  gboolean on;
  GSource *beat;
  gint64 begun_ms; /* boot clock */
  gint64 beat_ms;  /* boot clock: when it was last known to run */

  GNetworkMonitor *network; /* NULL until it is needed */
  gulong network_id;
  gint64 offline_ms; /* wall clock; 0: there is a network, for all that is known */
};

/* On the writer: since when, and until when, this laptop watched a source. The rest is a
 * gap, not a breach. */
gboolean
benk_feed_log (
  BenkDb *db, const char *kind, const BenkId *feed, gint64 detail, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, detail);

  return benk_table_watch_log_add (db, benk_db_get_wall_ms (db), kind, feed, text, error);
}

/* -- The log --------------------------------------------------------------------------
 */

typedef struct
{
  BenkId feed;
  gint64 detail;
} NoteLine;

/* A detail of 0 is when each source answered last, but not after @until_ms. */
typedef struct
{
  const char *kind;
  gint64 at_ms;
  gint64 detail;
  gint64 until_ms;
  GArray *lines; /* NoteLine, as it was when it was first tried; NULL until then */
  guint n_written;
} WatchNote;

static void
watch_note_free (WatchNote *note)
{
  g_clear_pointer (&note->lines, g_array_unref);
  g_free (note);
}

static WatchLog *
watch_log_new (void)
{
  WatchLog *log = g_atomic_rc_box_new0 (WatchLog);

  g_mutex_init (&log->lock);
  g_queue_init (&log->notes);
  return log;
}

static void
watch_log_clear (gpointer data)
{
  WatchLog *log = data;

  g_queue_clear_full (&log->notes, (GDestroyNotify) watch_note_free);
  g_mutex_clear (&log->lock);
}

static void
watch_log_unref (gpointer log)
{
  g_atomic_rc_box_release_full (log, watch_log_clear);
}

static void
watch_log_add (WatchLog *log, WatchNote *note)
{
  g_mutex_lock (&log->lock);
  g_queue_push_tail (&log->notes, note);
  g_mutex_unlock (&log->lock);
}

static gboolean
watch_log_is_empty (WatchLog *log)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);

  return g_queue_is_empty (&log->notes);
}

static gboolean
read_lines (BenkDb *db, WatchNote *note, GError **error)
{
  g_autoptr (GPtrArray) feeds = benk_table_feed_list (db, error);

  if (feeds == NULL)
    return FALSE;
  note->lines = g_array_new (FALSE, FALSE, sizeof (NoteLine));
  for (guint i = 0; i < feeds->len; i++)
    {
      const BenkFeedRow *feed = g_ptr_array_index (feeds, i);
      NoteLine line = { feed->id, note->detail };

      if (line.detail == 0)
        line.detail = MIN (feed->answered_ms, note->until_ms);
      g_array_append_val (note->lines, line);
    }
  return TRUE;
}

static gboolean
write_note (BenkDb *db, WatchNote *note, GError **error)
{
  if (note->lines == NULL && !read_lines (db, note, error))
    return FALSE;
  for (; note->n_written < note->lines->len; note->n_written++)
    {
      const NoteLine *line = &g_array_index (note->lines, NoteLine, note->n_written);
      g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, line->detail);

      if (!benk_table_watch_log_add (db, note->at_ms, note->kind, &line->feed, detail,
                                     error))
        return FALSE;
    }
  return TRUE;
}

/* In their order; what cannot be written stays, with all after it. */
static gpointer
write_notes (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  WatchLog *log = data;
  GQueue mine;
  WatchNote *note;

  g_mutex_lock (&log->lock);
  mine = log->notes;
  g_queue_init (&log->notes);
  g_mutex_unlock (&log->lock);
  while ((note = g_queue_peek_head (&mine)) != NULL && write_note (db, note, error))
    watch_note_free (g_queue_pop_head (&mine));
  g_mutex_lock (&log->lock);
  while ((note = g_queue_pop_tail (&mine)) != NULL)
    g_queue_push_head (&log->notes, note);
  g_mutex_unlock (&log->lock);
  return NULL;
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (BenkSession) session = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak);
  g_free (weak);
  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (session == NULL || g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    return;
  benk_attention_set_unsaved (benk_session_get_attention (session), BENK_UNSAVED_WATCH,
                              error);
}

static void
write_down (BenkFeedsWatch *self)
{
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self->feeds);
  GWeakRef *weak;

  if (session == NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, session);
  benk_store_write_async (benk_session_get_store (session), write_notes,
                          g_atomic_rc_box_acquire (self->log), watch_log_unref, NULL,
                          on_noted, weak);
}

static void
log_watch (BenkFeedsWatch *self, const char *kind, gint64 detail, gint64 until_ms)
{
  WatchNote *note = g_new0 (WatchNote, 1);

  note->kind = kind;
  note->at_ms = benk_clock_get_wall_ms (self->clock);
  note->detail = detail;
  note->until_ms = until_ms;
  watch_log_add (self->log, note);
  write_down (self);
}

/* What could not be written down comes before what is asked now. */
void
benk_feeds_watch_write_rest (BenkFeedsWatch *self)
{
  if (!watch_log_is_empty (self->log))
    write_down (self);
}

/* -- Coming late ----------------------------------------------------------------------
 */

static gboolean on_beat (gpointer user_data);

/* Before whatever else waited meanwhile, so that an answer that lay ready is not taken
 * for one that was there in time. */
static void
beat (BenkFeedsWatch *self)
{
  self->beat_ms = benk_clock_get_boot_ms (self->clock);
  self->beat = benk_clock_create_timer (self->clock, BEAT_MS);
  g_source_set_priority (self->beat, G_PRIORITY_HIGH);
  g_source_set_callback (self->beat, on_beat, self, NULL);
  g_source_set_static_name (self->beat, "[dosebenk] watch");
  g_source_attach (self->beat, g_main_context_get_thread_default ());
}

static gboolean
on_beat (gpointer user_data)
{
  BenkFeedsWatch *self = user_data;
  gint64 late_ms = benk_clock_get_boot_ms (self->clock) - self->beat_ms - BEAT_MS;
  gint64 until_ms = benk_clock_get_wall_ms (self->clock) - late_ms - BEAT_MS;

  g_clear_pointer (&self->beat, g_source_unref);
  beat (self);
  if (late_ms > LATE_MS)
    {
      /* While this computer slept, no source was silent. */
      self->begun_ms = self->beat_ms;
      log_watch (self, BENK_WATCH_LATE, 0, until_ms);
      benk_feeds_emit_late (self->feeds, late_ms);
    }
  return G_SOURCE_REMOVE;
}

void
benk_feeds_watch_look_at_clock (BenkFeedsWatch *self)
{
  gint64 now =
    benk_clock_get_wall_ms (self->clock) - benk_clock_get_boot_ms (self->clock);
  gint64 jump = now - self->wall_minus_boot_ms;

  self->wall_minus_boot_ms = now;
  if (ABS (jump) > JUMP_MS)
    log_watch (self, BENK_WATCH_CLOCK_JUMP, jump, G_MAXINT64);
}

/* -- The network ----------------------------------------------------------------------
 */

static void
on_network_changed (GNetworkMonitor *network, gboolean available, BenkFeedsWatch *self)
{
  if (available == (self->offline_ms == 0))
    return;
  self->offline_ms = available ? 0 : benk_clock_get_wall_ms (self->clock);
  benk_feeds_forget_waits (self->feeds);
}

static GNetworkMonitor *
get_network (BenkFeedsWatch *self)
{
  if (self->network == NULL)
    benk_feeds_watch_set_network (self, g_network_monitor_get_default ());
  return self->network;
}

void
benk_feeds_watch_set_network (BenkFeedsWatch *self, GNetworkMonitor *network)
{
  if (self->network)
    g_signal_handler_disconnect (self->network, self->network_id);
  g_set_object (&self->network, network);
  self->network_id =
    g_signal_connect (network, "network-changed", G_CALLBACK (on_network_changed), self);
}

/* A source that cannot be reached without a network is no fault of anybody. */
void
benk_feeds_watch_judge (BenkFeedsWatch *self, BenkTroubleNote *note)
{
  if (note->trouble != BENK_TROUBLE_UNREACHABLE &&
      note->trouble != BENK_TROUBLE_NO_ANSWER && note->trouble != BENK_TROUBLE_CUT)
    return;
  if (g_network_monitor_get_network_available (get_network (self)))
    return;
  if (self->offline_ms == 0)
    self->offline_ms = benk_clock_get_wall_ms (self->clock);
  *note = (BenkTroubleNote){ BENK_TROUBLE_OFFLINE, self->offline_ms };
}

/* -- Silence --------------------------------------------------------------------------
 */

/* Told once; by the clock that does not jump, and not of what was not yet watched. */
void
benk_feeds_watch_look_at_silence (BenkFeedsWatch *self, GListModel *feeds)
{
  gint64 now_ms = benk_clock_get_boot_ms (self->clock);

  for (guint i = 0; self->on && i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);
      BenkFeedLink *link = benk_feeds_find_link (self->feeds, benk_feed_get_id (feed));
      gboolean silent;

      if (link == NULL || benk_feed_get_trouble (feed) == BENK_TROUBLE_OFFLINE)
        continue;
      silent = now_ms - MAX (link->answered_ms, MAX (link->made_ms, self->begun_ms)) >
               BENK_FEED_SILENT_MS;
      if (silent == link->told_silent)
        continue;
      link->told_silent = silent;
      benk_feeds_emit_silence (self->feeds, feed, silent);
    }
}

/* -- The watch ------------------------------------------------------------------------
 */

BenkFeedsWatch *
benk_feeds_watch_new (BenkFeeds *feeds, BenkClock *clock)
{
  BenkFeedsWatch *self = g_new0 (BenkFeedsWatch, 1);

  self->feeds = feeds;
  self->clock = g_object_ref (clock);
  self->log = watch_log_new ();
  return self;
}

void
benk_feeds_watch_begin (BenkFeedsWatch *self)
{
  self->on = TRUE;
  self->begun_ms = benk_clock_get_boot_ms (self->clock);
  self->wall_minus_boot_ms = benk_clock_get_wall_ms (self->clock) - self->begun_ms;
  get_network (self);
  beat (self);
  log_watch (self, BENK_WATCH_BEGINS, 0, G_MAXINT64);
}

void
benk_feeds_watch_end (BenkFeedsWatch *self)
{
  if (self->beat)
    g_source_destroy (self->beat);
  g_clear_pointer (&self->beat, g_source_unref);
  if (self->on)
    log_watch (self, BENK_WATCH_ENDS, 0, G_MAXINT64);
  self->on = FALSE;
}

void
benk_feeds_watch_free (BenkFeedsWatch *self)
{
  if (self->beat)
    g_source_destroy (self->beat);
  g_clear_pointer (&self->beat, g_source_unref);
  if (self->network)
    g_signal_handler_disconnect (self->network, self->network_id);
  g_clear_object (&self->network);
  watch_log_unref (self->log);
  g_object_unref (self->clock);
  g_free (self);
}
