/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-away.h"
#include "benk-feeds-private.h"
#include "benk-notifier-fixture.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define AGO(hours) (FIXTURE_WALL_MS - (hours) *HOUR_MS)

static const BenkWatchNote night[] = { { BENK_WATCH_BEGINS, AGO (20), 0 },
                                       { BENK_WATCH_ENDS, AGO (10), AGO (10) },
                                       { BENK_WATCH_BEGINS, AGO (0), AGO (10) },
                                       { NULL, 0, 0 } };
static const BenkWatchNote short_break[] = { { BENK_WATCH_BEGINS, AGO (20), 0 },
                                             { BENK_WATCH_ENDS, AGO (3), AGO (3) },
                                             { BENK_WATCH_BEGINS, AGO (0), AGO (3) },
                                             { NULL, 0, 0 } };
static const BenkWatchNote watched[] = { { BENK_WATCH_BEGINS, AGO (20), 0 },
                                         { NULL, 0, 0 } };
static const BenkWatchNote first_watch[] = { { BENK_WATCH_BEGINS, AGO (0), 0 },
                                             { NULL, 0, 0 } };

typedef struct
{
  const char *name;
  const BenkWatchNote *notes;
  guint n_bubbles; /* of three alarms, half an hour old and more */
  guint n_absent;  /* what the card tells of them */
} LateRow;

static const LateRow late_rows[] = {
  { "night", night, 1, 3 },
  { "short-break", short_break, 3, 0 },
  { "watched", watched, 3, 0 },
  { "first-watch", first_watch, 1, 0 },
};

/* One that is shown anew is still one. */
static guint
count_bubbles (BenkNotifierFixture *f)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < f->bubbles->shown->len; i++)
    g_hash_table_add (ids, GUINT_TO_POINTER (benk_notifier_fixture_wait (f, i)->id));
  return g_hash_table_size (ids);
}

/* What is open is not taken off the desktop by the next asking. */
static void
must_stay (BenkNotifierFixture *f)
{
  guint n_shown = f->bubbles->shown->len;

  for (guint i = 0; i < 2; i++)
    {
      benk_alarms_fixture_must_sync (&f->base);
      benk_notifier_fixture_settle (f);
    }
  g_assert_cmpuint (f->bubbles->closed->len, ==, 0);
  g_assert_cmpuint (f->bubbles->shown->len, ==, n_shown);
}

/* Whether nobody watched is what the log of the watch says, as on the card. */
static void
test_late (BenkNotifierFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAbsence) absence = NULL;
  const LateRow *row = NULL;

  for (guint i = 0; row == NULL; i++)
    if (g_str_has_suffix (g_test_get_path (), late_rows[i].name))
      row = &late_rows[i];
  benk_alarms_fixture_log_watch (&f->base, row->notes);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD-00091%u", i);
      const BenkVirtualAlarm raised = { .serial = serial,
                                        .code = "1.8",
                                        .raised_ms = AGO (i + 1) };

      g_free (benk_virtual_hub_raise (f->base.hub, &raised));
    }
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, row->n_bubbles - 1);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (count_bubbles (f), ==, row->n_bubbles);
  must_stay (f);
  g_assert_cmpstr (benk_notifier_fixture_wait (f, 0)->summary, ==,
                   row->n_bubbles == 1 ? "3 alarms were raised earlier and are open"
                                       : "Roll jammed");
  benk_alarms_load_absence_async (f->base.alarms, NULL, benk_session_fixture_keep,
                                  &result);
  absence = benk_alarms_load_absence_finish (f->base.alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_absence_count (absence, BENK_AWAY_OPEN), ==, row->n_absent);
}

/* A night's alarms: one bubble, the critical one beside it. */
static void
test_after_night (BenkNotifierFixture *f, gconstpointer data)
{
  const char *const codes[] = { "1.8", "1.17", "1.6", "1.22" };
  gint64 now_ms = benk_clock_get_wall_ms (f->base.base.clock);
  const BenkBubble *shared = NULL;
  const BenkBubble *critical = NULL;

  benk_alarms_fixture_log_watch (&f->base, night);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD-00090%u", i);
      const BenkVirtualAlarm raised = { .serial = serial,
                                        .code = codes[i],
                                        .raised_ms = now_ms - (i + 1) * 3600 * 1000 };

      g_free (benk_virtual_hub_raise (f->base.hub, &raised));
    }
  benk_alarms_fixture_must_sync (&f->base);
  benk_notifier_fixture_wait (f, 1);
  benk_notifier_fixture_settle (f);
  g_assert_cmpuint (count_bubbles (f), ==, 2);
  must_stay (f);
  for (guint i = 0; i < 2; i++)
    {
      const BenkBubble *bubble = benk_notifier_fixture_wait (f, i);

      *(bubble->urgency == 2 ? &critical : &shared) = bubble;
    }
  g_assert_nonnull (critical);
  g_assert_nonnull (shared);
  g_assert_cmpstr (shared->summary, ==, "3 alarms were raised earlier and are open");
  g_assert_false (g_strv_contains ((const char *const *) shared->actions, "take"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_NOTIFIER_TEST (
    "/session/notifier-away/after-a-night-one-bubble-and-the-critical-one",
    benk_bubbles_plain, test_after_night);
  for (gsize i = 0; i < G_N_ELEMENTS (late_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/session/notifier-away/raised-unwatched/%s", late_rows[i].name);

      BENK_NOTIFIER_TEST (path, benk_bubbles_plain, test_late);
    }
  return g_test_run ();
}
