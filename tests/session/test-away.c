/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A weekend in which nobody watched, and what is told of it. */

#include <string.h>

#include "benk-alarms-away.h"
#include "benk-alarms-close.h"
#include "benk-alarms-fixture.h"
#include "benk-error.h"
#include "benk-feeds-private.h"
#include "benk-history-item.h"
#include "benk-store.h"
#include "benk-table-local.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
/* The watch began again at 08:00 UTC, after 64 hours. */
#define FROM_MS (FIXTURE_WALL_MS - 64 * HOUR_MS)

static const BenkWatchNote weekend[] = {
  { BENK_WATCH_BEGINS, FROM_MS - 8 * HOUR_MS, 0 },
  { BENK_WATCH_ENDS, FROM_MS, FROM_MS },
  { BENK_WATCH_BEGINS, FIXTURE_WALL_MS, FROM_MS },
  { NULL, 0, 0 },
};

static BenkAbsence *
load (BenkAlarmsFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkAbsence *absence;

  benk_alarms_load_absence_async (f->alarms, NULL, benk_session_fixture_keep, &result);
  absence = benk_alarms_load_absence_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return absence;
}

static char *
ring (BenkAlarmsFixture *f, const char *serial, const char *code, gint64 hours_ago)
{
  return benk_virtual_hub_raise (f->hub,
                                 &(BenkVirtualAlarm){ .serial = serial,
                                                      .code = code,
                                                      .patient_number = "13116900216",
                                                      .patient_name = "Line Danser",
                                                      .raised_ms = FIXTURE_WALL_MS -
                                                                   hours_ago * HOUR_MS });
}

/* 14 alarms: 8 closed by others, 3 settled by the dispenser, 3 still open; and one of
 * before that is open too. */
static void
fill (BenkAlarmsFixture *f)
{
  g_autoptr (GError) error = NULL;

  g_free (ring (f, "MD-OLD", "1.8", 70));
  for (int i = 0; i < 8; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD-C%d", i);
      g_autofree char *id = ring (f, serial, "1.8", 20 + i);

      benk_virtual_hub_close_elsewhere (f->hub, id, "Ansvarsvakt", &error);
      g_assert_no_error (error);
    }
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD-S%d", i);
      gint64 at_ms = FIXTURE_WALL_MS - (10 + i) * HOUR_MS;

      g_free (ring (f, serial, "1.1", 11 + i));
      g_free (benk_virtual_hub_hand_out (f->hub, NULL,
                                         &(BenkVirtualDispense){
                                           .serial = serial,
                                           .event = "1.1",
                                           .at_ms = at_ms,
                                         }));
    }
  g_free (ring (f, "MD-O0", "1.1", 2));
  g_free (ring (f, "MD-O1", "1.12", 3));
  g_free (ring (f, "MD-O2", "1.8", 4));
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_log_watch (f, weekend);
}

static void
test_weekend (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAbsence) absence = NULL;
  g_autofree char *words = NULL;
  g_autofree char *gaps = NULL;

  fill (f);
  absence = load (f);
  g_assert_true (benk_absence_is_told (absence));
  g_assert_cmpint (benk_absence_get_to_ms (absence), ==, FIXTURE_WALL_MS);
  g_assert_cmpuint (benk_absence_count_all (absence), ==, 14);
  g_assert_cmpuint (benk_absence_count (absence, BENK_AWAY_ELSEWHERE), ==, 8);
  g_assert_cmpuint (benk_absence_count (absence, BENK_AWAY_SETTLED), ==, 3);
  g_assert_cmpuint (benk_absence_count (absence, BENK_AWAY_OPEN), ==, 3);
  words = benk_absence_describe (absence);
  g_assert_cmpstr (words, ==, "While you were away: 14 alarms, 3 still open");
  gaps = benk_absence_describe_gaps (absence, FIXTURE_WALL_MS);
  g_assert_true (g_str_has_prefix (gaps, "Not watched by this program from "));
}

/* Not again, also not by another process; a newer one is told. */
static void
test_put_away (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const BenkWatchNote later[] = {
    { BENK_WATCH_ENDS, FIXTURE_WALL_MS + HOUR_MS, FIXTURE_WALL_MS + HOUR_MS },
    { BENK_WATCH_BEGINS, FIXTURE_WALL_MS + 20 * HOUR_MS, FIXTURE_WALL_MS + HOUR_MS },
    { NULL, 0, 0 },
  };
  g_autoptr (BenkAbsence) absence = NULL;
  g_autoptr (BenkAbsence) after = NULL;
  g_autoptr (BenkAbsence) next = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fill (f);
  absence = load (f);
  benk_alarms_put_absence_away_async (f->alarms, absence, NULL, benk_session_fixture_keep,
                                      &result);
  benk_alarms_put_absence_away_finish (f->alarms, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  after = load (f);
  g_assert_false (benk_absence_is_told (after));
  benk_session_fixture_advance (&f->base, 20 * HOUR_MS);
  benk_alarms_fixture_log_watch (f, later);
  next = load (f);
  g_assert_true (benk_absence_is_told (next));
  g_assert_cmpuint (benk_absence_get_gaps (next)->len, ==, 1);
  g_assert_cmpuint (benk_absence_count_all (next), ==, 0);
}

static gboolean
tell (BenkAlarmsFixture *f,
      BenkAbsence *absence,
      const char *name,
      gint64 told_ms,
      GError **error)
{
  GListModel *open = benk_absence_get_alarms (absence, BENK_AWAY_OPEN);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < g_list_model_get_n_items (open); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (open, i);

      g_array_append_vals (ids, benk_alarm_get_id (alarm), 1);
    }
  benk_alarms_handled_by_care_async (f->alarms,
                                     &(BenkCareTelling){
                                       .role = "Koordinator",
                                       .name = name,
                                       .told_ms = told_ms,
                                       .alarms = (const BenkId *) (gpointer) ids->data,
                                       .n_alarms = ids->len },
                                     NULL, benk_session_fixture_keep, &result);
  return benk_alarms_handled_by_care_finish (f->alarms, BENK_AWAIT (result), error);
}

static void
assert_told (BenkAlarmsFixture *f, BenkAlarm *alarm)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = NULL;
  gboolean found = FALSE;

  benk_alarms_load_async (f->alarms, benk_alarm_get_id (alarm), NULL,
                          benk_session_fixture_keep, &result);
  items = benk_alarms_load_finish (f->alarms, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (items, i);

      found = found || g_strcmp0 (benk_history_item_get_changes (item)[0],
                                  "Handled by care, told by Koordinator Kari") == 0;
    }
  g_assert_true (found);
}

/* One change; each says who told it and when, by phone; the source hears of each. */
static void
test_handled_by_care (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAbsence) absence = NULL;
  g_autoptr (BenkAbsence) after = NULL;
  g_autofree char *document = NULL;
  gint64 n_rows;

  fill (f);
  absence = load (f);
  n_rows =
    benk_session_fixture_count (&f->base,
                                "SELECT count (*) FROM journal WHERE verb = 'close'");
  tell (f, absence, "Kari", FIXTURE_WALL_MS - 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE verb = 'close'"),
                   ==, n_rows + 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm_step WHERE kind = 'closed'"
                               " AND place = 'phone'"),
                   ==, 3);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE cause = 'not-told'"
                               " AND action = 'by-care' AND closed_ms = confirmed_ms"),
                   ==, 3);
  benk_alarms_fixture_flush (f);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 3);
  document = benk_virtual_hub_dup_document (f->hub, 0);
  g_assert_nonnull (strstr (document, "oppgitt på telefon av Koordinator Kari"));
  after = load (f);
  g_assert_cmpuint (benk_absence_count (after, BENK_AWAY_OPEN), ==, 0);
  g_assert_cmpuint (benk_absence_count (after, BENK_AWAY_HERE), ==, 3);
  g_assert_cmpuint (benk_absence_count_all (after), ==, 14);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BenkAlarm) alarm =
        g_list_model_get_item (benk_absence_get_alarms (after, BENK_AWAY_HERE), i);

      g_assert_cmpint (benk_alarm_get_closed_ms (alarm), ==, FIXTURE_WALL_MS - 1000);
      assert_told (f, alarm);
    }
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE cause = 'not-told'"
                               " AND status = 'closed'"),
                   ==, 3);
}

/* Nothing of it is written where anything is missing. */
static void
test_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAbsence) absence = NULL;
  g_autoptr (BenkAbsence) after = NULL;

  fill (f);
  absence = load (f);
  g_assert_false (tell (f, absence, "", FIXTURE_WALL_MS - 1000, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (tell (f, absence, "Kari", 0, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  after = load (f);
  g_assert_cmpuint (benk_absence_count (after, BENK_AWAY_OPEN), ==, 3);
}

/* Hours before now; a source of 0 and 0 is left out. */
typedef struct
{
  const char *name;
  gint64 gaps[2][2][2];
  gint64 put_away;
  guint n_told;
  gint64 from;
} GapRow;

static const GapRow gap_rows[] = {
  { "one-source", { { { 60, 1 } } }, 0, 1, 60 },
  { "the-other-answered", { { { 60, 1 } }, { { 3, 1 } } }, 0, 0, 0 },
  { "both-at-times", { { { 60, 1 } }, { { 50, 20 } } }, 0, 1, 50 },
  { "twice", { { { 60, 30 }, { 20, 1 } } }, 0, 2, 60 },
  { "short", { { { 3, 1 } } }, 0, 0, 0 },
  { "goes-on", { { { 60, -1 } } }, 0, 0, 0 },
  { "put-away", { { { 60, 30 }, { 20, 1 } } }, 30, 1, 20 },
  { "long-ago", { { { 300, 200 }, { 20, 1 } } }, 0, 1, 20 },
};

static gint64
ago (gint64 hours)
{
  return FIXTURE_WALL_MS - hours * HOUR_MS;
}

static void
test_gaps (gconstpointer data)
{
  const GapRow *row = data;
  g_autoptr (GPtrArray) sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) unwatched = NULL;
  g_autoptr (GArray) gaps = NULL;

  for (guint i = 0; i < 2; i++)
    {
      GArray *source = g_array_new (FALSE, FALSE, sizeof (BenkWatchGap));

      for (guint k = 0; k < 2; k++)
        if (row->gaps[i][k][0] != 0)
          {
            BenkWatchGap gap = { ago (row->gaps[i][k][0]), ago (row->gaps[i][k][1]),
                                 BENK_GAP_NOT_RUNNING };

            g_array_append_val (source, gap);
          }
      if (source->len > 0)
        g_ptr_array_add (sources, source);
      else
        g_array_unref (source);
    }
  unwatched = benk_away_find_unwatched (sources, FIXTURE_WALL_MS);
  gaps = benk_away_find_gaps (unwatched, row->put_away ? ago (row->put_away) : 0);
  g_assert_cmpuint (gaps->len, ==, row->n_told);
  if (row->n_told > 0)
    g_assert_cmpint (g_array_index (gaps, BenkWatchGap, 0).from_ms, ==, ago (row->from));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (gap_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/away/gaps/%s", gap_rows[i].name);

      g_test_add_data_func (path, &gap_rows[i], test_gaps);
    }
  BENK_ALARMS_TEST ("/session/away/weekend", NULL, test_weekend);
  BENK_ALARMS_TEST ("/session/away/put-away-is-not-told-again", NULL, test_put_away);
  BENK_ALARMS_TEST ("/session/away/handled-by-care", NULL, test_handled_by_care);
  BENK_ALARMS_TEST ("/session/away/without-a-name-nothing-is-written", NULL,
                    test_refused);

  return g_test_run ();
}
