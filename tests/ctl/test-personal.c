/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-hub.h"

#include <string.h>

#include "benk-backup.h"
#include "benk-clock.h"
#include "benk-erase.h"
#include "benk-forecast.h"
#include "benk-store.h"

/* Point 8: what a person wrote, and whom it is about, is never in the change log, and
 * once erased nowhere. Each word is unlike any other and stands in one field only. */

#define REFERENCE "Zq7Reference"
#define SERIAL "V-1"

static const char *const WORDS[] = {
  REFERENCE,          "Zq7Decision",   "Zq7StatedBy",   "Zq7Reason",    "Zq7Confirmed",
  "Zq7WhyLate",       "Zq7CloseNote",  "Zq7ReturnText", "Zq7Vendorman", "Zq7ListNote",
  "Zq7ListReference", "Zq7SourceText", "Zq7Reserved",
};

/* Words of the resource that are not to be kept at all. */
static const char *const NEVER[] = { BENK_CTL_HUB_NUMBER, BENK_CTL_HUB_NAME };

typedef struct
{
  BenkCtlRig rig;
  BenkCtlHub *hub;
  GString *said; /* what all commands said */
} Fixture;

static BenkCtlAnswer *G_GNUC_PRINTF (2, 3) run (Fixture *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  BenkCtlAnswer *answer;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  answer = benk_ctl_rig_do (&self->rig, "%s", line);
  g_string_append (self->said, answer->err);
  return answer;
}

static void
run_all (Fixture *self, const char *const *lines, gsize n_lines)
{
  for (gsize i = 0; i < n_lines; i++)
    {
      g_autoptr (BenkCtlAnswer) answer = run (self, "%s", lines[i]);

      g_assert_nonnull (answer);
    }
}

static char *
find_alarm (Fixture *self, const char *code)
{
  g_autoptr (BenkCtlAnswer) listed = run (self, "alarm list");
  JsonArray *alarms = benk_ctl_answer_get_array (listed);

  for (guint i = 0; i < json_array_get_length (alarms); i++)
    {
      JsonObject *alarm = json_array_get_object_element (alarms, i);

      if (g_str_equal (json_object_get_string_member (alarm, "code"), code))
        return g_strdup (json_object_get_string_member (alarm, "id"));
    }
  g_error ("no alarm %s", code);
}

static void
work_with_alarms (Fixture *self)
{
  g_autofree char *remote =
    benk_ctl_hub_raise (self->hub, SERIAL, "1.1", "Zq7SourceText");
  g_autoptr (BenkCtlAnswer) late =
    run (self, "alarm add --device " SERIAL " --code 1.8 --via phone"
               " --at 2026-01-05T08:00");
  g_autoptr (BenkCtlAnswer) synced = run (self, "alarm sync");
  g_autofree char *technical = find_alarm (self, "1.8");
  g_autofree char *care = find_alarm (self, "1.1");
  g_autoptr (BenkCtlAnswer) taken = run (self, "alarm take %s", technical);
  g_autoptr (BenkCtlAnswer) closed =
    run (self,
         "alarm close %s --cause roll --action visited --why-late 'Zq7WhyLate' --note "
         "'Zq7CloseNote'",
         technical);
  g_autoptr (BenkCtlAnswer) confirmed =
    run (self,
         "alarm close %s --cause forgot --action phoned "
         "--confirmed-role nurse --confirmed-by 'Zq7Confirmed' "
         "--confirmed-at 2026-01-05T08:00",
         care);
}

static void
work_with_returns (Fixture *self)
{
  static const char *const steps[] = {
    "answered --no-rma",
    "packed --scanned R-9 --accessories-counted --no-names",
    "sent --tracking 70700",
    "received --stated-by Zq7Vendorman",
  };
  g_autoptr (BenkCtlAnswer) opened =
    run (self, "return open --device R-9 --vendor Dignio --reason Zq7ReturnText");
  const char *id = benk_ctl_answer_get_string (opened, "id");

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = run (self, "return step %s %s", id, steps[i]);

      g_assert_nonnull (answer);
    }
}

static void
reserve (Fixture *self)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  g_autofree char *today = benk_forecast_get_today (benk_clock_get_wall_ms (clock));
  g_autoptr (BenkCtlAnswer) made =
    run (self, "reservation add R-8 --user Zq7Reserved --date %s", today);
  g_autoptr (BenkCtlAnswer) listed = run (self, "reservation list");

  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (listed)), ==, 1);
}

/* Gives every personal word through the command that takes it. */
static void
give_all (Fixture *self)
{
  static const char *const lines[] = {
    "device add " SERIAL " --model medido --vendor Dignio",
    "device attest " SERIAL " factory-new",
    "device attest " SERIAL " label-read",
    "device attest " SERIAL " ce-mark",
    "device attest " SERIAL " power-on-test",
    "device attest " SERIAL " accessories-complete",
    "device set-state " SERIAL " stock",
    "device add R-9 --model medido --vendor Dignio",
    "device attest R-9 factory-new",
    "device add R-8 --model medido --vendor Dignio",
  };
  static const char *const later[] = {
    "device attest " SERIAL " decision-reference --ref Zq7Decision",
    "device attest " SERIAL " medicine-loaded --stated-by Zq7StatedBy",
    "device set-state " SERIAL " trial --owed Zq7Reason",
  };
  g_autofree char *list =
    benk_ctl_rig_write (&self->rig, "list.csv",
                        "Type;Serienr;Status;Plassering;Kommentar;Bruker\n"
                        "Medido;L-1;I drift;Distrikt 1;Zq7ListNote;Zq7ListReference\n");
  g_autofree char *plan = benk_ctl_rig_write (&self->rig, "plan.json", BENK_CTL_PLAN);
  g_autoptr (BenkCtlAnswer) imported = run (self, "device import %s", list);
  g_autoptr (BenkCtlAnswer) provisioned = NULL;

  run_all (self, lines, G_N_ELEMENTS (lines));
  provisioned = run (self,
                     "usb provision --device " SERIAL " --plan %s --user " REFERENCE
                     " --virtual medido=" SERIAL " --virtual-state %s",
                     plan, self->rig.dir);
  run_all (self, later, G_N_ELEMENTS (later));
  reserve (self);
  work_with_alarms (self);
  work_with_returns (self);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->said = g_string_new (NULL);
  benk_ctl_rig_set_up_demo (&self->rig, NULL);
  self->hub = benk_ctl_hub_new (&self->rig);
  benk_ctl_hub_add (self->hub, &self->rig);
  self->rig.debug = TRUE;
  give_all (self);
  self->rig.debug = FALSE;
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_hub_free (self->hub);
  benk_ctl_rig_tear_down (&self->rig, NULL);
  g_string_free (self->said, TRUE);
}

/* UTF-8 and UTF-16, in octets as they are. */
static gboolean
holds (const char *octets, gsize length, const char *word)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (word, -1, NULL, NULL, NULL);

  return memmem (octets, length, word, strlen (word)) != NULL ||
         memmem (octets, length, wide, strlen (word) * 2) != NULL;
}

static gboolean
file_holds (const char *path, const char *word)
{
  g_autofree char *octets = NULL;
  gsize length;

  return g_file_get_contents (path, &octets, &length, NULL) &&
         holds (octets, length, word);
}

/* Every column of every row of @table that holds @word. */
static guint
count_in_table (sqlite3 *db, const char *table, const char *word)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  sqlite3_stmt *stmt = NULL;
  guint n = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        const char *value = sqlite3_column_blob (stmt, i);

        if (value && holds (value, (gsize) sqlite3_column_bytes (stmt, i), word))
          n++;
      }
  sqlite3_finalize (stmt);
  return n;
}

static const char *const PERSONAL[] = { "person",     "staff",         "note",
                                        "alarm_text", "device_search", "run_secret" };

static guint
count_in_personal (sqlite3 *db, const char *word)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (PERSONAL); i++)
    n += count_in_table (db, PERSONAL[i], word);
  return n;
}

static void
assert_nowhere_else (sqlite3 *db, const char *word)
{
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (
    sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1,
                        &stmt, NULL),
    ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (stmt, 0);
      gboolean personal = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (PERSONAL); i++)
        personal = personal || g_str_equal (PERSONAL[i], table);
      if (!personal && count_in_table (db, table, word) > 0)
        g_error ("%s is in the table %s", word, table);
    }
  sqlite3_finalize (stmt);
}

static void
test_journal (Fixture *self, gconstpointer unused)
{
  sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, "look.db");

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      if (count_in_personal (db, WORDS[i]) == 0)
        g_error ("%s was not kept at all: the test proves nothing", WORDS[i]);
      assert_nowhere_else (db, WORDS[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (NEVER); i++)
    {
      g_assert_cmpuint (count_in_personal (db, NEVER[i]), ==, 0);
      assert_nowhere_else (db, NEVER[i]);
      g_assert_false (file_holds (self->rig.store, NEVER[i]));
    }
  sqlite3_close (db);
}

static void
test_log_lines (Fixture *self, gconstpointer unused)
{
  g_test_message ("%u octets were said", (guint) self->said->len);
  g_assert_cmpuint (self->said->len, >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strstr (self->said->str, WORDS[i]))
      g_error ("%s was said on standard error", WORDS[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (NEVER); i++)
    g_assert_null (strstr (self->said->str, NEVER[i]));
  g_assert_null (strstr (self->said->str, BENK_CTL_HUB_TOKEN));
}

static void
test_national_number (Fixture *self, gconstpointer unused)
{
  static const char *const lines[] = {
    "device attest " SERIAL " decision-reference --ref " BENK_CTL_HUB_NUMBER,
    "device attest " SERIAL " medicine-loaded --stated-by 'fnr 131169 00216'",
    "device set-state R-9 faulty --owed 'bruker " BENK_CTL_HUB_NUMBER "'",
    "return open --device " SERIAL " --vendor D --reason " BENK_CTL_HUB_NUMBER,
    "reservation add R-9 --date 2999-01-01 --user " BENK_CTL_HUB_NUMBER,
    "usb provision --device " SERIAL " --plan plan.json --user " BENK_CTL_HUB_NUMBER
    " --virtual medido=" SERIAL " --virtual-state .",
  };
  g_autofree char *before = benk_ctl_rig_digest (&self->rig);
  g_autofree char *after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run (&self->rig, "%s", lines[i]);

      g_test_message ("%s", answer->err);
      g_assert_cmpint (answer->status, ==, 1);
      g_assert_nonnull (
        strstr (benk_ctl_answer_get_message (answer), "national identity number"));
    }
  after = benk_ctl_rig_digest (&self->rig);
  g_assert_cmpstr (before, ==, after);
}

static gpointer
erase_all (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const queries[] = { "SELECT id FROM person", "SELECT id FROM note" };
  BenkChange actor = { .account = "tester" };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    while (TRUE)
      {
        BenkId id = BENK_ID_NIL;
        gboolean found;

        {
          g_autoptr (BenkStmt) stmt = benk_db_prepare (db, queries[i], error);

          found = stmt && benk_stmt_step (stmt, error);
          if (found)
            benk_stmt_get_id (stmt, 0, &id);
        }
        if (!found)
          break;
        if (!(i == 0 ? benk_erase_person (db, &actor, &id, error)
                     : benk_erase_note (db, &actor, &id, error)))
          return NULL;
      }
  return benk_backup_write (db, data, error) ? data : NULL;
}

/* Erased, a word is in no octet of the store, its log, its index, or a backup. */
static void
test_erased (Fixture *self, gconstpointer unused)
{
  static const char *const parts[] = { "", "-wal", "-shm", "-journal" };
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = benk_ctl_rig_path (&self->rig, "backup.db");
  g_autoptr (BenkStore) store = benk_store_open (self->rig.store, clock, &error);
  g_autoptr (BenkCtlAnswer) verified = NULL;

  g_assert_no_error (error);
  benk_store_write (store, erase_all, backup, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      if (file_holds (backup, WORDS[i]))
        g_error ("%s is in the backup", WORDS[i]);
      for (gsize p = 0; p < G_N_ELEMENTS (parts); p++)
        {
          g_autofree char *path = g_strconcat (self->rig.store, parts[p], NULL);

          if (file_holds (path, WORDS[i]))
            g_error ("%s is in %s", WORDS[i], path);
        }
    }
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  benk_store_close (store);
  verified = benk_ctl_rig_do (&self->rig, "verify");
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/personal/point-8/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("words-are-in-no-journal-row-and-no-other-table", test_journal);
  ADD ("words-are-in-no-log-line", test_log_lines);
  ADD ("a-national-number-is-refused", test_national_number);
  ADD ("erased-words-are-in-no-octet", test_erased);

  return g_test_run ();
}
