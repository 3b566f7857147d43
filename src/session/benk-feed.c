/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include <glib/gi18n.h>

#include "benk-plan.h"

/* What was wrong longer ago is told only where one looks for it. */
#define NEW_FAULT_MS (24 * 60 * 60 * 1000)

/**
 * BenkFeed:
 *
 * A source of alarms as a person sees it: its name, when it last answered, and what is
 * wrong.
 */
struct _BenkFeed
{
  GObject parent_instance;

  BenkClock *clock;
  BenkId id;
  char *name;
  char *url;
  char *followup_url;
  gint64 answered_ms;
  char *problem;
  BenkTroubleNote note;
  char *way;
  char *dispenses;
  gboolean silent;
  GPtrArray *faults; /* BenkFeedFault, newest first */
  guint n_unread;
  guint n_in_part;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_URL,
  PROP_ANSWERED_MS,
  PROP_SILENT,
  PROP_PROBLEM,
  PROP_WAY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkFeed, benk_feed, G_TYPE_OBJECT)

static void
benk_feed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkFeed *self = BENK_FEED (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_URL:
      g_value_set_string (value, self->url);
      break;
    case PROP_ANSWERED_MS:
      g_value_set_int64 (value, self->answered_ms);
      break;
    case PROP_SILENT:
      g_value_set_boolean (value, benk_feed_is_silent (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_WAY:
      g_value_set_string (value, self->way);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_feed_finalize (GObject *object)
{
  BenkFeed *self = BENK_FEED (object);

  g_clear_object (&self->clock);
  g_free (self->name);
  g_free (self->url);
  g_free (self->followup_url);
  g_free (self->problem);
  g_free (self->way);
  g_free (self->dispenses);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_feed_parent_class)->finalize (object);
}

static void
benk_feed_class_init (BenkFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_feed_get_property;
  object_class->finalize = benk_feed_finalize;

  /**
   * BenkFeed:name:
   *
   * What people call it.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * BenkFeed:url:
   *
   * Its base address.
   */
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  /**
   * BenkFeed:answered-ms:
   *
   * When it last answered, UTC ms; 0 for never.
   */
  properties[PROP_ANSWERED_MS] =
    g_param_spec_int64 ("answered-ms", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * BenkFeed:silent:
   *
   * Whether it has not answered for two minutes: alarms may be missing.
   */
  properties[PROP_SILENT] = g_param_spec_boolean ("silent", NULL, NULL, FALSE, flags);
  /**
   * BenkFeed:problem:
   *
   * Why it did not answer the last time, what was kept and what to do, or %NULL.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  /**
   * BenkFeed:way:
   *
   * How it tells that something is new, in words; %NULL while that is not known.
   */
  properties[PROP_WAY] = g_param_spec_string ("way", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_feed_init (BenkFeed *self)
{
}

BenkFeed *
benk_feed_new (BenkClock *clock)
{
  BenkFeed *self = g_object_new (BENK_TYPE_FEED, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static void
set_text (BenkFeed *self, char **field, const char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  if (property > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
benk_feed_set_way (BenkFeed *self, const char *way)
{
  set_text (self, &self->way, way, PROP_WAY);
}

static const char *
describe_dispenses (const char *dispenses)
{
  if (g_strcmp0 (dispenses, BENK_DISPENSES_TOLD) == 0)
    return _ ("Tells what dispensers hand out.");
  if (g_strcmp0 (dispenses, BENK_DISPENSES_NOT_TOLD) == 0)
    return _ ("Does not tell what dispensers hand out.");
  if (g_strcmp0 (dispenses, BENK_DISPENSES_UNSAVED) == 0)
    return _ ("What it tells of what dispensers hand out could not be saved. It is tried "
              "again by itself.");
  if (dispenses != NULL)
    return _ ("What dispensers hand out could not be read.");
  return NULL;
}

/* Older versions kept a sentence instead. */
static void
set_problem (BenkFeed *self, const BenkFeedRow *row)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *words = NULL;

  if (benk_trouble_note_parse (row->last_error, &self->note))
    words = benk_trouble_note_describe (&self->note, row->answered_ms,
                                        benk_clock_get_wall_ms (self->clock), zone);
  else
    words = g_strdup (row->last_error);
  set_text (self, &self->problem, words, PROP_PROBLEM);
}

static void
set_faults (BenkFeed *self, const BenkFeedRow *row)
{
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  self->faults = row->faults ? g_ptr_array_ref (row->faults) : g_ptr_array_new ();
  self->n_unread = row->n_unread;
  self->n_in_part = row->n_in_part;
}

void
benk_feed_set_row (BenkFeed *self, const BenkFeedRow *row)
{
  gboolean silent;

  self->id = row->id;
  set_text (self, &self->name, row->name, PROP_NAME);
  set_text (self, &self->url, row->url, PROP_URL);
  set_text (self, &self->followup_url, row->followup_url, 0);
  set_text (self, &self->dispenses, describe_dispenses (row->dispenses), 0);
  set_problem (self, row);
  set_faults (self, row);
  if (self->answered_ms != row->answered_ms)
    {
      self->answered_ms = row->answered_ms;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANSWERED_MS]);
    }
  silent = benk_feed_is_silent (self);
  if (self->silent != silent)
    {
      self->silent = silent;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SILENT]);
    }
}

/**
 * benk_feed_get_id:
 * @self: a source
 *
 * Returns: (transfer none): its id
 */
const BenkId *
benk_feed_get_id (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return &self->id;
}

/**
 * benk_feed_get_name:
 * @self: a source
 *
 * Returns: (transfer none): what people call it
 */
const char *
benk_feed_get_name (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->name;
}

/**
 * benk_feed_get_url:
 * @self: a source
 *
 * Returns: (transfer none): its base address
 */
const char *
benk_feed_get_url (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->url;
}

/**
 * benk_feed_get_followup_url:
 * @self: a source
 *
 * Returns: (transfer none): where follow-up documents go
 */
const char *
benk_feed_get_followup_url (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->followup_url ? self->followup_url : self->url;
}

/**
 * benk_feed_get_answered_ms:
 * @self: a source
 *
 * Returns: when it last answered, UTC ms; 0 for never
 */
gint64
benk_feed_get_answered_ms (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), 0);
  return self->answered_ms;
}

/**
 * benk_feed_is_silent:
 * @self: a source
 *
 * Returns: whether it has not answered for two minutes, or never
 */
gboolean
benk_feed_is_silent (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), FALSE);
  return benk_clock_get_wall_ms (self->clock) - self->answered_ms > BENK_FEED_SILENT_MS;
}

/**
 * benk_feed_get_problem:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): why it did not answer the last time, what was kept
 *   and what to do, in words
 */
const char *
benk_feed_get_problem (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->problem;
}

/**
 * benk_feed_get_trouble:
 * @self: a source
 *
 * Returns: what kind of trouble it is; %BENK_TROUBLE_NONE also where it is none of them
 */
BenkTrouble
benk_feed_get_trouble (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), BENK_TROUBLE_NONE);
  return self->note.trouble;
}

/**
 * benk_feed_get_trouble_number:
 * @self: a source
 *
 * Returns: what belongs to the trouble, as in [struct@TroubleNote]
 */
gint64
benk_feed_get_trouble_number (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), 0);
  return self->note.number;
}

/**
 * benk_feed_get_dispenses:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): whether it tells what dispensers hand out, in
 *   words; %NULL while that is not known
 */
const char *
benk_feed_get_dispenses (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->dispenses;
}

/**
 * benk_feed_get_way:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): how it tells that something is new, in words
 */
const char *
benk_feed_get_way (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->way;
}

/**
 * benk_feed_get_n_unread:
 * @self: a source
 *
 * Returns: how many of its alarms could not be read
 */
guint
benk_feed_get_n_unread (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), 0);
  return self->n_unread;
}

/**
 * benk_feed_get_n_in_part:
 * @self: a source
 *
 * Returns: how many of its alarms could be read only in part
 */
guint
benk_feed_get_n_in_part (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), 0);
  return self->n_in_part;
}

/**
 * benk_feed_get_faults:
 * @self: a source
 *
 * Returns: (transfer none) (element-type BenkFeedFault): what was wrong with them, newest
 *   first; the newest 50
 */
GPtrArray *
benk_feed_get_faults (BenkFeed *self)
{
  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return self->faults;
}

/**
 * benk_feed_describe_faults:
 * @self: a source
 *
 * Returns: (transfer full) (nullable): how many of its alarms could not be read, what is
 *   wrong and what to do, in words; %NULL if all could
 */
char *
benk_feed_describe_faults (BenkFeed *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  g_return_val_if_fail (BENK_IS_FEED (self), NULL);
  return benk_feed_faults_describe (self->faults, self->n_unread, self->n_in_part,
                                    benk_clock_get_wall_ms (self->clock), zone);
}

/**
 * benk_feed_has_new_faults:
 * @self: a source
 *
 * Returns: whether an alarm came within a day that could not be read, or only in part
 */
gboolean
benk_feed_has_new_faults (BenkFeed *self)
{
  const BenkFeedFault *newest;

  g_return_val_if_fail (BENK_IS_FEED (self), FALSE);
  if (self->faults->len == 0)
    return FALSE;
  newest = g_ptr_array_index (self->faults, 0);
  return benk_clock_get_wall_ms (self->clock) - newest->seen_ms <= NEW_FAULT_MS;
}
