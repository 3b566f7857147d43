/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a source that rings to the bubble on the desktop, and beside it the three things
 * that cannot be left out: asking, keeping, telling. */

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#include "benk-bench.h"
#include "benk-notifier-fixture.h"

#define N_BELLS 100
#define MAX_TRIES 300

/* No source is asked more often than this; a bell that rings sooner waits. */
#define LEAST_MS 1100

/* So long nothing happens before what was begun counts as done. */
#define CALM_US (50 * 1000)

#define NOTIFICATIONS "org.freedesktop.Notifications"

typedef struct
{
  BenkNotifierFixture f;
  SoupSession *soup;
  char *token;
  char *bare_path;
  sqlite3 *bare;
} Rig;

static gint64 app_us[N_BELLS];
static gint64 bare_us[N_BELLS];

static void
settle (void)
{
  gint64 since_us = benk_bench_get_us ();

  while (benk_bench_get_us () - since_us < CALM_US)
    if (g_main_context_iteration (NULL, FALSE))
      since_us = benk_bench_get_us ();
    else
      g_thread_yield ();
}

static char *
make_serial (guint number)
{
  return g_strdup_printf ("MD-%06u", number);
}

static void
wait_bound (Rig *self)
{
  GListModel *feeds = benk_feeds_get_list (self->f.base.feeds);

  while (TRUE)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, 0);

      if (benk_feed_get_way (feed) && strstr (benk_feed_get_way (feed), "at once"))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
rig_init (Rig *self)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  benk_notifier_fixture_set_up (&self->f, benk_bubbles_plain);
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *serial = make_serial (1000 + i);
      g_autoptr (BenkDevice) device =
        benk_session_fixture_add (&self->f.base.base, serial, BENK_DEVICE_STATE_RECEIVED);
    }
  benk_virtual_hub_set_door (self->f.base.hub, BENK_HUB_DOOR_BIND);
  benk_notifier_fixture_watch (&self->f);
  /* The program has one. */
  benk_session_fixture_close (&self->f.base.base);
  wait_bound (self);
  settle ();
  self->soup = soup_session_new ();
  if (!g_file_get_contents (self->f.base.token_path, &self->token, NULL, &error))
    g_error ("%s", error->message);
  self->bare_path = benk_bench_make_store (self->f.base.base.dir, "bare.dosebenk",
                                           self->f.base.base.clock);
  self->bare = benk_bench_open_bare (self->bare_path);
}

static void
rig_clear (Rig *self)
{
  sqlite3_close (self->bare);
  g_free (self->bare_path);
  g_free (self->token);
  g_clear_object (&self->soup);
  benk_session_fixture_open (&self->f.base.base);
  benk_notifier_fixture_tear_down (&self->f, NULL);
}

/* Returns: whether the source may be asked at once again: it was not asked just now,
 * because it was time to. */
static gboolean
pass (Rig *self, gint64 ms)
{
  guint n = benk_virtual_hub_count_log (self->f.base.hub, "GET", "DetectedIssue");

  benk_session_fixture_advance (&self->f.base.base, ms);
  settle ();
  return n == benk_virtual_hub_count_log (self->f.base.hub, "GET", "DetectedIssue");
}

static gint64
measure_app (Rig *self, guint number)
{
  g_autofree char *serial = make_serial (1000 + number);
  guint n_shown = self->f.bubbles->shown->len;
  gint64 start;

  /* The source has it, and has written that it rings. */
  benk_notifier_fixture_raise (&self->f, serial, "1.8");
  start = benk_bench_get_us ();
  while (self->f.bubbles->shown->len == n_shown)
    g_main_context_iteration (NULL, TRUE);
  return benk_bench_get_us () - start;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* What the program asked last. */
static char *
find_asked (Rig *self)
{
  g_auto (GStrv) log = benk_virtual_hub_dup_log (self->f.base.hub);
  const char *url = benk_virtual_hub_get_url (self->f.base.hub);

  for (guint i = g_strv_length (log); i > 0; i--)
    {
      const char *at = strstr (log[i - 1], "DetectedIssue?");

      if (at)
        {
          g_autofree char *asked = g_strndup (at, strcspn (at, " \""));

          return g_strdup_printf ("%s%s%s", url, g_str_has_suffix (url, "/") ? "" : "/",
                                  asked);
        }
    }
  g_error ("the program asked for nothing");
}

static void
get_bare (Rig *self, const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autofree char *bearer = g_strdup_printf ("Bearer %s", self->token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message),
                               "Authorization", bearer);
  soup_session_send_and_read_async (self->soup, message, G_PRIORITY_DEFAULT, NULL,
                                    keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (self->soup, result, &error);
  if (body == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
    g_error ("%s: %u", url, soup_message_get_status (message));
}

static void
keep_bare (Rig *self, BenkBenchRows *rows)
{
  static const char *const journalled[] = { "alarm", NULL };
  sqlite3_session *session = benk_bench_begin_bare (self->bare, journalled);

  benk_bench_rows_write (rows, self->bare, 0, 1);
  benk_bench_commit_bare (self->bare, session);
}

static void
tell_bare (guint number)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *summary = g_strdup_printf ("Roll jammed · %u", number);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  const char *const actions[] = { "show", "Show", NULL };

  g_dbus_connection_call (bus, NOTIFICATIONS, "/org/freedesktop/Notifications",
                          NOTIFICATIONS, "Notify",
                          g_variant_new ("(susss^asa{sv}i)", "bench", 0, "", summary, "",
                                         actions, NULL, -1),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = g_dbus_connection_call_finish (bus, result, &error);
  if (answer == NULL)
    g_error ("%s", error->message);
}

static BenkBenchRows *
read_newest (Rig *self)
{
  sqlite3 *db = benk_bench_open_bare (self->f.base.base.path);
  BenkBenchRows *rows =
    benk_bench_rows_read (db, "alarm",
                          "SELECT * FROM alarm ORDER BY raised_ms DESC LIMIT 1");

  sqlite3_close (db);
  return rows;
}

static gint64
measure_bare (Rig *self, guint number)
{
  g_autofree char *url = find_asked (self);
  BenkBenchRows *rows = read_newest (self);
  gint64 start = benk_bench_get_us ();

  get_bare (self, url);
  keep_bare (self, rows);
  tell_bare (number);
  start = benk_bench_get_us () - start;
  benk_bench_rows_free (rows);
  return start;
}

static int
compare_us (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static double
get_ms (gint64 *us, guint percent)
{
  qsort (us, N_BELLS, sizeof us[0], compare_us);
  return (double) us[MIN (N_BELLS * percent / 100, N_BELLS - 1)] / 1000;
}

int
main (int argc, char **argv)
{
  Rig self = { 0 };
  double app_ms;
  double bare_ms;
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  rig_init (&self);
  for (guint i = 0; i < MAX_TRIES && n < N_BELLS; i++)
    {
      if (!pass (&self, LEAST_MS))
        continue;
      app_us[n] = measure_app (&self, i);
      settle ();
      bare_us[n] = measure_bare (&self, i);
      n++;
    }
  if (n < N_BELLS)
    g_error ("only %u bells were answered at once", n);
  rig_clear (&self);

  benk_bench_print_plain_head (
    "Alarms: from the doorbell to the bubble",
    "100 alarms, one by one, each of another device, none within a second of the last "
    "asking; the hub and a service of notifications in the same process. Bare is the "
    "same GET, one row written and synced, and Notify, answered.");
  app_ms = get_ms (app_us, 95);
  bare_ms = get_ms (bare_us, 95);
  benk_bench_print_value ("Dosebenk, 95 of 100 within, ms", app_ms, 0);
  benk_bench_print_value ("bare, 95 of 100 within, ms", bare_ms, 0);
  benk_bench_print_value ("ratio", app_ms / bare_ms, 2);
  benk_bench_print_value ("Dosebenk, median, ms", get_ms (app_us, 50), 0);
  benk_bench_print_value ("bare, median, ms", get_ms (bare_us, 50), 0);
  benk_bench_print_foot ();
  return 0;
}
