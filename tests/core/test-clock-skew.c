/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock-skew.h"

/* True time is that of the servers; this computer was started at BOOT of it. */

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define BOOT (G_GINT64_CONSTANT (1772438400000) + 437)

typedef struct
{
  const char *source; /* NULL: that was all */
  gint64 begun_ms;    /* since the start */
  gint64 there_ms;    /* it writes its Date */
  gint64 ended_ms;
  gint64 wrong_ms; /* its own clock */
} Answer;

typedef struct
{
  const char *name;
  Answer answers[8];
  gint64 now_ms;   /* since the start */
  gint64 wrong_ms; /* the clock on the wall */
  BenkSkewKind kind;
  gint64 max_error_ms;
} Case;

#define AT(second) (second) * SECOND, (second) *SECOND + 20, (second) *SECOND + 40
#define FOUR_OF(source, wrong)                                                           \
  { source, AT (10), wrong }, { source, AT (25), wrong }, { source, AT (40), wrong },    \
  {                                                                                      \
    source, AT (55), wrong                                                               \
  }

static const Case cases[] = {
  { "nobody-asked", { { NULL } }, MINUTE, -HOUR, BENK_SKEW_UNKNOWN, 0 },
  { "right", { FOUR_OF ("a", 0) }, MINUTE, 0, BENK_SKEW_NONE, 520 },
  { "two-seconds-are-none",
    { FOUR_OF ("a", 0) },
    MINUTE,
    2 * SECOND,
    BENK_SKEW_NONE,
    520 },
  { "four-seconds-fast", { FOUR_OF ("a", 0) }, MINUTE, 4 * SECOND, BENK_SKEW_KNOWN, 520 },
  { "four-seconds-slow",
    { FOUR_OF ("a", 0) },
    MINUTE,
    -4 * SECOND,
    BENK_SKEW_KNOWN,
    520 },
  { "an-hour-fast", { FOUR_OF ("a", 0) }, MINUTE, HOUR, BENK_SKEW_KNOWN, 520 },
  { "an-hour-slow", { FOUR_OF ("a", 0) }, MINUTE, -HOUR, BENK_SKEW_KNOWN, 520 },
  { "a-day-fast", { FOUR_OF ("a", 0) }, MINUTE, DAY, BENK_SKEW_KNOWN, 520 },
  { "years-slow", { FOUR_OF ("a", 0) }, MINUTE, -56 * 365 * DAY, BENK_SKEW_KNOWN, 520 },
  { "one-answer", { { "a", AT (10), 0 } }, MINUTE, HOUR, BENK_SKEW_KNOWN, 520 },
  { "long-after-the-answer", { { "a", AT (10), 0 } }, DAY, HOUR, BENK_SKEW_KNOWN, 520 },
  /* Half a minute on the way says less, and never anything wrong. */
  { "slow-way-there",
    { { "a", 10 * SECOND, 39 * SECOND, 40 * SECOND, 0 } },
    MINUTE,
    HOUR,
    BENK_SKEW_KNOWN,
    15500 },
  { "slow-way-back",
    { { "a", 10 * SECOND, 11 * SECOND, 40 * SECOND, 0 } },
    MINUTE,
    -HOUR,
    BENK_SKEW_KNOWN,
    15500 },
  { "slow-way-hides-a-little",
    { { "a", 10 * SECOND, 11 * SECOND, 40 * SECOND, 0 } },
    MINUTE,
    2 * SECOND,
    BENK_SKEW_NONE,
    15500 },
  { "one-quick-among-slow",
    { { "a", 10 * SECOND, 11 * SECOND, 40 * SECOND, 0 },
      { "a", AT (41), 0 },
      { "a", 50 * SECOND, 79 * SECOND, 80 * SECOND, 0 } },
    2 * MINUTE,
    4 * SECOND,
    BENK_SKEW_KNOWN,
    520 },
  { "answers-at-all-parts-of-a-second",
    { { "a", 10000, 10010, 10020, 0 },
      { "a", 20300, 20310, 20320, 0 },
      { "a", 30600, 30610, 30620, 0 },
      { "a", 40900, 40910, 40920, 0 } },
    MINUTE,
    HOUR,
    BENK_SKEW_KNOWN,
    200 },
  { "two-that-agree",
    { { "a", AT (10), 0 }, { "b", AT (12), 0 } },
    MINUTE,
    HOUR,
    BENK_SKEW_KNOWN,
    520 },
  { "two-that-nearly-agree",
    { { "a", AT (10), -SECOND }, { "b", AT (12), SECOND } },
    MINUTE,
    HOUR,
    BENK_SKEW_KNOWN,
    2000 },
  { "two-that-do-not",
    { { "a", AT (10), 0 }, { "b", AT (12), HOUR } },
    MINUTE,
    HOUR,
    BENK_SKEW_DISAGREE,
    0 },
  { "one-of-three-does-not",
    { { "a", AT (10), 0 }, { "b", AT (12), 0 }, { "c", AT (14), -MINUTE } },
    MINUTE,
    0,
    BENK_SKEW_DISAGREE,
    0 },
  { "it-was-set-right",
    { { "a", AT (10), 0 }, { "b", AT (12), HOUR }, { "b", AT (30), 0 } },
    MINUTE,
    HOUR,
    BENK_SKEW_KNOWN,
    520 },
  { "it-fell-silent",
    { { "b", AT (12), HOUR }, { "a", AT (10), 0 }, { "a", AT (3700), 0 } },
    2 * HOUR,
    HOUR,
    BENK_SKEW_KNOWN,
    520 },
  { "silent-together",
    { { "a", AT (10), 0 }, { "b", AT (12), 0 } },
    3 * DAY,
    HOUR,
    BENK_SKEW_KNOWN,
    520 },
};

static BenkClockSample
take (const Answer *answer)
{
  gint64 date_ms = BOOT + answer->there_ms + answer->wrong_ms;

  return (BenkClockSample){ answer->begun_ms, answer->ended_ms,
                            date_ms - date_ms % SECOND };
}

static BenkId
name (const char *source)
{
  return benk_id_new_named ("https://example.org/sources", source);
}

static void
check (const Case *row, const BenkSkew *skew)
{
  g_assert_cmpint (skew->kind, ==, row->kind);
  g_assert_cmpint (skew->error_ms, <=, row->max_error_ms);
  if (row->kind == BENK_SKEW_KNOWN)
    {
      g_assert_cmpint (ABS (skew->ms + row->wrong_ms), <=, MAX (skew->error_ms, 2000));
      g_assert_cmpint (skew->error_ms, >, 0);
    }
  else
    g_assert_cmpint (skew->ms, ==, 0);
  g_assert_cmpint (skew->apart_ms > 0, ==, row->kind == BENK_SKEW_DISAGREE);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (BenkClockSkew) learnt = benk_clock_skew_new ();
  BenkSkew skew;

  for (gsize i = 0; i < G_N_ELEMENTS (row->answers) && row->answers[i].source; i++)
    {
      BenkId source = name (row->answers[i].source);
      BenkClockSample sample = take (&row->answers[i]);

      g_assert_true (benk_clock_skew_add (learnt, &source, &sample));
    }
  benk_clock_skew_look (learnt, BOOT + row->now_ms + row->wrong_ms, row->now_ms, &skew);
  g_test_message ("%" G_GINT64_FORMAT " ± %" G_GINT64_FORMAT, skew.ms, skew.error_ms);
  check (row, &skew);
}

/* What was learnt does not change with it. */
static void
test_set (void)
{
  g_autoptr (BenkClockSkew) learnt = benk_clock_skew_new ();
  const Answer answer = { "a", AT (10), 0 };
  BenkClockSample sample = take (&answer);
  BenkId source = name ("a");
  BenkSkew skew;

  g_assert_true (benk_clock_skew_add (learnt, &source, &sample));
  benk_clock_skew_look (learnt, BOOT + MINUTE, MINUTE, &skew);
  g_assert_cmpint (skew.kind, ==, BENK_SKEW_NONE);
  benk_clock_skew_look (learnt, BOOT + MINUTE - HOUR, MINUTE, &skew);
  g_assert_cmpint (skew.kind, ==, BENK_SKEW_KNOWN);
  g_assert_cmpint (ABS (skew.ms - HOUR), <=, skew.error_ms);
  benk_clock_skew_look (learnt, BOOT + 2 * MINUTE + DAY, 2 * MINUTE, &skew);
  g_assert_cmpint (ABS (skew.ms + DAY), <=, skew.error_ms);
  benk_clock_skew_look (learnt, BOOT + 3 * MINUTE, 3 * MINUTE, &skew);
  g_assert_cmpint (skew.kind, ==, BENK_SKEW_NONE);
}

static void
test_nonsense (void)
{
  static const BenkClockSample samples[] = {
    { 2000, 1000, BOOT },
    { 1000, 2000, 0 },
    { 1000, 2000, -1 },
  };
  g_autoptr (BenkClockSkew) learnt = benk_clock_skew_new ();
  BenkId source = name ("a");
  BenkSkew skew;

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    g_assert_false (benk_clock_skew_add (learnt, &source, &samples[i]));
  benk_clock_skew_look (learnt, BOOT, 0, &skew);
  g_assert_cmpint (skew.kind, ==, BENK_SKEW_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/clock-skew/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/core/clock-skew/the-clock-is-set", test_set);
  g_test_add_func ("/core/clock-skew/nonsense-is-not-learnt", test_nonsense);
  return g_test_run ();
}
