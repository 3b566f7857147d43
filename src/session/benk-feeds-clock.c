/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-clock-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-feeds-private.h"
#include "benk-wording.h"

/* Deadlines are given and told in minutes: a clock that is wrong by less changes none of
 * them to the eye. One that is about that wrong is not told now and then. */
#define MINUTE_MS (60 * 1000)
#define LEAST_MS MINUTE_MS
#define STILL_MS (LEAST_MS / 2)
/* What changes less is the same: each answer narrows it down a little. */
#define STEADY_MS (5 * 1000)

struct _BenkFeedsClock
{
  BenkClock *clock;
  BenkClockSkew *learnt;
  gint64 skew_ms; /* as it was given last */
};

BenkFeedsClock *
benk_feeds_clock_new (BenkClock *clock)
{
  BenkFeedsClock *self = g_new0 (BenkFeedsClock, 1);

  self->clock = g_object_ref (clock);
  self->learnt = benk_clock_skew_new ();
  return self;
}

void
benk_feeds_clock_free (BenkFeedsClock *self)
{
  benk_clock_skew_free (self->learnt);
  g_object_unref (self->clock);
  g_free (self);
}

static void
look (BenkFeedsClock *self, BenkSkew *skew)
{
  benk_clock_skew_look (self->learnt, benk_clock_get_wall_ms (self->clock),
                        benk_clock_get_boot_ms (self->clock), skew);
}

static gint64
get_skew_ms (BenkFeedsClock *self)
{
  BenkSkew skew;

  look (self, &skew);
  if (ABS (skew.ms) < (self->skew_ms != 0 ? STILL_MS : LEAST_MS))
    self->skew_ms = 0;
  else if (ABS (skew.ms - self->skew_ms) > STEADY_MS)
    self->skew_ms = skew.ms;
  return self->skew_ms;
}

/* One more answer; where it shows that the clock is wrong, or right again, all that is
 * open is looked at anew. */
void
benk_feeds_note_date (BenkFeeds *self, const BenkId *feed, const BenkClockSample *sample)
{
  BenkFeedsClock *clock = benk_feeds_get_server_clock (self);
  g_autoptr (BenkSession) session = benk_feeds_dup_session (self);
  gint64 before_ms = clock->skew_ms;

  if (benk_clock_skew_add (clock->learnt, feed, sample) && session &&
      get_skew_ms (clock) != before_ms)
    benk_alarms_refresh (benk_session_get_alarms (session));
}

/**
 * benk_feeds_get_clock_skew_ms:
 * @self: the sources
 *
 * How wrong the clock of this computer is, by the `Date` of the sources' answers to this
 * program. Less than a minute, or sources that do not agree, are no reason to correct it.
 * A clock that is set is seen at once.
 *
 * Returns: what is to be added to this computer's time where it is compared with a time
 *   of the sources, milliseconds; 0 while nothing is known
 */
gint64
benk_feeds_get_clock_skew_ms (BenkFeeds *self)
{
  BenkFeedsClock *clock;

  g_return_val_if_fail (BENK_IS_FEEDS (self), 0);
  clock = benk_feeds_get_server_clock (self);
  return clock ? get_skew_ms (clock) : 0;
}

/**
 * benk_feeds_get_now_ms:
 * @self: the sources
 *
 * What time it is by the sources, where the clock of this computer is wrong: for what is
 * the district's time, such as whose duty it is. What is written down has the time of
 * this computer.
 *
 * Returns: UTC milliseconds
 */
gint64
benk_feeds_get_now_ms (BenkFeeds *self)
{
  BenkFeedsClock *clock;

  g_return_val_if_fail (BENK_IS_FEEDS (self), 0);
  clock = benk_feeds_get_server_clock (self);
  return clock ? benk_clock_get_wall_ms (clock->clock) + get_skew_ms (clock) : 0;
}

/* (transfer full): in minutes, so that 59 min 59 s are an hour */
static char *
describe_length (gint64 ms)
{
  return benk_wording_duration ((ABS (ms) + MINUTE_MS / 2) / MINUTE_MS * MINUTE_MS);
}

static gint64
get_apart_ms (BenkFeedsClock *self)
{
  BenkSkew skew;

  look (self, &skew);
  return skew.apart_ms >= LEAST_MS ? skew.apart_ms : 0;
}

/**
 * benk_feeds_describe_clock:
 * @self: the sources
 *
 * Returns: (transfer full) (nullable): how wrong the clock of this computer is, in a few
 *   words; %NULL where it is right or nothing is known
 */
char *
benk_feeds_describe_clock (BenkFeeds *self)
{
  gint64 skew_ms = benk_feeds_get_clock_skew_ms (self);
  BenkFeedsClock *clock = benk_feeds_get_server_clock (self);
  g_autofree char *length = describe_length (skew_ms);

  if (skew_ms > 0)
    /* Translators: a length of time. */
    return g_strdup_printf (_ ("This computer’s clock is %s slow"), length);
  if (skew_ms < 0)
    /* Translators: a length of time. */
    return g_strdup_printf (_ ("This computer’s clock is %s fast"), length);
  return clock && get_apart_ms (clock) > 0
           ? g_strdup (_ ("The sources’ clocks do not agree"))
           : NULL;
}

/**
 * benk_feeds_explain_clock:
 * @self: the sources
 *
 * Returns: (transfer full) (nullable): what that means and what to do; %NULL where there
 *   is nothing to describe
 */
char *
benk_feeds_explain_clock (BenkFeeds *self)
{
  gint64 skew_ms = benk_feeds_get_clock_skew_ms (self);
  BenkFeedsClock *clock = benk_feeds_get_server_clock (self);
  gint64 apart_ms = clock && skew_ms == 0 ? get_apart_ms (clock) : 0;
  g_autofree char *length = describe_length (apart_ms);

  if (skew_ms != 0)
    return g_strdup (
      _ ("Deadlines of alarms from the sources, and whose duty it is, go by the sources’ "
         "clock. What is written down here has this computer’s time: set its clock."));
  if (apart_ms > 0)
    /* Translators: a length of time. */
    return g_strdup_printf (_ (
                              "They differ by %s. Which is right is not known: deadlines "
                              "go by this computer’s clock."),
                            length);
  return NULL;
}
