/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-view.h"
#include "benk-table-fixture.h"
#include "benk-table-person.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define STATE(name) BENK_DEVICE_STATE_##name

/* One thing that happens, after so many days. */
typedef struct
{
  guint days;
  const char *serial;
  BenkDeviceState to;
  gboolean replaces;
} Step;

typedef struct
{
  const char *name;
  guint days; /* of the trial, asked of the last device a day after its last step */
  Step steps[8];
} Story;

static const Story stories[] = {
  { "one-device", 1, { { 0, "A", STATE (TRIAL), FALSE } } },
  { "swapped",
    5,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 4, "A", STATE (QUARANTINE), FALSE },
      { 0, "B", STATE (TRIAL), TRUE } } },
  { "swapped-twice",
    8,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 4, "A", STATE (QUARANTINE), FALSE },
      { 0, "B", STATE (TRIAL), TRUE },
      { 3, "B", STATE (FAULTY), FALSE },
      { 0, "C", STATE (TRIAL), TRUE } } },
  { "days-without-a-device-do-not-count",
    5,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 4, "A", STATE (QUARANTINE), FALSE },
      { 9, "B", STATE (TRIAL), TRUE } } },
  { "days-of-a-stop-do-not-count",
    5,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 4, "A", STATE (PAUSED), FALSE },
      { 20, "A", STATE (TRIAL), FALSE } } },
  { "another-trial-of-the-same-user",
    1,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 4, "A", STATE (QUARANTINE), FALSE },
      { 9, "B", STATE (TRIAL), FALSE } } },
  { "not-suited-and-tried-again",
    1,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 4, "A", STATE (TO_COLLECT), FALSE },
      { 9, "B", STATE (TRIAL), TRUE } } },
  { "in-regular-use-since",
    1,
    { { 0, "A", STATE (TRIAL), FALSE },
      { 9, "A", STATE (OPERATION), FALSE },
      { 30, "A", STATE (QUARANTINE), FALSE },
      { 0, "B", STATE (TRIAL), TRUE } } },
};

static void
change (BenkStoreFixture *fixture, BenkDevice *device, BenkDeviceState to)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);

  benk_table_device_set_state (fixture->db, benk_device_get_id (device), to, NULL,
                               &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static void
give_to (BenkStoreFixture *fixture, BenkDevice *device, const char *reference)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_EDIT);
  BenkId person;

  benk_table_person_ensure (fixture->db, reference, &person, &error);
  g_assert_no_error (error);
  benk_table_device_set_person (fixture->db, benk_device_get_id (device), &person,
                                &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static void
take_step (BenkStoreFixture *fixture, const Step *step, const char *reference)
{
  g_autoptr (BenkDevice) device =
    benk_table_device_find (fixture->db, step->serial, NULL);

  benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), step->days * DAY_MS);
  if (device == NULL)
    {
      device = benk_table_fixture_add_device (fixture, step->serial, STATE (PREPARING));
      give_to (fixture, device, reference);
      change (fixture, device, STATE (READY));
    }
  if (step->replaces)
    benk_table_fixture_attest (fixture, device, BENK_FACT_REPLACED_DEVICE);
  change (fixture, device, step->to);
}

static gint64
get_trial_ms (BenkStoreFixture *fixture, const char *serial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = benk_table_fixture_read_device (fixture, serial);
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (fixture->db, benk_device_get_id (device), &error);

  g_assert_no_error (error);
  return benk_lifecycle_view_get_trial_ms (view);
}

/* Somebody else's trial beside it counts for nobody but them. */
static void
test_story (BenkStoreFixture *fixture, gconstpointer data)
{
  const Story *story = data;
  const Step *last = NULL;
  const Step other = { 3, "X", STATE (TRIAL), TRUE };

  take_step (fixture, &other, "Ref-other");
  for (guint i = 0; i < G_N_ELEMENTS (story->steps) && story->steps[i].serial; i++)
    {
      last = &story->steps[i];
      take_step (fixture, last, REFERENCE);
    }
  benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), DAY_MS);
  g_assert_cmpint (get_trial_ms (fixture, last->serial), ==, story->days * DAY_MS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *path = g_strconcat ("/store/trial/", stories[i].name, NULL);

      g_test_add (path, BenkStoreFixture, &stories[i], benk_store_fixture_set_up,
                  test_story, benk_store_fixture_tear_down);
    }
  return g_test_run ();
}
