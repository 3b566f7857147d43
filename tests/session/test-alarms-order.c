/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same versions of the same alarms, in whatever order and however often: the same
 * rows, to the byte. */

#include <glib/gstdio.h>

#include "benk-alarms-private.h"
#include "benk-feeds.h"
#include "benk-schema.h"
#include "benk-session-fixture.h"
#include "benk-stmt.h"
#include "benk-store.h"

#ifdef __SANITIZE_ADDRESS__
#define N_EVENTS 2500
#else
#define N_EVENTS 10000
#endif
#define N_DEVICES 24
#define N_SERIALS 28
#define PAGE 100
#define WEEK_MS (7 * 24 * G_GINT64_CONSTANT (3600000))

#define MIN_MS G_GINT64_CONSTANT (60000)

#define EVENTS "http://ehelse.no/fhir/CodeSystem/vkp-composition-event-v090"

/* One version of one alarm. */
typedef struct
{
  guint feed;
  char *json;
} Event;

static void
event_free (Event *event)
{
  g_free (event->json);
  g_free (event);
}

static char *
stamp (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

typedef struct
{
  guint number;
  guint feed;
  guint serial;
  const char *code;
  gint64 raised_ms;
  gint64 updated_ms;
  guint version;
  GString *mitigations;
} Resource;

static const char *const codes[] = { "1.1", "1.3", "1.8", "1.17", "1.20", "1.22" };
static const char *const people[] = { "Ansvarsvakt", "Koordinator", "Leverandør" };

static void
mitigate (Resource *r, GRand *rand, const char *event)
{
  g_autofree char *date = stamp (r->updated_ms - 1000 * g_rand_int_range (rand, 0, 30));
  g_autofree char *when = g_rand_int_range (rand, 0, 4) > 0
                            ? g_strdup_printf (",\"date\":\"%s\"", date)
                            : g_strdup ("");

  g_string_append_printf (
    r->mitigations,
    "%s{\"action\":{\"coding\":[{\"system\":\"%s\",\"code\":\"%s\"}]}%s,"
    "\"author\":{\"display\":\"%s\"}}",
    r->mitigations->len ? "," : "", EVENTS, event, when,
    people[g_rand_int_range (rand, 0, G_N_ELEMENTS (people))]);
}

static char *
make_version_id (Resource *r)
{
  g_autofree char *name = g_strdup_printf ("%u/%u", r->number, r->version);
  BenkId id = benk_id_new_named ("test", name);

  return r->feed == 0 ? g_strdup_printf ("%u", r->version) : benk_id_to_string (&id);
}

static Event *
make_event (Resource *r, GRand *rand, const char *status)
{
  g_autofree char *raised = stamp (r->raised_ms);
  g_autofree char *updated = stamp (r->updated_ms);
  g_autofree char *version = make_version_id (r);
  Event *event = g_new0 (Event, 1);

  event->feed = r->feed;
  event->json = g_strdup_printf (
    "{\"resourceType\":\"DetectedIssue\",\"id\":\"r%u\",\"status\":\"%s\","
    "\"meta\":{\"versionId\":\"%s\",\"lastUpdated\":\"%s\"},"
    "\"identifiedDateTime\":\"%s\",\"code\":{\"coding\":[{\"code\":\"%s\"}]},"
    "\"severity\":\"%s\",\"author\":{\"identifier\":{\"value\":\"MD-%u\"}},"
    "\"mitigation\":[%s]}",
    r->number, status, version, updated, raised, r->code,
    g_rand_int_range (rand, 0, 8) ? "moderate" : "high", r->serial, r->mitigations->str);
  return event;
}

/* Raised, perhaps taken, closed, opened again, withdrawn: as many versions as that is. */
static void
add_resource (GPtrArray *events, guint number, GRand *rand)
{
  Resource r = { .number = number,
                 .feed = number % 2,
                 .serial = (guint) g_rand_int_range (rand, 0, N_SERIALS),
                 .code = codes[g_rand_int_range (rand, 0, G_N_ELEMENTS (codes))],
                 .version = 1,
                 .mitigations = g_string_new (NULL) };
  const char *status = "preliminary";
  guint n_versions = (guint) g_rand_int_range (rand, 1, 7);

  r.raised_ms = FIXTURE_WALL_MS - WEEK_MS +
                1000 * (gint64) g_rand_int_range (rand, 0, WEEK_MS / 1000 - 7200);
  r.updated_ms = r.raised_ms + 1000 * g_rand_int_range (rand, 0, 3);
  for (; r.version <= n_versions; r.version++)
    {
      g_ptr_array_add (events, make_event (&r, rand, status));
      r.updated_ms += 1000 * g_rand_int_range (rand, 0, 600);
      switch (g_rand_int_range (rand, 0, 6))
        {
        case 0:
        case 1:
          status = "preliminary";
          mitigate (&r, rand, "1");
          break;
        case 2:
          status = "preliminary";
          break;
        case 3:
          status = "cancelled";
          break;
        case 4:
          r.raised_ms -= 1000;
          break;
        default:
          status = r.version % 2 ? "final" : "amended";
          mitigate (&r, rand, "3");
        }
    }
  g_string_free (r.mitigations, TRUE);
}

#define DISPENSE_EVENTS                                                                  \
  "http://ehelse.no/fhir/CodeSystem/vkp-medicationdispense-events-v090"

/* What a dispenser handed out, taken back now and then. */
static void
add_dispense (GPtrArray *events, guint number, GRand *rand)
{
  static const char *const kinds[] = { "1", "1.1", "1.1", "1.2", "1.3", "2.1", "3" };
  Resource r = { .number = number,
                 .feed = number % 2,
                 .serial = (guint) g_rand_int_range (rand, 0, N_SERIALS) };
  guint n_versions = g_rand_int_range (rand, 0, 8) == 0 ? 2 : 1;
  const char *kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  gint64 at_ms = FIXTURE_WALL_MS - WEEK_MS +
                 1000 * (gint64) g_rand_int_range (rand, 0, WEEK_MS / 1000 - 7200);
  g_autofree char *at = stamp (at_ms);

  for (r.version = 1; r.version <= n_versions; r.version++)
    {
      g_autofree char *version = make_version_id (&r);
      g_autofree char *updated = stamp (at_ms + 60000 * r.version);
      Event *event = g_new0 (Event, 1);

      event->feed = r.feed;
      event->json = g_strdup_printf (
        "{\"resourceType\":\"MedicationDispense\",\"id\":\"d%u\",\"status\":\"%s\","
        "\"meta\":{\"versionId\":\"%s\",\"lastUpdated\":\"%s\"},"
        "\"category\":{\"coding\":[{\"system\":\"" DISPENSE_EVENTS
        "\",\"code\":\"%s\"}]},"
        "\"performer\":[{\"actor\":{\"identifier\":{\"value\":\"MD-%u\"}}}],"
        "\"whenHandedOver\":\"%s\"}",
        r.number, r.version == 1 ? "completed" : "entered-in-error", version, updated,
        kind, r.serial, at);
      g_ptr_array_add (events, event);
    }
}

static GPtrArray *
make_events (guint n_events, GRand *rand)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);

  for (guint number = 0; events->len < n_events; number++)
    if (g_rand_int_range (rand, 0, 3) == 0)
      add_dispense (events, number, rand);
    else
      add_resource (events, number, rand);
  g_ptr_array_set_size (events, (int) n_events);
  return events;
}

/* -- Taking in ----------------------------------------------------------------------- */

static void
take_page (BenkSessionFixture *f, const char *entries, guint feed)
{
  static const char *const bases[] = { "http://a.example/fhir/", "http://b.example/" };
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[%s]}", entries);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkIntake) intake = NULL;
  g_autoptr (GError) error = NULL;
  BenkIntakeJob *job = g_new0 (BenkIntakeJob, 1);

  /* When it is heard of differs in every order. */
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->clock),
                            benk_clock_get_wall_ms (f->clock) + 7 * MIN_MS);
  job->page = benk_fhir_page_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (job->page->flaws->len, ==, 0);
  job->feed = benk_id_new_named ("test-feed", bases[feed]);
  job->change = (BenkChange){ .verb = BENK_VERB_INTAKE, .subject = job->feed };
  job->models = g_ptr_array_new ();
  job->via = BENK_ALARM_VIA_FEED;
  job->cursor_ms = -1;
  job->names = g_array_new (FALSE, FALSE, sizeof (BenkId));
  for (guint i = 0; i < job->page->issues->len; i++)
    {
      const BenkFhirIssue *issue = g_ptr_array_index (job->page->issues, i);
      BenkId name = benk_id_new_named (bases[feed], issue->id);

      g_array_append_val (job->names, name);
    }
  benk_store_write_async (benk_session_get_store (f->session), benk_intake_job_run, job,
                          (GDestroyNotify) benk_intake_job_free, NULL,
                          benk_session_fixture_keep, &result);
  intake = benk_store_write_finish (benk_session_get_store (f->session),
                                    BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
take_in (BenkSessionFixture *f, GPtrArray *events, guint page)
{
  for (guint from = 0; from < events->len; from += page)
    for (guint feed = 0; feed < 2; feed++)
      {
        g_autoptr (GString) entries = g_string_new (NULL);

        for (guint i = from; i < MIN (from + page, events->len); i++)
          {
            const Event *event = g_ptr_array_index (events, i);

            if (event->feed == feed)
              g_string_append_printf (entries, "%s{\"resource\":%s}",
                                      entries->len ? "," : "", event->json);
          }
        take_page (f, entries->str, feed);
      }
}

/* -- What is kept -------------------------------------------------------------------- */

static void
dump_table (BenkDb *db, const char *table, GString *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1", table);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_string_append_printf (text, "== %s\n", table);
  while (benk_stmt_step (stmt, &error))
    {
      for (int i = 0; i < benk_stmt_get_n_columns (stmt); i++)
        {
          gsize length = 0;
          const guint8 *octets = benk_stmt_get_blob (stmt, i, &length);

          g_string_append_printf (text, "%d:", (int) benk_stmt_get_value_type (stmt, i));
          for (gsize n = 0; n < length; n++)
            g_string_append_printf (text, "%02x", octets[n]);
          g_string_append_c (text, ' ');
        }
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
}

static char *
dump (BenkSessionFixture *f)
{
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (f);
  GString *text = g_string_new (NULL);
  gsize n_tables;
  const BenkTableInfo *tables = benk_schema_get_tables (&n_tables);

  for (gsize i = 0; i < n_tables; i++)
    if (tables[i].table_class == BENK_TABLE_JOURNALLED)
      dump_table (db, tables[i].name, text);
  return g_string_free (text, FALSE);
}

/* Only the first line that differs is shown. */
static void
assert_same (const char *name, const char *got, const char *expected)
{
  g_auto (GStrv) one = g_strsplit (got, "\n", -1);
  g_auto (GStrv) two = g_strsplit (expected, "\n", -1);

  for (guint i = 0; one[i] && two[i]; i++)
    if (!g_str_equal (one[i], two[i]))
      g_error ("%s: line %u is\n%s\nnot\n%s", name, i, one[i], two[i]);
  g_assert_cmpuint (g_strv_length (one), ==, g_strv_length (two));
}

/* -- Orders -------------------------------------------------------------------------- */

static GPtrArray *
copy (GPtrArray *events)
{
  GPtrArray *list = g_ptr_array_sized_new (events->len);

  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (list, g_ptr_array_index (events, i));
  return list;
}

static void
shuffle (GPtrArray *list, GRand *rand)
{
  for (guint i = list->len; i > 1; i--)
    {
      guint n = (guint) g_rand_int_range (rand, 0, (gint32) i);
      gpointer other = list->pdata[n];

      list->pdata[n] = list->pdata[i - 1];
      list->pdata[i - 1] = other;
    }
}

static void
take_shuffled (BenkSessionFixture *f, GPtrArray *events, GRand *rand)
{
  g_autoptr (GPtrArray) list = copy (events);

  shuffle (list, rand);
  take_in (f, list, PAGE);
}

/* Every third comes twice or more. */
static void
take_doubled (BenkSessionFixture *f, GPtrArray *events, GRand *rand)
{
  g_autoptr (GPtrArray) list = copy (events);

  for (guint i = 0; i < events->len; i++)
    for (int n = g_rand_int_range (rand, 0, 6); n > 3; n--)
      g_ptr_array_add (list, g_ptr_array_index (events, i));
  shuffle (list, rand);
  take_in (f, list, 37);
}

/* Clear before raise. */
static void
take_backwards (BenkSessionFixture *f, GPtrArray *events, GRand *rand)
{
  g_autoptr (GPtrArray) list = g_ptr_array_sized_new (events->len);

  for (guint i = events->len; i > 0; i--)
    g_ptr_array_add (list, g_ptr_array_index (events, i - 1));
  take_in (f, list, PAGE);
}

static void
take_replayed (BenkSessionFixture *f, GPtrArray *events, GRand *rand)
{
  take_in (f, events, PAGE);
  benk_session_fixture_close (f);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->clock), FIXTURE_WALL_MS + WEEK_MS);
  benk_session_fixture_open (f);
  take_shuffled (f, events, rand);
}

static const struct
{
  const char *name;
  void (*take) (BenkSessionFixture *f, GPtrArray *events, GRand *rand);
} orders[] = {
  { "shuffled", take_shuffled },
  { "doubled", take_doubled },
  { "backwards", take_backwards },
  { "replayed a week later", take_replayed },
};

static void
copy_store (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_orders (BenkSessionFixture *f, gconstpointer unused)
{
  guint32 seed = 20260305;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) events = make_events (N_EVENTS, rand);
  g_autofree char *empty = g_strconcat (f->path, ".empty", NULL);
  g_autofree char *expected = NULL;

  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD-%u", i);
      g_autoptr (BenkDevice) device =
        benk_session_fixture_add (f, serial, BENK_DEVICE_STATE_RECEIVED);
      g_autofree char *times = g_strdup_printf ("08:%02u 14:00 20:00", i);

      if (i % 4 != 0)
        benk_session_fixture_write_plan (f, device, times);
    }
  benk_session_fixture_close (f);
  copy_store (f->path, empty);
  benk_session_fixture_open (f);
  take_in (f, events, PAGE);
  expected = dump (f);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *got = NULL;

      benk_session_fixture_close (f);
      copy_store (empty, f->path);
      benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->clock), FIXTURE_WALL_MS);
      benk_session_fixture_open (f);
      orders[i].take (f, events, rand);
      got = dump (f);
      assert_same (orders[i].name, got, expected);
    }
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM alarm WHERE status = 'settled' "
                                   "AND closed_ms = dispensed_ms"),
    >, 50);
  g_assert_cmpint (benk_session_fixture_count (
                     f, "SELECT count (*) FROM alarm_step WHERE kind = 'taken'"),
                   >, N_EVENTS / 20);
  g_assert_cmpint (benk_session_fixture_count (
                     f, "SELECT count (*) FROM alarm WHERE code = '1.8' AND"
                        " resolve_deadline_ms - raised_ms NOT IN (0, 3600000)"),
                   >, N_EVENTS / 50);
  g_test_message ("%u events, %" G_GINT64_FORMAT " alarms, %" G_GINT64_FORMAT
                  " steps, in %u orders, seed %u",
                  N_EVENTS, benk_session_fixture_count (f, "SELECT count (*) FROM alarm"),
                  benk_session_fixture_count (f, "SELECT count (*) FROM alarm_step"),
                  (guint) G_N_ELEMENTS (orders) + 1, seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/alarms-order/any-order-keeps-the-same-rows", BenkSessionFixture,
              NULL, benk_session_fixture_set_up, test_orders,
              benk_session_fixture_tear_down);

  return g_test_run ();
}
