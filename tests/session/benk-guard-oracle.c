/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guard-oracle.h"

#include <string.h>

#define BENK_ORACLE_NOW G_MAXINT64
#define TRIAL_DAYS 7
#define ATTEMPTS 3
#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* Words that hold or do not; one of those between bars is enough. A word that is no
 * condition below is the name of a fact. */
#define WIPED_OR_DEAD "wiped|factory-new|reset-impossible"
#define WIPED_WHOLLY "no-alarm cleaned wiped portal-unpaired label-removed"
#define STOPPED                                                                          \
  "pause-planned alarms-rerouted medicine-secured home-care-informed"                    \
  " no-alarm|alarms-moved"
#define GONE "search-done sim-blocked breach-assessed"

static const struct
{
  const char *from;
  const char *to;
  const char *hard;
  const char *owed;
} edges[] = {
  { "ordered", "received", "", "" },
  { "received", "stock", "label-read ce-mark power-on-test all-there no-return", "" },
  { "received", "faulty", "", "" },
  { "received", "rma-requested", "by-return " WIPED_OR_DEAD, "" },
  { "stock", "preparing",
    "wiped|factory-new|reset-accepted|vendor-erasure"
    " powered leased",
    "" },
  { "stock", "faulty", "", "" },
  { "preparing", "ready",
    "set plan-whole set|clock-checked set|signal-ok power-not-missing",
    "test-alarm-seen not-reserved-for-other" },
  { "preparing", "stock", "wiped", "" },
  { "preparing", "faulty", "", "" },
  { "ready", "trial", "still-set medicine-loaded only-one",
    "decision-reference needs-assessment baseline training-user recommendation"
    " not-reserved-for-other" },
  { "ready", "operation", "still-set medicine-loaded only-one replaced-device",
    "not-reserved-for-other" },
  { "ready", "stock", "wiped", "" },
  { "ready", "faulty", "", "" },
  { "trial", "operation", "trial-days|trial-shortened settings-documented handed-over",
    "evaluation" },
  { "trial", "paused", STOPPED, "" },
  { "trial", "to-collect", "", "evaluation" },
  { "trial", "quarantine", "medicine-removed user-covered", "" },
  { "trial", "faulty", "user-covered", "" },
  { "operation", "paused", STOPPED, "" },
  { "operation", "to-collect", "medicine-taken-over", "decision-ended" },
  { "operation", "quarantine", "medicine-removed user-covered", "" },
  { "operation", "faulty", "user-covered", "" },
  { "paused", "trial", "medicine-checked times-confirmed only-one", "test-alarm-seen" },
  { "paused", "operation", "medicine-checked times-confirmed only-one not-from-trial",
    "test-alarm-seen" },
  { "paused", "to-collect", "", "" },
  { "paused", "quarantine", "medicine-removed", "" },
  { "paused", "faulty", "", "" },
  { "to-collect", "quarantine", "medicine-removed", "" },
  { "quarantine", "reset", WIPED_WHOLLY, "" },
  { "quarantine", "faulty", "", "" },
  { "reset", "stock", "all-there leased no-return", "" },
  { "reset", "rma-requested", "by-return wiped", "" },
  { "reset", "faulty", "", "" },
  { "reset", "scrapped", "wiped|memory-destroyed ee-waste-receipt", "" },
  { "faulty", "operation", "from-operation test-dispense only-one", "test-alarm-seen" },
  { "faulty", "quarantine", "medicine-removed", "" },
  { "faulty", "reset", "medicine-removed " WIPED_WHOLLY, "" },
  { "faulty", "rma-requested", "by-return medicine-removed " WIPED_OR_DEAD, "" },
  { "faulty", "scrapped", "medicine-removed wiped|memory-destroyed ee-waste-receipt",
    "" },
  { "rma-requested", "rma-packed",
    "by-return " WIPED_OR_DEAD " wiped|factory-new|personal-data-marked", "" },
  { "rma-requested", "reset", "by-return wiped", "" },
  { "rma-requested", "quarantine", "by-return", "" },
  { "rma-packed", "sent", "by-return", "" },
  { "rma-packed", "reset", "by-return wiped", "" },
  { "rma-packed", "quarantine", "by-return", "" },
  { "sent", "with-vendor", "by-return", "" },
  { "with-vendor", "rma-closed", "by-return wiped|factory-new|vendor-erasure", "" },
  { "rma-closed", "received", "", "" },
  { "lost", "quarantine", "medicine-removed", "" },
};

/* Facts speak for the stay in one state unless it is said here how far back they do. */
static const struct
{
  const char *names;
  const char *since;
} reaches[] = {
  { " label-read ce-mark power-on-test accessories-complete adapter-present ",
    "arrival" },
  { " decision-reference needs-assessment baseline training-user recommendation ",
    "cycle" },
  { " factory-new reset-accepted reset-impossible personal-data-marked vendor-erasure"
    " memory-destroyed ",
    "use" },
};

#define NEED_STATED                                                                      \
  " reset-accepted reset-impossible memory-destroyed medicine-loaded medicine-secured"   \
  " medicine-checked medicine-taken-over medicine-removed "
#define NEED_REF                                                                         \
  " reset-impossible vendor-erasure decision-reference replaced-device trial-shortened"  \
  " pause-planned alarms-moved decision-ended ee-waste-receipt breach-assessed "
#define CONDITIONS                                                                       \
  " no-alarm no-return by-return leased wiped set still-set plan-whole only-one"         \
  " trial-days not-from-trial from-operation all-there powered power-not-missing"        \
  " not-reserved-for-other "

/* What is asked of one device, up to one row of the change log. */
typedef struct
{
  BenkDb *db;
  const BenkId *device;
  gint64 before;
  gint64 stay, arrival, cycle, use;
  gint64 stay_ms;
  char *came_from;
  gboolean past; /* what is not kept by time can no longer be told */
  gboolean unsure;
} Question;

static gboolean
has_word (const char *words, const char *word)
{
  g_autofree char *padded = g_strdup_printf (" %s ", word);

  return strstr (words, padded) != NULL;
}

gboolean
benk_oracle_is_fact (const char *word)
{
  return !has_word (CONDITIONS, word);
}

gboolean
benk_oracle_needs_ref (const char *fact)
{
  return has_word (NEED_REF, fact);
}

gboolean
benk_oracle_needs_stated (const char *fact)
{
  return has_word (NEED_STATED, fact);
}

void
benk_oracle_answer_free (BenkOracleAnswer *self)
{
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->owing);
  g_free (self);
}

/* ?1 is the device, ?2 the row of the change log, ?3 a text or a number. */
static BenkStmt *
prepare (const Question *q, const char *sql)
{
  g_autoptr (GError) error = NULL;
  BenkStmt *stmt = benk_db_prepare (q->db, sql, &error);

  g_assert_no_error (error);
  benk_stmt_bind_id (stmt, 1, q->device);
  benk_stmt_bind_int64 (stmt, 2, q->before);

  return stmt;
}

static gint64
take (BenkStmt *stmt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) own = stmt;
  gint64 value = benk_stmt_step (own, &error) ? benk_stmt_get_int64_or (own, 0, 0) : 0;

  g_assert_no_error (error);

  return value;
}

static gint64
ask (const Question *q, const char *sql)
{
  return take (prepare (q, sql));
}

#define AT(table, alias)                                                                 \
  "(SELECT min (w.seq) FROM touch w WHERE w.tbl = '" table "' AND w.row_id = " alias     \
  ".id)"
#define IN_USE "('trial', 'operation', 'paused', 'to-collect')"
#define TRUSTED "link_kind IN ('usb', 'checklist')"

static void
look_back (Question *q)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStmt) stmt =
    prepare (q, "SELECT x.from_state, x.to_state, x.at_ms, " AT (
                  "transition", "x") " AS seq FROM transition x WHERE x.device_id = ?1"
                                     " AND seq < ?2 ORDER BY seq");
  gboolean first = TRUE;

  for (; benk_stmt_step (stmt, &error); first = FALSE)
    {
      const char *from = benk_stmt_get_text (stmt, 0);
      const char *to = benk_stmt_get_text (stmt, 1);
      gint64 seq = benk_stmt_get_int64 (stmt, 3);

      q->stay = seq;
      q->stay_ms = benk_stmt_get_int64 (stmt, 2);
      g_free (q->came_from);
      q->came_from = g_strdup (from);
      if (first || has_word (" received reset ", to))
        q->arrival = seq;
      if (first || has_word (" received stock ", to))
        q->cycle = seq;
      if (from != NULL && has_word (" trial operation paused to-collect ", from))
        q->use = seq;
    }
  g_assert_no_error (error);
  q->use =
    MAX (q->use,
         ask (q,
              "SELECT max (" AT ("proof",
                                 "p") ") FROM proof p WHERE"
                                      " p.device_id = ?1 AND p.kind = 'ready' AND " AT (
                                        "proof", "p") " < ?2"));
}

/* The newest proof of a kind that can be trusted and that no later work has made old. */
static gint64
find_proof (const Question *q, const char *kind)
{
  BenkStmt *stmt = prepare (
    q,
    "SELECT max (" AT (
      "proof",
      "p") ") FROM proof p WHERE p.device_id = ?1"
           " AND p.kind = ?3 AND p." TRUSTED " AND " AT (
             "proof",
             "p") " < ?2"
                  " AND NOT EXISTS (SELECT 1 FROM run r WHERE r.device_id = p.device_id"
                  " AND r.outcome <> 'untouched' AND r.id IS NOT p.run_id"
                  " AND (SELECT max (w.seq) FROM touch w WHERE w.tbl = 'run' AND "
                  "w.row_id = r.id"
                  " AND w.seq < ?2) > " AT (
                    "proof", "p") " AND (p.kind = 'ready' OR r.kind <> 'reset'))");

  benk_stmt_bind_text (stmt, 3, kind);

  return take (stmt);
}

static gboolean
is_wiped (const Question *q)
{
  gint64 proof = find_proof (q, "reset");

  return proof > 0 && proof >= q->use;
}

static gboolean
is_attested (const Question *q, const char *fact)
{
  gint64 since = q->stay;
  BenkStmt *stmt;

  for (gsize i = 0; i < G_N_ELEMENTS (reaches); i++)
    if (has_word (reaches[i].names, fact))
      since = g_str_equal (reaches[i].since, "arrival") ? q->arrival
              : g_str_equal (reaches[i].since, "cycle") ? q->cycle
                                                        : q->use;
  if (g_str_equal (fact, "factory-new") &&
      (q->use > 0 ||
       ask (q, "SELECT origin <> 'registered' FROM device WHERE id = ?1 AND ?2") != 0))
    return FALSE;
  if (g_str_equal (fact, "reset-accepted") &&
      (q->use > 0 ||
       ask (q, "SELECT origin <> 'imported' FROM device WHERE id = ?1 AND ?2") != 0))
    return FALSE;
  if (g_str_equal (fact, "reset-impossible"))
    {
      stmt = prepare (q, "SELECT count (*) FROM run r WHERE r.device_id = ?1"
                         " AND r.kind = 'reset' AND r.outcome <> 'verified'"
                         " AND r." TRUSTED
                         " AND " AT ("run", "r") " < ?2 AND " AT ("run", "r") " >= ?3");
      benk_stmt_bind_int64 (stmt, 3, q->use);
      if (take (stmt) < ATTEMPTS)
        return FALSE;
    }
  stmt = prepare (q, "SELECT count (*) FROM fact f WHERE f.device_id = ?1 AND f.kind = ?3"
                     " AND " AT ("fact", "f") " < ?2 AND " AT (
                       "fact", "f") " >= ?4"
                                    " AND (f.ref_id IS NOT NULL OR NOT ?5) AND "
                                    "(f.stated_by_id IS NOT NULL OR NOT ?6)");
  benk_stmt_bind_text (stmt, 3, fact);
  benk_stmt_bind_int64 (stmt, 4, since);
  benk_stmt_bind_int64 (stmt, 5, benk_oracle_needs_ref (fact));
  benk_stmt_bind_int64 (stmt, 6, benk_oracle_needs_stated (fact));

  return take (stmt) > 0;
}

/* A trial may have gone on from another device or from before a stop, which this does
 * not add up. */
static gboolean
is_trial_over (Question *q)
{
  gboolean unsure;
  gint64 wall_ms =
    q->before == BENK_ORACLE_NOW
      ? benk_db_get_wall_ms (q->db)
      : ask (q, "SELECT wall_ms FROM journal WHERE seq = ?2 AND ?1 NOT NULL");

  if (wall_ms - q->stay_ms >= TRIAL_DAYS * MS_PER_DAY)
    return TRUE;
  unsure = ask (q, "SELECT count (*) FROM placement p JOIN device d ON d.id = ?1"
                   " WHERE p.person_id = d.person_id AND p.device_id <> ?1 AND ?2") > 0 ||
           g_strcmp0 (q->came_from, "paused") == 0;

  q->unsure |= unsure;

  return unsure;
}

/* Dates are local to Oslo, as the tests are. */
static gboolean
is_leased (const Question *q)
{
  g_autoptr (GDateTime) now =
    g_date_time_new_from_unix_local (benk_db_get_wall_ms (q->db) / 1000);
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  BenkStmt *stmt = prepare (q, "SELECT count (*) FROM device WHERE id = ?1 AND ?2"
                               " AND lease_end_date < ?3");

  benk_stmt_bind_text (stmt, 3, today);

  return take (stmt) == 0;
}

/* No dispenser is in these tests, so no plan is: what was set was set by checklist. Where
 * it was set in two ways, either counts. */
static gboolean
is_plan_whole (Question *q)
{
  static const char sql[] =
    "SELECT count (*) FROM proof p WHERE p.device_id = ?1 AND p.kind = 'ready'"
    " AND (p.link_kind = 'checklist') = ?4 AND p." TRUSTED
    " AND " AT ("proof", "p") " < ?2 AND " AT ("proof", "p") " >= ?3";
  gint64 n[2];

  for (int i = 0; i < 2; i++)
    {
      BenkStmt *stmt = prepare (q, sql);

      benk_stmt_bind_int64 (stmt, 3, q->stay);
      benk_stmt_bind_int64 (stmt, 4, i);
      n[i] = take (stmt);
    }
  q->unsure |= n[0] > 0 && n[1] > 0;

  return n[1] > 0;
}

/* What belongs to a device of these tests, and to any other. */
static const struct
{
  const char *kind;
  const char *model;
  gboolean gives_power;
} belongings[] = {
  { "power-adapter", "medido", TRUE }, { "collection-tray", "medido", FALSE },
  { "batteries", "pilly-sms", TRUE },  { "tray", "pilly-sms", FALSE },
  { "key", "pilly-sms", FALSE },
};

typedef enum
{
  UNSEEN,
  THERE,
  MISSING,
} Seen;

/* The newest word counts, of this one or of all; that something was there says nothing
 * once the device has been away. */
static Seen
look_for (const Question *q, gsize which)
{
  static const char newest[] =
    "SELECT max (" AT ("accessory",
                       "a") ") FROM accessory a WHERE a.device_id = ?1"
                            " AND a.kind = ?3 AND " AT ("accessory",
                                                        "a") " < ?2 AND a.present = ?4";
  gint64 order = 0;
  Seen seen = UNSEEN;

  for (int present = -1; present < 2; present++)
    {
      BenkStmt *stmt = prepare (q, newest);
      gint64 at;

      benk_stmt_bind_text (stmt, 3, belongings[which].kind);
      benk_stmt_bind_int64 (stmt, 4, present);
      at = take (stmt);
      if (at > order)
        {
          order = at;
          seen = present == 1 ? THERE : present == 0 ? MISSING : UNSEEN;
        }
    }
  for (int i = 0; i < (belongings[which].gives_power ? 2 : 1); i++)
    {
      BenkStmt *stmt =
        prepare (q, "SELECT max (" AT ("fact",
                                       "f") ") FROM fact f WHERE f.device_id = ?1"
                                            " AND f.kind = ?3 AND " AT ("fact",
                                                                        "f") " < ?2");
      gint64 said;

      benk_stmt_bind_text (stmt, 3, i == 0 ? "accessories-complete" : "adapter-present");
      said = take (stmt);
      if (said > order)
        {
          order = said;
          seen = THERE;
        }
    }

  return seen == THERE && order < q->arrival ? UNSEEN : seen;
}

static gboolean
is_equipped (const Question *q, const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      BenkStmt *stmt = prepare (q, "SELECT count (*) FROM device WHERE id = ?1 AND ?2"
                                   " AND model_id = ?3");
      Seen seen = look_for (q, i);
      gboolean listed;

      benk_stmt_bind_text (stmt, 3, belongings[i].model);
      listed = take (stmt) > 0;
      if (!belongings[i].gives_power && !g_str_equal (word, "all-there"))
        continue;
      if (seen == MISSING ||
          (listed && seen == UNSEEN && !g_str_equal (word, "power-not-missing")))
        return FALSE;
    }

  return TRUE;
}

/* What was reserved when a step was taken is no longer reserved after it. */
static gboolean
is_not_reserved_for_other (const Question *q)
{
  return q->before != BENK_ORACLE_NOW ||
         ask (q, "SELECT count (*) FROM reservation v JOIN device d ON d.id = v.device_id"
                 " WHERE v.device_id = ?1 AND ?2 AND v.ended IS NULL"
                 " AND d.person_id NOT NULL AND d.person_id <> v.person_id") == 0;
}

static gboolean
holds (Question *q, const char *word)
{
  if (q->past && has_word (" leased no-alarm no-return only-one ", word))
    return TRUE;
  if (has_word (" all-there powered power-not-missing ", word))
    return is_equipped (q, word);
  if (g_str_equal (word, "not-reserved-for-other"))
    return is_not_reserved_for_other (q);
  if (g_str_equal (word, "wiped"))
    return is_wiped (q);
  if (g_str_equal (word, "set"))
    return find_proof (q, "ready") >= q->stay;
  if (g_str_equal (word, "still-set"))
    return find_proof (q, "ready") >= q->cycle && find_proof (q, "ready") > 0;
  if (g_str_equal (word, "plan-whole"))
    return is_plan_whole (q);
  if (g_str_equal (word, "trial-days"))
    return is_trial_over (q);
  if (g_str_equal (word, "leased"))
    return is_leased (q);
  if (g_str_equal (word, "no-alarm"))
    return ask (q, "SELECT count (*) FROM alarm WHERE device_id = ?1 AND ?2"
                   " AND status IN ('new', 'taken')") == 0;
  if (g_str_equal (word, "no-return"))
    return ask (q, "SELECT count (*) FROM return_case WHERE device_id = ?1 AND ?2"
                   " AND state NOT IN ('closed', 'cancelled')") == 0;
  if (g_str_equal (word, "by-return"))
    return ask (q, "SELECT count (*) FROM journal WHERE seq = ?2 AND ?1 NOT NULL"
                   " AND verb IN ('return-open', 'return-step')") > 0;
  if (g_str_equal (word, "only-one"))
    return ask (q, "SELECT count (*) FROM device o JOIN device d ON d.id = ?1 AND ?2"
                   " WHERE o.id <> d.id AND o.person_id = d.person_id"
                   " AND o.state IN ('trial', 'operation', 'paused')") == 0;
  if (g_str_equal (word, "not-from-trial"))
    return g_strcmp0 (q->came_from, "trial") != 0;
  if (g_str_equal (word, "from-operation"))
    return g_strcmp0 (q->came_from, "operation") == 0;

  return is_attested (q, word);
}

static void
sort_out (Question *q, const char *rules, GPtrArray *missing)
{
  g_auto (GStrv) words = g_strsplit (rules, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) ways = g_strsplit (words[i], "|", -1);
      gboolean met = ways[0] == NULL;

      for (guint k = 0; ways[k] != NULL && !met; k++)
        met = holds (q, ways[k]);
      if (!met)
        g_ptr_array_add (missing, g_strdup (words[i]));
    }
}

/* @past: other work was done since, so that some of it can no longer be told. */
BenkOracleAnswer *
benk_oracle_ask_at (BenkDb *db,
                    const BenkId *device,
                    const char *from,
                    const char *to,
                    gint64 before,
                    gboolean past)
{
  BenkOracleAnswer *answer = g_new0 (BenkOracleAnswer, 1);
  Question q = { .db = db, .device = device, .before = before, .past = past };
  const char *hard = NULL, *owed = "";

  answer->missing = g_ptr_array_new_with_free_func (g_free);
  answer->owing = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    if (g_str_equal (edges[i].from, from) && g_str_equal (edges[i].to, to))
      {
        hard = edges[i].hard;
        owed = edges[i].owed;
      }
  if (g_str_equal (to, "lost") && !has_word (" lost scrapped ", from))
    hard = GONE;
  if (hard == NULL)
    return answer;

  answer->edge = TRUE;
  look_back (&q);
  sort_out (&q, hard, answer->missing);
  sort_out (&q, owed, answer->owing);
  answer->unsure = q.unsure;
  g_free (q.came_from);

  return answer;
}

BenkOracleAnswer *
benk_oracle_ask (BenkDb *db, const BenkId *device, const char *from, const char *to)
{
  return benk_oracle_ask_at (db, device, from, to, BENK_ORACLE_NOW, FALSE);
}

GPtrArray *
benk_oracle_list_next (const char *from)
{
  GPtrArray *next = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    if (g_str_equal (edges[i].from, from))
      g_ptr_array_add (next, (gpointer) edges[i].to);
  if (!has_word (" lost scrapped ", from))
    g_ptr_array_add (next, (gpointer) "lost");

  return next;
}
