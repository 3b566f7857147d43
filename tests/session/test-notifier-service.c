/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-notifier-fixture.h"

/* What happens when the service that shows bubbles is missing, goes, is slow, refuses, or
 * cannot do much. */

static void
kill_service (BenkNotifierFixture *f)
{
  g_clear_pointer (&f->bubbles, benk_bubbles_free);
}

static void
wait_problem (BenkNotifierFixture *f, gboolean wanted)
{
  while ((benk_attention_get_problem (f->attention) != NULL) != wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
count_one (BenkAttention *attention, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* Told before the first alarm, and once; gone when the service is there. What came
 * meanwhile is shown then. */
static void
test_missing (BenkNotifierFixture *f, gconstpointer data)
{
  guint n_told = 0;

  wait_problem (f, TRUE);
  g_signal_connect (f->attention, "notify::problem", G_CALLBACK (count_one), &n_told);
  g_test_message ("%s", benk_attention_get_problem (f->attention));
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_settle (f);
  g_free (benk_alarms_fixture_raise (&f->base, "1.22"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (n_told, ==, 0);

  benk_notifier_fixture_start_service (f, benk_bubbles_plain);
  wait_problem (f, FALSE);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==,
                   "Forced open and 1 more");
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
  g_assert_cmpuint (n_told, ==, 1);
}

/* What is open is shown by the new one, and its buttons work; what was settled while
 * there was none is not. Nothing sounds again. */
static void
test_restarted (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *settled = NULL;
  const BenkBubble *bubble;

  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  settled = benk_virtual_hub_raise (f->base.hub, &(BenkVirtualAlarm){ .serial = "S-2",
                                                                      .code = "1.17" });
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 1);
  benk_notifier_fixture_settle (f);
  kill_service (f);
  wait_problem (f, TRUE);
  benk_virtual_hub_close_elsewhere (f->base.hub, settled, "Ansvarsvakt", NULL);
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_settle (f);

  benk_notifier_fixture_start_service (f, benk_bubbles_plain);
  wait_problem (f, FALSE);
  bubble = benk_notifier_fixture_wait (f, 0);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed");
  g_assert_cmpuint (bubble->replaces, ==, 0);
  g_assert_true (bubble->suppress_sound);
  benk_notifier_fixture_answer (f, bubble->id, "take", &f->taken);
  g_assert_cmpuint (f->n_taken, >=, 1);
}

/* Five restarts leave one bubble each time. */
static void
test_restarted_often (BenkNotifierFixture *f, gconstpointer data)
{
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  for (guint i = 0; i < 5; i++)
    {
      benk_notifier_fixture_wait (f, 0);
      benk_notifier_fixture_settle (f);
      g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
      kill_service (f);
      wait_problem (f, TRUE);
      benk_notifier_fixture_start_service (f, benk_bubbles_plain);
      wait_problem (f, FALSE);
    }
}

/* What changes while it does not answer is said once, as it is then. */
static void
test_slow (BenkNotifierFixture *f, gconstpointer data)
{
  static const char *const codes[] = { "1.17", "1.19", "1.21", "1.23" };

  f->bubbles->slow = TRUE;
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_free (benk_alarms_fixture_raise (&f->base, codes[i]));
      benk_alarms_fixture_must_sync (&f->base);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
  benk_bubbles_hurry (f->bubbles);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 1)->summary, ==,
                   "Roll jammed and 4 more");
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 2);
  g_assert_null (benk_attention_get_problem (f->attention));
}

/* Said on the page, and tried again after a minute. */
static void
test_refused (BenkNotifierFixture *f, gconstpointer data)
{
  f->bubbles->refuses = TRUE;
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  wait_problem (f, TRUE);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 0);
  f->bubbles->refuses = FALSE;
  benk_session_fixture_advance (&f->base.base, 60 * 1000);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==, "Roll jammed");
  wait_problem (f, FALSE);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
}

/* No buttons: the words say where to go. */
static void
test_without_actions (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed");
  g_assert_cmpstr (bubble->body, ==, "Medido " SERIAL "\nOpen Dosebenk to see it.");
  g_assert_cmpuint (g_strv_length (bubble->actions), ==, 0);
  g_assert_null (benk_attention_get_problem (f->attention));
}

/* A service is asked once what it can, and another one is asked again. */
static void
test_abilities (BenkNotifierFixture *f, gconstpointer data)
{
  static const char *const codes[] = { "1.8", "1.17", "1.19" };
  const BenkBubble *bubble;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_free (benk_alarms_fixture_raise (&f->base, codes[i]));
      benk_alarms_fixture_must_sync (&f->base);
      bubble = benk_notifier_fixture_wait (f, i);
      g_assert_cmpuint (g_strv_length (bubble->actions), >, 0);
      benk_notifier_fixture_settle (f);
    }
  g_assert_cmpuint (f->bubbles->n_asked, ==, 1);
  kill_service (f);
  wait_problem (f, TRUE);

  benk_notifier_fixture_start_service (f, benk_bubbles_without_actions);
  wait_problem (f, FALSE);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpuint (g_strv_length (bubble->actions), ==, 0);
  g_assert_cmpuint (f->bubbles->n_asked, ==, 1);
}

static void
advance (BenkNotifierFixture *f, guint n, gint64 ms)
{
  for (guint i = 0; i < n; i++)
    {
      benk_session_fixture_advance (&f->base.base, ms);
      benk_notifier_fixture_settle (f);
    }
}

/* A round that ends without an answer. */
static void
fail_round (BenkNotifierFixture *f)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_advance (&f->base.base, 61 * 1000);
  g_assert_false (benk_alarms_fixture_sync (&f->base, NULL, NULL, &error));
  benk_notifier_fixture_settle (f);
}

/* Once, however long it lasts; gone when it answers. */
static void
test_silent_source (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  benk_notifier_fixture_watch (f);
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "503:GET@9999", NULL));
  for (guint i = 0; i < 8; i++)
    fail_round (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_test_message ("%s", bubble->summary);
  g_assert_true (g_str_has_prefix (bubble->summary, "Hub has not answered for "));
  g_assert_cmpstr (bubble->body, ==, "Alarms may be missing.");
  benk_bubbles_answer (f->bubbles, bubble->id, "default");
  while (f->n_alarms == 0)
    g_main_context_iteration (NULL, TRUE);
  benk_virtual_hub_clear_faults (f->base.hub);
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait_closed (f, 1);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
}

/* The clock runs ahead of the hub here: that it is silent may be told as well. */
static guint
count_late (BenkNotifierFixture *f)
{
  guint n = 0;

  for (guint i = 0; i < f->bubbles->shown->len; i++)
    {
      const BenkBubble *bubble = g_ptr_array_index (f->bubbles->shown, i);

      n += g_str_equal (bubble->summary, "The alarm sources are not being asked");
    }
  return n;
}

/* No round for minutes: told once on the desktop, and on the page while it is so. */
static void
test_late (BenkNotifierFixture *f, gconstpointer data)
{
  benk_notifier_fixture_watch (f);
  f->deaf = TRUE;
  advance (f, 8, 30 * 1000);
  g_assert_cmpuint (count_late (f), ==, 1);
  g_assert_nonnull (benk_attention_get_watch_problem (f->attention));
  advance (f, 20, 30 * 1000);
  g_assert_cmpuint (count_late (f), ==, 1);
  f->deaf = FALSE;
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait_closed (f, 1);
  g_assert_null (benk_attention_get_watch_problem (f->attention));
}

/* Eight hours of sleep are told once, and that is no fault that stays. */
static void
test_suspended (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  benk_notifier_fixture_watch (f);
  benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.base.clock), 8 * 3600 * 1000);
  bubble = benk_notifier_fixture_wait (f, 0);
  benk_notifier_fixture_settle (f);
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
  g_assert_true (g_str_has_prefix (bubble->summary, "Not watched for "));
  g_assert_cmpuint (bubble->urgency, ==, 0);
  g_assert_null (benk_attention_get_watch_problem (f->attention));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_NOTIFIER_TEST ("/session/notifier-service/missing-at-start", NULL, test_missing);
  BENK_NOTIFIER_TEST ("/session/notifier-service/restarted", benk_bubbles_plain,
                      test_restarted);
  BENK_NOTIFIER_TEST ("/session/notifier-service/restarted-often", benk_bubbles_plain,
                      test_restarted_often);
  BENK_NOTIFIER_TEST ("/session/notifier-service/slow", benk_bubbles_plain, test_slow);
  BENK_NOTIFIER_TEST ("/session/notifier-service/refuses", benk_bubbles_plain,
                      test_refused);
  BENK_NOTIFIER_TEST ("/session/notifier-service/without-actions",
                      benk_bubbles_without_actions, test_without_actions);
  BENK_NOTIFIER_TEST ("/session/notifier-service/asked-what-it-can-once",
                      benk_bubbles_plain, test_abilities);
  BENK_NOTIFIER_TEST ("/session/notifier-service/silent-source-once", benk_bubbles_plain,
                      test_silent_source);
  BENK_NOTIFIER_TEST ("/session/notifier-service/late-once", benk_bubbles_plain,
                      test_late);
  BENK_NOTIFIER_TEST ("/session/notifier-service/sleep-is-told-once", benk_bubbles_plain,
                      test_suspended);
  return g_test_run ();
}
