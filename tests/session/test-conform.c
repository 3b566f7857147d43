/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-conform-run.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-agent.h"
#include "benk-conform.h"
#include "benk-error.h"
#include "benk-replay-clock.h"

/* Every simulated make meets every requirement, and each fault makes the right one fail.
 * The clock runs only while nobody has anything to do. */

#define NOW_MS G_GINT64_CONSTANT (1795253400000)

typedef struct
{
  BenkClock *clock;
  char *dir;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = benk_replay_clock_new (NOW_MS);
  self->dir = g_dir_make_tmp ("benk-conform-XXXXXX", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
  g_assert_finalize_object (self->clock);
}

static BenkConformReport *
try_it (Fixture *self, const char *model, const char *fault, gboolean destructive)
{
  g_autoptr (GError) error = NULL;
  BenkConformReport *report =
    benk_conform_try_virtual (self->clock, model, "SIM-4711", self->dir, fault,
                              destructive, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->rows->len, ==,
                    report->n_passed + report->n_failed + report->n_not_offered +
                      report->n_not_tried);
  g_assert_cmpint (report->link_kind, ==, BENK_LINK_KIND_SIMULATED);
  return report;
}

static const BenkConformRow *
find_row (const BenkConformReport *report, const char *id)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkConformRow *row = g_ptr_array_index (report->rows, i);

      if (g_str_equal (row->id, id))
        return row;
    }
  g_error ("There is no requirement %s", id);
}

static void
print_failures (const BenkConformReport *report, const char *what)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkConformRow *row = g_ptr_array_index (report->rows, i);

      if (!g_str_equal (row->verdict, "passed"))
        g_test_message ("%s: %s %s: %s", what, row->id, row->verdict,
                        row->seen != NULL ? row->seen : "");
    }
}

static void
test_all_pass (Fixture *self, gconstpointer data)
{
  static const char *const models[] = { "medido", "evondos-e300", "mini-evondos",
                                        "pilly-sms" };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (BenkConformReport) report = try_it (self, models[i], NULL, TRUE);

      print_failures (report, models[i]);
      g_assert_cmpuint (report->n_passed, ==, report->rows->len);
      g_assert_cmpstr (report->serial, ==, "SIM-4711");
      g_test_message ("%s: %u requirements passed", models[i], report->n_passed);
    }
}

/* Without leave nothing that the dispenser holds is changed. */
static void
test_harmless (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkConformReport) before = try_it (self, "medido", NULL, FALSE);
  g_autoptr (BenkConformReport) report = try_it (self, "medido", NULL, FALSE);

  print_failures (report, "harmless");
  g_assert_cmpuint (report->n_failed, ==, 0);
  g_assert_cmpuint (report->n_not_offered, ==, 0);
  g_assert_cmpuint (report->n_not_tried, >, 8);
  g_assert_cmpstr (find_row (report, "E-WIPED")->verdict, ==, "not-tried");
  g_assert_cmpstr (find_row (report, "E-OLD-PLAN")->verdict, ==, "passed");
}

typedef struct
{
  const char *fault;
  const char *failed; /* must be among those that failed */
} FaultRow;

static const FaultRow faults[] = {
  { "wrong-config", "S-SPECIALISATION" },
  { "full", "E-BEGIN" },
  { "crc-lie", "E-READ" },
  { "wipe-leaves-region", "E-BLANK" },
  { "wipe-leaves-region:1", "E-EMPTY" },
  { "wipe-leaves-region:5", "E-LOG-EMPTY" },
  { "silent@1", "S-ASSOCIATE" },
  { "garbage@7", "S-GET-LIST" },
  { "disconnect@12", "S-UNKNOWN-OBJECT" },
  { "lid-open", "E-BEGIN" },
};

static void
test_faults (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (BenkConformReport) report =
        try_it (self, "medido", faults[i].fault, TRUE);
      const BenkConformRow *row = find_row (report, faults[i].failed);

      print_failures (report, faults[i].fault);
      g_assert_cmpuint (report->n_failed, >, 0);
      if (!g_str_equal (row->verdict, "failed"))
        g_error ("%s: %s is %s", faults[i].fault, row->id, row->verdict);
      g_assert_nonnull (row->seen);
    }
  g_test_message ("%u faults found out", (guint) G_N_ELEMENTS (faults));
}

/* Whatever goes wrong at whatever transfer, there is an end and a report. */
static void
test_every_transfer (Fixture *self, gconstpointer data)
{
  static const char *const kinds[] = { "silent",  "stall",      "short",           "odd",
                                       "garbage", "disconnect", "disconnect-after" };
  guint step = g_test_slow () ? 1 : 9;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint at = 1 + i; at < 150; at += step)
      {
        g_autofree char *fault = g_strdup_printf ("%s@%u", kinds[i], at);
        g_autoptr (BenkConformReport) report = try_it (self, "medido", fault, TRUE);

        g_assert_cmpuint (report->rows->len, >, 50);
        n++;
      }
  g_test_message ("%u faults, each with a report at the end", n);
}

static void
test_another_serial (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkConformReport) report = try_it (self, "medido", "wrong-serial", TRUE);

  g_assert_cmpuint (report->n_failed, >, 0);
  g_assert_cmpuint (report->n_not_tried, >, 0);

  print_failures (report, "wrong-serial");
  g_assert_cmpstr (find_row (report, "E-WIPED")->verdict, !=, "passed");
  g_assert_cmpstr (find_row (report, "E-SAME")->verdict, !=, "passed");
}

/* The device that is there is not the one that was named: nothing is done to it. */
static void
test_not_named (Fixture *self, gconstpointer data)
{
  const BenkConformSetup setup = { .serial = "SOMEBODY-ELSE",
                                   .destructive = TRUE,
                                   .random = 7 };
  g_autoptr (BenkConform) conform = benk_conform_new (&setup);
  g_autoptr (BenkAgentMemory) memory = benk_agent_memory_new ();
  g_autoptr (BenkAgent) agent = NULL;
  g_autoptr (GPtrArray) said = NULL;
  guint n_sent = 0;

  g_free (memory->serial);
  memory->serial = g_strdup ("SIM-4711");
  agent = benk_agent_new (memory);
  said = benk_agent_up (agent, NOW_MS);
  for (guint round = 0; said != NULL && round < 20; round++)
    {
      g_autoptr (GPtrArray) actions = benk_conform_actions_new ();
      g_autoptr (GPtrArray) before = g_steal_pointer (&said);

      for (guint i = 0; i < before->len; i++)
        {
          const BenkAgentAction *action = g_ptr_array_index (before, i);

          if (action->kind == BENK_AGENT_SEND)
            benk_conform_received (conform, action->apdu, 0, actions);
        }
      for (guint i = 0; i < actions->len; i++)
        {
          const BenkConformAction *action = g_ptr_array_index (actions, i);

          if (action->kind != BENK_CONFORM_SEND)
            continue;
          n_sent++;
          g_clear_pointer (&said, g_ptr_array_unref);
          said = benk_agent_receive (agent, action->octets, NOW_MS);
        }
    }
  /* Accepted, its configuration taken, asked who it is, and let go. */
  g_assert_cmpuint (n_sent, ==, 4);
  g_assert_cmpint (benk_conform_get_result (conform, 2)->verdict, ==,
                   BENK_CONFORM_FAILED);
  for (guint i = 3; i < benk_conform_get_n_results (conform); i++)
    g_assert_cmpint (benk_conform_get_result (conform, i)->verdict, ==,
                     BENK_CONFORM_NOT_TRIED);
}

static void
test_states (Fixture *self, gconstpointer data)
{
  guint n_refused = 0;

  g_assert_true (benk_conform_allow (NULL, NULL));
  for (guint state = 0; benk_device_state_to_name ((BenkDeviceState) state); state++)
    {
      g_autoptr (BenkDevice) card = benk_device_new ();
      g_autoptr (GError) error = NULL;

      benk_device_set_state (card, (BenkDeviceState) state);
      if (benk_conform_allow (card, &error))
        continue;
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      n_refused++;
    }
  g_assert_cmpuint (n_refused, ==, 6);
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/conform/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("every-simulated-make-meets-everything", test_all_pass);
  ADD ("nothing-is-changed-without-leave", test_harmless);
  ADD ("each-fault-fails-the-right-requirement", test_faults);
  ADD ("there-is-always-an-end", test_every_transfer);
  ADD ("another-device-afterwards-is-told", test_another_serial);
  ADD ("another-device-is-left-alone", test_not_named);
  ADD ("a-user-is-never-depended-on", test_states);

  return g_test_run ();
}
