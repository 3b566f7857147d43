/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-forecast.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-plan.h"

#include <glib/gi18n.h>

#define DAYS_PER_WEEK 7

static const BenkName kind_names[] = {
  [BENK_FORECAST_UNKNOWN] = { "unknown", N_ ("Not known") },
  [BENK_FORECAST_NONE_FREE] = { "none-free", N_ ("None free now") },
  [BENK_FORECAST_DAY] = { "day", N_ ("Runs out") },
  [BENK_FORECAST_FAR] = { "far", N_ ("Not within a year") },
  [BENK_FORECAST_STEADY] = { "steady", N_ ("Does not run out") },
};

BENK_DEFINE_NAMES (BenkForecastKind, benk_forecast_kind, kind_names)

static GDate
get_date (gint64 at_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDate date;

  g_date_clear (&date, 1);
  if (local != NULL)
    g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local),
                    (GDateMonth) g_date_time_get_month (local),
                    (GDateYear) g_date_time_get_year (local));
  else
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1970);

  return date;
}

/**
 * benk_forecast_get_today:
 * @now_ms: an instant, UTC ms
 *
 * Returns: (transfer full): the day it is then in the district, "YYYY-MM-DD"
 */
char *
benk_forecast_get_today (gint64 now_ms)
{
  GDate date = get_date (now_ms);

  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date),
                          (int) g_date_get_month (&date), g_date_get_day (&date));
}

/**
 * benk_forecast_get_weeks:
 * @first_ms: when the first change of a state was recorded, UTC ms; 0 = never
 * @now_ms: the present, UTC ms
 *
 * Returns: how many whole weeks there are to look back, today included; at most
 *   %BENK_FORECAST_WEEKS_PROPOSED
 */
guint
benk_forecast_get_weeks (gint64 first_ms, gint64 now_ms)
{
  GDate first = get_date (first_ms);
  GDate today = get_date (now_ms);
  int days = first_ms > 0 ? g_date_days_between (&first, &today) + 1 : 0;

  return (guint) CLAMP (days / DAYS_PER_WEEK, 0, BENK_FORECAST_WEEKS_PROPOSED);
}

/**
 * benk_forecast_get_since_ms:
 * @weeks: whole weeks to look back
 * @now_ms: the present, UTC ms
 *
 * Returns: the local midnight with which they begin, UTC ms: today is their last day,
 *   however long the hours were between
 */
gint64
benk_forecast_get_since_ms (guint weeks, gint64 now_ms)
{
  GDate date = get_date (now_ms);

  if (weeks == 0)
    return now_ms;
  g_date_subtract_days (&date, weeks * DAYS_PER_WEEK - 1);

  return benk_local_minute_to_ms (BENK_DISTRICT_ZONE, &date, 0);
}

/**
 * benk_forecast_knows_pace:
 * @self: a forecast
 *
 * Returns: whether enough has happened to speak of a pace
 */
gboolean
benk_forecast_knows_pace (const BenkForecast *self)
{
  return self->weeks >= BENK_FORECAST_MIN_WEEKS && self->n_out >= BENK_FORECAST_MIN_OUT;
}

/**
 * benk_forecast_get_pace:
 * @self: a forecast
 *
 * Returns: how many went out a week, less those that came back; 0 where no weeks are on
 *   record
 */
double
benk_forecast_get_pace (const BenkForecast *self)
{
  return self->weeks > 0 ? ((double) self->n_out - self->n_back) / self->weeks : 0;
}

static guint
count_needs (const BenkForecastInput *input, int by_day)
{
  guint n = 0;

  for (gsize i = 0; i < input->n_needs; i++)
    n += input->needs[i] <= by_day;

  return n;
}

/* The first day on which none is free: in whole numbers, so that no rounding moves it. */
static int
find_day (const BenkForecastInput *input, gint64 net)
{
  gint64 span = (gint64) input->weeks * DAYS_PER_WEEK;

  for (int day = 0; day <= BENK_FORECAST_MAX_DAYS; day++)
    {
      gint64 left = (gint64) input->n_free - count_needs (input, day);

      if (left <= 0 || (net > 0 && left * span <= net * day))
        return day;
    }

  return -1;
}

/**
 * benk_forecast_make:
 * @input: what is known of a model
 * @now_ms: the present, UTC ms
 *
 * Says when none is free any more. What is free now goes at the pace of the weeks behind,
 * which is what went to users less what came back to the shelf; and each reservation
 * whose own device cannot go out takes one more on its day. What is reserved already is
 * not free. With less than %BENK_FORECAST_MIN_WEEKS on record, or fewer than
 * %BENK_FORECAST_MIN_OUT that went out, there is no pace.
 *
 * Returns: the forecast
 */
BenkForecast
benk_forecast_make (const BenkForecastInput *input, gint64 now_ms)
{
  BenkForecast self = {
    .n_free = input->n_free,
    .n_reserved = input->n_reserved,
    .n_needs = (guint) input->n_needs,
    .weeks = input->weeks,
    .n_out = input->n_out,
    .n_back = input->n_back,
  };
  gboolean paced = benk_forecast_knows_pace (&self);
  gint64 net = paced ? (gint64) input->n_out - input->n_back : 0;
  GDate date;

  self.days = input->n_free > 0 ? find_day (input, net) : 0;
  if (input->n_free == 0)
    self.kind = BENK_FORECAST_NONE_FREE;
  else if (self.days >= 0)
    self.kind = BENK_FORECAST_DAY;
  else if (!paced)
    self.kind = BENK_FORECAST_UNKNOWN;
  else
    self.kind = net > 0 ? BENK_FORECAST_FAR : BENK_FORECAST_STEADY;
  if (self.kind != BENK_FORECAST_DAY)
    {
      self.days = 0;
      return self;
    }

  date = get_date (now_ms);
  g_date_add_days (&date, (guint) self.days);
  g_snprintf (self.date, sizeof self.date, "%04d-%02d-%02d",
              g_date_get_year (&date) % 10000, (int) g_date_get_month (&date) % 100,
              g_date_get_day (&date) % 100);

  return self;
}

/**
 * benk_forecast_say_day:
 * @self: a forecast
 *
 * Returns: (transfer full): when they run out, in one or two words: a date where there is
 *   one
 */
char *
benk_forecast_say_day (const BenkForecast *self)
{
  g_autoptr (GDateTime) day = NULL;
  GDate date;

  if (self->kind != BENK_FORECAST_DAY || !benk_date_parse (self->date, &date))
    return g_strdup (benk_forecast_kind_get_label (self->kind));
  if (self->days == 0)
    return g_strdup (_ ("today"));
  day = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                             g_date_get_day (&date), 0, 0, 0);

  return g_date_time_format (day, _ ("%-d %b %Y"));
}

static void
append_part (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
  g_free (part);
}

static char *
say_pace (const BenkForecast *self)
{
  if (self->weeks == 0)
    return g_strdup (_ ("less than a week is on record"));
  if (self->weeks < BENK_FORECAST_MIN_WEEKS)
    return g_strdup_printf (ngettext ("only %u week is on record",
                                      "only %u weeks are on record", self->weeks),
                            self->weeks);
  if (self->n_out == 0)
    return g_strdup_printf (_ ("none went out over the last %u weeks"), self->weeks);
  if (!benk_forecast_knows_pace (self))
    return g_strdup_printf (ngettext ("only %u went out over the last %u weeks",
                                      "only %u went out over the last %u weeks",
                                      self->n_out),
                            self->n_out, self->weeks);
  if (self->n_out <= self->n_back)
    /* Translators: two numbers of devices, then a number of weeks. */
    return g_strdup_printf (_ ("%u out and %u back over the last %u weeks"), self->n_out,
                            self->n_back, self->weeks);

  /* Translators: devices a week, such as 1.5; then a number of weeks. */
  return g_strdup_printf (_ ("%.1f a week over the last %u weeks"),
                          benk_forecast_get_pace (self), self->weeks);
}

/**
 * benk_forecast_describe:
 * @self: a forecast
 *
 * Returns: (transfer full): what it rests on and what follows: "3 free, 2 reserved, 1.5 a
 *   week over the last 8 weeks → about 12 Dec 2026"
 */
char *
benk_forecast_describe (const BenkForecast *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *day = benk_forecast_say_day (self);

  append_part (text, g_strdup_printf (ngettext ("%u free", "%u free", self->n_free),
                                      self->n_free));
  if (self->n_reserved > 0)
    append_part (text, g_strdup_printf (ngettext ("%u reserved", "%u reserved",
                                                  self->n_reserved),
                                        self->n_reserved));
  if (self->n_needs > 0)
    append_part (text, g_strdup_printf (ngettext ("%u reservation needs another device",
                                                  "%u reservations need another device",
                                                  self->n_needs),
                                        self->n_needs));
  append_part (text, say_pace (self));
  if (self->kind == BENK_FORECAST_DAY && self->days > 0)
    /* Translators: what it rests on, then a date: "3 free, … → about 12 Dec 2026". */
    return g_strdup_printf (_ ("%s → about %s"), text->str, day);

  return g_strdup_printf (_ ("%s → %s"), text->str, day);
}
