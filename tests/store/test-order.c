/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-fact.h"
#include "benk-table-fixture.h"
#include "benk-table-person.h"
#include "benk-table-transition.h"
#include "benk-table-visit.h"

#define YEAR_MS (365 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))

#define STATES_OF_SERVICE                                                                \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED))

/* Where the clock stands when the second thing happens, against the first. */
static const gint64 jumps[] = { 1000, YEAR_MS, -YEAR_MS };
static const char *const jump_names[] = { "right", "ahead", "back" };

static void
jump (BenkStoreFixture *fixture, gconstpointer which)
{
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (fixture->clock),
                            FIXTURE_WALL_MS + jumps[GPOINTER_TO_UINT (which)]);
}

static void
set_state (BenkStoreFixture *fixture, BenkDevice *device, BenkDeviceState to)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);

  benk_table_device_set_state (fixture->db, benk_device_get_id (device), to, NULL,
                               &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static void
test_service (BenkStoreFixture *fixture, gconstpointer which)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);
  const BenkId *id = benk_device_get_id (device);
  BenkDeviceState state = BENK_DEVICE_STATE_LOST;

  benk_table_transition_get_newest (fixture->db, id, STATES_OF_SERVICE, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, BENK_DEVICE_STATE_LOST);

  set_state (fixture, device, BENK_DEVICE_STATE_OPERATION);
  jump (fixture, which);
  set_state (fixture, device, BENK_DEVICE_STATE_PAUSED);
  set_state (fixture, device, BENK_DEVICE_STATE_FAULTY);
  benk_table_transition_get_newest (fixture->db, id, STATES_OF_SERVICE, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, BENK_DEVICE_STATE_PAUSED);
}

static gboolean
is_attested (BenkStoreFixture *fixture,
             BenkDevice *device,
             gboolean (*since) (BenkDb *, const BenkId *, gint64 *, GError **))
{
  g_autoptr (GError) error = NULL;
  const BenkId *id = benk_device_get_id (device);
  gboolean attested;
  gint64 order;

  since (fixture->db, id, &order, &error);
  g_assert_no_error (error);
  benk_table_fact_is_attested (fixture->db, id, BENK_FACT_MEDICINE_REMOVED, order,
                               &attested, &error);
  g_assert_no_error (error);

  return attested;
}

static void
test_stay_before (BenkStoreFixture *fixture, gconstpointer which)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_OPERATION);
  /* Whether it counts once the device is in each of these, one after the other. */
  static const BenkDeviceState states[] = { BENK_DEVICE_STATE_TO_COLLECT,
                                            BENK_DEVICE_STATE_QUARANTINE,
                                            BENK_DEVICE_STATE_FAULTY };
  static const gboolean expected[] = { TRUE, TRUE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      set_state (fixture, device, states[i]);
      if (i == 0)
        benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_REMOVED);
      g_assert_true (is_attested (fixture, device,
                                  benk_table_transition_get_stay_before) == expected[i]);
      jump (fixture, which);
    }
  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_REMOVED);
  g_assert_true (is_attested (fixture, device, benk_table_transition_get_stay_before));
}

static void
test_end_of_use (BenkStoreFixture *fixture, gconstpointer which)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_OPERATION);

  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_REMOVED);
  jump (fixture, which);
  set_state (fixture, device, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_false (is_attested (fixture, device, benk_table_transition_get_end_of_use));
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (fixture->clock), FIXTURE_WALL_MS);
  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_REMOVED);
  g_assert_true (is_attested (fixture, device, benk_table_transition_get_end_of_use));
  set_state (fixture, device, BENK_DEVICE_STATE_RMA_REQUESTED);
  g_assert_true (is_attested (fixture, device, benk_table_transition_get_end_of_use));
  set_state (fixture, device, BENK_DEVICE_STATE_RECEIVED);
  g_assert_false (is_attested (fixture, device, benk_table_transition_get_end_of_use));
}

static void
test_alarms_of_a_visit (BenkStoreFixture *fixture, gconstpointer which)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (BenkAlarm) before = benk_table_fixture_add_alarm (fixture, device);
  BenkVisitRow row = { .kind = BENK_VISIT_SETTINGS,
                       .device = *benk_device_get_id (device),
                       .way = (char *) "cable" };
  BenkScope *scope;
  guint count;

  scope = benk_table_fixture_begin (fixture, BENK_VERB_VISIT);
  benk_table_visit_insert (fixture->db, &row, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
  benk_table_visit_count_alarms (fixture->db, &row.id, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 0);

  jump (fixture, which);
  for (guint n = 1; n <= 2; n++)
    {
      g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, device);

      benk_table_visit_count_alarms (fixture->db, &row.id, &count, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count, ==, n);
    }
}

/* State, make and user of each device, in the order in which they are offered. */
static const struct
{
  const char *serial;
  BenkDeviceState state;
  const char *model;
  gboolean of_user;
} shelf[] = {
  { "R3", BENK_DEVICE_STATE_READY, "medido", TRUE },
  { "P9", BENK_DEVICE_STATE_PREPARING, "pilly-sms", TRUE },
  { "P1", BENK_DEVICE_STATE_PREPARING, "medido", FALSE },
  { "R2", BENK_DEVICE_STATE_READY, "medido", FALSE },
  { "A1", BENK_DEVICE_STATE_STOCK, "medido", FALSE },
  { "A2", BENK_DEVICE_STATE_STOCK, "medido", FALSE },
  { "A0", BENK_DEVICE_STATE_READY, "pilly-sms", FALSE },
};

static void
add_to_shelf (BenkStoreFixture *fixture, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_new_device (shelf[i].serial, shelf[i].state);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);

  benk_device_set_model_id (device, shelf[i].model);
  if (shelf[i].of_user)
    benk_device_set_person_ref (device, REFERENCE);
  benk_table_device_insert (fixture->db, device, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static void
test_replacements (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) old =
    benk_table_fixture_add_device (fixture, "OLD", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkDevice) other =
    benk_table_fixture_add_device (fixture, "GONE", BENK_DEVICE_STATE_QUARANTINE);
  g_autoptr (GArray) some = NULL;
  g_autoptr (GArray) all = NULL;
  BenkId person;

  for (guint i = G_N_ELEMENTS (shelf); i-- > 0;)
    add_to_shelf (fixture, i);
  benk_table_person_find (fixture->db, REFERENCE, &person, &error);
  g_assert_no_error (error);

  all = benk_table_device_list_replacements (fixture->db, benk_device_get_id (old),
                                             &person, 60, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (shelf));
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (BenkDevice) device =
        benk_table_device_get (fixture->db, &g_array_index (all, BenkId, i), &error);

      g_assert_cmpstr (benk_device_get_serial (device), ==, shelf[i].serial);
    }
  some = benk_table_device_list_replacements (fixture->db, benk_device_get_id (old),
                                              &person, 2, &error);
  g_assert_cmpuint (some->len, ==, 2);
}

static void
add_for_every_clock (const char *name, void (*test) (BenkStoreFixture *, gconstpointer))
{
  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/store/order/%s/clock-%s", name, jump_names[i]);

      g_test_add (path, BenkStoreFixture, GUINT_TO_POINTER (i), benk_store_fixture_set_up,
                  test, benk_store_fixture_tear_down);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_for_every_clock ("how-a-user-was-served-last", test_service);
  add_for_every_clock ("what-was-attested-in-this-state-or-the-one-before",
                       test_stay_before);
  add_for_every_clock ("what-was-attested-since-a-device-came-back", test_end_of_use);
  add_for_every_clock ("alarms-that-came-during-a-visit", test_alarms_of_a_visit);
  g_test_add ("/store/order/who-takes-over-same-user-then-make-then-ready",
              BenkStoreFixture, NULL, benk_store_fixture_set_up, test_replacements,
              benk_store_fixture_tear_down);

  return g_test_run ();
}
