/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notifier.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms.h"
#include "benk-attention-private.h"
#include "benk-feeds.h"
#include "benk-notifier-private.h"
#include "benk-notifier-watch-private.h"
#include "benk-stock.h"
#include "benk-told-private.h"
#include "benk-visit.h"

/* The one about low stock is about no alarm. */
#define STOCK "stock"
#define SERIOUS 30

/**
 * BenkNotifier:
 *
 * Shows alarms that come from the sources as desktop notifications: one a device,
 * replaced when something is added, withdrawn when somebody has it. It says which device
 * and what, never who: no name, no reference, no word of the source's.
 *
 * While it is quiet only what is critical is shown, and nothing sounds; in a home nothing
 * is shown at all.
 */
struct _BenkNotifier
{
  GObject parent_instance;

  BenkClock *clock;
  BenkVisits *visits;
  BenkAttention *attention;
  GListModel *queue;
  BenkNoticeDesk *desk;
  BenkSounder *sounder;
  BenkNotifierWatch *watch;
  GHashTable *told; /* BenkId → BenkTold */
  guint64 n_told;
  char *stock_body; /* low stock that was held back */
  guint update_source;
  gint64 started_ms; /* what came before was told then */
  char *token;
};

enum
{
  SIGNAL_TAKE,
  SIGNAL_SHOW,
  SIGNAL_SHOW_ALARMS,
  SIGNAL_SHOW_STOCK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkNotifier, benk_notifier, G_TYPE_OBJECT)

/* -- What is told -------------------------------------------------------------------- */

static gboolean
is_in_home (BenkNotifier *self)
{
  return benk_visits_get_current (self->visits) != NULL;
}

static BenkToldGroup *
find_group (GPtrArray *groups, const char *key)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((BenkToldGroup *) g_ptr_array_index (groups, i))->key, key))
      return g_ptr_array_index (groups, i);
  return NULL;
}

/* (transfer full): alarms of the queue by id */
static GHashTable *
index_queue (BenkNotifier *self)
{
  GHashTable *queued =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (self->queue); i++)
    {
      BenkAlarm *alarm = g_list_model_get_item (self->queue, i);

      g_hash_table_insert (queued, (gpointer) benk_alarm_get_id (alarm), alarm);
    }
  return queued;
}

/* An alarm is told before the queue has it; only one that was there can have left it. */
static void
drop_done (BenkNotifier *self)
{
  g_autoptr (GHashTable) queued = index_queue (self);
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BenkTold *told = value;
      BenkAlarm *there = g_hash_table_lookup (queued, benk_alarm_get_id (told->alarm));

      if (there)
        g_set_object (&told->alarm, there);
      if ((told->queued && !there) || !benk_told_is_wanted (told->alarm, now_ms))
        g_hash_table_iter_remove (&iter);
      else if (there)
        told->queued = TRUE;
    }
}

static void
on_sounded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNotifier) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (!benk_sounder_play_finish (BENK_SOUNDER (source), result, &error))
    /* Translators: the reason stands in the system's own words. */
    problem = g_strdup_printf (_ ("Alarms cannot sound here (%s)."), error->message);
  benk_attention_set_sound_problem (self->attention, problem);
}

static void
sound (BenkNotifier *self, int severity, gboolean is_critical)
{
  BenkSoundLevel level = is_critical           ? BENK_SOUND_CRITICAL
                         : severity >= SERIOUS ? BENK_SOUND_SERIOUS
                                               : BENK_SOUND_OTHER;

  if (benk_attention_is_quiet (self->attention) ||
      !benk_attention_get_sound (self->attention, level))
    return;
  benk_sounder_play_async (self->sounder, level, on_sounded, g_object_ref (self));
}

/* One sound for all that came at once: that of the worst. */
static void
sound_fresh (BenkNotifier *self)
{
  const BenkTold *worst = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BenkTold *told = value;

      if (told->fresh && !told->held && benk_told_is_loud (told) &&
          (!worst || benk_told_get_severity (told) > benk_told_get_severity (worst)))
        worst = told;
      told->fresh = FALSE;
    }
  if (worst)
    sound (self, benk_told_get_severity (worst), benk_told_is_critical (worst));
}

static gboolean
is_of_alarms (const char *key)
{
  return !g_str_equal (key, STOCK) && !benk_notifier_watch_owns (key);
}

static void
show_groups (BenkNotifier *self, GPtrArray *groups)
{
  g_autoptr (GPtrArray) shown = benk_notice_desk_list (self->desk);
  gboolean is_quiet = benk_attention_is_quiet (self->attention);

  for (guint i = 0; i < shown->len; i++)
    {
      const char *key = g_ptr_array_index (shown, i);

      if (is_of_alarms (key) && !find_group (groups, key))
        benk_notice_desk_withdraw (self->desk, key);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      const BenkToldGroup *group = g_ptr_array_index (groups, i);
      g_autoptr (BenkNotice) notice = benk_told_group_describe (group);
      const BenkNotice *there = benk_notice_desk_find (self->desk, group->key);

      if (is_quiet && notice->urgency != BENK_URGENCY_CRITICAL)
        continue;
      if (benk_told_group_is_shown (group) &&
          (benk_told_group_is_fresh (group) || !there ||
           !benk_notice_equal (there, notice)))
        benk_notice_desk_show (self->desk, group->key, notice);
    }
}

static gboolean
update (gpointer user_data)
{
  BenkNotifier *self = user_data;
  g_autoptr (GPtrArray) groups = NULL;

  self->update_source = 0;
  drop_done (self);
  benk_told_hold_back (self->told, benk_attention_is_quiet (self->attention));
  groups = benk_told_group_all (self->told);
  show_groups (self, groups);
  sound_fresh (self);
  return G_SOURCE_REMOVE;
}

/* Once for a whole page of a source, and before the window is drawn anew. */
static void
update_soon (BenkNotifier *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update, self, NULL);
}

static BenkTold *
tell (BenkNotifier *self, BenkAlarm *alarm)
{
  BenkTold *told = g_hash_table_lookup (self->told, benk_alarm_get_id (alarm));

  if (!told)
    {
      told = benk_told_new (alarm, self->n_told++);
      g_hash_table_insert (self->told, benk_id_copy (benk_alarm_get_id (alarm)), told);
    }
  g_set_object (&told->alarm, alarm);
  told->fresh = !told->dismissed;
  update_soon (self);
  return told;
}

/* -- What happens -------------------------------------------------------------------- */

static void
on_alarm (BenkFeeds *feeds, BenkAlarm *alarm, BenkFeedNews news, BenkNotifier *self)
{
  const BenkId *id = benk_alarm_get_id (alarm);

  if (benk_alarm_get_status (alarm) != BENK_ALARM_STATUS_NEW)
    {
      if (g_hash_table_remove (self->told, id))
        update_soon (self);
    }
  else if (is_in_home (self))
    return; /* in a home nothing sounds; the page of the visit counts */
  else if (news == BENK_FEED_NEWS_UNWATCHED)
    benk_told_share_late (tell (self, alarm));
  else if (news == BENK_FEED_NEWS_NEW || g_hash_table_contains (self->told, id))
    tell (self, alarm);
}

static gboolean
on_wait_over (BenkAlarms *alarms, BenkAlarm *alarm, BenkNotifier *self)
{
  if (is_in_home (self))
    return FALSE; /* told when the visit has ended */
  tell (self, alarm);
  return TRUE;
}

static void
tell_overdue (BenkNotifier *self, BenkTold *told)
{
  if (!benk_attention_is_quiet (self->attention) || benk_told_is_critical (told))
    benk_told_note_overdue (self->told, told);
  else
    benk_told_hold_overdue (told);
  update_soon (self);
}

/* What cannot be told now, in a home or while it is quiet, is asked for again. */
static gboolean
on_overdue (BenkAlarms *alarms, BenkAlarm *alarm, gboolean begins, BenkNotifier *self)
{
  BenkTold *told = g_hash_table_lookup (self->told, benk_alarm_get_id (alarm));

  if (!begins && told)
    {
      benk_told_forget_overdue (told);
      update_soon (self);
    }
  if (!begins || (told && told->overdue))
    return TRUE;
  if (is_in_home (self) || (told && (told->held || told->overdue_held)))
    return FALSE;
  if (!told)
    told = tell (self, alarm);
  tell_overdue (self, told);
  return told->overdue;
}

/* What a bridge brings by SMS or mail comes through no source of ours. What is heard in
 * another way was typed by the person who sits here. */
static gboolean
is_bridged (BenkNotifier *self, BenkAlarm *alarm)
{
  BenkAlarmVia via = benk_alarm_get_via (alarm);

  return (via == BENK_ALARM_VIA_SMS || via == BENK_ALARM_VIA_MAIL) &&
         benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW &&
         benk_alarm_get_received_ms (alarm) >= self->started_ms && !is_in_home (self) &&
         !g_hash_table_contains (self->told, benk_alarm_get_id (alarm));
}

/* Taken or closed here, or in another process: the queue tells. */
static void
on_queue_changed (
  BenkNotifier *self, guint position, guint n_removed, guint n_added, GListModel *queue)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      g_signal_handlers_disconnect_by_func (alarm, update_soon, self);
      g_signal_connect_object (alarm, "notify::status", G_CALLBACK (update_soon), self,
                               G_CONNECT_SWAPPED);
      if (is_bridged (self, alarm))
        tell (self, alarm);
    }
  if (g_hash_table_size (self->told) > 0)
    update_soon (self);
}

static void
show_stock (BenkNotifier *self)
{
  const BenkNotice notice = { .summary = _ ("Low stock"),
                              .body = self->stock_body,
                              .urgency = BENK_URGENCY_NORMAL };

  if (!self->stock_body || benk_attention_is_quiet (self->attention))
    return;
  benk_notice_desk_show (self->desk, STOCK, &notice);
  g_clear_pointer (&self->stock_body, g_free);
}

static void
on_low_stock (BenkStock *stock, GPtrArray *limits, BenkNotifier *self)
{
  g_free (self->stock_body);
  self->stock_body = benk_stock_describe_low (stock, limits);
  show_stock (self);
}

static void
on_quiet_over (BenkAttention *attention, gboolean by_person, BenkNotifier *self)
{
  benk_told_end_quiet (self->told, by_person, benk_clock_get_wall_ms (self->clock));
  update_soon (self);
  show_stock (self);
}

static void
on_visit_changed (BenkNotifier *self)
{
  benk_notifier_watch_set_silent (self->watch, is_in_home (self));
}

static void
on_desk_problem (BenkNotifier *self)
{
  benk_attention_set_problem (self->attention, benk_notice_desk_get_problem (self->desk));
}

/* -- What a person answers ----------------------------------------------------------- */

static void
on_answered (BenkNotifier *self, const char *key, const char *action, const char *token)
{
  g_autoptr (GPtrArray) ids = benk_told_list_ids (self->told, key);
  guint signal =
    g_strcmp0 (action, "take") == 0 ? signals[SIGNAL_TAKE] : signals[SIGNAL_SHOW];

  g_free (self->token);
  self->token = g_strdup (token);
  if (g_str_equal (key, STOCK))
    g_signal_emit (self, signals[SIGNAL_SHOW_STOCK], 0);
  else if (ids->len == 0)
    g_signal_emit (self, signals[SIGNAL_SHOW_ALARMS], 0);
  else if (signal == signals[SIGNAL_SHOW])
    g_signal_emit (self, signal, 0, g_ptr_array_index (ids, 0));
  else
    /* The worst last: it is the one that is shown then. */
    for (guint i = ids->len; i > 0; i--)
      g_signal_emit (self, signal, 0, g_ptr_array_index (ids, i - 1));
  g_clear_pointer (&self->token, g_free);
}

static void
on_dismissed (BenkNotifier *self, const char *key)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((BenkTold *) value)->key, key) == 0)
      ((BenkTold *) value)->dismissed = TRUE;
}

static void
benk_notifier_dispose (GObject *object)
{
  BenkNotifier *self = BENK_NOTIFIER (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->watch, benk_notifier_watch_free);
  g_clear_pointer (&self->told, g_hash_table_unref);
  /* Its thread may hold it a while. */
  if (self->desk)
    benk_notice_desk_stop (self->desk);
  g_clear_object (&self->desk);
  g_clear_object (&self->sounder);
  g_clear_object (&self->queue);
  g_clear_object (&self->visits);
  g_clear_object (&self->attention);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->stock_body, g_free);
  g_clear_pointer (&self->token, g_free);
  G_OBJECT_CLASS (benk_notifier_parent_class)->dispose (object);
}

static guint
new_signal (BenkNotifierClass *klass, const char *name, guint n_arguments)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, n_arguments, G_TYPE_STRING);
}

static void
benk_notifier_class_init (BenkNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_notifier_dispose;

  /**
   * BenkNotifier::take:
   * @self: the notifier
   * @alarm_id: id of the alarm, as text
   *
   * A person answered that they take the alarm.
   */
  signals[SIGNAL_TAKE] = new_signal (klass, "take", 1);
  /**
   * BenkNotifier::show:
   * @self: the notifier
   * @alarm_id: id of the alarm, as text
   *
   * A person wants to see the alarm.
   */
  signals[SIGNAL_SHOW] = new_signal (klass, "show", 1);
  /**
   * BenkNotifier::show-alarms:
   * @self: the notifier
   *
   * A person wants to see the alarms and their sources.
   */
  signals[SIGNAL_SHOW_ALARMS] = new_signal (klass, "show-alarms", 0);
  /**
   * BenkNotifier::show-stock:
   * @self: the notifier
   *
   * A person wants to see what is low.
   */
  signals[SIGNAL_SHOW_STOCK] = new_signal (klass, "show-stock", 0);
}

static void
benk_notifier_init (BenkNotifier *self)
{
  self->told =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, (GDestroyNotify) benk_id_free,
                           (GDestroyNotify) benk_told_free);
  self->sounder = benk_sounder_new ();
}

static void
listen_to (BenkNotifier *self, BenkSession *session)
{
  BenkAlarms *alarms = benk_session_get_alarms (session);

  g_signal_connect_object (benk_session_get_feeds (session), "alarm",
                           G_CALLBACK (on_alarm), self, 0);
  g_signal_connect_object (self->queue, "items-changed", G_CALLBACK (on_queue_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (alarms, "wait-over", G_CALLBACK (on_wait_over), self, 0);
  g_signal_connect_object (alarms, "overdue", G_CALLBACK (on_overdue), self, 0);
  g_signal_connect_object (benk_session_get_stock (session), "low",
                           G_CALLBACK (on_low_stock), self, 0);
  g_signal_connect_object (self->attention, "quiet-over", G_CALLBACK (on_quiet_over),
                           self, 0);
  g_signal_connect_object (self->visits, "notify::current", G_CALLBACK (on_visit_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::problem", G_CALLBACK (on_desk_problem),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "dismissed", G_CALLBACK (on_dismissed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * benk_notifier_new:
 * @session: an open session
 *
 * Shows what comes from the session's sources from now on.
 *
 * Returns: (transfer full): the notifier
 */
BenkNotifier *
benk_notifier_new (BenkSession *session)
{
  BenkNotifier *self = g_object_new (BENK_TYPE_NOTIFIER, NULL);

  self->clock = g_object_ref (benk_session_get_clock (session));
  self->visits = g_object_ref (benk_session_get_visits (session));
  self->attention = g_object_ref (benk_session_get_attention (session));
  self->queue = g_object_ref (benk_alarms_get_queue (benk_session_get_alarms (session)));
  self->started_ms = benk_clock_get_wall_ms (self->clock);
  self->desk = benk_notice_desk_new (self->clock);
  self->watch = benk_notifier_watch_new (session, self->desk);
  listen_to (self, session);
  benk_stock_watch (benk_session_get_stock (session));
  return self;
}

/**
 * benk_notifier_end:
 * @self: a notifier
 *
 * Takes its bubbles away, because the program ends.
 */
void
benk_notifier_end (BenkNotifier *self)
{
  g_return_if_fail (BENK_IS_NOTIFIER (self));
  benk_notice_desk_clear (self->desk);
}

/**
 * benk_notifier_get_activation_token:
 * @self: a notifier
 *
 * Returns: (transfer none) (nullable): while a signal is told: what lets a window come to
 *   the front because a person asked for it
 */
const char *
benk_notifier_get_activation_token (BenkNotifier *self)
{
  g_return_val_if_fail (BENK_IS_NOTIFIER (self), NULL);
  return self->token;
}

BenkNoticeDesk *
benk_notifier_get_desk (BenkNotifier *self)
{
  return self->desk;
}

BenkSounder *
benk_notifier_get_sounder (BenkNotifier *self)
{
  return self->sounder;
}
