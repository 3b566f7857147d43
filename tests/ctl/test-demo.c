/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

#include "benk-virtual-memory.h"

/* Point 4: the main job, end to end. Every line that the demo prints is compared with
 * what its store, the dispensers' memories and the hub's log of requests hold afterwards.
 */

#define SERIAL "MD0900001"
#define OF_DEVICE "device_id = (SELECT id FROM device WHERE serial = '" SERIAL "')"

/* The device went to @TO, next after @FROM. */
#define WENT(FROM, TO)                                                                   \
  "EXISTS (SELECT 1 FROM transition WHERE " OF_DEVICE " AND from_state = '" FROM         \
  "' AND to_state = '" TO "')"
#define FACT(KIND) "EXISTS (SELECT 1 FROM fact WHERE " OF_DEVICE " AND kind = '" KIND "')"
/* Job number @N of its kind: verified by a simulated link, with its proof, at one of the
 * minutes it ran in. */
#define JOB(KIND, PROOF, N, SENTENCE, STATE)                                             \
  "SELECT '" SENTENCE " ' || strftime ('%H:%M', minute.ms / 1000, 'unixepoch', zone.z)"  \
  " || '. The device is “" STATE "”.' FROM"                                            \
  " (SELECT *, row_number () OVER (ORDER BY started_ms) AS n FROM run WHERE kind = "     \
  "'" KIND "') r, (SELECT row_number () OVER (ORDER BY at_ms) AS n, * FROM proof"        \
  " WHERE kind = '" PROOF "') p,"                                                        \
  " (SELECT id, started_ms AS ms FROM run UNION SELECT id, ended_ms FROM run) minute,"   \
  " (SELECT 'localtime' AS z UNION SELECT '+0 hours') zone"                              \
  " WHERE r." OF_DEVICE " AND r.n = " #N " AND r.outcome = 'verified'"                   \
  " AND r.link_kind = 'simulated' AND minute.id = r.id AND p.run_id = r.id"              \
  " AND p.link_kind = 'simulated' AND p.n = " #N
/* Step @STEP of the return, and where that took the device. */
#define RETURN(STEP, LABEL, WHERE, STATE)                                                 \
  "SELECT '" LABEL "; the device is “" STATE "”' FROM return_case c JOIN return_step s" \
  " ON s.return_id = c.id WHERE s.state = '" STEP "' AND " WHERE

typedef struct
{
  const char *step;
  const char *sql; /* what the line must say, as the store has it; any row */
} Line;

static const Line LINES[] = {
  { "import",
    "SELECT 'change ' || seq || ': ' || (SELECT count (*) FROM device WHERE origin ="
    " 'imported') || ' devices; " SERIAL " is “In stock, reset not proven”' FROM journal"
    " WHERE verb = 'import' AND EXISTS (SELECT 1 FROM transition WHERE " OF_DEVICE
    " AND from_state IS NULL AND to_state = 'stock' AND verb = 'import' AND at_ms <"
    " (SELECT min (at_ms) FROM proof))" },
  { "plug-in",
    "SELECT '" SERIAL ": Simulated (Medido-like), battery 87 %, firmware sim 1.4'" },
  { "reset", JOB ("reset", "reset", 1, "Reset confirmed", "In stock") },
  { "accessories",
    "SELECT 'The accessories are complete' WHERE " FACT ("accessories-complete") },
  { "make-ready", JOB ("provision",
                       "ready",
                       1,
                       "Ready. 3 dose times read back and equal,",
                       "Ready, read back") " AND " WENT ("preparing", "ready") },
  { "attest",
    "SELECT 'The decision of the service has a reference, The needs assessment is done, "
    "The baseline is recorded, The user, and next of kin where it matters, has had "
    "training, The choice of model was answered with reasons, The medicine was loaded by "
    "named health personnel' FROM fact WHERE kind = 'medicine-loaded' AND stated_by_id IS"
    " NOT NULL AND 5 = (SELECT count (DISTINCT kind) FROM fact WHERE kind IN"
    " ('decision-reference', 'needs-assessment', 'baseline', 'training-user',"
    " 'recommendation'))" },
  { "deploy", "SELECT '" SERIAL " is “Trial”' WHERE " WENT ("ready", "trial") },
  { "hub", "SELECT url FROM feed" },
  { "alarm", "SELECT '1 new: Roll jammed, " SERIAL ", raised ' ||"
             " strftime ('%Y-%m-%dT%H:%M:%S', raised_ms / 1000, 'unixepoch') ||"
             " printf ('.%03dZ', raised_ms % 1000) FROM alarm WHERE " OF_DEVICE
             " AND code = '1.8' AND via = 'feed' AND 1 = (SELECT count (*) FROM alarm)" },
  { "take", "SELECT 'Taken, by ' || initials FROM alarm JOIN staff ON staff.id = taken_by"
            " WHERE taken_ms >= raised_ms" },
  { "close",
    "SELECT 'Closed: ' || cause || ', ' || action FROM alarm WHERE status = 'closed'"
    " AND closed_ms >= taken_ms" },
  { "follow-up",
    "SELECT 'Accepted; the hub holds ' || count (*) || ' document' FROM outbox WHERE kind"
    " = 'followup' AND state = 'accepted' AND location IS NOT NULL AND etag IS NOT "
    "NULL" },
  { "evaluation", "SELECT 'The evaluation is filled in' WHERE " FACT ("evaluation") },
  { "end",
    "SELECT '" SERIAL " is “To be collected”' WHERE " WENT ("trial", "to-collect") },
  { "medicine-removed",
    "SELECT 'The medicine is out, counted and handed over by named health personnel'"
    " FROM fact WHERE kind = 'medicine-removed' AND stated_by_id IS NOT NULL" },
  { "collect",
    "SELECT '" SERIAL " is “Quarantine”' WHERE " WENT ("to-collect", "quarantine") },
  /* Refused: nothing is kept of it, and the only return came after the second proof. */
  { "return-refused",
    "SELECT 'The device is in quarantine and its reset is not proven. Reset it before it "
    "is returned.' FROM return_case WHERE opened_ms > (SELECT max (at_ms) FROM proof)"
    " AND 1 = (SELECT count (*) FROM return_case)" },
  { "cleaned",
    "SELECT 'The device is cleaned, The user is taken off the device in the vendor''s "
    "portal, Labels about the user are removed' WHERE 3 = (SELECT count (DISTINCT kind)"
    " FROM fact WHERE kind IN ('cleaned', 'portal-unpaired', 'label-removed'))" },
  { "reset-again",
    JOB ("reset", "reset", 2, "Reset confirmed", "Reset, proven") " AND " WENT (
      "quarantine", "reset") },
  { "return", "SELECT vendor || ', Return registered' FROM return_case WHERE " WENT (
                "reset", "rma-requested") },
  { "answered", RETURN ("answered",
                        "Vendor has answered",
                        "c.rma_number = 'RMA-2026-118'",
                        "Return registered") },
  { "packed", RETURN ("packed",
                      "Packed for return",
                      WENT ("rma-requested", "rma-packed"),
                      "Packed for return") },
  { "sent", RETURN ("sent",
                    "Sent to vendor",
                    WENT ("rma-packed", "sent") " AND c.tracking = '70700123456789'",
                    "Sent to vendor") },
  { "received", RETURN ("received",
                        "With vendor",
                        WENT ("sent", "with-vendor") " AND s.note_id IS NOT NULL",
                        "With vendor") },
  { "outcome",
    RETURN ("outcome", "Outcome known", "c.outcome = 'repaired'", "With vendor") },
  { "closed", RETURN ("closed",
                      "Return closed",
                      WENT ("with-vendor", "rma-closed"),
                      "Return closed") },
  { "verify",
    "SELECT 'intact up to row ' || seq || ', ' || lower (hex (hash)) FROM journal"
    " WHERE seq = (SELECT count (*) FROM journal)" },
};

typedef struct
{
  BenkCtlRig rig;
  BenkCtlRig demo; /* what the demo kept */
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_set_up (&self->rig, NULL);
  self->demo.dir = benk_ctl_rig_path (&self->rig, "kept");
  self->demo.store = benk_ctl_rig_path (&self->demo, "demo.db");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_free (self->demo.dir);
  g_free (self->demo.store);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

/* The next dose depends on the time of day; it is one of the plan's. */
static char *
cut_next_dose (const char *line)
{
  g_autoptr (GRegex) regex =
    g_regex_new (" Next dose at (\\d+ \\pL+ (\\d{4} )?)?(08|14|20):00\\.", 0, 0, NULL);

  return g_regex_replace_literal (regex, line, -1, 0, "", 0, NULL);
}

static void
check_line (Fixture *self, guint i, const char *line)
{
  g_autofree char *read_back = cut_next_dose (line);
  g_autofree char *said = benk_ctl_rig_text (&self->demo, LINES[i].sql);
  g_auto (GStrv) rows = g_strsplit (said, "\n", -1);

  g_test_message ("%s: %s", LINES[i].step, read_back);
  if (g_str_equal (LINES[i].step, "make-ready"))
    g_assert_cmpstr (read_back, !=, line);
  if (!g_strv_contains ((const char *const *) rows, read_back))
    g_error ("%s: printed “%s”, kept “%s”", LINES[i].step, read_back, said);
}

/* In the order of time the device went through these states and no others. */
static void
check_way (Fixture *self)
{
  g_autofree char *way =
    benk_ctl_rig_text (&self->demo,
                       "SELECT group_concat (to_state, ' ') FROM (SELECT to_state FROM"
                       " transition WHERE " OF_DEVICE " ORDER BY at_ms, id)");

  g_assert_cmpstr (
    way, ==,
    "stock preparing ready trial to-collect quarantine reset rma-requested "
    "rma-packed sent with-vendor rma-closed\n");
}

/* What was written was read back equal, table by table. */
static void
check_reading (Fixture *self)
{
  g_autofree char *equal = benk_ctl_rig_text (
    &self->demo,
    "SELECT json_array_length (reading, '$.tables'),"
    " reading ->> '$.set' = reading ->> '$.wanted_set',"
    " (SELECT sum (value ->> '$.equal') FROM json_each (reading, '$.tables'))"
    " FROM run WHERE kind = 'provision'");

  g_assert_cmpstr (equal, ==, "3|1|3\n");
}

static BenkAgentMemory *
load_memory (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->demo.dir, "dispensers", name, NULL);
  g_autoptr (GError) error = NULL;
  BenkAgentMemory *memory = benk_virtual_memory_load (path, &error);

  g_assert_no_error (error);
  return memory;
}

/* The device that went through it all is blank; all four said what they are. */
static void
check_memories (Fixture *self)
{
  static const char *const names[] = { "medido-" SERIAL ".ini",
                                       "evondos-e300-PP900002.ini",
                                       "mini-evondos-PM900003.ini",
                                       "pilly-sms-PS-90004.ini" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BenkAgentMemory) memory = load_memory (self, names[i]);

      g_assert_cmpstr (memory->manufacturer, ==, "Dosebenk simulator");
      g_assert_true (g_str_has_prefix (memory->model, "Simulated ("));
      g_assert_cmpuint (memory->set_id, ==, 0);
      for (guint t = 0; t < 4; t++)
        g_assert_null (memory->in_force[t].data);
      if (i > 0)
        continue;
      g_assert_cmpstr (memory->model, ==, "Simulated (Medido-like)");
      g_assert_cmpstr (memory->serial, ==, SERIAL);
      g_assert_cmpstr (memory->firmware, ==, "sim 1.4");
      g_assert_cmpuint (memory->battery, ==, 87);
      g_assert_cmpuint (memory->wipe_counter, ==, 2);
      g_assert_cmpuint (memory->doses->len, ==, 0);
    }
}

/* Returns: how many requests of the hub's log were @method on @path with @status */
static guint
count_requests (char **lines, const char *method, const char *path, gint64 status)
{
  guint n = 0;

  for (; *lines && **lines; lines++)
    {
      g_autoptr (JsonNode) node = json_from_string (*lines, NULL);
      JsonObject *line = json_node_get_object (node);
      gboolean put = g_str_equal (method, "PUT");

      g_assert_true (json_object_get_boolean_member (line, "token"));
      if (g_str_equal (json_object_get_string_member (line, "method"), method) &&
          g_str_has_prefix (json_object_get_string_member (line, "path"), path) &&
          json_object_get_int_member (line, "status") == status &&
          put != json_object_get_null_member (line, "if_match"))
        n++;
    }
  return n;
}

static void
check_requests (Fixture *self)
{
  g_autofree char *path = benk_ctl_rig_path (&self->demo, "hub-requests.jsonl");
  g_autofree char *token_path = benk_ctl_rig_path (&self->demo, "hub-token");
  g_autofree char *text = NULL;
  g_autofree char *token = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (token_path, &token, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  /* One query found the alarm; take and close were put; one document was accepted. */
  g_assert_cmpuint (count_requests (lines, "GET", "/fhir/DetectedIssue", 200), >=, 1);
  g_assert_cmpuint (count_requests (lines, "PUT", "/fhir/DetectedIssue/", 200), ==, 2);
  g_assert_cmpuint (count_requests (lines, "POST", "/fhir/Bundle", 201), ==, 1);
  g_assert_null (strstr (text, token));
}

static void
check_kept (Fixture *self)
{
  check_way (self);
  check_reading (self);
  check_memories (self);
  check_requests (self);
  g_assert_cmpint (benk_ctl_rig_count (&self->demo, "SELECT demo FROM store"), ==, 1);
}

static void
test_json (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) answer =
    benk_ctl_rig_do (&self->rig, "demo --keep %s", self->demo.dir);
  JsonArray *steps = benk_ctl_answer_get_array (answer);

  g_assert_cmpuint (json_array_get_length (steps), ==, G_N_ELEMENTS (LINES));
  for (guint i = 0; i < G_N_ELEMENTS (LINES); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      g_assert_cmpstr (json_object_get_string_member (step, "step"), ==, LINES[i].step);
      check_line (self, i, json_object_get_string_member (step, "read_back"));
    }
  check_kept (self);
}

static void
test_text (Fixture *self, gconstpointer unused)
{
  const char *const words[] = { "demo", "--keep", self->demo.dir, NULL };
  g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run_words (&self->rig, words);
  g_auto (GStrv) lines = g_strsplit (answer->out, "\n", -1);

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpstr (answer->err, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, 2 * G_N_ELEMENTS (LINES) + 2);
  g_assert_true (g_str_has_prefix (lines[0], "A demo store with simulated devices"));
  for (guint i = 0; i < G_N_ELEMENTS (LINES); i++)
    {
      g_autofree char *number = g_strdup_printf ("%2u. ", i + 1);
      const char *read_back = lines[2 * i + 2];

      g_assert_true (g_str_has_prefix (lines[2 * i + 1], number));
      g_assert_true (g_str_has_prefix (read_back, "      → "));
      check_line (self, i, read_back + strlen ("      → "));
    }
  check_kept (self);
}

/* The folder is kept only when asked for, and never over somebody's store. */
static void
test_keep (Fixture *self, gconstpointer unused)
{
  const char *const words[] = { "demo", "--keep", self->demo.dir, NULL };
  g_autoptr (BenkCtlAnswer) first = NULL;
  g_autoptr (BenkCtlAnswer) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  first = benk_ctl_rig_run_words (&self->rig, words);
  g_assert_cmpint (first->status, ==, 0);
  before = benk_ctl_rig_digest (&self->demo);
  second = benk_ctl_rig_run (&self->rig, "demo --keep %s", self->demo.dir);
  g_assert_cmpint (second->status, ==, 1);
  g_assert_cmpstr (benk_ctl_answer_get_code (second), ==, "conflict");
  after = benk_ctl_rig_digest (&self->demo);
  g_assert_cmpstr (before, ==, after);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/demo/point-4/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("every-step-of-the-json-is-in-store-memories-and-log", test_json);
  ADD ("every-printed-line-is-in-store-memories-and-log", test_text);
  ADD ("a-kept-folder-is-not-written-over", test_keep);

  return g_test_run ();
}
