/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <json-glib/json-glib.h>

#include "benk-alarms-private.h"
#include "benk-bench.h"
#include "benk-fake-clock.h"
#include "benk-fhir-client.h"
#include "benk-model.h"
#include "benk-scope.h"
#include "benk-store.h"
#include "benk-table-device.h"
#include "benk-table-feed.h"
#include "benk-virtual-hub.h"

/* What a long absence leaves behind; a device's alarms are too far apart to join. */
#define N_ALARMS 10000
#define N_DEVICES 200
#define PAGE 100
#define APART_MS (10 * 1000)
#define TOKEN "bench"

static const gint64 START_MS = G_GINT64_CONSTANT (1762153512000);

typedef struct
{
  char *dir;
  BenkClock *clock;
  BenkVirtualHub *hub;
  GPtrArray *texts; /* GBytes, a page each */
  GPtrArray *models;
} Source;

/* A store with a feed and the devices. */
typedef struct
{
  BenkStore *store;
  BenkFhirClient *client;
  GPtrArray *models;
  BenkId feed;
} Target;

static char *
make_serial (guint i)
{
  return g_strdup_printf ("EV-%06u", i);
}

static void
raise_alarms (Source *self)
{
  static const char *const codes[] = { "1.8", "1.1", "1.17", "1.3" };

  for (guint i = 0; i < N_ALARMS; i++)
    {
      g_autofree char *serial = make_serial (i % N_DEVICES);
      const BenkVirtualAlarm alarm = {
        .serial = serial,
        .device_name = "Medisindispenser",
        .code = codes[i % G_N_ELEMENTS (codes)],
        .text = "Rull sitter fast",
        .severity = "high",
        .detail = "rød",
        .patient_number = "13116900216",
        .patient_name = "Line Danser",
        .raised_ms = START_MS + (gint64) i * APART_MS,
      };
      g_autofree char *id = benk_virtual_hub_raise (self->hub, &alarm);
    }
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static BenkFhirClient *
make_client (Source *self)
{
  g_autofree char *path = g_build_filename (self->dir, "token", NULL);
  g_autoptr (BenkAuth) auth = NULL;
  g_autoptr (GError) error = NULL;
  BenkFhirClient *client;

  if (!g_file_set_contents_full (path, TOKEN, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    g_error ("%s", error->message);
  auth = benk_auth_new_file (path);
  client = benk_fhir_client_new (benk_virtual_hub_get_url (self->hub), auth, self->clock,
                                 &error);
  if (client == NULL)
    g_error ("%s", error->message);
  benk_fhir_client_set_page_size (client, PAGE);
  return client;
}

/* The hub's resources, bundled as it bundles them. */
static void
write_pages (Source *self, GStrv ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < N_ALARMS; i++)
    {
      g_autofree char *issue = benk_virtual_hub_dup_issue (self->hub, ids[i]);

      if (i % PAGE == 0)
        g_string_assign (text, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\","
                               "\"entry\":[");
      g_string_append_printf (text, "%s{\"resource\":%s}", i % PAGE == 0 ? "" : ",",
                              issue);
      if (i % PAGE == PAGE - 1)
        {
          g_string_append (text, "]}");
          g_ptr_array_add (self->texts, g_bytes_new (text->str, text->len));
        }
    }
}

static BenkFhirPage *
ask (BenkFhirClient *client, BenkFhirPage *last)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkFhirPage *page;

  if (last != NULL)
    benk_fhir_client_search_next_async (client, last, NULL, keep_result, &result);
  else
    benk_fhir_client_search_async (client, -1, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  page = benk_fhir_client_search_finish (client, result, &error);
  if (page == NULL)
    g_error ("%s", error->message);
  return page;
}

static void
source_init (Source *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirClient) client = NULL;
  g_autoptr (BenkFhirPage) page = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  self->dir = benk_bench_make_folder ();
  self->clock = BENK_CLOCK (benk_fake_clock_new (START_MS));
  self->models = benk_model_load_builtin (&error);
  g_assert_no_error (error);
  self->hub = benk_virtual_hub_new (self->clock, TOKEN);
  if (!benk_virtual_hub_start_thread (self->hub, &error))
    g_error ("%s", error->message);
  raise_alarms (self);
  client = make_client (self);
  for (page = ask (client, NULL); page != NULL;)
    {
      BenkFhirPage *next = page->next != NULL ? ask (client, page) : NULL;

      for (guint i = 0; i < page->issues->len; i++)
        g_strv_builder_add (builder,
                            ((BenkFhirIssue *) g_ptr_array_index (page->issues, i))->id);
      g_clear_pointer (&page, benk_fhir_page_free);
      page = next;
    }
  ids = g_strv_builder_end (builder);
  g_assert_cmpuint (g_strv_length (ids), ==, N_ALARMS);
  write_pages (self, ids);
}

static void
source_clear (Source *self)
{
  benk_virtual_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  benk_bench_remove_folder (self->dir);
  g_clear_pointer (&self->dir, g_free);
}

static gpointer
add_devices (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Target *self = data;
  BenkChange change = { .verb = BENK_VERB_REGISTER };
  BenkFeedRow feed = { .name = (char *) "Hub", .url = (char *) "http://localhost/" };
  g_autoptr (BenkScope) scope = NULL;

  if (!benk_table_feed_insert (db, &feed, error))
    return NULL;
  self->feed = feed.id;
  scope = benk_scope_begin (db, &change, error);
  for (guint i = 0; scope != NULL && i < N_DEVICES; i++)
    {
      g_autofree char *serial = make_serial (i);
      g_autoptr (BenkDevice) device = benk_device_new ();

      benk_device_set_model_id (device, "evondos-e300");
      benk_device_set_serial (device, serial);
      benk_device_set_state (device, BENK_DEVICE_STATE_RECEIVED);
      if (!benk_table_device_insert (db, device, NULL, error))
        return NULL;
    }
  return scope != NULL && benk_scope_commit (scope, NULL, error) ? self : NULL;
}

static void
target_init (Target *self, Source *source, const char *path)
{
  g_autoptr (GError) error = NULL;

  self->models = source->models;
  self->client = make_client (source);
  self->store = benk_store_open (path, source->clock, &error);
  if (self->store == NULL ||
      benk_store_write (self->store, add_devices, self, NULL, &error) == NULL)
    g_error ("%s", error->message);
}

static void
target_clear (Target *self)
{
  benk_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->client);
}

/* As the session takes a page in, on the store's writing thread. */
static void
take_in (Target *self, BenkFhirPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkIntake) intake = NULL;
  BenkIntakeJob *job = g_new0 (BenkIntakeJob, 1);

  job->change = (BenkChange){ .verb = BENK_VERB_INTAKE, .subject = self->feed };
  job->models = g_ptr_array_ref (self->models);
  job->feed = self->feed;
  job->page = page;
  job->cursor_ms = page->newest_ms;
  job->names = g_array_new (FALSE, FALSE, sizeof (BenkId));
  for (guint i = 0; i < page->issues->len; i++)
    {
      BenkId name =
        benk_fhir_client_name_alarm (self->client, g_ptr_array_index (page->issues, i));

      g_array_append_val (job->names, name);
    }
  intake = benk_store_write (self->store, benk_intake_job_run, job, NULL, &error);
  if (intake == NULL)
    g_error ("%s", error->message);
  benk_intake_job_free (job);
}

static gint64
take_in_pages (Target *self, Source *source)
{
  gint64 start = benk_bench_get_us ();

  for (guint i = 0; i < source->texts->len; i++)
    {
      g_autoptr (GError) error = NULL;
      BenkFhirPage *page =
        benk_fhir_page_parse (g_ptr_array_index (source->texts, i), &error);

      if (page == NULL)
        g_error ("%s", error->message);
      take_in (self, page);
    }
  return benk_bench_get_us () - start;
}

/* What leads on, without what is handed over. */
static BenkFhirPage *
copy_trail (const BenkFhirPage *page)
{
  BenkFhirPage *trail = g_new0 (BenkFhirPage, 1);

  trail->issues = g_ptr_array_new ();
  trail->flaws = g_ptr_array_new ();
  trail->next = g_strdup (page->next);
  trail->number = page->number;
  trail->visited = page->visited != NULL ? g_hash_table_ref (page->visited) : NULL;
  return trail;
}

static gint64
take_in_feed (Target *self)
{
  gint64 start = benk_bench_get_us ();
  g_autoptr (BenkFhirPage) trail = NULL;

  do
    {
      BenkFhirPage *page = ask (self->client, trail);

      g_clear_pointer (&trail, benk_fhir_page_free);
      trail = copy_trail (page);
      take_in (self, page);
    }
  while (trail->next != NULL);
  return benk_bench_get_us () - start;
}

/* What the intake left behind, in the order of the pages. */
typedef struct
{
  BenkBenchRows *rows[6];
} Kept;

static void
kept_read (Kept *kept, const char *path)
{
  static const char *const tables[][2] = {
    { "alarm", "SELECT * FROM alarm ORDER BY raised_ms" },
    { "alarm_step", "SELECT * FROM alarm_step ORDER BY at_ms" },
    { "alarm_local", "SELECT l.* FROM alarm_local l JOIN alarm a ON a.id = l.alarm_id "
                     "ORDER BY a.raised_ms" },
    { "alarm_text", "SELECT t.* FROM alarm_text t JOIN alarm a ON a.id = t.alarm_id "
                    "ORDER BY a.raised_ms" },
    { "alarm_version", "SELECT s.* FROM alarm_version s JOIN alarm a "
                       "ON a.id = s.alarm_id ORDER BY a.raised_ms" },
    { "touch", "SELECT * FROM touch WHERE tbl IN ('alarm', 'alarm_step') ORDER BY seq" },
  };
  sqlite3 *db = benk_bench_open_bare (path);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    kept->rows[i] = benk_bench_rows_read (db, tables[i][0], tables[i][1]);
  sqlite3_close (db);
  g_assert_cmpuint (benk_bench_rows_get_length (kept->rows[0]), ==, N_ALARMS);
}

static void
kept_clear (Kept *kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept->rows); i++)
    g_clear_pointer (&kept->rows[i], benk_bench_rows_free);
}

static gint64
take_in_bare (Kept *kept, Source *source, const char *path)
{
  static const char *const journalled[] = { "alarm", "alarm_step", NULL };
  sqlite3 *db = benk_bench_open_bare (path);
  gint64 start = benk_bench_get_us ();
  guint n_pages = source->texts->len;

  for (guint page = 0; page < n_pages; page++)
    {
      g_autoptr (JsonParser) parser = json_parser_new_immutable ();
      g_autoptr (GError) error = NULL;
      gsize length;
      const char *text =
        g_bytes_get_data (g_ptr_array_index (source->texts, page), &length);
      sqlite3_session *session;

      if (!json_parser_load_from_data (parser, text, (gssize) length, &error))
        g_error ("%s", error->message);
      session = benk_bench_begin_bare (db, journalled);
      for (guint i = 0; i < G_N_ELEMENTS (kept->rows); i++)
        {
          guint n_rows = benk_bench_rows_get_length (kept->rows[i]);

          benk_bench_rows_write (kept->rows[i], db, page * n_rows / n_pages,
                                 (page + 1) * n_rows / n_pages);
        }
      benk_bench_commit_bare (db, session);
    }
  start = benk_bench_get_us () - start;
  sqlite3_close (db);

  return start;
}

typedef struct
{
  BenkBenchTimes intake;
  BenkBenchTimes feed;
  BenkBenchTimes bare;
} Times;

static void
run_round (Source *source, guint n, Times *times)
{
  g_autofree char *dir = benk_bench_make_folder ();
  g_autofree char *path = benk_bench_make_store (dir, "app.dosebenk", source->clock);
  g_autofree char *feed = benk_bench_make_store (dir, "feed.dosebenk", source->clock);
  g_autofree char *bare = benk_bench_make_store (dir, "bare.dosebenk", source->clock);
  Target target;
  Kept kept;

  target_init (&target, source, path);
  times->intake.us[n] = take_in_pages (&target, source);
  target_clear (&target);
  kept_read (&kept, path);
  times->bare.us[n] = take_in_bare (&kept, source, bare);
  kept_clear (&kept);

  target_init (&target, source, feed);
  times->feed.us[n] = take_in_feed (&target);
  target_clear (&target);
  benk_bench_remove_folder (dir);
}

/* What else is measured of alarms, each by a program of its own. */
static void
run_program (const char *path)
{
  g_autoptr (GError) error = NULL;
  int status;

  fflush (stdout);
  if (!g_spawn_sync (NULL, (char *[]){ (char *) path, NULL }, NULL, G_SPAWN_DEFAULT, NULL,
                     NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", path, error->message);
}

/* [PROGRAM…] */
int
main (int argc, char **argv)
{
  Source source;
  Times times;

  source_init (&source);
  for (guint i = 0; i < BENK_BENCH_ROUNDS; i++)
    run_round (&source, i, &times);
  source_clear (&source);

  benk_bench_print_head ("Alarms: intake of 10 000",
                         "Bare parses the same JSON with json-glib and writes the same "
                         "rows with session and journal row, a transaction a page of "
                         "100.");
  benk_bench_print_row ("parse and intake ÷ bare", &times.intake, &times.bare, 2);
  benk_bench_print_row ("a round over HTTP, simulated hub included ÷ bare", &times.feed,
                        &times.bare, 0);
  benk_bench_print_foot ();
  for (int i = 1; i < argc; i++)
    run_program (argv[i]);

  return 0;
}
