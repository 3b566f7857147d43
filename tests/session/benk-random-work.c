/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-random-work.h"

#include "benk-error.h"

#define SHORT_MS (20 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static const struct
{
  const char *name;
  guint weight;
} kinds[BENK_N_WORKS] = {
  [BENK_WORK_REGISTER] = { "register", 6 },
  [BENK_WORK_EDIT] = { "edit", 7 },
  [BENK_WORK_MOVE] = { "move", 4 },
  [BENK_WORK_STATE] = { "state", 16 },
  [BENK_WORK_ATTEST] = { "attest", 22 },
  [BENK_WORK_LABEL] = { "label", 3 },
  [BENK_WORK_BULK] = { "bulk", 5 },
  [BENK_WORK_LINK] = { "link", 6 },
  [BENK_WORK_ERASE] = { "erase", 2 },
  [BENK_WORK_JOIN] = { "join", 3 },
  [BENK_WORK_PART] = { "take apart", 2 },
  [BENK_WORK_LIMIT] = { "limit", 2 },
  [BENK_WORK_IMPORT] = { "import", 4 },
  [BENK_WORK_UNDO_NEWEST] = { "undo, newest", 6 },
  [BENK_WORK_UNDO_OLDER] = { "undo, older", 9 },
  [BENK_WORK_UNDO_IMPORT] = { "undo, import", 4 },
  [BENK_WORK_COUNT_START] = { "count, start", 2 },
  [BENK_WORK_COUNT_SCAN] = { "count, scan", 6 },
  [BENK_WORK_COUNT_SETTLE] = { "count, settle", 5 },
  [BENK_WORK_COUNT_END] = { "count, end", 2 },
  [BENK_WORK_COUNT_BACK] = { "count, take back", 1 },
  [BENK_WORK_RETURN_OPEN] = { "return, open", 4 },
  [BENK_WORK_RETURN_STEP] = { "return, step", 5 },
  [BENK_WORK_ALARM_ADD] = { "alarm, add", 2 },
  [BENK_WORK_ALARM_CLOSE] = { "alarm, close", 2 },
  [BENK_WORK_BENCH] = { "bench", 8 },
  [BENK_WORK_ACCESSORY] = { "accessory", 6 },
  [BENK_WORK_RESERVE] = { "reserve", 5 },
  [BENK_WORK_GIVE_UP] = { "give up", 3 },
  [BENK_WORK_MODEL_ADD] = { "model, add", 2 },
  [BENK_WORK_MODEL_REMOVE] = { "model, remove", 2 },
};

void
benk_random_work_init (BenkRandomWork *work, BenkSessionFixture *f, guint32 seed)
{
  work->f = f;
  work->db = benk_session_fixture_open_db (f);
  work->rand = g_rand_new_with_seed (seed);
}

void
benk_random_work_clear (BenkRandomWork *work)
{
  g_clear_pointer (&work->db, benk_db_close);
  g_clear_pointer (&work->rand, g_rand_free);
}

const char *
benk_random_work_get_name (BenkWork kind)
{
  return kinds[kind].name;
}

guint
benk_random_draw (BenkRandomWork *work, guint most)
{
  return (guint) g_rand_int_range (work->rand, 0, (gint32) most);
}

/* Few enough that they meet each other. */
char *
benk_random_draw_serial (BenkRandomWork *work)
{
  if (benk_random_draw (work, 8) == 0 && work->n_serials > 0)
    return g_strdup_printf ("n %04u", benk_random_draw (work, work->n_serials));

  return g_strdup_printf ("N-%04u", work->n_serials++);
}

/* In an order that is the same when the work is done again: ids are made by chance of
 * their own. */
static const char *
get_order (const char *from)
{
  static const struct
  {
    const char *table;
    const char *order;
  } orders[] = {
    { "device d", "d.model_id, d.serial_key, d.state_since_ms, d.id" },
    { "alias d", "d.made_ms, d.id" },
    { "alarm d", "d.raised_ms, d.id" },
    { "return_case d", "d.opened_ms, d.id" },
    { "stocktake d", "d.started_ms, d.id" },
    { "reservation d", "d.made_ms, d.wanted_date, d.id" },
    { "model_file d", "d.model_id, d.made_ms, d.id" },
    { "stocktake_item d", "d.found_ms, d.code, d.id" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_has_prefix (from, orders[i].table))
      return orders[i].order;

  g_assert_not_reached ();
}

/* @from: what stands after FROM; the id is that of d. */
gboolean
benk_random_pick (BenkRandomWork *work, const char *from, BenkId *out_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s", from);
  g_autofree char *sql = NULL;
  g_autoptr (BenkStmt) stmt = NULL;
  gint64 n = 0;
  guint at;

  benk_db_get_int64 (work->db, count, &n, &error);
  g_assert_no_error (error);
  if (n == 0)
    return FALSE;
  at = benk_random_draw (work, (guint) n);
  sql = g_strdup_printf ("SELECT d.id FROM %s ORDER BY %s LIMIT 1 OFFSET %u", from,
                         get_order (from), at);
  stmt = benk_db_prepare (work->db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (benk_stmt_step (stmt, &error));

  return benk_stmt_get_id (stmt, 0, out_id);
}

/* @what: what stands between SELECT and the end; ?1 is the id */
char *
benk_random_pick_text (BenkRandomWork *work, const char *what, const BenkId *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT %s", what);
  g_autoptr (BenkStmt) stmt = benk_db_prepare (work->db, sql, &error);
  char *text;

  g_assert_no_error (error);
  benk_stmt_bind_id (stmt, 1, id);
  text = benk_stmt_step (stmt, &error) ? benk_stmt_dup_text (stmt, 0) : NULL;
  g_assert_no_error (error);

  return text;
}

gboolean
benk_random_finish (BenkRandomWork *work, GAsyncResult **result, GError **error)
{
  return benk_inventory_change_finish (work->f->inventory,
                                       benk_session_fixture_wait (result), NULL, error);
}

/* There is nothing that such work could be done to. */
gboolean
benk_random_nothing (GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CANCELLED, "nothing");

  return FALSE;
}

static BenkWork
draw_kind (BenkRandomWork *work)
{
  guint sum = 0, at;

  for (guint i = 0; i < BENK_N_WORKS; i++)
    sum += kinds[i].weight;
  at = benk_random_draw (work, sum);
  for (guint i = 0; i < BENK_N_WORKS; i++)
    {
      if (at < kinds[i].weight)
        return i;
      at -= kinds[i].weight;
    }

  g_assert_not_reached ();
}

/* Time goes on by minutes, now and then by days; somebody may also set it back. */
static void
let_time_pass (BenkRandomWork *work)
{
  gint64 ms = benk_random_draw (work, (guint) SHORT_MS);

  if (benk_random_draw (work, 60) == 0)
    ms += DAY_MS * (1 + benk_random_draw (work, 8));
  else if (benk_random_draw (work, 60) == 0)
    ms = -3 * ms;
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (work->f->clock),
                            benk_clock_get_wall_ms (work->f->clock) + ms);
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, BENK_ERROR, BENK_ERROR_REFUSED) ||
         g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT) ||
         g_error_matches (error, BENK_ERROR, BENK_ERROR_INVALID) ||
         g_error_matches (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
}

static gint64
get_head (BenkRandomWork *work)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  benk_db_get_int64 (work->db, "SELECT ifnull (max (seq), 0) FROM journal", &seq, &error);
  g_assert_no_error (error);

  return seq;
}

/* One piece of work: done, or refused in words with nothing changed; and what changed
 * its state was allowed to. */
void
benk_random_work_step (BenkRandomWork *work)
{
  for (guint tries = 0; tries < 1000; tries++)
    {
      g_autoptr (GError) error = NULL;
      BenkWork kind = draw_kind (work);
      BenkRandomFunc func = benk_random_shelf[kind]   ? benk_random_shelf[kind]
                            : benk_random_lists[kind] ? benk_random_lists[kind]
                                                      : benk_random_kept[kind];
      gint64 head;
      gboolean done;

      let_time_pass (work);
      head = get_head (work);
      done = func (work, &error);
      if (g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
        continue;
      if (!done && !is_refusal (error))
        g_error ("%s: %s", kinds[kind].name, error != NULL ? error->message : "?");
      if (work->tells)
        g_test_message ("%s: %s", kinds[kind].name, done ? "done" : error->message);
      if (done)
        work->done[kind]++;
      else
        work->refused[kind]++;
      work->n_steps += benk_oracle_audit (work->db, head, FALSE);
      benk_oracle_assert_invariants (work->db);
      return;
    }

  g_assert_not_reached ();
}
