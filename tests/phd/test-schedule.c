/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-schedule.h"

/* Saturday 2026-11-21, 10:30, by the dispenser's clock. */
static const BenkMderTime now = { 2026, 11, 21, 10, 30, 0, 0 };

typedef struct
{
  const char *name;
  BenkDoseEntry doses[2];
  BenkMderTime from;
  BenkMderTime to;
  BenkMderTime next;
} Row;

#define DAILY(m)                                                                         \
  {                                                                                      \
    .minute = (m), .recurrence = BENK_DOSE_EVERY_N_DAYS, .recurrence_arg = 1             \
  }
#define NONE                                                                             \
  {                                                                                      \
    0                                                                                    \
  }

static const Row rows[] = {
  { "later today",
    { DAILY (14 * 60), DAILY (8 * 60) },
    NONE,
    NONE,
    { 2026, 11, 21, 14, 0, 0, 0 } },
  { "all of today are over",
    { DAILY (10 * 60), DAILY (8 * 60) },
    NONE,
    NONE,
    { 2026, 11, 22, 8, 0, 0, 0 } },
  { "this very minute is over",
    { DAILY (10 * 60 + 30), DAILY (8 * 60) },
    NONE,
    NONE,
    { 2026, 11, 22, 8, 0, 0, 0 } },
  { "not valid yet",
    { DAILY (0), DAILY (8 * 60) },
    { 2026, 11, 30, 0, 0, 0, 0 },
    NONE,
    { 2026, 11, 30, 0, 0, 0, 0 } },
  { "no longer valid",
    { DAILY (14 * 60), DAILY (8 * 60) },
    NONE,
    { 2026, 11, 21, 12, 0, 0, 0 },
    NONE },
  { "Mondays and Fridays",
    { { .minute = 480, .recurrence = BENK_DOSE_WEEKDAYS, .recurrence_arg = 0x11 },
      { .minute = 540, .recurrence = BENK_DOSE_WEEKDAYS, .recurrence_arg = 0x10 } },
    NONE,
    NONE,
    { 2026, 11, 23, 8, 0, 0, 0 } },
  { "Saturdays, today's is over",
    { { .minute = 480, .recurrence = BENK_DOSE_WEEKDAYS, .recurrence_arg = 0x20 },
      { .minute = 480, .recurrence = BENK_DOSE_WEEKDAYS, .recurrence_arg = 0x20 } },
    NONE,
    NONE,
    { 2026, 11, 28, 8, 0, 0, 0 } },
  { "every third day",
    { { .minute = 480,
        .recurrence = BENK_DOSE_EVERY_N_DAYS,
        .recurrence_arg = 3,
        .anchor = 0x20261118 },
      { .minute = 480,
        .recurrence = BENK_DOSE_EVERY_N_DAYS,
        .recurrence_arg = 7,
        .anchor = 0x20261118 } },
    NONE,
    NONE,
    { 2026, 11, 24, 8, 0, 0, 0 } },
  { "from a day on",
    { { .minute = 480,
        .recurrence = BENK_DOSE_EVERY_N_DAYS,
        .recurrence_arg = 1,
        .anchor = 0x20261205 },
      { .minute = 480,
        .recurrence = BENK_DOSE_WEEKDAYS,
        .recurrence_arg = 0x7f,
        .anchor = 0x20261204 } },
    NONE,
    NONE,
    { 2026, 12, 4, 8, 0, 0, 0 } },
  { "the 31st of a month that has one",
    { { .minute = 480, .recurrence = BENK_DOSE_DAY_OF_MONTH, .recurrence_arg = 31 },
      { .minute = 480, .recurrence = BENK_DOSE_DAY_OF_MONTH, .recurrence_arg = 31 } },
    NONE,
    NONE,
    { 2026, 12, 31, 8, 0, 0, 0 } },
  { "once, still to come",
    { { .minute = 480, .recurrence = BENK_DOSE_ONCE, .anchor = 0x20270101 },
      { .minute = 480, .recurrence = BENK_DOSE_ONCE, .anchor = 0x20261121 } },
    NONE,
    NONE,
    { 2027, 1, 1, 8, 0, 0, 0 } },
  { "once, over",
    { { .minute = 480, .recurrence = BENK_DOSE_ONCE, .anchor = 0x20261120 },
      { .minute = 480, .recurrence = BENK_DOSE_ONCE, .anchor = 0x20261121 } },
    NONE,
    NONE,
    NONE },
  { "a recurrence of the future",
    { DAILY (14 * 60), { .minute = 480, .recurrence = 9 } },
    NONE,
    NONE,
    NONE },
  { "no such minute", { DAILY (14 * 60), DAILY (1440) }, NONE, NONE, NONE },
  { "every second day from no day",
    { DAILY (14 * 60),
      { .minute = 480, .recurrence = BENK_DOSE_EVERY_N_DAYS, .recurrence_arg = 2 } },
    NONE,
    NONE,
    NONE },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_SCHEDULE);
      gint64 next;

      g_test_message ("%s", rows[i].name);
      table->valid_from = rows[i].from;
      table->valid_to = rows[i].to;
      g_array_append_vals (table->rows, rows[i].doses, 2);
      next = benk_schedule_next_dose (table, benk_mder_time_to_seconds (&now));
      g_assert_cmpint (next, ==, benk_mder_time_to_seconds (&rows[i].next));
    }
}

static void
test_empty (void)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_SCHEDULE);

  g_assert_cmpint (benk_schedule_next_dose (table, 0), ==, BENK_SCHEDULE_NONE);
  g_assert_cmpint (benk_schedule_next_dose (table, -1), ==, BENK_SCHEDULE_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/schedule/next-dose", test_rows);
  g_test_add_func ("/phd/schedule/without-dose-times", test_empty);
  return g_test_run ();
}
