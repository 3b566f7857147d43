/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-random-work.h"

#include <string.h>

#include "benk-alarms-close.h"
#include "benk-alarms.h"
#include "benk-count-fixture.h"
#include "benk-import-rig.h"
#include "benk-returns.h"

/* Lists, undo, counts, returns and alarms. */

#define MAX_ROWS 10

static const char *const words[] = { "Mottatt", "På lager",  "Defekt",
                                     "I drift", "Karantene", "Under klargjøring",
                                     "" };
static const char *const shelves[] = { "Hylle A", "Hylle B", "Hylle C", "" };

/* --- lists --- */

/* A row about a device that is there: as it is, or with something else. */
static void
add_known (BenkRandomWork *work, GString *text)
{
  gboolean same = benk_random_draw (work, 2) == 0;
  g_autofree char *row = NULL;
  BenkId device;

  if (!benk_random_pick (work, "device d", &device))
    return;
  row = benk_random_pick_text (work,
                               "d.model_id || ';' || d.serial || ';'"
                               " FROM device d WHERE d.id = ?1",
                               &device);
  g_string_append (text, row);
  if (same)
    g_string_append (text, ";;;\n");
  else
    g_string_append_printf (text, "%s;%s;%s;Leverandør %u\n",
                            BENK_DRAW_FROM (work, words), BENK_DRAW_FROM (work, shelves),
                            benk_random_draw (work, 4) == 0 ? "REF-3" : "",
                            benk_random_draw (work, 3));
}

static void
add_row (BenkRandomWork *work, GString *text, char **new_serial)
{
  static const char *const wrong[] = { "medido;;Mottatt;;;\n", "Sputnik;X1;Mottatt;;;\n",
                                       "medido;W1;Hvem vet;;;\n" };
  g_autofree char *serial = NULL;

  switch (benk_random_draw (work, 6))
    {
    case 0:
    case 1:
      serial = benk_random_draw_serial (work);
      g_free (*new_serial);
      *new_serial = g_strdup (serial);
      g_string_append_printf (text, "medido;%s;%s;%s;%s;\n", serial,
                              BENK_DRAW_FROM (work, words),
                              BENK_DRAW_FROM (work, shelves),
                              benk_random_draw (work, 5) == 0 ? "REF-2" : "");
      break;
    case 2:
    case 3:
      add_known (work, text);
      break;
    case 4:
      g_string_append (text, BENK_DRAW_FROM (work, wrong));
      break;
    default:
      g_string_append (text, ";;;;;\n");
    }
}

static gint64
find_import (BenkRandomWork *work)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0, seq = 0;
  g_autofree char *sql = NULL;

  benk_db_get_int64 (work->db, "SELECT count (*) FROM journal WHERE verb = 'import'", &n,
                     &error);
  if (n == 0)
    return 0;
  sql = g_strdup_printf ("SELECT seq FROM journal WHERE verb = 'import' ORDER BY seq DESC"
                         " LIMIT 1 OFFSET %u",
                         benk_random_draw (work, MIN (3, (guint) n)));
  benk_db_get_int64 (work->db, sql, &seq, &error);
  g_assert_no_error (error);

  return seq;
}

/* Somebody registers a device of the list while it is looked at. */
static void
register_meanwhile (BenkRandomWork *work, const char *serial)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) ignored = NULL;
  BenkNewDevice device = { .model_id = "medido",
                           .serial = serial,
                           .state = BENK_DEVICE_STATE_RECEIVED };

  benk_inventory_add_async (work->f->inventory, &device, NULL, benk_session_fixture_keep,
                            &result);
  benk_random_finish (work, &result, &ignored);
}

static gboolean
do_import (BenkRandomWork *work, GError **error)
{
  g_autoptr (GString) text =
    g_string_new ("Type;Serienr;Status;Plassering;Bruker;Leverandør\n");
  g_autoptr (BenkImport) list = NULL;
  g_autofree char *new_serial = NULL;
  guint n = 1 + benk_random_draw (work, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    add_row (work, text, &new_serial);
  list = benk_import_rig_preview (work->f, "random.csv", text->str);
  n = 0;
  for (guint i = 0; i < BENK_N_IMPORT_VERDICTS; i++)
    {
      work->verdicts[i] += benk_import_count (list, i);
      n += benk_import_count (list, i);
    }
  g_assert_cmpuint (n, ==, g_list_model_get_n_items (benk_import_get_rows (list)));
  if (new_serial != NULL && benk_random_draw (work, 4) == 0)
    register_meanwhile (work, new_serial);

  return benk_import_rig_apply (list, NULL, error) >= 0;
}

/* --- undo --- */

static gboolean
take_back (BenkRandomWork *work, gint64 seq, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) local = NULL;

  benk_session_undo_async (work->f->session, seq, NULL, benk_session_fixture_keep,
                           &result);
  sentence =
    benk_session_undo_finish (work->f->session, BENK_AWAIT (result), NULL, &local);
  if (local != NULL && strstr (local->message, "changed later") != NULL)
    work->n_held++;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return sentence != NULL;
}

static gboolean
do_undo_newest (BenkRandomWork *work, GError **error)
{
  return take_back (work, 0, error);
}

static gboolean
do_undo_older (BenkRandomWork *work, GError **error)
{
  gint64 head = 0;

  benk_db_get_int64 (work->db, "SELECT max (seq) FROM journal", &head, NULL);
  if (head < 10)
    return benk_random_nothing (error);

  return take_back (work, head - benk_random_draw (work, (guint) MIN (head, 60)), error);
}

static gboolean
do_undo_import (BenkRandomWork *work, GError **error)
{
  gint64 seq = find_import (work);

  return seq > 0 ? take_back (work, seq, error) : benk_random_nothing (error);
}

/* --- counts --- */

static gboolean
do_count_start (BenkRandomWork *work, GError **error)
{
  const char *place = BENK_DRAW_FROM (work, shelves);

  return count_fixture_try_start (work->f, *place != '\0' ? place : NULL, error);
}

static gboolean
do_count_scan (BenkRandomWork *work, GError **error)
{
  g_autofree char *code = NULL;
  g_autoptr (BenkCountItem) item = NULL;
  gboolean already;
  BenkId device;

  if (benk_random_draw (work, 5) == 0 || !benk_random_pick (work, "device d", &device))
    code = g_strdup_printf ("U-%u", benk_random_draw (work, 100));
  else
    code = benk_random_pick_text (work, "serial FROM device WHERE id = ?1", &device);
  item = count_fixture_try_scan (work->f, code, NULL, &already, error);

  return item != NULL;
}

static gboolean
do_count_settle (BenkRandomWork *work, GError **error)
{
  static const BenkDeviceState states[] = { BENK_DEVICE_STATE_FAULTY,
                                            BENK_DEVICE_STATE_RECEIVED,
                                            BENK_DEVICE_STATE_QUARANTINE };
  static const BenkCountFix fixes[] = { BENK_COUNT_FIX_MOVE, BENK_COUNT_FIX_STATE,
                                        BENK_COUNT_FIX_REGISTER, BENK_COUNT_FIX_LEAVE };
  BenkStocktakeFix fix = {
    .fix = BENK_DRAW_FROM (work, fixes),
    .state = BENK_DRAW_FROM (work, states),
    .model_id = "medido",
    .place = "Hylle C",
    .reason = "telling",
  };

  if (!benk_random_pick (work,
                         "stocktake_item d JOIN stocktake s ON s.id = d.stocktake_id"
                         " WHERE s.ended_ms IS NULL AND d.found_ms NOT NULL",
                         &fix.item))
    return benk_random_nothing (error);

  return count_fixture_try_fix (work->f, fix, NULL, error);
}

static gboolean
do_count_end (BenkRandomWork *work, GError **error)
{
  BenkStocktake *counts = count_fixture_get (work->f);
  g_autoptr (GAsyncResult) result = NULL;

  if (benk_random_draw (work, 2) == 0)
    benk_stocktake_end_async (counts, NULL, benk_session_fixture_keep, &result);
  else
    benk_stocktake_drop_async (counts, NULL, benk_session_fixture_keep, &result);

  return benk_stocktake_change_finish (counts, BENK_AWAIT (result), NULL, error);
}

static gboolean
do_count_back (BenkRandomWork *work, GError **error)
{
  BenkId count;
  guint n;

  if (!benk_random_pick (work, "stocktake d WHERE d.dropped = 0", &count))
    return benk_random_nothing (error);

  return count_fixture_try_take_back (work->f, &count, &n, error);
}

/* --- returns and alarms --- */

static gboolean
do_return_open (BenkRandomWork *work, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (work->f->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkReturnCase) opened = NULL;
  BenkId device;

  if (!benk_random_pick (work,
                         benk_random_draw (work, 3) > 0
                           ? "device d WHERE d.state IN ('reset', 'faulty', 'received')"
                             " AND d.id IN (SELECT device_id FROM fact"
                             " WHERE kind = 'factory-new' UNION"
                             " SELECT device_id FROM proof WHERE kind = 'reset')"
                           : "device d",
                         &device))
    return benk_random_nothing (error);
  benk_returns_open_async (returns, &device, "Evondos AS", "lokket er knekt", NULL,
                           benk_session_fixture_keep, &result);
  opened = benk_returns_open_finish (returns, BENK_AWAIT (result), error);

  return opened != NULL;
}

static gboolean
do_return_step (BenkRandomWork *work, GError **error)
{
  static const BenkReturnState next[] = {
    [BENK_RETURN_STATE_REGISTERED] = BENK_RETURN_STATE_ANSWERED,
    [BENK_RETURN_STATE_ANSWERED] = BENK_RETURN_STATE_PACKED,
    [BENK_RETURN_STATE_PACKED] = BENK_RETURN_STATE_SENT,
    [BENK_RETURN_STATE_SENT] = BENK_RETURN_STATE_RECEIVED,
    [BENK_RETURN_STATE_RECEIVED] = BENK_RETURN_STATE_OUTCOME,
    [BENK_RETURN_STATE_OUTCOME] = BENK_RETURN_STATE_CLOSED,
    [BENK_RETURN_STATE_CLOSED] = BENK_RETURN_STATE_CANCELLED,
    [BENK_RETURN_STATE_CANCELLED] = BENK_RETURN_STATE_SENT,
  };
  BenkReturns *returns = benk_session_get_returns (work->f->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *serial = NULL;
  g_autofree char *at = NULL;
  BenkReturnState state = BENK_RETURN_STATE_REGISTERED;
  BenkReturnDetails details = { .rma_number = "RMA-1",
                                .tracking = "70401",
                                .outcome = "repaired",
                                .stated_by = "Leverandør B",
                                .accessories_counted = TRUE,
                                .no_names = TRUE };
  BenkId id;

  if (!benk_random_pick (work, "return_case d", &id))
    return benk_random_nothing (error);
  at = benk_random_pick_text (work, "state FROM return_case WHERE id = ?1", &id);
  serial = benk_random_pick_text (work,
                                  "d.serial FROM return_case r JOIN device d"
                                  " ON d.id = r.device_id WHERE r.id = ?1",
                                  &id);
  g_assert_true (benk_return_state_from_name (at, &state));
  state = benk_random_draw (work, 6) == 0 ? BENK_RETURN_STATE_CANCELLED : next[state];
  details.scanned_serial = serial;
  benk_returns_step_async (returns, &id, state, &details, NULL, benk_session_fixture_keep,
                           &result);

  return benk_returns_step_finish (returns, BENK_AWAIT (result), NULL, error);
}

static gboolean
do_alarm_add (BenkRandomWork *work, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (work->f->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) added = NULL;
  g_autofree char *serial = NULL;
  BenkNewAlarm alarm = { .code = benk_random_draw (work, 6) > 0 ? "1.8" : "9.99" };
  BenkId device;

  if (!benk_random_pick (work, "device d", &device))
    return benk_random_nothing (error);
  serial = benk_random_pick_text (work, "serial FROM device WHERE id = ?1", &device);
  alarm.device = serial;
  benk_alarms_add_async (alarms, &alarm, NULL, benk_session_fixture_keep, &result);
  added = benk_alarms_add_finish (alarms, BENK_AWAIT (result), error);

  return added != NULL;
}

static gboolean
do_alarm_close (BenkRandomWork *work, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (work->f->session);
  g_autoptr (GAsyncResult) result = NULL;
  BenkAlarmClosing closing = {
    .cause = benk_random_draw (work, 6) > 0 ? "technical" : "hvem vet",
    .action = "phoned",
    .why_late = "ferie",
  };
  BenkId alarm;

  if (!benk_random_pick (work, "alarm d", &alarm))
    return benk_random_nothing (error);
  benk_alarms_close_async (alarms, &alarm, &closing, NULL, benk_session_fixture_keep,
                           &result);

  return benk_alarms_close_finish (alarms, BENK_AWAIT (result), error);
}

const BenkRandomFunc benk_random_lists[BENK_N_WORKS] = {
  [BENK_WORK_IMPORT] = do_import,
  [BENK_WORK_UNDO_NEWEST] = do_undo_newest,
  [BENK_WORK_UNDO_OLDER] = do_undo_older,
  [BENK_WORK_UNDO_IMPORT] = do_undo_import,
  [BENK_WORK_COUNT_START] = do_count_start,
  [BENK_WORK_COUNT_SCAN] = do_count_scan,
  [BENK_WORK_COUNT_SETTLE] = do_count_settle,
  [BENK_WORK_COUNT_END] = do_count_end,
  [BENK_WORK_COUNT_BACK] = do_count_back,
  [BENK_WORK_RETURN_OPEN] = do_return_open,
  [BENK_WORK_RETURN_STEP] = do_return_step,
  [BENK_WORK_ALARM_ADD] = do_alarm_add,
  [BENK_WORK_ALARM_CLOSE] = do_alarm_close,
};
