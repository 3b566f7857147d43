/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attention-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-duties.h"
#include "benk-error.h"
#include "benk-settings.h"

#define QUIET_KEY "quiet-until"

/**
 * BenkAttention:
 *
 * How a person is called to what is new. What they chose is a setting of this computer
 * and stays when the program ends; in the demo it is forgotten, so that the demo silences
 * nothing real.
 */
struct _BenkAttention
{
  GObject parent_instance;

  BenkClock *clock;
  BenkDuties *duties;
  GSettings *settings; /* NULL: nothing is kept */
  gboolean keeps_quiet;
  gint64 quiet_until_ms;
  GSource *timer;
  char *problem;
  char *sound_problem;
  char *watch_problem;
  char *unsaved[BENK_N_UNSAVED];
  char *save_problem;
};

enum
{
  PROP_0,
  PROP_PROBLEM,
  PROP_SOUND_PROBLEM,
  PROP_WATCH_PROBLEM,
  PROP_SAVE_PROBLEM,
  PROP_QUIET_UNTIL_MS,
  N_PROPS,
};

enum
{
  SIGNAL_QUIET_OVER,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkAttention, benk_attention, G_TYPE_OBJECT)

/* Quiet ends before anybody's day begins: of several teams, the first one's. */
static BenkDutyHours
get_hours (BenkAttention *self)
{
  const BenkDutyRoster *roster = benk_duties_get_roster (self->duties);
  BenkDutyHours hours = roster->common->hours;

  for (guint i = 0; i < roster->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (roster->teams, i);

      hours.day_start = MIN (hours.day_start, team->hours.day_start);
    }
  return hours;
}

static gint64
get_latest (BenkAttention *self)
{
  const BenkDutyHours hours = get_hours (self);

  return benk_quiet_get_latest (&hours, BENK_DISTRICT_ZONE,
                                benk_clock_get_wall_ms (self->clock));
}

static void
write_down (BenkAttention *self)
{
  if (self->keeps_quiet)
    g_settings_set_int64 (self->settings, QUIET_KEY, self->quiet_until_ms);
}

static void
disarm (BenkAttention *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
end (BenkAttention *self, gboolean by_person)
{
  disarm (self);
  if (self->quiet_until_ms == 0)
    return;
  self->quiet_until_ms = 0;
  write_down (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUIET_UNTIL_MS]);
  g_signal_emit (self, signals[SIGNAL_QUIET_OVER], 0, by_person);
}

/* Counts real time: a clock that is set back does not make it last longer. */
static gboolean
on_timer (gpointer user_data)
{
  end (user_data, FALSE);
  return G_SOURCE_REMOVE;
}

static void
begin (BenkAttention *self, gint64 until_ms)
{
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  gint64 end_ms = MIN (until_ms, get_latest (self));

  if (end_ms <= now_ms)
    {
      end (self, TRUE);
      return;
    }
  disarm (self);
  self->timer = benk_clock_create_timer (self->clock, end_ms - now_ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] quiet");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  if (self->quiet_until_ms == end_ms)
    return;
  self->quiet_until_ms = end_ms;
  write_down (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUIET_UNTIL_MS]);
}

/* Said here, by another program of this account, or before the last end. */
static void
on_kept_changed (BenkAttention *self)
{
  gint64 kept_ms = g_settings_get_int64 (self->settings, QUIET_KEY);

  if (kept_ms == self->quiet_until_ms)
    return;
  if (kept_ms == 0)
    end (self, TRUE);
  else
    begin (self, kept_ms);
}

/* A day that begins earlier than was thought ends it earlier. */
static void
on_duties_changed (BenkAttention *self)
{
  if (self->quiet_until_ms > get_latest (self))
    begin (self, self->quiet_until_ms);
}

static void
benk_attention_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkAttention *self = BENK_ATTENTION (object);

  switch (id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_SOUND_PROBLEM:
      g_value_set_string (value, self->sound_problem);
      break;
    case PROP_WATCH_PROBLEM:
      g_value_set_string (value, self->watch_problem);
      break;
    case PROP_SAVE_PROBLEM:
      g_value_set_string (value, self->save_problem);
      break;
    case PROP_QUIET_UNTIL_MS:
      g_value_set_int64 (value, self->quiet_until_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_attention_dispose (GObject *object)
{
  BenkAttention *self = BENK_ATTENTION (object);

  disarm (self);
  g_clear_object (&self->duties);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->sound_problem, g_free);
  g_clear_pointer (&self->watch_problem, g_free);
  g_clear_pointer (&self->save_problem, g_free);
  for (guint i = 0; i < BENK_N_UNSAVED; i++)
    g_clear_pointer (&self->unsaved[i], g_free);
  G_OBJECT_CLASS (benk_attention_parent_class)->dispose (object);
}

static void
benk_attention_class_init (BenkAttentionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_attention_get_property;
  object_class->dispose = benk_attention_dispose;

  /**
   * BenkAttention:problem:
   *
   * Why the desktop shows nothing, in words, or %NULL.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  /**
   * BenkAttention:sound-problem:
   *
   * Why nothing sounds, in words, or %NULL.
   */
  properties[PROP_SOUND_PROBLEM] =
    g_param_spec_string ("sound-problem", NULL, NULL, NULL, flags);
  /**
   * BenkAttention:watch-problem:
   *
   * Why alarms may come late, in words, or %NULL.
   */
  properties[PROP_WATCH_PROBLEM] =
    g_param_spec_string ("watch-problem", NULL, NULL, NULL, flags);
  /**
   * BenkAttention:save-problem:
   *
   * What could not be written down and what that means, in words, or %NULL.
   */
  properties[PROP_SAVE_PROBLEM] =
    g_param_spec_string ("save-problem", NULL, NULL, NULL, flags);
  /**
   * BenkAttention:quiet-until-ms:
   *
   * Until when it is quiet, UTC milliseconds; 0 when it is not.
   */
  properties[PROP_QUIET_UNTIL_MS] =
    g_param_spec_int64 ("quiet-until-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BenkAttention::quiet-over:
   * @self: what calls a person
   * @by_person: whether somebody ended it; else its time was over
   *
   * It is quiet no longer.
   */
  signals[SIGNAL_QUIET_OVER] =
    g_signal_new ("quiet-over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
benk_attention_init (BenkAttention *self)
{
}

BenkAttention *
benk_attention_new (BenkSession *session)
{
  BenkAttention *self = g_object_new (BENK_TYPE_ATTENTION, NULL);

  self->clock = g_object_ref (benk_session_get_clock (session));
  self->duties = g_object_ref (benk_session_get_duties (session));
  g_signal_connect_object (self->duties, "changed", G_CALLBACK (on_duties_changed), self,
                           G_CONNECT_SWAPPED);
  self->settings = benk_settings_new ();
  self->keeps_quiet = self->settings && !benk_session_is_demo (session);
  if (self->keeps_quiet)
    {
      g_signal_connect_object (self->settings, "changed::" QUIET_KEY,
                               G_CALLBACK (on_kept_changed), self, G_CONNECT_SWAPPED);
      on_kept_changed (self);
    }
  return self;
}

/* A clock that was set forward has made its time come. */
void
benk_attention_settle (BenkAttention *self)
{
  if (!benk_attention_is_quiet (self))
    end (self, FALSE);
}

static void
set_text (BenkAttention *self, char **field, const char *text, int property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
benk_attention_set_problem (BenkAttention *self, const char *problem)
{
  set_text (self, &self->problem, problem, PROP_PROBLEM);
}

void
benk_attention_set_sound_problem (BenkAttention *self, const char *problem)
{
  set_text (self, &self->sound_problem, problem, PROP_SOUND_PROBLEM);
}

void
benk_attention_set_watch_problem (BenkAttention *self, const char *problem)
{
  set_text (self, &self->watch_problem, problem, PROP_WATCH_PROBLEM);
}

static char *
describe_unsaved (BenkUnsaved what, const GError *error)
{
  static const char *const words[] = {
    [BENK_UNSAVED_OUTBOX] =
      N_ ("What is sent to the sources, and what became of it, cannot be saved now."),
    [BENK_UNSAVED_WATCH] =
      N_ ("That the sources are watched cannot be written down now. Until it can, the "
          "report counts the time as not watched by this program."),
    [BENK_UNSAVED_WAIT] =
      N_ ("That the end of a waiting or of a deadline was told cannot be "
          "written down now. It may be told again."),
    [BENK_UNSAVED_DISPENSES] =
      N_ ("What a source tells of what dispensers hand out cannot be saved now. An alarm "
          "may stand open that the dispenser has settled."),
  };

  /* Translators: what could not be saved; the reason. */
  return g_strdup_printf (_ ("%s It is tried again by itself. (%s)"), _ (words[what]),
                          error->message);
}

void
benk_attention_set_unsaved (BenkAttention *self, BenkUnsaved what, const GError *error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_free (self->unsaved[what]);
  self->unsaved[what] = error ? describe_unsaved (what, error) : NULL;
  for (guint i = 0; i < BENK_N_UNSAVED; i++)
    if (self->unsaved[i])
      g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "", self->unsaved[i]);
  set_text (self, &self->save_problem, all->len > 0 ? all->str : NULL, PROP_SAVE_PROBLEM);
}

/**
 * benk_attention_get_problem:
 * @self: what calls a person
 *
 * Returns: (transfer none) (nullable): why the desktop shows nothing, in words
 */
const char *
benk_attention_get_problem (BenkAttention *self)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), NULL);
  return self->problem;
}

/**
 * benk_attention_get_sound_problem:
 * @self: what calls a person
 *
 * Returns: (transfer none) (nullable): why nothing sounds, in words
 */
const char *
benk_attention_get_sound_problem (BenkAttention *self)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), NULL);
  return self->sound_problem;
}

/**
 * benk_attention_get_watch_problem:
 * @self: what calls a person
 *
 * Returns: (transfer none) (nullable): why alarms may come late, in words
 */
const char *
benk_attention_get_watch_problem (BenkAttention *self)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), NULL);
  return self->watch_problem;
}

/**
 * benk_attention_get_save_problem:
 * @self: what calls a person
 *
 * Returns: (transfer none) (nullable): what could not be written down and what that
 *   means, in words
 */
const char *
benk_attention_get_save_problem (BenkAttention *self)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), NULL);
  return self->save_problem;
}

/**
 * benk_attention_get_quiet_until_ms:
 * @self: what calls a person
 *
 * Returns: until when it is quiet, UTC milliseconds; 0 when it is not
 */
gint64
benk_attention_get_quiet_until_ms (BenkAttention *self)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), 0);
  return self->quiet_until_ms;
}

/**
 * benk_attention_is_quiet:
 * @self: what calls a person
 *
 * Returns: whether only critical alarms are shown on the desktop, and nothing sounds
 */
gboolean
benk_attention_is_quiet (BenkAttention *self)
{
  return benk_attention_get_quiet_until_ms (self) > benk_clock_get_wall_ms (self->clock);
}

/**
 * benk_attention_propose_quiet:
 * @self: what calls a person
 * @quiet: a choice
 *
 * Returns: until when that would be, UTC milliseconds; 0 if it cannot be chosen now
 */
gint64
benk_attention_propose_quiet (BenkAttention *self, BenkQuiet quiet)
{
  BenkDutyHours hours;

  g_return_val_if_fail (BENK_IS_ATTENTION (self), 0);
  hours = get_hours (self);
  return benk_quiet_get_end (quiet, &hours, BENK_DISTRICT_ZONE,
                             benk_clock_get_wall_ms (self->clock));
}

/**
 * benk_attention_parse_quiet:
 * @self: what calls a person
 * @text: a time of the clock
 * @error: %BENK_ERROR_INVALID or %BENK_ERROR_REFUSED
 *
 * Returns: UTC milliseconds of the next time it is so late; 0 with @error
 */
gint64
benk_attention_parse_quiet (BenkAttention *self, const char *text, GError **error)
{
  BenkDutyHours hours;

  g_return_val_if_fail (BENK_IS_ATTENTION (self), 0);
  hours = get_hours (self);
  return benk_quiet_parse_end (text, &hours, BENK_DISTRICT_ZONE,
                               benk_clock_get_wall_ms (self->clock), error);
}

/**
 * benk_attention_be_quiet_until:
 * @self: what calls a person
 * @until_ms: UTC milliseconds; never later than the next day duty begins
 *
 * From now on only critical alarms are shown on the desktop, and nothing sounds. All are
 * still listed and counted.
 */
void
benk_attention_be_quiet_until (BenkAttention *self, gint64 until_ms)
{
  g_return_if_fail (BENK_IS_ATTENTION (self));
  begin (self, until_ms);
}

/**
 * benk_attention_end_quiet:
 * @self: what calls a person
 *
 * Ends it before its time.
 */
void
benk_attention_end_quiet (BenkAttention *self)
{
  g_return_if_fail (BENK_IS_ATTENTION (self));
  end (self, TRUE);
}

/**
 * benk_attention_keep:
 * @self: what calls a person
 * @error: %BENK_ERROR_UNSUPPORTED if that it is quiet is not kept here
 *
 * Waits until what was chosen is written down, so that another program finds it.
 *
 * Returns: whether it is
 */
gboolean
benk_attention_keep (BenkAttention *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), FALSE);
  if (self->keeps_quiet)
    {
      g_settings_sync ();
      return TRUE;
    }
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                       _ ("That it is quiet is kept neither in a demo store nor where "
                          "the program’s settings are not installed."));
  return FALSE;
}

/**
 * benk_attention_describe_quiet:
 * @self: what calls a person
 *
 * Returns: (transfer full) (nullable): "Quiet until 13:30"; %NULL when it is not quiet
 */
char *
benk_attention_describe_quiet (BenkAttention *self)
{
  g_autofree char *until = NULL;

  if (!benk_attention_is_quiet (self))
    return NULL;
  until =
    benk_wait_describe_until (self->quiet_until_ms, benk_clock_get_wall_ms (self->clock),
                              BENK_DISTRICT_ZONE);
  return g_strdup_printf (C_ ("quiet", "Quiet until %s"), until);
}

/**
 * benk_attention_get_sound_key:
 * @level: which alarms
 *
 * Returns: (transfer none): the key of the setting whether they sound
 */
const char *
benk_attention_get_sound_key (BenkSoundLevel level)
{
  static const char *const keys[] = {
    [BENK_SOUND_CRITICAL] = "sound-critical",
    [BENK_SOUND_SERIOUS] = "sound-serious",
    [BENK_SOUND_OTHER] = "sound-other",
  };

  return keys[level];
}

/**
 * benk_attention_get_sound:
 * @self: what calls a person
 * @level: which alarms
 *
 * Returns: whether they sound; they do where no setting is kept
 */
gboolean
benk_attention_get_sound (BenkAttention *self, BenkSoundLevel level)
{
  g_return_val_if_fail (BENK_IS_ATTENTION (self), FALSE);
  return !self->settings ||
         g_settings_get_boolean (self->settings, benk_attention_get_sound_key (level));
}
