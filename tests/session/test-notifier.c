/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-wait.h"
#include "benk-notifier-fixture.h"
#include "benk-stock.h"
#include "benk-visit.h"

static void
test_shown (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  const BenkBubble *bubble;

  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed");
  g_assert_cmpstr (bubble->body, ==, "Medido " SERIAL);
  g_assert_cmpuint (bubble->urgency, ==, 1);
  g_assert_cmpuint (g_strv_length (bubble->actions), ==, 6);
  g_assert_true (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_null (benk_attention_get_problem (f->attention));
  g_assert_true (bubble->suppress_sound);
}

/* A code that is not known is not told in the source's words. */
static void
test_no_foreign_words (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.99");
  const BenkBubble *bubble;

  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Other alarm");
  g_assert_null (strstr (bubble->body, "Melding"));
}

static void
test_care (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.1");
  const BenkBubble *bubble;

  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_true (g_strv_contains ((const char *const *) bubble->actions, "show"));
  g_assert_cmpuint (bubble->urgency, ==, 0);
}

/* What was waited for should be there: told of an alarm that somebody has. */
static void
test_wait_over (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkAlarmWaiting waiting = { .what = BENK_WAIT_VENDOR,
                                     .until_ms = FIXTURE_WALL_MS + 3600 * 1000 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm =
    benk_alarms_fixture_add (&f->base, SERIAL, "1.8", 0, &error);
  const BenkBubble *bubble;

  g_assert_true (benk_alarms_fixture_take (&f->base, alarm, &error));
  benk_alarms_wait_async (f->base.alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                          benk_session_fixture_keep, &result);
  benk_alarms_wait_finish (f->base.alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base.base, 3600 * 1000);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed: waiting is over");
  g_assert_cmpstr (bubble->body, ==, "Medido " SERIAL);
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_cmpuint (f->bubbles->closed->len, ==, 0);
  benk_alarms_fixture_close (&f->base, alarm, NULL, &error);
  g_assert_no_error (error);
  benk_notifier_fixture_wait_closed (f, 1);
}

static void
test_critical (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.22");

  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpuint (benk_notifier_fixture_wait (f, 0)->urgency, ==, 2);
}

static void
test_answered (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = benk_notifier_fixture_wait (f, 0)->id;
  alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  benk_notifier_fixture_answer (f, number, "take", &f->taken);
  g_assert_cmpstr (f->taken, ==, id);
  g_assert_null (f->shown);
}

static void
test_clicked (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = benk_notifier_fixture_wait (f, 0)->id;
  benk_notifier_fixture_answer (f, number, "default", &f->shown);
  g_assert_null (f->taken);
}

/* One an alarm: said again within 900 s it takes the place of the first. */
static void
test_replaced (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *first = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autofree char *second = NULL;
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = benk_notifier_fixture_wait (f, 0)->id;
  benk_session_fixture_advance (&f->base.base, 60 * 1000);
  second = benk_alarms_fixture_raise (&f->base, "1.8");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpuint (benk_notifier_fixture_wait (f, 1)->replaces, ==, number);
}

/* What one device has is one bubble; it is taken as a whole. */
static void
test_one_a_device (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *first = benk_alarms_fixture_raise (&f->base, "1.8");
  const BenkBubble *bubble;
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = benk_notifier_fixture_wait (f, 0)->id;
  g_free (benk_alarms_fixture_raise (&f->base, "1.18"));
  g_free (benk_alarms_fixture_raise (&f->base, "1.17"));
  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 1);
  g_assert_cmpuint (bubble->replaces, ==, number);
  g_assert_cmpstr (bubble->summary, ==, "Battery empty and 2 more");
  g_assert_cmpstr (bubble->body, ==, "Medido " SERIAL);
  g_assert_cmpuint (bubble->urgency, ==, 2);
  g_assert_true (
    g_strv_contains ((const char *const *) bubble->actions, "I’ll Take Them"));
  benk_notifier_fixture_answer (f, number, "take", &f->taken);
  g_assert_cmpuint (f->n_taken % 3, ==, 0);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 2);
}

/* Whose one of them is, one does not take with the rest. */
static void
test_mixed (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  g_free (benk_alarms_fixture_raise (&f->base, "1.1"));
  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed and 1 more");
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
}

/* Eight at once: five bubbles, one for the rest; a critical one has its own all the same.
 * Each is said once. */
static void
test_flood (BenkNotifierFixture *f, gconstpointer data)
{
  guint n_low = 0;
  guint n_rest = 0;
  guint n_forced = 0;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *serial = g_strdup_printf ("F-%u", i);

      benk_notifier_fixture_raise (f, serial, "1.17");
    }
  benk_notifier_fixture_raise (f, SERIAL, "1.22");
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 6);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      const BenkBubble *bubble = benk_notifier_fixture_wait (f, i);

      n_low += g_str_equal (bubble->summary, "Battery low");
      n_rest += g_str_equal (bubble->summary, "3 more alarms");
      n_forced += g_str_equal (bubble->summary, "Forced open");
    }
  g_assert_cmpuint (n_low, ==, 5);
  g_assert_cmpuint (n_rest, ==, 1);
  g_assert_cmpuint (n_forced, ==, 1);
}

/* Two without contact are two; the third makes it one incident, and the two go. */
static void
test_incident (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkBubble *bubble;

  benk_notifier_fixture_raise (f, "N-1", "1.20");
  benk_notifier_fixture_raise (f, "N-2", "1.20");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 1)->summary, ==, "No contact");
  benk_notifier_fixture_raise (f, "N-3", "1.20");
  benk_alarms_fixture_must_sync (&f->base);
  bubble = benk_notifier_fixture_wait (f, 2);
  g_assert_cmpstr (bubble->summary, ==, "No contact: 3 alarms");
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  benk_notifier_fixture_wait_closed (f, 2);
  benk_notifier_fixture_raise (f, "N-4", "1.20");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 3)->summary, ==,
                   "No contact: 4 alarms");
  g_assert_cmpuint (benk_notifier_fixture_wait (f, 3)->replaces, ==, bubble->id);
}

/* An outage takes power here, the net there. */
static void
test_incident_of_both (BenkNotifierFixture *f, gconstpointer data)
{
  benk_notifier_fixture_raise (f, "N-1", "1.20");
  benk_notifier_fixture_raise (f, "N-2", "1.19");
  benk_notifier_fixture_raise (f, "N-3", "1.20");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==,
                   "No contact or power: 3 alarms");
}

/* Closed by a person it stays closed; only something new opens it. */
static void
test_dismissed (BenkNotifierFixture *f, gconstpointer data)
{
  guint number;

  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  number = benk_notifier_fixture_wait (f, 0)->id;
  benk_notifier_fixture_settle (f);
  benk_bubbles_dismiss (f->bubbles, number);
  benk_notifier_fixture_settle (f);
  benk_session_fixture_advance (&f->base.base, 60 * 1000);
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
  g_free (benk_alarms_fixture_raise (&f->base, "1.17"));
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 1)->summary, ==,
                   "Roll jammed and 1 more");
  g_assert_cmpuint (benk_notifier_fixture_wait (f, 1)->replaces, ==, 0);
}

static void
add_via (BenkNotifierFixture *f, const char *code, BenkAlarmVia via)
{
  const BenkNewAlarm alarm = { .device = SERIAL, .code = code, .via = via };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) added = NULL;

  benk_alarms_add_async (f->base.alarms, &alarm, NULL, benk_session_fixture_keep,
                         &result);
  added = benk_alarms_add_finish (f->base.alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

/* What a bridge brings is told as what a source brings; what was typed here is not. */
static void
test_bridge (BenkNotifierFixture *f, gconstpointer data)
{
  static const BenkAlarmVia typed[] = { BENK_ALARM_VIA_PHONE, BENK_ALARM_VIA_PORTAL,
                                        BENK_ALARM_VIA_SITE };
  static const char *const codes[] = { "1.17", "1.19", "1.21" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    add_via (f, codes[i], typed[i]);
  benk_alarms_fixture_wait_queue (&f->base, 3);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 0);
  add_via (f, "1.8", BENK_ALARM_VIA_SMS);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==, "Roll jammed");
  add_via (f, "1.22", BENK_ALARM_VIA_MAIL);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 1)->summary, ==,
                   "Forced open and 1 more");
}

/* While a visit is shown nothing pops up, not even what is critical: its page counts.
 * What comes afterwards is told as always. */
static void
test_held_back_in_a_home (BenkNotifierFixture *f, gconstpointer data)
{
  BenkVisits *visits = benk_session_get_visits (f->base.base.session);
  g_autoptr (BenkVisit) visit = benk_notifier_fixture_start_visit (f);
  g_autofree char *critical = NULL;
  g_autofree char *later = NULL;

  benk_visits_set_current (visits, visit);
  critical = benk_alarms_fixture_raise (&f->base, "1.22");
  benk_alarms_fixture_must_sync (&f->base);
  while (benk_visit_get_n_new_alarms (visit) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 0);
  benk_visits_set_current (visits, NULL);
  benk_session_fixture_advance (&f->base.base, 60 * 1000);
  later = benk_alarms_fixture_raise (&f->base, "1.8");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==, "Roll jammed");
}

static void
test_withdrawn_when_taken (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 0);
  benk_alarms_fixture_wait_queue (&f->base, 1);
  alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  g_assert_true (benk_alarms_fixture_take (&f->base, alarm, NULL));
  benk_notifier_fixture_wait_closed (f, 1);
}

static void
test_withdrawn_when_closed_elsewhere (BenkNotifierFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");

  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 0);
  benk_virtual_hub_close_elsewhere (f->base.hub, remote, "Ansvarsvakt", NULL);
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait_closed (f, 1);
}

static void
test_markup (BenkNotifierFixture *f, gconstpointer data)
{
  const BenkVirtualAlarm raised = { .serial = "A<B&C", .code = "1.8" };
  g_autofree char *remote = benk_virtual_hub_raise (f->base.hub, &raised);

  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->body, ==,
                   "Unknown device, not registered");
}

static void
count_one (BenkNotifier *notifier, guint *n)
{
  (*n)++;
}

/* Seconds go by, a turn of the main loop each. */
static void
pass_seconds (BenkNotifierFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      benk_session_fixture_advance (&f->base.base, 1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_thread_yield ();
    }
}

static void
set_limit (BenkNotifierFixture *f, guint least)
{
  BenkStock *stock = benk_session_get_stock (f->base.base.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_stock_set_limit_async (stock, "medido", NULL, least, NULL,
                              benk_session_fixture_keep, &result);
  benk_stock_set_limit_finish (stock, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

/* One bubble a day says which model and how many; a click shows the stock. */
static void
test_low_stock (BenkNotifierFixture *f, gconstpointer data)
{
  guint n_shown = 0;
  const BenkBubble *bubble;

  g_signal_connect (f->notifier, "show-stock", G_CALLBACK (count_one), &n_shown);
  set_limit (f, 5);
  while (f->bubbles->shown->len == 0)
    pass_seconds (f, 1);
  bubble = benk_notifier_fixture_wait (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Low stock");
  g_test_message ("%s", bubble->body);
  g_assert_nonnull (strstr (bubble->body, "Medido"));
  g_assert_nonnull (strstr (bubble->body, "5"));
  g_assert_null (strstr (bubble->body, SERIAL));
  g_assert_cmpuint (bubble->urgency, ==, 1);
  /* Nothing is taken: it is shown. */
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  while (n_shown == 0)
    {
      benk_bubbles_answer (f->bubbles, bubble->id, "default");
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_null (f->shown);
  g_assert_null (f->taken);
  set_limit (f, 6);
  pass_seconds (f, 3600);
  g_assert_cmpuint (f->bubbles->shown->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_NOTIFIER_TEST ("/session/notifier/says-what-and-which-never-who",
                      benk_bubbles_plain, test_shown);
  BENK_NOTIFIER_TEST ("/session/notifier/no-words-of-the-source", benk_bubbles_plain,
                      test_no_foreign_words);
  BENK_NOTIFIER_TEST ("/session/notifier/cares-alarm-is-only-shown", benk_bubbles_plain,
                      test_care);
  BENK_NOTIFIER_TEST ("/session/notifier/end-of-waiting", benk_bubbles_plain,
                      test_wait_over);
  BENK_NOTIFIER_TEST ("/session/notifier/critical-is-urgent", benk_bubbles_plain,
                      test_critical);
  BENK_NOTIFIER_TEST ("/session/notifier/take-is-answered", benk_bubbles_plain,
                      test_answered);
  BENK_NOTIFIER_TEST ("/session/notifier/click-shows", benk_bubbles_plain, test_clicked);
  BENK_NOTIFIER_TEST ("/session/notifier/one-an-alarm", benk_bubbles_plain,
                      test_replaced);
  BENK_NOTIFIER_TEST ("/session/notifier/by-a-bridge", benk_bubbles_plain, test_bridge);
  BENK_NOTIFIER_TEST ("/session/notifier/one-a-device", benk_bubbles_plain,
                      test_one_a_device);
  BENK_NOTIFIER_TEST ("/session/notifier/no-take-of-others", benk_bubbles_plain,
                      test_mixed);
  BENK_NOTIFIER_TEST ("/session/notifier/no-contact-is-one-incident", benk_bubbles_plain,
                      test_incident);
  BENK_NOTIFIER_TEST ("/session/notifier/no-contact-and-no-power-too", benk_bubbles_plain,
                      test_incident_of_both);
  BENK_NOTIFIER_TEST ("/session/notifier/closed-stays-closed", benk_bubbles_plain,
                      test_dismissed);
  BENK_NOTIFIER_TEST ("/session/notifier/a-flood-shares-one", benk_bubbles_plain,
                      test_flood);
  BENK_NOTIFIER_TEST ("/session/notifier/held-back-in-a-home", benk_bubbles_plain,
                      test_held_back_in_a_home);
  BENK_NOTIFIER_TEST ("/session/notifier/withdrawn-when-taken", benk_bubbles_plain,
                      test_withdrawn_when_taken);
  BENK_NOTIFIER_TEST ("/session/notifier/withdrawn-when-closed-elsewhere",
                      benk_bubbles_plain, test_withdrawn_when_closed_elsewhere);
  BENK_NOTIFIER_TEST ("/session/notifier/low-stock-once-a-day", benk_bubbles_plain,
                      test_low_stock);
  BENK_NOTIFIER_TEST ("/session/notifier/markup", benk_bubbles_with_markup, test_markup);
  return g_test_run ();
}
