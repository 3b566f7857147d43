/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-hub.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* Where nothing can be written, “alarm sync” says so and fails; nothing is claimed. */

typedef struct
{
  BenkCtlRig rig;
  BenkCtlHub *hub;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_set_up (&self->rig, NULL);
  self->hub = benk_ctl_hub_new (&self->rig);
  benk_ctl_hub_add (self->hub, &self->rig);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_hub_free (self->hub);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

static void
exec (Fixture *self, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->rig.store, &db), ==, SQLITE_OK);
  benk_ctl_exec (db, sql);
  sqlite3_close (db);
}

static gint64
count (Fixture *self, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", table);

  return benk_ctl_rig_count (&self->rig, sql);
}

/* A child inherits that no file may grow. */
static void
limit_files (rlim_t n_octets)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (n_octets, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_no_room (Fixture *self, gconstpointer unused)
{
  g_autofree char *remote = benk_ctl_hub_raise (self->hub, "U-1", "1.8", NULL);
  g_autoptr (BenkCtlAnswer) refused = NULL;
  g_autoptr (BenkCtlAnswer) synced = NULL;
  gint64 n_changes = count (self, "journal");
  BenkCtlCall *call;

  limit_files (0);
  call = benk_ctl_rig_start (&self->rig, self->rig.store, "alarm sync");
  limit_files (RLIM_INFINITY);
  refused = benk_ctl_call_finish (call);
  g_assert_cmpint (refused->status, ==, 1);
  g_test_message ("%s", benk_ctl_answer_get_message (refused));
  g_assert_cmpint (count (self, "alarm"), ==, 0);
  g_assert_cmpint (count (self, "journal"), ==, n_changes);

  synced = benk_ctl_rig_do (&self->rig, "alarm sync");
  g_assert_cmpint (benk_ctl_answer_get_int (synced, "new"), ==, 1);
  g_assert_cmpint (count (self, "alarm"), ==, 1);
}

/* The source answers, and the hub accepts: but what became of it cannot be kept. */
static void
test_outbox (Fixture *self, gconstpointer unused)
{
  g_autofree char *remote = benk_ctl_hub_raise (self->hub, "U-1", "1.8", NULL);
  g_autoptr (BenkCtlAnswer) synced = benk_ctl_rig_do (&self->rig, "alarm sync");
  g_autoptr (BenkCtlAnswer) listed = benk_ctl_rig_look (&self->rig, "alarm list");
  JsonObject *alarm =
    json_array_get_object_element (benk_ctl_answer_get_array (listed), 0);
  const char *name = json_object_get_string_member (alarm, "id");
  g_autoptr (BenkCtlAnswer) taken = NULL;
  g_autoptr (BenkCtlAnswer) refused = NULL;
  g_autoptr (BenkCtlAnswer) after = NULL;

  benk_ctl_hub_set_fault (self->hub, "drop@99");
  taken = benk_ctl_rig_run (&self->rig, "alarm take %s", name);
  benk_ctl_hub_set_fault (self->hub, NULL);
  exec (self, "UPDATE outbox SET next_ms = 0;"
              "CREATE TRIGGER broken BEFORE UPDATE ON outbox WHEN NEW.state = 'accepted'"
              " BEGIN SELECT RAISE (ABORT, 'no room'); END");
  refused = benk_ctl_rig_run (&self->rig, "alarm sync");
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_true (
    g_str_has_prefix (benk_ctl_answer_get_message (refused), "What waits to be sent: "));

  exec (self, "DROP TRIGGER broken; UPDATE outbox SET next_ms = 0");
  after = benk_ctl_rig_do (&self->rig, "alarm sync");
  g_assert_cmpint (benk_ctl_rig_count (
                     &self->rig, "SELECT count (*) FROM outbox WHERE state = 'accepted'"),
                   ==, 1);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/unsaved/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  signal (SIGXFSZ, SIG_IGN);
  g_test_init (&argc, &argv, NULL);

  ADD ("no-room-for-alarms", test_no_room);
  ADD ("no-room-for-what-was-sent", test_outbox);

  return g_test_run ();
}
