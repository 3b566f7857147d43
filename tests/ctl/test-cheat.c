/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <glib/gstdio.h>
#include <string.h>

/* Honesty: what is written past the program proves nothing, and satisfies no guard. */

#define SERIAL "MED-7001"
#define COPY "cheated.db"
#define DEMO "demo.db"

typedef struct
{
  BenkCtlRig rig;
  BenkCtlRig demo;
  char *plan;
  char *path;
  gint64 head;
  char *head_hash;
} Fixture;

static void
stock (BenkCtlRig *rig)
{
  static const char *const lines[] = {
    "device add " SERIAL " --model medido",
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

static BenkCtlAnswer *
provision (Fixture *self, BenkCtlRig *rig)
{
  return benk_ctl_rig_run (rig,
                           "usb provision --device " SERIAL " --plan %s --user 4711"
                           " --virtual medido=" SERIAL " --virtual-state %s",
                           self->plan, rig->dir);
}

/* An ordinary store that saw a simulated dispenser, and a demo store where it is proven.
 */
static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) simulated = NULL;
  g_autoptr (BenkCtlAnswer) proven = NULL;
  g_autoptr (BenkCtlAnswer) head = NULL;

  benk_ctl_rig_set_up (&self->rig, NULL);
  self->plan = benk_ctl_rig_write (&self->rig, "plan.json", BENK_CTL_PLAN);
  self->path = benk_ctl_rig_path (&self->rig, COPY);
  stock (&self->rig);
  simulated = provision (self, &self->rig);
  g_assert_cmpint (simulated->status, ==, 1);
  head = benk_ctl_rig_do (&self->rig, "verify");
  self->head = benk_ctl_answer_get_int (head, "row");
  self->head_hash = g_strdup (benk_ctl_answer_get_string (head, "hash"));

  benk_ctl_rig_set_up_demo (&self->demo, NULL);
  stock (&self->demo);
  proven = provision (self, &self->demo);
  g_assert_cmpint (proven->status, ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_tear_down (&self->demo, NULL);
  benk_ctl_rig_tear_down (&self->rig, NULL);
  g_free (self->plan);
  g_free (self->path);
  g_free (self->head_hash);
}

static BenkCtlAnswer *
ask (Fixture *self, const char *line)
{
  return benk_ctl_call_finish (benk_ctl_rig_start (&self->rig, self->path, line));
}

/* So that nothing but the proof is missing. */
static void
attest (Fixture *self)
{
  static const char *const facts[] = { "cleaned", "portal-unpaired", "label-removed" };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *line = g_strdup_printf ("device attest " SERIAL " %s", facts[i]);
      g_autoptr (BenkCtlAnswer) answer = ask (self, line);

      g_assert_nonnull (answer);
    }
}

/* Every way to the states that a proof is needed for, and the confirmation itself. */
static void
assert_no_use (Fixture *self, const char *what)
{
  static const char *const lines[] = {
    "device set-state " SERIAL " ready",
    "device set-state " SERIAL " ready --owed 'vi haster'",
    "device set-state " SERIAL " trial --owed 'vi haster'",
    "device set-state " SERIAL " reset",
    "device proof " SERIAL " --pdf " COPY ".pdf",
  };
  g_autoptr (BenkCtlAnswer) shown = NULL;

  attest (self);
  shown = ask (self, "device show " SERIAL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = ask (self, lines[i]);

      if (answer->status != 1)
        g_error ("%s: “%s” was let through", what, lines[i]);
    }
  if (shown->status == 0 &&
      json_object_get_boolean_member (
        json_object_get_object_member (json_node_get_object (shown->json), "device"),
        "reset_proven"))
    g_error ("%s: the reset is called proven", what);
}

static void
assert_found (Fixture *self, const char *what, gboolean against)
{
  g_autofree char *line = against ? g_strdup_printf ("verify --against %d %s",
                                                     (int) self->head, self->head_hash)
                                  : g_strdup ("verify");
  g_autoptr (BenkCtlAnswer) answer = ask (self, line);

  g_test_message ("%s: %s", what, answer->err);
  if (answer->status != 1)
    g_error ("%s was not found", what);
}

/* The device's state where the guard looks next is the cheat's own business. */
#define PREPARE                                                                          \
  "UPDATE device SET state = 'preparing';"                                               \
  "UPDATE run SET outcome = 'verified', link_kind = 'usb',"                              \
  " plan_id = randomblob (16);"
#define PROOF(kind, link)                                                                \
  "INSERT INTO proof (id, device_id, kind, link_kind, run_id, at_ms)"                    \
  " SELECT randomblob (16), d.id, '" kind "', '" link "', (SELECT id FROM run),"         \
  " 4000000000000 FROM device d;"
#define TOUCH(verb)                                                                      \
  "INSERT INTO touch (tbl, row_id, seq) SELECT 'proof', p.id,"                           \
  " (SELECT max (seq) FROM journal WHERE verb = '" verb "') FROM proof p;"

static const char *const cheats[] = {
  PROOF ("reset", "usb"),
  PROOF ("reset", "checklist") "UPDATE device SET state = 'quarantine'",
  PREPARE PROOF ("ready", "usb"),
  PREPARE PROOF ("ready", "checklist"),
  PREPARE PROOF ("ready", "simulated"),
  PREPARE PROOF ("ready", "replay"),
  PREPARE PROOF ("ready", "usb") PROOF ("reset", "usb"),
  PREPARE PROOF ("ready", "usb") TOUCH ("run"),
  PREPARE PROOF ("ready", "usb") TOUCH ("attest"),
  PROOF ("reset", "usb") TOUCH ("run") "UPDATE device SET state = 'quarantine'",
};

static void
test_inserted (Fixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cheats); i++)
    {
      sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);

      benk_ctl_exec (db, cheats[i]);
      sqlite3_close (db);
      assert_no_use (self, cheats[i]);
      assert_found (self, cheats[i], FALSE);
    }
  g_test_message ("%u ways to insert a proof", (guint) G_N_ELEMENTS (cheats));
}

/* The flag of the store alone, and with what hangs on it. */
static void
test_flag (Fixture *self, gconstpointer unused)
{
  static const char *const flips[] = {
    "UPDATE store SET demo = 1",
    "UPDATE store SET demo = 1;"
    "UPDATE journal SET prev = (SELECT prev FROM demo.journal WHERE seq = 1)"
    " WHERE seq = 1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (flips); i++)
    {
      sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);
      g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS demo", self->demo.store);
      g_autoptr (BenkCtlAnswer) answer = NULL;

      benk_ctl_exec (db, attach);
      benk_ctl_exec (db, flips[i]);
      sqlite3_close (db);
      assert_no_use (self, flips[i]);
      assert_found (self, flips[i], FALSE);
      answer = ask (self, "device list");
      if (i == 0)
        g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "corrupt");
    }
}

/* A demo store in the place of the real one is found by what was handed over before; with
 * its flag turned it is not even opened, and its proofs are worth nothing. */
static void
test_demo_over_it (Fixture *self, gconstpointer unused)
{
  static const char *const turns[] = {
    "SELECT 1",
    "UPDATE store SET demo = 0",
    "UPDATE store SET demo = 0; UPDATE proof SET link_kind = 'usb';"
    "UPDATE run SET link_kind = 'usb'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autofree char *real = g_steal_pointer (&self->rig.store);
      g_autofree char *copied = g_strdup (self->demo.store);
      sqlite3 *db;

      self->rig.store = g_strdup (copied);
      db = benk_ctl_rig_open_copy (&self->rig, COPY);
      benk_ctl_exec (db, turns[i]);
      sqlite3_close (db);
      assert_found (self, turns[i], TRUE);
      if (i > 0)
        {
          g_autoptr (BenkCtlAnswer) answer = ask (self, "device list");

          g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, "corrupt");
          assert_no_use (self, turns[i]);
        }
      g_free (self->rig.store);
      self->rig.store = g_steal_pointer (&real);
    }
}

/* The change log of the demo store, with its proof, in the place of the real one. */
static void
test_other_log (Fixture *self, gconstpointer unused)
{
  static const char *const parts[] = {
    "DELETE FROM journal; DELETE FROM touch;"
    "INSERT INTO journal SELECT * FROM demo.journal;"
    "INSERT INTO touch SELECT * FROM demo.touch;"
    "INSERT INTO proof SELECT * FROM demo.proof;"
    "UPDATE proof SET device_id = (SELECT id FROM device), link_kind = 'usb';" PREPARE,
    "DELETE FROM journal; DELETE FROM touch;"
    "INSERT INTO journal SELECT * FROM demo.journal;"
    "UPDATE journal SET site = (SELECT site FROM store);"
    "INSERT INTO touch SELECT * FROM demo.touch;"
    "INSERT INTO proof SELECT * FROM demo.proof;"
    "UPDATE proof SET device_id = (SELECT id FROM device), link_kind = 'usb';" PREPARE,
    "DELETE FROM journal; DELETE FROM touch;" PREPARE PROOF ("ready", "usb"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, COPY);
      g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS demo", self->demo.store);

      benk_ctl_exec (db, attach);
      benk_ctl_exec (db, parts[i]);
      sqlite3_close (db);
      assert_no_use (self, parts[i]);
      assert_found (self, parts[i], TRUE);
    }
}

/* A demo's bench, brought along with its memories, in front of an ordinary store. */
static void
test_demo_bench (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) made =
    benk_ctl_rig_run (&self->rig,
                      "usb provision --device " SERIAL
                      " --plan %s --user 4711 --virtual medido=" SERIAL
                      " --virtual-state %s",
                      self->plan, self->demo.dir);
  g_autoptr (BenkCtlAnswer) wiped =
    benk_ctl_rig_run (&self->rig,
                      "usb reset --device " SERIAL " --confirm " SERIAL
                      " --virtual medido=" SERIAL " --virtual-state %s",
                      self->demo.dir);

  g_assert_cmpint (made->status, ==, 1);
  g_assert_cmpint (wiped->status, ==, 1);
  g_assert_cmpint (benk_ctl_rig_count (&self->rig, "SELECT count (*) FROM proof"), ==, 0);
  sqlite3_close (benk_ctl_rig_open_copy (&self->rig, COPY));
  assert_no_use (self, "a demo's bench");
}

/* What is not cheated still counts: else nothing above says anything. */
static void
test_honest (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) shown = benk_ctl_rig_do (&self->demo, "device show " SERIAL);
  JsonObject *device =
    json_object_get_object_member (json_node_get_object (shown->json), "device");

  g_assert_cmpstr (json_object_get_string_member (device, "state"), ==, "ready");
  g_assert_cmpint (benk_ctl_rig_count (&self->demo, "SELECT count (*) FROM proof"), ==,
                   1);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/cheat/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-is-honest-counts", test_honest);
  ADD ("a-proof-inserted-by-sql-proves-nothing", test_inserted);
  ADD ("the-flag-of-the-store-is-not-turned", test_flag);
  ADD ("a-demo-store-over-a-real-one-is-found", test_demo_over_it);
  ADD ("another-change-log-proves-nothing", test_other_log);
  ADD ("a-demos-bench-proves-nothing", test_demo_bench);

  return g_test_run ();
}
