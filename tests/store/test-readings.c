/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm-version.h"
#include "benk-table-alias.h"
#include "benk-table-fact.h"
#include "benk-table-feed.h"
#include "benk-table-fixture.h"
#include "benk-table-import-profile.h"
#include "benk-table-outbox.h"
#include "benk-table-owed-task.h"
#include "benk-table-placement.h"
#include "benk-table-return.h"
#include "benk-table-stock.h"
#include "benk-table-stocktake.h"
#include "benk-table-transition.h"
#include "benk-table-visit.h"

/* A reading that breaks off is no shorter answer: what was read so far is not given out,
 * and the error is. */

typedef gboolean (*Reader) (BenkDb *db, const BenkId *id, GError **error);

static gboolean
is_rows (gpointer rows)
{
  if (rows)
    g_ptr_array_unref (rows);
  return rows != NULL;
}

static gboolean
read_devices (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_device_find_all (db, "MD1", error));
}

static gboolean
read_counts (BenkDb *db, const BenkId *id, GError **error)
{
  guint counts[BENK_N_DEVICE_STATES];

  return benk_table_device_count_states (db, counts, error);
}

static gboolean
read_query (BenkDb *db, const BenkId *id, GError **error)
{
  const BenkDeviceFilter query = { .search = "MD" };
  g_autoptr (GArray) ids = benk_table_device_query (db, &query, error);

  return ids != NULL;
}

static gboolean
read_view (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkLifecycleView) view = benk_device_view_load (db, id, error);

  return view != NULL;
}

static gboolean
read_attested (BenkDb *db, const BenkId *id, GError **error)
{
  gboolean attested;

  return benk_table_fact_is_attested (db, id, BENK_FACT_TRAINING_KIN, 0, &attested,
                                      error);
}

static gboolean
read_alias (BenkDb *db, const BenkId *id, GError **error)
{
  BenkId target;

  return benk_table_alias_resolve (db, id, &target, error);
}

static gboolean
read_alarm_steps (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_alarm_step_list (db, id, error));
}

static gboolean
read_feeds (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_feed_list (db, error));
}

static gboolean
read_versions (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_alarm_version_list (db, id, error));
}

static gboolean
read_profile (BenkDb *db, const BenkId *id, GError **error)
{
  g_autofree char *columns = NULL;
  g_autofree char *words = NULL;

  return benk_table_import_profile_get (db, "serial", &columns, &words, error);
}

static gboolean
read_trial (BenkDb *db, const BenkId *id, GError **error)
{
  gint64 before_ms;

  return benk_table_placement_get_trial_before (db, id, &before_ms, error);
}

static gboolean
read_return_steps (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_return_list_steps (db, id, error));
}

static gboolean
read_fixes (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (GArray) seqs = benk_table_stocktake_list_fixes (db, id, error);

  return seqs != NULL;
}

static gboolean
read_newest (BenkDb *db, const BenkId *id, GError **error)
{
  BenkDeviceState state;

  return benk_table_transition_get_newest (db, id, G_MAXUINT32, &state, error);
}

static gboolean
read_visit_alarms (BenkDb *db, const BenkId *id, GError **error)
{
  guint count;

  return benk_table_visit_count_alarms (db, id, &count, error);
}

static gboolean
read_visits (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_visit_list_open (db, error));
}

static gboolean
read_outbox (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_outbox_list_waiting (db, 0, error));
}

static gboolean
read_owed (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_owed_task_list (db, id, error));
}

static gboolean
read_limits (BenkDb *db, const BenkId *id, GError **error)
{
  return is_rows (benk_table_stock_list_limits (db, "2026-03-02", error));
}

static const struct
{
  const char *name;
  const char *table;
  Reader read;
} readings[] = {
  { "devices of a number", "device", read_devices },
  { "devices in each state", "device", read_counts },
  { "devices that match", "device", read_query },
  { "what guards look at: facts", "fact", read_view },
  { "what guards look at: proofs", "proof", read_view },
  { "what guards look at: runs", "run", read_view },
  { "what guards look at: ticks", "checklist_tick", read_view },
  { "what guards look at: states", "transition", read_view },
  { "what was signed", "fact", read_attested },
  { "rows that are one", "alias", read_alias },
  { "steps of an alarm", "alarm_step", read_alarm_steps },
  { "sources of alarms", "feed", read_feeds },
  { "what a source told", "alarm_version", read_versions },
  { "columns of a list", "import_profile", read_profile },
  { "a trial", "placement", read_trial },
  { "steps of a return", "return_step", read_return_steps },
  { "what a count changed", "stocktake_item", read_fixes },
  { "the newest state", "transition", read_newest },
  { "alarms in a visit", "alarm", read_visit_alarms },
  { "open visits", "visit", read_visits },
  { "what waits to be sent", "outbox", read_outbox },
  { "what is owed", "owed_task", read_owed },
  { "low-stock limits", "stock_limit", read_limits },
};

static void
rename_table (BenkStoreFixture *fixture, const char *from, const char *to)
{
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO %s", from, to);
  g_autoptr (GError) error = NULL;
  BenkDb *db = benk_db_open (fixture->path, BENK_DB_READ_WRITE, fixture->clock, &error);

  g_assert_no_error (error);
  benk_store_fixture_exec (db, sql);
  benk_db_close (db);
}

static void
test_broken_off (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "MD1", BENK_DEVICE_STATE_RECEIVED);
  const BenkId *id = benk_device_get_id (device);

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (GError) before = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", readings[i].name);
      g_assert_true (readings[i].read (fixture->db, id, &before));
      g_assert_no_error (before);
      /* The statement is kept, so that it fails when it is stepped, not before. */
      rename_table (fixture, readings[i].table, "away");
      g_assert_false (readings[i].read (fixture->db, id, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == BENK_ERROR);
      rename_table (fixture, "away", readings[i].table);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/store/readings/what-breaks-off-is-an-error", BenkStoreFixture, NULL,
              benk_store_fixture_set_up, test_broken_off, benk_store_fixture_tear_down);

  return g_test_run ();
}
