/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-bench.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-dialogue.h"
#include "benk-virtual-memory.h"

/* What is recorded of a job says nothing about a person, and plays back to the same end,
 * whatever went wrong. */

typedef struct
{
  char *dir;
  char *path;
  TestBench bench;
  guint n_sets;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = g_dir_make_tmp ("benk-dialogue-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "dialogue.txt", NULL);
  test_bench_init (&self->bench, "medido", self->dir);
  self->bench.records = TRUE;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *state =
    g_strdup (benk_virtual_dispenser_get_state_path (self->bench.dispenser));

  test_bench_clear (&self->bench);
  g_unlink (state);
  g_unlink (self->path);
  g_rmdir (self->dir);
  g_free (self->path);
  g_free (self->dir);
}

static BenkDialogueReport *
replay_text (Fixture *self, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  return benk_dialogue_replay (file, error);
}

static BenkDialogueReport *
replay (Fixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  BenkDialogueReport *report = replay_text (self, text, &error);

  g_assert_no_error (error);
  return report;
}

static const BenkJobResult *
run_job (Fixture *self, BenkJobKind kind, const char *fault)
{
  g_autoptr (BenkPlan) plan = test_plan_new (3);
  BenkJobSetup setup = { .kind = BENK_JOB_READ,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE };

  if (kind == BENK_JOB_READ)
    return test_bench_run (&self->bench, &setup, fault);
  if (kind == BENK_JOB_RESET)
    return test_bench_reset (&self->bench, 0, fault);
  return test_bench_provision (&self->bench, plan, 0x5e700000 + ++self->n_sets, fault);
}

/* Whatever the job before left: plugged in and at peace. */
static void
recover (Fixture *self)
{
  test_bench_power_cycle (&self->bench);
}

static void
assert_plays (Fixture *self, const BenkJobResult *result, const char *what)
{
  g_autofree char *text = g_strdup (benk_recorder_get_text (self->bench.recorder));
  BenkJobOutcome outcome = result->outcome;
  g_autofree char *reason = g_strdup (result->reason);
  g_autoptr (BenkDialogueReport) report = replay (self, text);

  if (report->differs)
    g_error ("%s: line %u octet %d: expected %s, came %s\n%s", what, report->line,
             report->octet, report->expected, report->came, text);
  g_assert_cmpuint (report->n_played, ==, report->n_entries);
  g_assert_cmpstr (report->reason, ==, reason);
  g_assert_cmpint ((int) report->recorded_outcome, ==, (int) report->outcome);
  g_assert_cmpstr (benk_run_outcome_to_name (report->outcome), ==,
                   benk_job_outcome_get_name (outcome));
  g_assert_null (strstr (report->sentence, "Ready."));
  g_assert_null (strstr (report->sentence, "Reset confirmed"));
}

static const char *const faults[] = {
  "silent",
  "stall",
  "short",
  "odd",
  "garbage",
  "disconnect",
  "disconnect-after",
  "slow",
  "wrong-serial",
  "wrong-config",
  "full",
  "crc-lie",
  "wipe-leaves-region",
  "low-battery",
  "lid-open",
  "dispensing",
};

static const guint moments[] = { 1, 3, 5, 8, 13, 21, 28, 34, 47, 55 };

static guint
try_fault (Fixture *self, BenkJobKind kind, const char *fault)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *spec = g_strdup_printf ("%s@%u", fault, moments[i]);
      gboolean one = !g_str_equal (fault, "silent") && !g_str_has_prefix (fault, "s") &&
                     !g_str_has_prefix (fault, "o") && !g_str_has_prefix (fault, "g") &&
                     !g_str_has_prefix (fault, "disc");

      assert_plays (self, run_job (self, kind, one ? fault : spec), spec);
      recover (self);
      n++;
      if (one)
        break;
    }
  return n;
}

static void
test_every_fault (Fixture *self, gconstpointer data)
{
  static const BenkJobKind kinds[] = { BENK_JOB_READ, BENK_JOB_PROVISION,
                                       BENK_JOB_RESET };
  guint n = 0;

  for (guint again = 0; again < 2; again++)
    {
      self->bench.replug_ms = again * 2500;
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          assert_plays (self, run_job (self, kinds[k], NULL), "no fault");
          n++;
          for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
            n += try_fault (self, kinds[k], faults[i]);
        }
    }
  g_test_message ("%u dialogues played back to the same end", n);
  g_assert_cmpuint (n, >, 300);
}

/* Octets that say something: not two alike, and hardly a zero. */
static gboolean
says_something (const guint8 *window, gsize length)
{
  guint n_nonzero = 0;

  for (gsize i = 0; i < length; i++)
    n_nonzero += window[i] != 0;
  return n_nonzero >= 3;
}

static guint
assert_hidden (const char *text, GBytes *secret)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (secret, &size);
  guint n = 0;

  for (gsize at = 0; at + 6 <= size; at++)
    {
      GString *hex = g_string_new (NULL);
      g_autofree char *sought = NULL;

      for (gsize i = 0; i < 6; i++)
        g_string_append_printf (hex, "%02x", data[at + i]);
      sought = g_string_free (hex, FALSE);
      if (!says_something (data + at, 6))
        continue;
      g_assert_null (strstr (text, sought));
      n++;
    }
  return n;
}

static void
test_holds_no_payload (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result = run_job (self, BENK_JOB_PROVISION, NULL);
  const char *text = benk_recorder_get_text (self->bench.recorder);
  const BenkAgentMemory *memory =
    benk_virtual_dispenser_get_memory (self->bench.dispenser);
  guint n = 0;

  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *crc =
        g_strdup_printf ("%08x", benk_crc32_bytes (memory->in_force[i].data));

      n += assert_hidden (text, memory->in_force[i].data);
      g_assert_null (strstr (text, crc));
    }
  g_test_message ("%u pieces of the plan looked for", n);
  g_assert_cmpuint (n, >, 60);
  g_assert_null (strstr (text, g_get_host_name ()));
  g_assert_nonnull (strstr (text, "Xfer-Data, offset 0, 36 octets"));
}

/* A lie about the checksum is found by reading back; the recording still shows it. */
static void
test_shows_what_differs (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result = run_job (self, BENK_JOB_PROVISION, "crc-lie");

  g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
  g_assert_nonnull (strstr (benk_recorder_get_text (self->bench.recorder), " differs "));
  assert_plays (self, result, "crc-lie");
}

static char *
change_line (const char *text, const char *sought, const char *from, const char *to)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean changed = FALSE;

  for (guint i = 0; lines[i] != NULL && !changed; i++)
    {
      g_auto (GStrv) parts = NULL;

      if (strstr (lines[i], sought) == NULL)
        continue;
      parts = g_strsplit (lines[i], from, 2);
      g_assert_nonnull (parts[1]);
      g_free (lines[i]);
      lines[i] = g_strconcat (parts[0], to, parts[1], NULL);
      changed = TRUE;
    }
  g_assert_true (changed);
  return g_strjoinv ("\n", lines);
}

typedef struct
{
  const char *sought;
  const char *from;
  const char *to;
  int octet;
  const char *expected;
  const char *came;
} Change;

/* The set-id that is activated begins at octet 18. */
static const Change changes[] = {
  { " f205 Activate", "5e700001", "5e700002", 21, "f205 Activate", "f205 Activate" },
  { "! closed", "! closed", "> e40000020000", -1, "release request", "closed" },
  { "! end verified", "verified", "redo", -1, "redo", "verified" },
  { "Xfer-Begin", " > e7", " > e6", 0, "not understood", "Xfer-Begin" },
};

static void
test_shows_where_it_goes_another_way (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  run_job (self, BENK_JOB_PROVISION, NULL);
  text = g_strdup (benk_recorder_get_text (self->bench.recorder));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const Change *change = &changes[i];
      g_autofree char *changed =
        change_line (text, change->sought, change->from, change->to);
      g_autoptr (BenkDialogueReport) report = replay (self, changed);

      g_test_message ("%s: line %u, octet %d: %s / %s", change->sought, report->line,
                      report->octet, report->expected, report->came);
      g_assert_true (report->differs);
      g_assert_cmpint (report->octet, ==, change->octet);
      g_assert_nonnull (strstr (report->expected, change->expected));
      g_assert_nonnull (strstr (report->came, change->came));
    }
}

/* As after a crash: what came before is played, the rest is silence. */
static void
test_broken_off (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  guint n = 0;

  run_job (self, BENK_JOB_PROVISION, NULL);
  text = g_strdup (benk_recorder_get_text (self->bench.recorder));
  for (gsize length = strstr (text, "\ndialogue\n") - text + 10; length < strlen (text);
       length += 997)
    {
      g_autofree char *part = g_strndup (text, length);
      g_autoptr (BenkDialogueReport) report = replay (self, part);

      g_assert_false (report->ended);
      g_assert_false (report->differs);
      g_assert_cmpuint (report->n_played, ==, report->n_entries);
      n++;
    }
  g_test_message ("%u dialogues that were broken off", n);
  g_assert_cmpuint (n, >, 5);
}

static void
test_is_there_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);
  g_autoptr (BenkRecorder) recorder = NULL;
  BenkJobSetup setup = { .kind = BENK_JOB_READ, .serial = "A\nB %" };
  g_autofree char *kept = NULL;

  recorder = benk_recorder_new (BENK_CLOCK (self->bench.clock), &setup, NULL,
                                BENK_RECORDING_CONFIRM_NOTHING);
  benk_recorder_set_stream (recorder, stream);
  benk_recorder_note_cancel (recorder);
  kept = g_strndup (g_memory_output_stream_get_data (memory),
                    g_memory_output_stream_get_data_size (memory));
  g_assert_cmpstr (kept, ==, benk_recorder_get_text (recorder));
  g_assert_true (g_str_has_suffix (kept, "0 ! cancel\n"));
  g_assert_nonnull (strstr (kept, "\nserial A%0AB %25\n"));
  g_assert_no_error (benk_recorder_get_error (recorder));
}

/* Dialogues of simulated dispensers as they were when they were kept: a manager that says
 * anything else today has changed. Where that was wanted, KEEP_DIALOGUES=1 keeps them
 * anew; what differs then shows in the commit. */
static const struct
{
  const char *name;
  BenkJobKind kind;
  const char *fault;
} kept[] = {
  { "read.txt", BENK_JOB_READ, NULL },
  { "read-wrong-config.txt", BENK_JOB_READ, "wrong-config" },
  { "provision.txt", BENK_JOB_PROVISION, NULL },
  { "provision-full.txt", BENK_JOB_PROVISION, "full" },
  { "provision-crc-lie.txt", BENK_JOB_PROVISION, "crc-lie" },
  { "provision-garbage.txt", BENK_JOB_PROVISION, "garbage@21" },
  { "provision-disconnect.txt", BENK_JOB_PROVISION, "disconnect-after@28" },
  { "reset.txt", BENK_JOB_RESET, NULL },
  { "reset-silent.txt", BENK_JOB_RESET, "silent@13" },
  { "reset-leaves-region.txt", BENK_JOB_RESET, "wipe-leaves-region" },
};

static void
keep_dialogue (Fixture *self, guint i, const char *path)
{
  self->bench.replug_ms = 2500;
  run_job (self, BENK_JOB_RESET, NULL);
  run_job (self, kept[i].kind, kept[i].fault);
  g_assert_true (
    g_file_set_contents (path, benk_recorder_get_text (self->bench.recorder), -1, NULL));
  recover (self);
}

static void
test_kept_dialogues (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "session", "data",
                                                     "dialogues", kept[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkDialogueReport) report = NULL;

      if (g_getenv ("KEEP_DIALOGUES") != NULL)
        keep_dialogue (self, i, path);
      report = benk_dialogue_replay (file, &error);
      g_assert_no_error (error);
      if (report->differs)
        g_error ("%s, line %u, octet %d: expected %s, came %s", kept[i].name,
                 report->line, report->octet, report->expected, report->came);
      g_test_message ("%s: %s, %u entries", kept[i].name,
                      benk_run_outcome_to_name (report->outcome), report->n_played);
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/dialogue/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("every-fault-plays-back-to-the-same-end", test_every_fault);
  ADD ("holds-no-payload", test_holds_no_payload);
  ADD ("shows-that-something-else-was-read-back", test_shows_what_differs);
  ADD ("shows-where-it-goes-another-way", test_shows_where_it_goes_another_way);
  ADD ("plays-what-there-is-of-one-broken-off", test_broken_off);
  ADD ("every-line-is-kept-at-once", test_is_there_at_once);
  ADD ("kept-dialogues-play-back", test_kept_dialogues);

  return g_test_run ();
}
