/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-reservation.h"

static const BenkId anna = { { 1 } };
static const BenkId bjorn = { { 2 } };

static void
test_states (void)
{
  static const struct
  {
    BenkDeviceState state;
    gboolean holds;
    gboolean used;
  } rows[BENK_N_DEVICE_STATES] = {
    { BENK_DEVICE_STATE_ORDERED, TRUE, FALSE },
    { BENK_DEVICE_STATE_RECEIVED, TRUE, FALSE },
    { BENK_DEVICE_STATE_STOCK, TRUE, FALSE },
    { BENK_DEVICE_STATE_PREPARING, TRUE, FALSE },
    { BENK_DEVICE_STATE_READY, TRUE, FALSE },
    { BENK_DEVICE_STATE_RESET, TRUE, FALSE },
    { BENK_DEVICE_STATE_TRIAL, FALSE, TRUE },
    { BENK_DEVICE_STATE_OPERATION, FALSE, TRUE },
    { BENK_DEVICE_STATE_PAUSED, FALSE, FALSE },
    { BENK_DEVICE_STATE_TO_COLLECT, FALSE, FALSE },
    { BENK_DEVICE_STATE_QUARANTINE, FALSE, FALSE },
    { BENK_DEVICE_STATE_FAULTY, FALSE, FALSE },
    { BENK_DEVICE_STATE_RMA_REQUESTED, FALSE, FALSE },
    { BENK_DEVICE_STATE_RMA_PACKED, FALSE, FALSE },
    { BENK_DEVICE_STATE_SENT, FALSE, FALSE },
    { BENK_DEVICE_STATE_WITH_VENDOR, FALSE, FALSE },
    { BENK_DEVICE_STATE_RMA_CLOSED, FALSE, FALSE },
    { BENK_DEVICE_STATE_SCRAPPED, FALSE, FALSE },
    { BENK_DEVICE_STATE_LOST, FALSE, FALSE },
  };
  guint32 seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (benk_reservation_state_holds (rows[i].state), ==, rows[i].holds);
      g_assert_cmpint (benk_reservation_is_used (rows[i].state), ==, rows[i].used);
      seen |= BENK_DEVICE_STATE_MASK (rows[i].state);
    }
  g_assert_cmpuint (seen, ==, (1u << BENK_N_DEVICE_STATES) - 1);
  g_assert_false (benk_reservation_state_holds (BENK_N_DEVICE_STATES));
}

static void
test_need (void)
{
  const BenkId nobody = BENK_ID_NIL;

  g_assert_false (benk_reservation_judge_need (BENK_DEVICE_STATE_STOCK, &nobody, &anna));
  g_assert_false (benk_reservation_judge_need (BENK_DEVICE_STATE_READY, &anna, &anna));
  g_assert_true (benk_reservation_judge_need (BENK_DEVICE_STATE_READY, &bjorn, &anna));
  g_assert_true (benk_reservation_judge_need (BENK_DEVICE_STATE_FAULTY, &nobody, &anna));
  g_assert_true (benk_reservation_judge_need (BENK_DEVICE_STATE_LOST, &nobody, &anna));
}

static void
test_dates (void)
{
  static const struct
  {
    const char *wanted;
    gboolean good;
  } rows[] = {
    { "2026-03-02", TRUE },  { "2028-03-01", TRUE },  { "2028-03-02", FALSE },
    { "2026-03-01", FALSE }, { "2026-02-30", FALSE }, { "", FALSE },
    { NULL, FALSE },         { "3. mars", FALSE },    { "2026-3-4", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (benk_reservation_check_date (rows[i].wanted, "2026-03-02", &error),
                       ==, rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

static BenkReservation
make (const char *date, int days, gboolean needs_device)
{
  return (BenkReservation){ .wanted_date = (char *) date,
                            .days = days,
                            .needs_device = needs_device };
}

static void
test_order (void)
{
  /* What has to be done first. */
  const BenkReservation sorted[] = {
    make ("2026-02-20", -10, TRUE), make ("2026-02-10", -20, FALSE),
    make ("2026-03-01", -1, FALSE), make ("2026-09-09", 191, TRUE),
    make ("2026-03-02", 0, FALSE),  make ("2026-03-09", 7, FALSE),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (sorted); k++)
      {
        int order = benk_reservation_compare (&sorted[i], &sorted[k]);

        g_assert_cmpint (CLAMP (order, -1, 1), ==, i < k ? -1 : i > k);
      }
}

static void
test_words (void)
{
  const struct
  {
    BenkReservation reservation;
    const char *words;
  } rows[] = {
    { make ("2026-12-03", 4, FALSE), "Wanted 3 Dec 2026, in 4 days" },
    { make ("2026-12-03", 1, FALSE), "Wanted 3 Dec 2026, in 1 day" },
    { make ("2026-12-03", 0, FALSE), "Wanted 3 Dec 2026, today" },
    { make ("2026-12-03", -1, FALSE), "Wanted 3 Dec 2026, 1 day overdue" },
    { make ("2026-12-03", -9, TRUE),
      "Needs another device · Wanted 3 Dec 2026, 9 days overdue" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = benk_reservation_describe (&rows[i].reservation);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reservation/holds-what-can-still-go-out", test_states);
  g_test_add_func ("/reservation/says-who-needs-another-device", test_need);
  g_test_add_func ("/reservation/takes-days-ahead-only", test_dates);
  g_test_add_func ("/reservation/puts-the-overdue-first", test_order);
  g_test_add_func ("/reservation/says-its-day", test_words);

  return g_test_run ();
}
