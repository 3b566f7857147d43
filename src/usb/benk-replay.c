/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-replay.h"

#include "benk-apdu-text.h"
#include "benk-error.h"
#include "benk-recording-private.h"
#include "benk-recording-scrub.h"

#include <glib/gi18n.h>

/* What came in is told a moment late when it was answered that moment later, so that the
 * answer says the same time of day. */
#define MOMENT_MS 50

struct _BenkReplay
{
  GObject parent_instance;

  const BenkRecording *recording; /* of the owner */
  BenkClock *clock;
  gint64 started_ms;
  BenkScrub *scrub;
  guint at;
  BenkReplayLink *link; /* not owned; the one that is open or opening */
  GTask *opening;
  GSource *timer;
  gboolean moved;
  gboolean astray;
  BenkReplayDifference difference;
};

struct _BenkReplayLink
{
  BenkLink parent_instance;

  BenkReplay *replay;
  gboolean down;
};

enum
{
  ATTACHED,
  CANCEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkReplay, benk_replay, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (BenkReplayLink, benk_replay_link, BENK_TYPE_LINK)

static void go_on (BenkReplay *self);

static const BenkRecordingEntry *
peek (BenkReplay *self, guint ahead)
{
  GPtrArray *entries = self->recording->entries;

  return self->at + ahead < entries->len ? g_ptr_array_index (entries, self->at + ahead)
                                         : NULL;
}

static gboolean
is_at (BenkReplay *self, BenkRecordingKind kind)
{
  const BenkRecordingEntry *entry = peek (self, 0);

  return entry != NULL && entry->kind == kind;
}

static gint64
get_due (BenkReplay *self)
{
  const BenkRecordingEntry *entry = peek (self, 0);
  const BenkRecordingEntry *next = peek (self, 1);

  if (entry->kind == BENK_RECORDING_FROM_DEVICE && next != NULL &&
      next->kind == BENK_RECORDING_TO_DEVICE && next->ms - entry->ms <= MOMENT_MS)
    return next->ms;
  return entry->ms;
}

static gint64
get_ms (BenkReplay *self)
{
  return benk_clock_get_boot_ms (self->clock) - self->started_ms;
}

static void
stop_timer (BenkReplay *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
start_timer (BenkReplay *self, gint64 delay_ms, GSourceFunc func)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  stop_timer (self);
  self->timer = benk_clock_create_timer (self->clock, delay_ms);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, context);
}

static char *
describe (const BenkRecordingEntry *entry)
{
  if (entry == NULL)
    return g_strdup (_ ("the end of the dialogue"));
  if (entry->octets == NULL)
    return g_strdup (benk_recording_kind_get_name (entry->kind));
  return benk_apdu_dup_text (entry->octets);
}

static void
lose_link (BenkReplay *self, int code)
{
  g_autoptr (BenkReplayLink) link = self->link != NULL ? g_object_ref (self->link) : NULL;
  g_autoptr (GError) error =
    g_error_new_literal (BENK_ERROR, code, _ ("The recorded link was lost."));
  g_autoptr (GTask) opening = g_steal_pointer (&self->opening);

  if (link == NULL)
    return;
  self->link = NULL;
  link->down = TRUE;
  if (opening != NULL)
    g_task_return_error (opening, g_steal_pointer (&error));
  else
    benk_link_emit_down (BENK_LINK (link), error);
}

static gboolean
on_astray (gpointer user_data)
{
  g_autoptr (BenkReplay) self = g_object_ref (BENK_REPLAY (user_data));

  stop_timer (self);
  lose_link (self, BENK_ERROR_CONFLICT);
  return G_SOURCE_REMOVE;
}

/* @came: (transfer full). From here on the dialogue says nothing any more. */
static void
go_astray (BenkReplay *self, int octet, char *came)
{
  const BenkRecordingEntry *entry = peek (self, 0);

  if (self->astray)
    {
      g_free (came);
      return;
    }
  self->astray = TRUE;
  self->difference.line = entry != NULL ? entry->line : 0;
  self->difference.octet = octet;
  self->difference.expected = describe (entry);
  self->difference.came = came;
  start_timer (self, 0, on_astray);
}

/* A recording that was broken off says nothing about what would have come. */
static gboolean
is_over (BenkReplay *self)
{
  return peek (self, 0) == NULL && !self->recording->ended;
}

static GBytes *
dup_octets (const BenkRecordingEntry *entry)
{
  gsize size;
  g_autofree guint8 *data = NULL;

  if (entry->differs_at == BENK_SCRUB_EQUAL)
    return g_bytes_ref (entry->octets);
  size = g_bytes_get_size (entry->octets);
  data = g_memdup2 (g_bytes_get_data (entry->octets, NULL), size);
  data[entry->differs_at] ^= 1;
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static void
receive (BenkReplay *self, const BenkRecordingEntry *entry)
{
  g_autoptr (GBytes) octets = dup_octets (entry);
  g_autoptr (BenkReplayLink) link = self->link != NULL ? g_object_ref (self->link) : NULL;

  if (link != NULL)
    benk_link_emit_received (BENK_LINK (link), octets);
}

static void
end_opening (BenkReplay *self, const BenkRecordingEntry *entry)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->opening);

  if (task == NULL)
    return;
  if (entry->kind == BENK_RECORDING_OPENED)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->link = NULL;
  g_task_return_new_error (task, BENK_ERROR, entry->code, "%s",
                           _ ("The recorded link did not open."));
}

/* The dialogue moves by itself where the device or the person did something. */
static gboolean
on_due (gpointer user_data)
{
  g_autoptr (BenkReplay) self = g_object_ref (BENK_REPLAY (user_data));
  const BenkRecordingEntry *entry = peek (self, 0);

  stop_timer (self);
  if (entry->kind == BENK_RECORDING_OPEN)
    {
      self->moved = TRUE;
      g_signal_emit (self, signals[ATTACHED], 0);
      return G_SOURCE_REMOVE;
    }
  self->at++;
  switch (entry->kind)
    {
    case BENK_RECORDING_FROM_DEVICE:
      receive (self, entry);
      break;
    case BENK_RECORDING_OPENED:
    case BENK_RECORDING_NOT_OPENED:
      end_opening (self, entry);
      break;
    case BENK_RECORDING_LOST:
      lose_link (self, entry->code);
      break;
    case BENK_RECORDING_CANCEL:
      g_signal_emit (self, signals[CANCEL], 0);
      break;
    default:
      break;
    }
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
go_on (BenkReplay *self)
{
  const BenkRecordingEntry *entry;

  /* That something did not get out is told where it was sent. */
  while (is_at (self, BENK_RECORDING_NOT_SENT))
    self->at++;
  entry = peek (self, 0);
  if (self->astray || self->timer != NULL)
    return;
  if (is_over (self))
    {
      if (self->link != NULL)
        start_timer (self, 0, on_astray);
      return;
    }
  if (entry == NULL || entry->kind == BENK_RECORDING_TO_DEVICE ||
      entry->kind == BENK_RECORDING_CLOSED || entry->kind == BENK_RECORDING_END ||
      (entry->kind == BENK_RECORDING_OPEN && self->moved))
    return;
  start_timer (self, get_due (self) - get_ms (self), on_due);
}

static int
find_octet (GBytes *one, GBytes *other)
{
  gsize length = MIN (g_bytes_get_size (one), g_bytes_get_size (other));
  const guint8 *left = g_bytes_get_data (one, NULL);
  const guint8 *right = g_bytes_get_data (other, NULL);

  for (gsize i = 0; i < length; i++)
    if (left[i] != right[i])
      return (int) i;
  return (int) length;
}

/* Returns: whether @apdu is what the dialogue has next */
static gboolean
check_sent (BenkReplay *self, GBytes *apdu)
{
  const BenkRecordingEntry *entry = peek (self, 0);
  g_autoptr (GBytes) clean = benk_scrub_apdu (self->scrub, apdu, TRUE, NULL);

  if (self->astray || is_over (self))
    return FALSE;
  if (entry == NULL || entry->kind != BENK_RECORDING_TO_DEVICE)
    go_astray (self, -1, benk_apdu_dup_text (clean));
  else if (!g_bytes_equal (clean, entry->octets))
    go_astray (self, find_octet (clean, entry->octets), benk_apdu_dup_text (clean));
  else
    return TRUE;
  return FALSE;
}

static void
benk_replay_link_send_async (BenkLink *link,
                             GBytes *apdu,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  BenkReplay *self = BENK_REPLAY_LINK (link)->replay;
  g_autoptr (GTask) task = g_task_new (link, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_replay_link_send_async);
  if (check_sent (self, apdu))
    {
      self->at++;
      if (is_at (self, BENK_RECORDING_NOT_SENT))
        {
          g_task_return_new_error (task, BENK_ERROR, peek (self, 0)->code, "%s",
                                   _ ("The recorded link was lost."));
          go_on (self);
          return;
        }
      go_on (self);
    }
  g_task_return_boolean (task, TRUE);
}

static void
benk_replay_link_open_async (BenkLink *link,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  BenkReplay *self = BENK_REPLAY_LINK (link)->replay;

  g_clear_object (&self->opening);
  self->opening = g_task_new (link, cancellable, callback, user_data);
  g_task_set_source_tag (self->opening, benk_replay_link_open_async);
  self->link = BENK_REPLAY_LINK (link);
  stop_timer (self);
  self->at++;
  self->moved = FALSE;
  go_on (self);
}

static gboolean
finish_task (BenkLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* That this side hangs up is a part of the dialogue as well. */
static void
benk_replay_link_close (BenkLink *link)
{
  BenkReplay *self = BENK_REPLAY_LINK (link)->replay;

  if (BENK_REPLAY_LINK (link)->down || self->link != BENK_REPLAY_LINK (link))
    return;
  self->link = NULL;
  if (self->opening != NULL)
    {
      g_task_return_new_error (self->opening, BENK_ERROR, BENK_ERROR_CANCELLED, "%s",
                               _ ("The link was closed."));
      g_clear_object (&self->opening);
    }
  go_on (self);
  if (is_at (self, BENK_RECORDING_CLOSED))
    {
      self->at++;
      go_on (self);
    }
  else if (!is_over (self))
    go_astray (self, -1, g_strdup (benk_recording_kind_get_name (BENK_RECORDING_CLOSED)));
}

static void
benk_replay_link_dispose (GObject *object)
{
  g_clear_object (&BENK_REPLAY_LINK (object)->replay);
  G_OBJECT_CLASS (benk_replay_link_parent_class)->dispose (object);
}

static void
benk_replay_link_class_init (BenkReplayLinkClass *klass)
{
  BenkLinkClass *link_class = BENK_LINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_replay_link_dispose;
  link_class->open_async = benk_replay_link_open_async;
  link_class->open_finish = finish_task;
  link_class->send_async = benk_replay_link_send_async;
  link_class->send_finish = finish_task;
  link_class->close = benk_replay_link_close;
}

static void
benk_replay_link_init (BenkReplayLink *self)
{
}

static void
benk_replay_finalize (GObject *object)
{
  BenkReplay *self = BENK_REPLAY (object);

  stop_timer (self);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->scrub, benk_scrub_free);
  g_clear_object (&self->clock);
  g_free (self->difference.expected);
  g_free (self->difference.came);

  G_OBJECT_CLASS (benk_replay_parent_class)->finalize (object);
}

static void
benk_replay_class_init (BenkReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_replay_finalize;

  /** BenkReplay::attached: the device came back: a link can be made */
  signals[ATTACHED] = g_signal_new ("attached", BENK_TYPE_REPLAY, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** BenkReplay::cancel: here the person wanted to stop */
  signals[CANCEL] = g_signal_new ("cancel", BENK_TYPE_REPLAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_replay_init (BenkReplay *self)
{
  self->scrub = benk_scrub_new ();
}

/**
 * benk_replay_new:
 * @recording: a recording, which must stay
 * @clock: whose time is taken; the replay begins now
 *
 * Plays the device's side of a recording, in strict order and at the times of @clock, to
 * whoever uses the links it makes, and compares what they send.
 *
 * Returns: (transfer full): the replay
 */
BenkReplay *
benk_replay_new (const BenkRecording *recording, BenkClock *clock)
{
  BenkReplay *self = g_object_new (BENK_TYPE_REPLAY, NULL);

  self->recording = recording;
  self->clock = g_object_ref (clock);
  self->started_ms = benk_clock_get_boot_ms (clock);
  return self;
}

/**
 * benk_replay_make_link:
 * @self: a replay
 *
 * Returns: (transfer full) (nullable): a link of kind %BENK_LINK_KIND_REPLAY, which never
 *   proves anything outside a demo store; %NULL while the dialogue has none to open
 */
BenkLink *
benk_replay_make_link (BenkReplay *self)
{
  BenkReplayLink *link;

  g_return_val_if_fail (BENK_IS_REPLAY (self), NULL);

  if (self->astray || self->link != NULL || !is_at (self, BENK_RECORDING_OPEN) ||
      (self->at > 0 && get_ms (self) < peek (self, 0)->ms))
    {
      go_on (self);
      return NULL;
    }
  link = g_object_new (BENK_TYPE_REPLAY_LINK, "kind", (int) BENK_LINK_KIND_REPLAY,
                       "description", _ ("Replay of a recording"), "bus-path", "replay",
                       "usb-serial", self->recording->serial, NULL);
  link->replay = g_object_ref (self);
  return BENK_LINK (link);
}

/**
 * benk_replay_finish:
 * @self: a replay whose job has ended
 *
 * What is left of the dialogue then is a difference, too.
 */
void
benk_replay_finish (BenkReplay *self)
{
  g_return_if_fail (BENK_IS_REPLAY (self));

  while (is_at (self, BENK_RECORDING_NOT_SENT))
    self->at++;
  if (is_at (self, BENK_RECORDING_END))
    self->at++;
  else if (peek (self, 0) != NULL)
    go_astray (self, -1, g_strdup (_ ("the job ended")));
  stop_timer (self);
}

/** benk_replay_get_played: Returns: how many entries went as they were recorded */
guint
benk_replay_get_played (BenkReplay *self)
{
  g_return_val_if_fail (BENK_IS_REPLAY (self), 0);

  return self->at;
}

/** benk_replay_get_difference: Returns: (transfer none) (nullable): the first one */
const BenkReplayDifference *
benk_replay_get_difference (BenkReplay *self)
{
  g_return_val_if_fail (BENK_IS_REPLAY (self), NULL);

  return self->astray ? &self->difference : NULL;
}
