/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <libnotify/notify.h>

#include "benk-alarms-fixture.h"
#include "benk-alarms-wait.h"
#include "benk-bubbles.h"
#include "benk-notifier.h"
#include "benk-stock.h"
#include "benk-visit.h"

static const char *const plain[] = { "actions", "body", NULL };
static const char *const with_markup[] = { "actions", "body", "body-markup", NULL };

typedef struct
{
  BenkAlarmsFixture base;
  GTestDBus *bus;
  BenkBubbles *bubbles; /* NULL: no service */
  BenkNotifier *notifier;
  char *taken;
  char *shown;
} Fixture;

static void
note (BenkNotifier *notifier, const char *alarm_id, gpointer slot)
{
  g_free (*(char **) slot);
  *(char **) slot = g_strdup (alarm_id);
}

static void
set_up (Fixture *f, gconstpointer capabilities)
{
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  if (capabilities)
    f->bubbles = benk_bubbles_new (g_test_dbus_get_bus_address (f->bus), capabilities);
  benk_alarms_fixture_set_up (&f->base, NULL);
  f->notifier = benk_notifier_new (f->base.base.session);
  g_signal_connect (f->notifier, "take", G_CALLBACK (note), &f->taken);
  g_signal_connect (f->notifier, "show", G_CALLBACK (note), &f->shown);
}

/* The thread may hold it until what it says was answered. */
static void
drop_notifier (Fixture *f)
{
  BenkNotifier *notifier = f->notifier;

  g_object_add_weak_pointer (G_OBJECT (notifier), (gpointer *) &f->notifier);
  g_object_unref (notifier);
  while (f->notifier != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  drop_notifier (f);
  benk_alarms_fixture_tear_down (&f->base, NULL);
  g_clear_pointer (&f->bubbles, benk_bubbles_free);
  notify_uninit ();
  g_test_dbus_down (f->bus);
  g_clear_object (&f->bus);
  g_free (f->taken);
  g_free (f->shown);
}

static const BenkBubble *
wait_bubble (Fixture *f, guint number)
{
  while (f->bubbles->shown->len <= number)
    g_main_context_iteration (NULL, TRUE);

  return g_ptr_array_index (f->bubbles->shown, number);
}

static void
wait_closed (Fixture *f, guint n_closed)
{
  while (f->bubbles->closed->len < n_closed)
    g_main_context_iteration (NULL, TRUE);
}

/* The thread may not know the number yet when the service does: a person is slower. */
static void
answer (Fixture *f, guint number, const char *action, char **slot)
{
  while (*slot == NULL)
    {
      benk_bubbles_answer (f->bubbles, number, action);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_shown (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  const BenkBubble *bubble;

  benk_alarms_fixture_must_sync (&f->base);
  bubble = wait_bubble (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed");
  g_assert_cmpstr (bubble->body, ==, "Medido " SERIAL);
  g_assert_cmpuint (bubble->urgency, ==, 1);
  g_assert_cmpuint (g_strv_length (bubble->actions), ==, 6);
  g_assert_true (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_null (benk_notifier_get_problem (f->notifier));
}

/* A code that is not known is not told in the source's words. */
static void
test_no_foreign_words (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.99");
  const BenkBubble *bubble;

  benk_alarms_fixture_must_sync (&f->base);
  bubble = wait_bubble (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Other alarm");
  g_assert_null (strstr (bubble->body, "Melding"));
}

static void
test_care (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.1");
  const BenkBubble *bubble;

  benk_alarms_fixture_must_sync (&f->base);
  bubble = wait_bubble (f, 0);
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_true (g_strv_contains ((const char *const *) bubble->actions, "show"));
  g_assert_cmpuint (bubble->urgency, ==, 0);
}

/* What was waited for should be there: told of an alarm that somebody has. */
static void
test_wait_over (Fixture *f, gconstpointer data)
{
  const BenkAlarmWaiting waiting = { .what = BENK_WAIT_VENDOR,
                                     .until_ms = FIXTURE_WALL_MS + 3600 * 1000 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm =
    benk_alarms_fixture_add (&f->base, SERIAL, "1.8", 0, &error);
  const BenkBubble *bubble;

  g_assert_true (benk_alarms_fixture_take (&f->base, alarm, &error));
  benk_alarms_wait_async (f->base.alarms, benk_alarm_get_id (alarm), &waiting, NULL,
                          benk_session_fixture_keep, &result);
  benk_alarms_wait_finish (f->base.alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&f->base.base, 3600 * 1000);
  bubble = wait_bubble (f, 0);
  g_assert_cmpstr (bubble->summary, ==, "Roll jammed: waiting is over");
  g_assert_cmpstr (bubble->body, ==, "Medido " SERIAL);
  g_assert_false (g_strv_contains ((const char *const *) bubble->actions, "take"));
  g_assert_cmpuint (f->bubbles->closed->len, ==, 0);
  benk_alarms_fixture_close (&f->base, alarm, NULL, &error);
  g_assert_no_error (error);
  wait_closed (f, 1);
}

static void
test_critical (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.22");

  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpuint (wait_bubble (f, 0)->urgency, ==, 2);
}

static void
test_answered (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = wait_bubble (f, 0)->id;
  alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  answer (f, number, "take", &f->taken);
  g_assert_cmpstr (f->taken, ==, id);
  g_assert_null (f->shown);
}

static void
test_clicked (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = wait_bubble (f, 0)->id;
  answer (f, number, "default", &f->shown);
  g_assert_null (f->taken);
}

/* One an alarm: said again within 900 s it takes the place of the first. */
static void
test_replaced (Fixture *f, gconstpointer data)
{
  g_autofree char *first = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autofree char *second = NULL;
  guint number;

  benk_alarms_fixture_must_sync (&f->base);
  number = wait_bubble (f, 0)->id;
  benk_session_fixture_advance (&f->base.base, 60 * 1000);
  second = benk_alarms_fixture_raise (&f->base, "1.8");
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpuint (wait_bubble (f, 1)->replaces, ==, number);
}

/* Eight at once: five bubbles, one for the rest; a critical one has its own all the same.
 */
static void
test_flood (Fixture *f, gconstpointer data)
{
  const BenkBubble *last;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *serial = g_strdup_printf ("F-%u", i);
      const BenkVirtualAlarm raised = { .serial = serial, .code = "1.20" };

      g_free (benk_virtual_hub_raise (f->base.hub, &raised));
    }
  g_free (benk_alarms_fixture_raise (&f->base, "1.22"));
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (wait_bubble (f, 4)->summary, ==, "No contact");
  g_assert_cmpstr (wait_bubble (f, 5)->summary, ==, "1 more alarm");
  last = wait_bubble (f, 7);
  g_assert_cmpstr (last->summary, ==, "3 more alarms");
  g_assert_cmpuint (last->replaces, ==, wait_bubble (f, 5)->id);
  g_assert_cmpstr (wait_bubble (f, 8)->summary, ==, "Forced open");
}

static BenkVisit *
start_visit (Fixture *f)
{
  BenkVisits *visits = benk_session_get_visits (f->base.base.session);
  g_autoptr (BenkDevice) home =
    benk_session_fixture_put (&f->base.base, "H-1", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (GAsyncResult) linked = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;
  BenkVisit *visit;

  benk_inventory_link_user_async (f->base.base.inventory, benk_device_get_id (home),
                                  "R-1", NULL, NULL, benk_session_fixture_keep, &linked);
  BENK_AWAIT (linked);
  benk_visits_start_async (visits, benk_device_get_id (home), BENK_VISIT_SETTINGS, NULL,
                           benk_session_fixture_keep, &started);
  visit = benk_visits_start_finish (visits, BENK_AWAIT (started), &error);
  g_assert_no_error (error);

  return visit;
}

/* While a visit is shown nothing pops up, not even what is critical: its page counts.
 * What comes afterwards is told as always. */
static void
test_held_back_in_a_home (Fixture *f, gconstpointer data)
{
  BenkVisits *visits = benk_session_get_visits (f->base.base.session);
  g_autoptr (BenkVisit) visit = start_visit (f);
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
  g_assert_cmpstr (wait_bubble (f, 0)->summary, ==, "Roll jammed");
}

static void
test_withdrawn_when_taken (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_fixture_must_sync (&f->base);
  wait_bubble (f, 0);
  benk_alarms_fixture_wait_queue (&f->base, 1);
  alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  g_assert_true (benk_alarms_fixture_take (&f->base, alarm, NULL));
  wait_closed (f, 1);
}

static void
test_withdrawn_when_closed_elsewhere (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");

  benk_alarms_fixture_must_sync (&f->base);
  wait_bubble (f, 0);
  benk_virtual_hub_close_elsewhere (f->base.hub, remote, "Ansvarsvakt", NULL);
  benk_alarms_fixture_must_sync (&f->base);
  wait_closed (f, 1);
}

static void
test_markup (Fixture *f, gconstpointer data)
{
  const BenkVirtualAlarm raised = { .serial = "A<B&C", .code = "1.8" };
  g_autofree char *remote = benk_virtual_hub_raise (f->base.hub, &raised);

  benk_alarms_fixture_must_sync (&f->base);
  g_assert_cmpstr (wait_bubble (f, 0)->body, ==, "Unknown device, not registered");
}

static void
count_one (BenkNotifier *notifier, guint *n)
{
  (*n)++;
}

/* Seconds go by, a turn of the main loop each. */
static void
pass_seconds (Fixture *f, guint n)
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
set_limit (Fixture *f, guint least)
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
test_low_stock (Fixture *f, gconstpointer data)
{
  guint n_shown = 0;
  const BenkBubble *bubble;

  g_signal_connect (f->notifier, "show-stock", G_CALLBACK (count_one), &n_shown);
  set_limit (f, 5);
  while (f->bubbles->shown->len == 0)
    pass_seconds (f, 1);
  bubble = wait_bubble (f, 0);
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

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (&f->base, "1.8");
  g_autofree char *other = NULL;

  g_assert_null (benk_notifier_get_problem (f->notifier));
  benk_alarms_fixture_must_sync (&f->base);
  while (benk_notifier_get_problem (f->notifier) == NULL)
    g_main_context_iteration (NULL, TRUE);

  f->bubbles = benk_bubbles_new (g_test_dbus_get_bus_address (f->bus), plain);
  other = benk_alarms_fixture_raise (&f->base, "1.22");
  benk_alarms_fixture_must_sync (&f->base);
  wait_bubble (f, 0);
  while (benk_notifier_get_problem (f->notifier) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/notifier/says-what-and-which-never-who", plain, test_shown);
  ADD ("/session/notifier/no-words-of-the-source", plain, test_no_foreign_words);
  ADD ("/session/notifier/cares-alarm-is-only-shown", plain, test_care);
  ADD ("/session/notifier/end-of-waiting", plain, test_wait_over);
  ADD ("/session/notifier/critical-is-urgent", plain, test_critical);
  ADD ("/session/notifier/take-is-answered", plain, test_answered);
  ADD ("/session/notifier/click-shows", plain, test_clicked);
  ADD ("/session/notifier/one-an-alarm", plain, test_replaced);
  ADD ("/session/notifier/a-flood-shares-one", plain, test_flood);
  ADD ("/session/notifier/held-back-in-a-home", plain, test_held_back_in_a_home);
  ADD ("/session/notifier/withdrawn-when-taken", plain, test_withdrawn_when_taken);
  ADD ("/session/notifier/withdrawn-when-closed-elsewhere", plain,
       test_withdrawn_when_closed_elsewhere);
  ADD ("/session/notifier/low-stock-once-a-day", plain, test_low_stock);
  ADD ("/session/notifier/markup", with_markup, test_markup);
  ADD ("/session/notifier/says-when-the-service-is-missing", NULL, test_missing);
  return g_test_run ();
}
