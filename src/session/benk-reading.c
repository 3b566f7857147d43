/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reading.h"

#include <glib/gi18n.h>

#include "benk-error.h"

struct _BenkReading
{
  GObject parent_instance;

  char *words; /* before the reason, or NULL */
  char *problem;
  gboolean ended;
};

enum
{
  PROP_0,
  PROP_PROBLEM,
  PROP_ENDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkReading, benk_reading, G_TYPE_OBJECT)

static void
benk_reading_get_property (GObject *object,
                           guint property_id,
                           GValue *value,
                           GParamSpec *pspec)
{
  if (property_id == PROP_PROBLEM)
    g_value_set_string (value, BENK_READING (object)->problem);
  else if (property_id == PROP_ENDED)
    g_value_set_boolean (value, BENK_READING (object)->ended);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
benk_reading_finalize (GObject *object)
{
  g_free (BENK_READING (object)->words);
  g_free (BENK_READING (object)->problem);
  G_OBJECT_CLASS (benk_reading_parent_class)->finalize (object);
}

static void
benk_reading_class_init (BenkReadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_reading_get_property;
  object_class->finalize = benk_reading_finalize;

  /** BenkReading:problem: why what is shown may be old, in words, or %NULL */
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /** BenkReading:ended: whether it was read, or could not be, at least once */
  properties[PROP_ENDED] =
    g_param_spec_boolean ("ended", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  /** BenkReading::again: somebody wants it to be read again */
  signals[AGAIN] = g_signal_new ("again", BENK_TYPE_READING, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_reading_init (BenkReading *self)
{
}

/** benk_reading_new: Returns: (transfer full): a reading that has not failed */
BenkReading *
benk_reading_new (void)
{
  return g_object_new (BENK_TYPE_READING, NULL);
}

/**
 * benk_reading_new_saying:
 * @words: what could not be done, before the reason, with a colon
 *
 * Returns: (transfer full): a reading of something that is not shown as such
 */
BenkReading *
benk_reading_new_saying (const char *words)
{
  BenkReading *self = benk_reading_new ();

  self->words = g_strdup (words);
  return self;
}

/**
 * benk_reading_get_problem:
 * @self: a reading
 *
 * Returns: (nullable): why what is shown may be old; %NULL when it is not
 */
const char *
benk_reading_get_problem (BenkReading *self)
{
  g_return_val_if_fail (BENK_IS_READING (self), NULL);

  return self->problem;
}

/**
 * benk_reading_has_ended:
 * @self: a reading
 *
 * Returns: whether it was read, or could not be, at least once. Before that nothing is
 * known of what there is.
 */
gboolean
benk_reading_has_ended (BenkReading *self)
{
  g_return_val_if_fail (BENK_IS_READING (self), FALSE);

  return self->ended;
}

/**
 * benk_reading_again:
 * @self: a reading that has failed
 *
 * Asks whoever reads to try again.
 */
void
benk_reading_again (BenkReading *self)
{
  g_return_if_fail (BENK_IS_READING (self));

  g_signal_emit (self, signals[AGAIN], 0);
}

/**
 * benk_reading_end:
 * @self: a reading
 * @error: (nullable): why it failed; %NULL when it did not
 *
 * Tells how it went. What was cancelled says nothing of what is shown.
 */
void
benk_reading_end (BenkReading *self, const GError *error)
{
  g_autofree char *problem = NULL;
  gboolean first;

  g_return_if_fail (BENK_IS_READING (self));

  if (g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    return;
  if (error != NULL && self->words != NULL)
    problem = g_strdup_printf ("%s %s", self->words, error->message);
  else if (error != NULL)
    problem = g_strdup_printf (_ ("This could not be read again and may be old: %s"),
                               error->message);
  first = !self->ended;
  self->ended = TRUE;
  if (g_strcmp0 (problem, self->problem) != 0)
    {
      g_free (self->problem);
      self->problem = g_steal_pointer (&problem);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
    }
  if (first)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDED]);
}
