/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-fact.h"
#include "benk-virtual-memory.h"

/* Point 5: the cable is pulled at every transfer. What is claimed is compared with the
 * dispenser's memory, and one whole plan is in force whatever happens. */

#define SERIAL "V-1"
#define STATE_FILE "medido-" SERIAL ".ini"
#define N_AT_ONCE 12
#define MOST_TRANSFERS 400

#define OLD_PLAN BENK_CTL_PLAN_AT ("{ \"time\": \"08:00\" }, { \"time\": \"20:00\" }")
#define NEW_PLAN                                                                         \
  BENK_CTL_PLAN_AT ("{ \"time\": \"07:15\" }, { \"time\": \"13:30\" },"                  \
                    "{ \"time\": \"21:45\" }")

/* The three tables of a plan, as octets. */
typedef struct
{
  GBytes *tables[3];
} Image;

typedef struct
{
  BenkCtlRig rig;
  char *old_plan;
  char *new_plan;
  char *state; /* a memory with the old plan in force */
  Image old_image;
  Image new_image;
  guint n_claims[4];
} Fixture;

/* One pull: its own store and its own memory. */
typedef struct
{
  guint k;
  char *store;
  char *dir;
  char *state;
  BenkCtlCall *call;
  BenkCtlAnswer *answer;
} Pull;

static const char *const CLAIMS[] = { "Failed, device untouched.",
                                      "Failed, plan untouched.",
                                      "Failed, must be redone.",
                                      "Unknown, must be read again." };

static void
image_clear (Image *image)
{
  for (guint i = 0; i < G_N_ELEMENTS (image->tables); i++)
    g_clear_pointer (&image->tables[i], g_bytes_unref);
}

static void
image_read (Image *image, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAgentMemory) memory = benk_virtual_memory_load (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (image->tables); i++)
    image->tables[i] = memory->in_force[i].data != NULL
                         ? g_bytes_ref (memory->in_force[i].data)
                         : g_bytes_new (NULL, 0);
}

static gboolean
image_equal (const Image *one, const Image *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (one->tables); i++)
    if (!g_bytes_equal (one->tables[i], other->tables[i]))
      return FALSE;
  return TRUE;
}

static void
add_to_stock (BenkCtlRig *rig)
{
  static const char *const lines[] = {
    "device add " SERIAL " --model medido --vendor Dignio",
    "device attest " SERIAL " factory-new",
    "device attest " SERIAL " label-read",
    "device attest " SERIAL " ce-mark",
    "device attest " SERIAL " power-on-test",
    "device attest " SERIAL " accessories-complete",
    "device set-state " SERIAL " stock",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkCtlAnswer) done = benk_ctl_rig_do (rig, "%s", lines[i]);

      g_assert_nonnull (done);
    }
}

static char *
provision_line (const char *dir, const char *plan, const char *fault)
{
  return g_strdup_printf ("usb provision --device " SERIAL " --plan %s --user 4711 "
                          "--virtual medido=" SERIAL " --virtual-state %s %s %s",
                          plan, dir, fault ? "--fault" : "", fault ? fault : "");
}

static void
copy_store (Fixture *self, const char *to)
{
  static const char *const parts[] = { "-wal", "-shm" };
  g_autofree char *wal = g_strconcat (self->rig.store, "-wal", NULL);
  g_autofree char *to_wal = g_strconcat (to, "-wal", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strconcat (to, parts[i], NULL);

      g_remove (part);
    }
  benk_ctl_rig_copy (self->rig.store, to);
  if (g_file_test (wal, G_FILE_TEST_EXISTS))
    benk_ctl_rig_copy (wal, to_wal);
}

static Pull *
pull_new (Fixture *self, guint k)
{
  g_autofree char *name = g_strdup_printf ("pull-%u", k % N_AT_ONCE);
  Pull *pull = g_new0 (Pull, 1);

  pull->k = k;
  pull->dir = benk_ctl_rig_path (&self->rig, name);
  g_mkdir (pull->dir, 0700);
  pull->store = g_build_filename (pull->dir, "pull.db", NULL);
  pull->state = g_build_filename (pull->dir, STATE_FILE, NULL);
  copy_store (self, pull->store);
  if (self->state)
    benk_ctl_rig_copy (self->state, pull->state);
  else
    g_remove (pull->state);
  return pull;
}

static void
pull_free (Pull *pull)
{
  g_clear_pointer (&pull->answer, benk_ctl_answer_free);
  g_free (pull->dir);
  g_free (pull->store);
  g_free (pull->state);
  g_free (pull);
}

static void
pull_start (Fixture *self, Pull *pull, const char *plan, const char *fault)
{
  g_autofree char *line = provision_line (pull->dir, plan, fault);

  pull->call = benk_ctl_rig_start (&self->rig, pull->store, line);
}

static void
pull_finish (Pull *pull)
{
  g_clear_pointer (&pull->answer, benk_ctl_answer_free);
  pull->answer = benk_ctl_call_finish (g_steal_pointer (&pull->call));
}

/* What a memory is when @plan was put in force without a fault. */
static char *
make_memory (Fixture *self, guint k, const char *plan, Image *image)
{
  Pull *pull = pull_new (self, k);
  char *kept = benk_ctl_rig_path (&self->rig, k == 0 ? "old.ini" : "new.ini");

  pull_start (self, pull, plan, NULL);
  pull_finish (pull);
  g_assert_cmpint (pull->answer->status, ==, 0);
  image_read (image, pull->state);
  benk_ctl_rig_copy (pull->state, kept);
  pull_free (pull);
  return kept;
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autofree char *new_state = NULL;

  benk_ctl_rig_set_up_demo (&self->rig, NULL);
  self->old_plan = benk_ctl_rig_write (&self->rig, "old.json", OLD_PLAN);
  self->new_plan = benk_ctl_rig_write (&self->rig, "new.json", NEW_PLAN);
  add_to_stock (&self->rig);
  new_state = make_memory (self, 1, self->new_plan, &self->new_image);
  self->state = make_memory (self, 0, self->old_plan, &self->old_image);
  g_assert_false (image_equal (&self->old_image, &self->new_image));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_tear_down (&self->rig, NULL);
  image_clear (&self->old_image);
  image_clear (&self->new_image);
  g_free (self->old_plan);
  g_free (self->new_plan);
  g_free (self->state);
}

static char *
ask_store (Fixture *self, const char *store, const char *sql)
{
  BenkCtlRig there = { .dir = self->rig.dir, .store = (char *) store };

  return benk_ctl_rig_text (&there, sql);
}

static guint
find_claim (Pull *pull)
{
  const char *message = benk_ctl_answer_get_message (pull->answer);

  for (guint i = 0; i < G_N_ELEMENTS (CLAIMS); i++)
    if (g_str_has_prefix (message, CLAIMS[i]))
      return i;
  g_error ("transfer %u: no claim in “%s”", pull->k, message);
}

/* The claim in words, in JSON, in the store and in the memory is one. */
static void
assert_claim (Fixture *self, Pull *pull)
{
  static const char *const outcomes[] = { "untouched", "untouched", "redo", "unknown" };
  guint claim = find_claim (pull);
  JsonObject *said = json_node_get_object (pull->answer->json);
  Image now = { 0 };
  g_autofree char *kept = NULL;
  g_autofree char *ready = NULL;
  gboolean is_old, is_new;

  g_assert_cmpint (pull->answer->status, ==, 1);
  image_read (&now, pull->state);
  is_old = image_equal (&now, &self->old_image);
  is_new = image_equal (&now, &self->new_image);
  if (is_old == is_new || (claim <= 1 && !is_old))
    g_error ("transfer %u: “%s”, but the memory holds %s", pull->k, CLAIMS[claim],
             is_old   ? "the old plan"
             : is_new ? "the new plan"
                      : "neither plan");
  image_clear (&now);

  kept = ask_store (self, pull->store,
                    "SELECT outcome FROM run ORDER BY started_ms DESC LIMIT 1");
  if (json_object_has_member (said, "answer"))
    {
      JsonObject *job = json_object_get_object_member (said, "answer");
      g_autofree char *expected = g_strconcat (outcomes[claim], "\n", NULL);

      g_assert_cmpstr (json_object_get_string_member (job, "outcome"), ==,
                       outcomes[claim]);
      g_assert_false (json_object_get_boolean_member (job, "proven"));
      g_assert_cmpstr (kept, ==, expected);
    }
  else
    g_assert_cmpstr (kept, ==, "");
  ready = ask_store (self, pull->store,
                     "SELECT count (*) FROM proof UNION ALL"
                     " SELECT count (*) FROM device WHERE state = 'ready'");
  g_assert_cmpstr (ready, ==, "0\n0\n");
  self->n_claims[claim]++;
}

static void
assert_ready (Fixture *self, Pull *pull)
{
  Image now = { 0 };
  g_autofree char *kept = NULL;

  if (pull->answer->status != 0)
    g_error ("after transfer %u: %s", pull->k, pull->answer->err);
  g_assert_cmpstr (benk_ctl_answer_get_string (pull->answer, "outcome"), ==, "verified");
  g_assert_true (g_str_has_prefix (benk_ctl_answer_get_string (pull->answer, "sentence"),
                                   "Ready. 3 dose times read back and equal"));
  image_read (&now, pull->state);
  g_assert_true (image_equal (&now, &self->new_image));
  image_clear (&now);
  kept = ask_store (self, pull->store,
                    "SELECT state, (SELECT group_concat (kind || '/' || link_kind)"
                    " FROM proof) FROM device");
  g_assert_cmpstr (kept, ==, "ready|ready/simulated\n");
}

/* Returns: how many of the pulls bit, from the first on */
static guint
try_batch (Fixture *self, const char *fault, guint first)
{
  Pull *pulls[N_AT_ONCE];
  guint n_bit = N_AT_ONCE;

  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      g_autofree char *spec = g_strdup_printf ("%s@%u", fault, first + i);

      pulls[i] = pull_new (self, first + i);
      pull_start (self, pulls[i], self->new_plan, spec);
    }
  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      pull_finish (pulls[i]);
      if (pulls[i]->answer->status == 0)
        n_bit = MIN (n_bit, i);
    }
  for (guint i = 0; i < n_bit; i++)
    {
      assert_claim (self, pulls[i]);
      pull_start (self, pulls[i], self->new_plan, NULL);
    }
  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      if (i < n_bit)
        pull_finish (pulls[i]);
      if (i <= n_bit)
        assert_ready (self, pulls[i]);
      pull_free (pulls[i]);
    }
  return n_bit;
}

static void
test_every_transfer (Fixture *self, gconstpointer data)
{
  const char *fault = data;
  guint first = 1;
  guint n_bit;

  do
    {
      n_bit = try_batch (self, fault, first);
      first += n_bit;
    }
  while (n_bit == N_AT_ONCE && first < MOST_TRANSFERS);
  g_test_message ("%s: %u pulls bit: %u untouched, %u to redo, %u unknown", fault,
                  first - 1, self->n_claims[0] + self->n_claims[1], self->n_claims[2],
                  self->n_claims[3]);
  g_assert_cmpuint (first - 1, >, 40);
  g_assert_cmpuint (self->n_claims[0], >, 0);
  g_assert_cmpuint (self->n_claims[3], >, 0);
}

static void
assert_nothing_proven (BenkCtlRig *rig, const char *what)
{
  g_autofree char *kept = benk_ctl_rig_text (
    rig, "SELECT (SELECT count (*) FROM proof), state IN ('ready', 'reset', 'trial',"
         " 'operation') FROM device WHERE serial = '" SERIAL "'");
  g_autoptr (BenkCtlAnswer) shown = benk_ctl_rig_do (rig, "device show " SERIAL);

  g_test_message ("%s", what);
  if (!g_str_equal (kept, "0|0\n"))
    g_error ("%s: proofs and state are %s", what, kept);
  g_assert_false (json_object_get_boolean_member (
    json_object_get_object_member (json_node_get_object (shown->json), "device"),
    "reset_proven"));
}

static void
try_job (BenkCtlRig *rig, const char *line, const char *end)
{
  g_autofree char *kept = NULL;
  g_autoptr (BenkCtlAnswer) answer =
    benk_ctl_rig_run (rig, "%s --virtual medido=" SERIAL " --virtual-state %s", line,
                      rig->dir);

  g_test_message ("%s: %s", line, answer->err);
  g_assert_cmpint (answer->status, ==, 1);
  g_assert_true (g_str_has_prefix (benk_ctl_answer_get_message (answer), end));
  g_assert_nonnull (strstr (benk_ctl_answer_get_message (answer), "not valid as proof"));
  kept = benk_ctl_rig_text (rig, "SELECT outcome, link_kind FROM run"
                                 " ORDER BY started_ms DESC LIMIT 1");
  /* No real dispenser was touched. */
  g_assert_cmpstr (kept, ==, "untouched|simulated\n");
  assert_nothing_proven (rig, line);
}

static void
try_states (BenkCtlRig *rig)
{
  static const char *const states[] = { "ready", "trial", "operation", "reset" };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *line =
        g_strdup_printf ("device set-state " SERIAL " %s --owed 'vi haster'", states[i]);
      g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run (rig, "%s", line);

      g_assert_cmpint (answer->status, ==, 1);
      g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "refused");
      assert_nothing_proven (rig, line);
    }
}

/* Every fact there is, attested with everything that may go with it. */
static void
attest_all (BenkCtlRig *rig)
{
  for (guint kind = BENK_FACT_NONE + 1; benk_fact_kind_to_name (kind); kind++)
    {
      g_autoptr (BenkCtlAnswer) answer =
        benk_ctl_rig_run (rig,
                          "device attest " SERIAL " %s --ref 2026/1 --stated-by 'Kari'",
                          benk_fact_kind_to_name (kind));

      assert_nothing_proven (rig, benk_fact_kind_to_name (kind));
    }
}

static void
test_ordinary (Fixture *self, gconstpointer unused)
{
  static const char *const reset = "usb reset --device " SERIAL " --confirm " SERIAL;
  BenkCtlRig *rig = &self->rig;
  g_autofree char *provision =
    g_strdup_printf ("usb provision --device " SERIAL " --plan %s --user 4711",
                     self->new_plan);

  try_states (rig);
  try_job (rig, reset, "Simulated, not reset.");
  try_job (rig, provision, "Simulated, not ready.");
  try_states (rig);
  attest_all (rig);
  try_states (rig);
  try_job (rig, provision, "Simulated, not ready.");
  try_job (rig, reset, "Simulated, not reset.");
  try_states (rig);
}

static void
set_up_ordinary (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_set_up (&self->rig, NULL);
  self->new_plan = benk_ctl_rig_write (&self->rig, "new.json", NEW_PLAN);
  add_to_stock (&self->rig);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/ctl/faults/point-5/disconnect-at-every-transfer", Fixture, "disconnect",
              set_up, test_every_transfer, tear_down);
  g_test_add ("/ctl/faults/point-5/disconnect-after-every-transfer", Fixture,
              "disconnect-after", set_up, test_every_transfer, tear_down);
  g_test_add ("/ctl/faults/point-5/in-an-ordinary-store-a-simulated-device-proves-"
              "nothing",
              Fixture, NULL, set_up_ordinary, test_ordinary, tear_down);

  return g_test_run ();
}
