/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guard-oracle.h"

#define ACTIVE "('trial', 'operation', 'paused')"
#define MAY_HAVE_USER                                                                    \
  "('preparing', 'ready', 'trial', 'operation', 'paused', 'to-collect', 'quarantine',"   \
  " 'faulty')"
#define HIDDEN "(SELECT a.id FROM alias a WHERE a.kind = 'device' AND a.ended_ms IS NULL)"
#define OPEN_RETURN "state NOT IN ('closed', 'cancelled')"
/* Each step with the one before, and whether it is the last. */
#define STEPS                                                                            \
  "(SELECT x.device_id, x.from_state, x.to_state, lag (x.to_state) OVER one AS before,"  \
  " lead (x.to_state) OVER one AS after FROM transition x JOIN touch w"                  \
  " ON w.tbl = 'transition' AND w.row_id = x.id WINDOW one AS"                           \
  " (PARTITION BY x.device_id ORDER BY w.seq))"

/* Each names rows that must not be. */
static const struct
{
  const char *words;
  const char *sql;
} rules[] = {
  { "a device that cannot be with a user is with one",
    "SELECT serial FROM device WHERE person_id NOT NULL AND state NOT "
    "IN " MAY_HAVE_USER },
  { "a user has two active devices",
    "SELECT min (serial) FROM device WHERE person_id NOT NULL AND state IN " ACTIVE
    " GROUP BY person_id HAVING count (*) > 1" },
  { "a device is not in the state that its last step led to",
    "SELECT d.serial FROM device d LEFT JOIN " STEPS " s ON s.device_id = d.id"
    " AND s.after IS NULL WHERE d.state IS NOT s.to_state" },
  { "a step begins where the one before did not end",
    "SELECT s.to_state FROM " STEPS " s WHERE s.from_state IS NOT s.before" },
  { "two rows have one model and serial, and nobody said that these are two devices",
    "SELECT min (serial) FROM device WHERE id NOT IN " HIDDEN
    " GROUP BY model_id, serial_key HAVING sum (twin = 0) > 1" },
  { "two rows have one IMEI",
    "SELECT min (serial) FROM device WHERE imei NOT NULL AND id NOT IN " HIDDEN
    " GROUP BY imei HAVING count (*) > 1" },
  { "two rows have one asset number",
    "SELECT min (serial) FROM device WHERE asset NOT NULL AND id NOT IN " HIDDEN
    " GROUP BY asset HAVING count (*) > 1" },
  { "a row out of sight is with a user",
    "SELECT serial FROM device WHERE id IN " HIDDEN " AND person_id NOT NULL" },
  { "a row out of sight has an open alarm",
    "SELECT code FROM alarm WHERE device_id IN " HIDDEN
    " AND status IN ('new', 'taken')" },
  { "a row out of sight has an open return",
    "SELECT vendor FROM return_case WHERE device_id IN " HIDDEN " AND " OPEN_RETURN },
  { "a row out of sight is reserved",
    "SELECT wanted_date FROM reservation WHERE device_id IN " HIDDEN
    " AND ended IS NULL" },
  { "a row out of sight stands for another, or one for another model",
    "SELECT d.serial FROM alias a JOIN device d ON d.id = a.id JOIN device t"
    " ON t.id = a.target_id WHERE a.kind = 'device' AND a.ended_ms IS NULL"
    " AND (t.model_id <> d.model_id OR t.id IN " HIDDEN ")" },
  { "a row out of sight stands for one that is not there",
    "SELECT hex (a.id) FROM alias a WHERE a.kind = 'device' AND a.ended_ms IS NULL"
    " AND (a.id NOT IN (SELECT id FROM device)"
    " OR a.target_id NOT IN (SELECT id FROM device))" },
  { "two returns of one device are open",
    "SELECT min (vendor) FROM return_case WHERE " OPEN_RETURN
    " GROUP BY device_id HAVING count (*) > 1" },
  { "two reservations of one device are open",
    "SELECT min (wanted_date) FROM reservation WHERE ended IS NULL"
    " GROUP BY device_id HAVING count (*) > 1" },
  { "a device stands with two users",
    "SELECT hex (device_id) FROM placement WHERE to_ms IS NULL"
    " GROUP BY device_id HAVING count (*) > 1" },
  { "a device stands with another user than it is with",
    "SELECT d.serial FROM placement p JOIN device d ON d.id = p.device_id"
    " WHERE p.to_ms IS NULL AND p.person_id IS NOT d.person_id" },
  { "an active device with a user stands nowhere",
    "SELECT d.serial FROM device d WHERE d.person_id NOT NULL AND d.state IN " ACTIVE
    " AND d.id NOT IN (SELECT device_id FROM placement WHERE to_ms IS NULL)" },
  { "two counts go on",
    "SELECT count (*) FROM stocktake WHERE ended_ms IS NULL HAVING count (*) > 1" },
  { "a device is in a count twice",
    "SELECT hex (device_id) FROM stocktake_item WHERE device_id NOT NULL"
    " GROUP BY stocktake_id, device_id HAVING count (*) > 1" },
  { "two limits of one model and place",
    "SELECT min (model_id) FROM stock_limit GROUP BY model_id, place_id"
    " HAVING count (*) > 1" },
  { "a device is not found by searching, or what is found is none",
    "SELECT hex (id) FROM device WHERE id NOT IN (SELECT device_id FROM device_search)"
    " UNION ALL SELECT hex (device_id) FROM device_search"
    " WHERE device_id NOT IN (SELECT id FROM device)" },
  { "a step has no time or nobody who took it",
    "SELECT to_state FROM transition WHERE at_ms <= 0 OR (staff_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM touch w JOIN journal j ON j.seq = w.seq"
    " WHERE w.tbl = 'transition' AND w.row_id = transition.id AND j.account <> ''))" },
};

void
benk_oracle_assert_invariants (BenkDb *db)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkStmt) stmt = benk_db_prepare (db, rules[i].sql, &error);

      g_assert_no_error (error);
      if (benk_stmt_step (stmt, &error))
        g_error ("%s: %s", rules[i].words, benk_stmt_get_text (stmt, 0));
      g_assert_no_error (error);
    }
}

static void
assert_owed (
  BenkDb *db, const BenkId *device, const char *to, const char *guard, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (
    db,
    "SELECT count (*) FROM owed_task t JOIN touch w ON w.tbl = 'owed_task'"
    " AND w.row_id = t.id AND w.seq = ?2 WHERE t.device_id = ?1 AND t.guard = ?3"
    " AND t.to_state = ?4 AND t.reason_id IS NOT NULL",
    &error);

  g_assert_no_error (error);
  benk_stmt_bind_id (stmt, 1, device);
  benk_stmt_bind_int64 (stmt, 2, seq);
  benk_stmt_bind_text (stmt, 3, guard);
  benk_stmt_bind_text (stmt, 4, to);
  if (!benk_stmt_step (stmt, &error) || benk_stmt_get_int64 (stmt, 0) != 1)
    g_error ("row %d: %s was not met at %s, and no task was made of it", (int) seq, guard,
             to);
}

static void
audit_one (BenkDb *db,
           const BenkId *device,
           const char *from,
           const char *to,
           gint64 seq,
           gboolean past)
{
  g_autoptr (BenkOracleAnswer) answer =
    benk_oracle_ask_at (db, device, from, to, seq, past);

  if (!answer->edge)
    g_error ("row %d: %s → %s is no step", (int) seq, from, to);
  if (answer->missing->len > 0)
    g_error ("row %d: %s → %s without %s", (int) seq, from, to,
             (char *) g_ptr_array_index (answer->missing, 0));
  for (guint i = 0; i < answer->owing->len; i++)
    assert_owed (db, device, to, g_ptr_array_index (answer->owing, i), seq);
}

guint
benk_oracle_audit (BenkDb *db, gint64 above, gboolean past)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt = benk_db_prepare (
    db,
    "SELECT x.device_id, x.from_state, x.to_state, w.seq, d.origin FROM touch w"
    " JOIN transition x ON x.id = w.row_id JOIN device d ON d.id = x.device_id"
    " WHERE w.tbl = 'transition' AND w.seq > ? ORDER BY w.seq",
    &error);
  guint n = 0;

  g_assert_no_error (error);
  benk_stmt_bind_int64 (stmt, 1, above);
  for (; benk_stmt_step (stmt, &error); n++)
    {
      const char *from = benk_stmt_get_text (stmt, 1);
      const char *to = benk_stmt_get_text (stmt, 2);
      BenkId device;

      benk_stmt_get_id (stmt, 0, &device);
      if (from != NULL)
        audit_one (db, &device, from, to, benk_stmt_get_int64 (stmt, 3), past);
      else if (g_strcmp0 (benk_stmt_get_text (stmt, 4), "imported") != 0)
        g_assert_true (g_str_equal (to, "ordered") || g_str_equal (to, "received"));
    }
  g_assert_no_error (error);

  return n;
}
