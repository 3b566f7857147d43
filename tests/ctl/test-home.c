/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <signal.h>
#include <string.h>

/* An installation and a swap in a home without a network, by the shipped program; it is
 * killed in the middle of the swap. */

#define NURSE "'Anne Lie, nurse'"
#define BENCH "--virtual medido=V-1,medido=V-2 --virtual-state %s/dispensers"

typedef struct
{
  BenkCtlRig rig;
  char *plan;
} Fixture;

static void
receive (Fixture *self, const char *serial)
{
  static const char *const facts[] = { "factory-new", "label-read", "ce-mark",
                                       "power-on-test", "accessories-complete" };

  benk_ctl_answer_free (
    benk_ctl_rig_do (&self->rig, "device add %s --model medido --vendor Dignio", serial));
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    benk_ctl_answer_free (
      benk_ctl_rig_do (&self->rig, "device attest %s %s", serial, facts[i]));
  benk_ctl_answer_free (
    benk_ctl_rig_do (&self->rig, "device set-state %s stock", serial));
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_set_up_demo (&self->rig, NULL);
  self->plan = benk_ctl_rig_write (&self->rig, "plan.json", BENK_CTL_PLAN);
  receive (self, "V-1");
  receive (self, "V-2");
  benk_ctl_answer_free (
    benk_ctl_rig_do (&self->rig,
                     "usb provision --device V-1 --plan %s --user 4711 " BENCH,
                     self->plan, self->rig.dir));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_free (self->plan);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

static void
install (Fixture *self)
{
  static const char *const ticks[] = {
    "right-device --text v1",
    "power",
    "coverage --text good",
    "medicine --stated-by " NURSE,
    "test-dose",
    "training-user",
    "sheet",
  };
  g_autoptr (BenkCtlAnswer) another = NULL;
  g_autoptr (BenkCtlAnswer) early = NULL;
  g_autoptr (BenkCtlAnswer) done = NULL;

  benk_ctl_answer_free (benk_ctl_rig_do (&self->rig, "visit start V-1"));
  another = benk_ctl_rig_run (&self->rig, "visit tick V-1 right-device --text V-2");
  g_assert_cmpint (another->status, ==, 1);
  g_assert_nonnull (strstr (benk_ctl_answer_get_message (another), "V-2"));
  early = benk_ctl_rig_run (&self->rig, "visit end V-1 --done --owed later");
  g_assert_cmpint (early->status, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    benk_ctl_answer_free (benk_ctl_rig_do (&self->rig, "visit tick V-1 %s", ticks[i]));
  /* Left and gone on with. */
  benk_ctl_answer_free (benk_ctl_rig_do (&self->rig, "visit end V-1"));
  benk_ctl_answer_free (benk_ctl_rig_do (&self->rig, "visit show V-1"));
  done = benk_ctl_rig_do (&self->rig, "visit end V-1 --done --owed 'no network'");
  g_assert_cmpstr (benk_ctl_answer_get_string (done, "state"), ==, "trial");
  g_assert_cmpstr (benk_ctl_answer_get_string (done, "settings"), ==, "simulated");
  g_assert_null (strstr (benk_ctl_answer_get_string (done, "record_text"), "4711"));
}

static void
test_installs (Fixture *self, gconstpointer unused)
{
  install (self);
  g_assert_cmpint (
    benk_ctl_rig_count (&self->rig, "SELECT count(*) FROM owed_task WHERE done_ms IS NULL"
                                    " AND guard = 'test-alarm-seen'"),
    ==, 1);
}

static void
assert_safe (Fixture *self)
{
  g_assert_cmpint (
    benk_ctl_rig_count (&self->rig, "SELECT count(*) FROM device WHERE state IN ('trial',"
                                    " 'operation', 'paused')"),
    ==, 1);
}

static void
test_swaps (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) looked = NULL;
  g_autoptr (BenkCtlAnswer) swapped = NULL;

  install (self);
  benk_ctl_answer_free (
    benk_ctl_rig_do (&self->rig, "alarm add --device V-1 --code 1.5 --via phone"));
  looked = benk_ctl_rig_do (&self->rig, "device swap V-1 --dry-run");
  g_assert_cmpstr (benk_ctl_answer_get_string (looked, "new"), ==, "V-2");
  g_assert_cmpint (benk_ctl_rig_count (&self->rig,
                                       "SELECT count(*) FROM visit WHERE kind = 'swap'"),
                   ==, 0);
  swapped =
    benk_ctl_rig_do (&self->rig, "device swap V-1 V-2 --medicine-by " NURSE " " BENCH,
                     self->rig.dir);
  g_assert_nonnull (strstr (benk_ctl_answer_get_string (swapped, "record_text"),
                            "V-1 out, Medido V-2 in"));
  assert_safe (self);
  g_assert_cmpint (benk_ctl_rig_count (&self->rig, "SELECT count(*) FROM device WHERE"
                                                   " serial = 'V-2' AND state = 'trial'"),
                   ==, 1);
  g_assert_cmpint (benk_ctl_rig_count (&self->rig,
                                       "SELECT count(*) FROM alarm WHERE status = 'new'"),
                   ==, 0);
  g_assert_cmpint (
    benk_ctl_rig_count (&self->rig,
                        "SELECT count(*) FROM return_case WHERE state = 'registered'"),
    ==, 1);
  benk_ctl_answer_free (benk_ctl_rig_do (&self->rig, "verify"));
}

/* The write has begun and its answer does not come. */
static gboolean
is_begun (Fixture *self)
{
  return benk_ctl_rig_count (&self->rig,
                             "SELECT count(*) FROM run r JOIN device d ON d.id"
                             " = r.device_id WHERE d.serial = 'V-2' AND"
                             " r.kind = 'provision'") == 1;
}

static void
kill_in_the_middle (Fixture *self, guint transfer)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (&self->rig, G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                             G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *state = g_build_filename (self->rig.dir, "dispensers", NULL);
  g_autofree char *fault = g_strdup_printf ("silent@%u", transfer);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process =
    g_subprocess_launcher_spawn (launcher, &error, benk_ctl_rig_get_program (), "--json",
                                 "--store", self->rig.store, "--as", "KA", "--virtual",
                                 "medido=V-2", "--virtual-state", state, "--fault", fault,
                                 "device", "swap", "V-1", "V-2", "--medicine-by",
                                 "Anne Lie, nurse", NULL);
  g_assert_no_error (error);
  for (guint i = 0; !is_begun (self); i++)
    g_assert_cmpuint (i, <, 4000);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
}

static void
test_killed (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) again = NULL;
  g_autoptr (BenkCtlAnswer) looked = NULL;

  install (self);
  kill_in_the_middle (self, 40);
  assert_safe (self);
  g_assert_cmpint (benk_ctl_rig_count (&self->rig, "SELECT count(*) FROM device WHERE"
                                                   " serial = 'V-1' AND state = 'trial'"),
                   ==, 1);
  looked = benk_ctl_rig_do (&self->rig, "device swap V-1 --dry-run");
  g_assert_true (
    json_object_get_boolean_member (json_node_get_object (looked->json), "begun"));
  again = benk_ctl_rig_do (&self->rig, "device swap V-1 --medicine-by " NURSE " " BENCH,
                           self->rig.dir);
  g_assert_true (
    json_object_get_boolean_member (json_node_get_object (again->json), "finished"));
  assert_safe (self);
  g_assert_cmpint (benk_ctl_rig_count (&self->rig,
                                       "SELECT count(*) FROM visit WHERE kind = 'swap'"),
                   ==, 1);
  benk_ctl_answer_free (benk_ctl_rig_do (&self->rig, "verify"));
}

static void
test_not_plugged_in (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) answer = NULL;

  install (self);
  answer = benk_ctl_rig_run (&self->rig, "device swap V-1 V-2 --medicine-by " NURSE);
  g_assert_cmpint (answer->status, ==, 1);
  g_assert_nonnull (strstr (answer->out, "V-2 is not plugged in"));
  assert_safe (self);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/ctl/home/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("installs-without-a-network", test_installs);
  ADD ("swaps-on-one-line", test_swaps);
  ADD ("swap-goes-on-after-a-kill", test_killed);
  ADD ("swap-of-what-is-not-plugged-in", test_not_plugged_in);
  return g_test_run ();
}
