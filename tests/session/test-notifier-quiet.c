/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-notifier-fixture.h"
#include "benk-notifier-private.h"
#include "benk-settings.h"

/* What sounds, and what does not while it is quiet. The clock stands at 09:00 in the
 * district, a Monday. */

#define MINUTE (60 * 1000)

static guint
count_sounds (BenkNotifierFixture *f)
{
  BenkSounder *sounder = benk_notifier_get_sounder (f->notifier);
  guint n = 0;

  for (int i = 0; i < BENK_N_SOUND_LEVELS; i++)
    n += benk_sounder_get_n_played (sounder, (BenkSoundLevel) i);
  return n;
}

static void
wait_sounds (BenkNotifierFixture *f, guint n)
{
  while (count_sounds (f) < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
settle_sounds (BenkNotifierFixture *f)
{
  GObject *sounder = G_OBJECT (benk_notifier_get_sounder (f->notifier));

  benk_notifier_fixture_settle (f);
  while (sounder->ref_count > 1)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

typedef struct
{
  const char *code;
  int level; /* -1: none */
} Case;

static const Case cases[] = {
  { "1.22", BENK_SOUND_CRITICAL },
  { "1.18", BENK_SOUND_CRITICAL },
  { "1.8", BENK_SOUND_SERIOUS },
  { "1.17", BENK_SOUND_OTHER },
  { "1.1", -1 },
  { "1.13", -1 },
};

/* By severity; those of care and medicine are seen but quiet. */
static void
test_levels (BenkNotifierFixture *f, gconstpointer data)
{
  BenkSounder *sounder = benk_notifier_get_sounder (f->notifier);
  guint expected[BENK_N_SOUND_LEVELS] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *serial = g_strdup_printf ("L-%u", (guint) i);

      g_test_message ("%s", cases[i].code);
      benk_notifier_fixture_raise (f, serial, cases[i].code);
      benk_alarms_fixture_must_sync (&f->base);
      settle_sounds (f);
      if (cases[i].level >= 0)
        expected[cases[i].level]++;
      for (int j = 0; j < BENK_N_SOUND_LEVELS; j++)
        g_assert_cmpuint (benk_sounder_get_n_played (sounder, (BenkSoundLevel) j), ==,
                          expected[j]);
    }
  g_assert_null (benk_attention_get_sound_problem (f->attention));
}

/* Ten at once are one sound: that of the worst. */
static void
test_one_sound (BenkNotifierFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *serial = g_strdup_printf ("T-%u", i);

      benk_notifier_fixture_raise (f, serial, i == 4 ? "1.22" : "1.17");
    }
  benk_alarms_fixture_must_sync (&f->base);
  wait_sounds (f, 1);
  settle_sounds (f);
  g_assert_cmpuint (count_sounds (f), ==, 1);
  g_assert_cmpuint (benk_sounder_get_n_played (benk_notifier_get_sounder (f->notifier),
                                               BENK_SOUND_CRITICAL),
                    ==, 1);
}

static void
test_cannot_sound (BenkNotifierFixture *f, gconstpointer data)
{
  BenkSounder *sounder = benk_notifier_get_sounder (f->notifier);

  g_setenv ("CANBERRA_DRIVER", "no-such-driver", TRUE);
  benk_sounder_set_player (sounder, NULL);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  while (benk_attention_get_sound_problem (f->attention) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%s", benk_attention_get_sound_problem (f->attention));
  g_assert_cmpuint (count_sounds (f), ==, 0);
  /* The bubble is there all the same. */
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==, "Roll jammed");
  settle_sounds (f);
  benk_sounder_set_player (sounder, benk_notifier_fixture_play);
  benk_notifier_fixture_raise (f, "S-2", "1.8");
  benk_alarms_fixture_must_sync (&f->base);
  while (benk_attention_get_sound_problem (f->attention) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_sounds (f), ==, 1);
}

static void
test_off (BenkNotifierFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = benk_settings_new ();

  g_assert_nonnull (settings);
  g_settings_set_boolean (settings, benk_attention_get_sound_key (BENK_SOUND_SERIOUS),
                          FALSE);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 0);
  settle_sounds (f);
  g_assert_cmpuint (count_sounds (f), ==, 0);
  benk_notifier_fixture_raise (f, "S-2", "1.22");
  benk_alarms_fixture_must_sync (&f->base);
  wait_sounds (f, 1);
  g_settings_reset (settings, benk_attention_get_sound_key (BENK_SOUND_SERIOUS));
}

static void
be_quiet (BenkNotifierFixture *f, BenkQuiet quiet)
{
  benk_attention_be_quiet_until (f->attention,
                                 benk_attention_propose_quiet (f->attention, quiet));
  g_assert_true (benk_attention_is_quiet (f->attention));
}

/* Nobody having it, it would be told again when its deadline runs out. */
static void
take_critical (BenkNotifierFixture *f)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (&f->base, FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (benk_alarm_is_critical (alarm))
        g_assert_true (benk_alarms_fixture_take (&f->base, alarm, NULL));
    }
}

/* Listed and counted, not shown; what is critical is shown and does not sound. At the end
 * one bubble tells of the rest. */
static void
test_quiet (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  be_quiet (f, BENK_QUIET_HALF_HOUR);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_notifier_fixture_raise (f, "Q-2", "1.17");
  benk_alarms_fixture_must_sync (&f->base);
  benk_alarms_fixture_wait_queue (&f->base, 2);
  settle_sounds (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 0);
  benk_notifier_fixture_raise (f, "Q-3", "1.22");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==, "Forced open");
  settle_sounds (f);
  g_assert_cmpuint (count_sounds (f), ==, 0);
  take_critical (f);

  benk_session_fixture_advance (&f->base.base, 30 * MINUTE);
  bubble = benk_notifier_fixture_wait (f, 1);
  g_assert_false (benk_attention_is_quiet (f->attention));
  g_assert_cmpstr (bubble->summary, ==, "2 alarms came while it was quiet");
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  benk_notifier_fixture_raise (f, "Q-4", "1.8");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 2)->summary, ==, "Roll jammed");
  wait_sounds (f, 1);
}

/* Who ends it looks at the list: what came is not told again, what comes is. */
static void
test_ended (BenkNotifierFixture *f, gconstpointer data)
{
  be_quiet (f, BENK_QUIET_DUTY_END);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_alarms_fixture_wait_queue (&f->base, 1);
  benk_attention_end_quiet (f->attention);
  settle_sounds (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 0);
  benk_notifier_fixture_raise (f, "E-2", "1.8");
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 0);
}

/* What somebody took meanwhile is not told at the end. */
static void
test_taken_meanwhile (BenkNotifierFixture *f, gconstpointer data)
{
  g_autoptr (BenkAlarm) alarm = NULL;

  be_quiet (f, BENK_QUIET_HOUR);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_alarms_fixture_wait_queue (&f->base, 1);
  benk_notifier_fixture_settle (f);
  alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  g_assert_true (benk_alarms_fixture_take (&f->base, alarm, NULL));
  benk_notifier_fixture_settle (f);
  benk_session_fixture_advance (&f->base.base, 60 * MINUTE);
  settle_sounds (f);
  g_assert_false (benk_attention_is_quiet (f->attention));
  g_assert_cmpuint (f->bubbles->shown->len, ==, 0);
}

/* A setting of this computer; the next program finds it, and no longer than it may last.
 */
static void
test_kept (BenkNotifierFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = benk_settings_new ();
  gint64 until_ms;

  g_assert_nonnull (settings);
  be_quiet (f, BENK_QUIET_NEXT_DUTY);
  until_ms = benk_attention_get_quiet_until_ms (f->attention);
  g_assert_cmpint (until_ms, ==, FIXTURE_WALL_MS + 23 * 60 * MINUTE);
  g_assert_cmpint (g_settings_get_int64 (settings, "quiet-until"), ==, until_ms);
  /* Another program of this account ends it, or wants more than may be. */
  g_settings_set_int64 (settings, "quiet-until", 0);
  g_assert_false (benk_attention_is_quiet (f->attention));
  g_settings_set_int64 (settings, "quiet-until",
                        until_ms + G_GINT64_CONSTANT (365) * 24 * 60 * MINUTE);
  g_assert_cmpint (benk_attention_get_quiet_until_ms (f->attention), ==, until_ms);
  benk_attention_end_quiet (f->attention);
  g_assert_cmpint (g_settings_get_int64 (settings, "quiet-until"), ==, 0);
}

/* The clock goes back an hour: half an hour stays half an hour. */
static void
test_clock_back (BenkNotifierFixture *f, gconstpointer data)
{
  be_quiet (f, BENK_QUIET_HALF_HOUR);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.base.clock),
                            FIXTURE_WALL_MS - 60 * MINUTE);
  benk_session_fixture_advance (&f->base.base, 30 * MINUTE);
  g_assert_false (benk_attention_is_quiet (f->attention));
}

/* It goes forward a day: at the next look it is over. */
static void
test_clock_forward (BenkNotifierFixture *f, gconstpointer data)
{
  be_quiet (f, BENK_QUIET_HOUR);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.base.clock),
                            FIXTURE_WALL_MS + 24 * 60 * MINUTE);
  g_assert_false (benk_attention_is_quiet (f->attention));
  benk_session_fixture_advance (&f->base.base, 30 * 1000);
  g_assert_cmpint (benk_attention_get_quiet_until_ms (f->attention), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                  \
  BENK_NOTIFIER_TEST ("/session/notifier-quiet/" name, benk_bubbles_plain, func)
  ADD ("sound-by-severity", test_levels);
  ADD ("one-sound-for-many", test_one_sound);
  ADD ("says-when-it-cannot-sound", test_cannot_sound);
  ADD ("sounds-that-are-off", test_off);
  ADD ("quiet-until", test_quiet);
  ADD ("ended-by-a-person", test_ended);
  ADD ("taken-meanwhile", test_taken_meanwhile);
  ADD ("kept-and-bounded", test_kept);
  ADD ("clock-back", test_clock_back);
  ADD ("clock-forward", test_clock_forward);
  return g_test_run ();
}
