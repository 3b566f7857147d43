/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand open alarms, and what the thread of the window does about them. */

#include <time.h>

#include "benk-alarm-groups.h"
#include "benk-alarms-fixture.h"
#include "benk-alarms-private.h"

#define N_ALARMS 10000
#define N_NO_CONTACT 6666
/* What a person does not feel; in processor time of the thread alone. */
#define LONGEST_US (50 * 1000)

/* By its own hand: taking as many in is another test's. Two of three are without contact,
 * over an hour; the rest have other faults. */
static const char many[] =
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
  " INSERT INTO alarm (id, model_id, serial, code, severity, via, status,"
  " responsibility, raised_ms, take_deadline_ms, resolve_deadline_ms,"
  " deadlines_proposed) SELECT randomblob (16), 'medido', 'N-' || (i % 5000),"
  " iif (i % 3, '1.20', '1.8'), 20, 'feed', 'new', 'technical',"
  " 1772438400000 - i * 360, 1772438400000 + i, 1772438400000 + 2 * i, 1 FROM n;"
  "INSERT INTO alarm_local (alarm_id, received_ms) SELECT id, 1772438400000 FROM alarm;";

static gint64 busy_since_us;
static gint64 longest_us;

static gint64
get_busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
look (GPollFD *files, guint n_files, int timeout)
{
  int n;

  longest_us = MAX (longest_us, get_busy_us () - busy_since_us);
  n = g_poll (files, n_files, timeout);
  busy_since_us = get_busy_us ();
  return n;
}

static void
begin (void)
{
  longest_us = 0;
  busy_since_us = get_busy_us ();
}

static void
end (const char *what)
{
  longest_us = MAX (longest_us, get_busy_us () - busy_since_us);
  g_test_message ("%s: longest piece of work %.1f ms", what, (double) longest_us / 1000);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (longest_us, <, LONGEST_US);
#endif
}

static void
test_many (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (f->base.path, BENK_DB_READ_WRITE, f->base.clock, &error);
  guint n_grouped = 0;
  guint n;

  benk_db_exec (db, many, &error);
  g_assert_no_error (error);
  g_main_context_set_poll_func (NULL, look);
  begin ();
  benk_alarms_refresh (f->alarms);
  while ((n = benk_alarms_get_n_open (f->alarms)) == 0)
    g_main_context_iteration (NULL, TRUE);
  end ("all at once");
  g_assert_cmpuint (n, ==, N_ALARMS);
  g_assert_true (benk_alarms_is_flood (f->alarms));

  begin ();
  g_object_unref (benk_alarms_fixture_add (f, SERIAL, "1.22", 0, &error));
  g_assert_no_error (error);
  benk_alarms_fixture_wait_queue (f, n + 1);
  end ("one more");
  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (BenkAlarm) alarm =
        g_list_model_get_item (benk_alarms_get_queue (f->alarms), i);

      n_grouped += benk_alarm_get_n_group (alarm) == N_NO_CONTACT;
    }
  g_assert_cmpuint (n_grouped, ==, N_NO_CONTACT);
  g_main_context_set_poll_func (NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/alarms-many/no-long-piece-of-work", NULL, test_many);

  return g_test_run ();
}
