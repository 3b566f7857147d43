/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms-fixture.h"

G_BEGIN_DECLS

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef struct
{
  int month, day, hour, minute;
} BenkClockMoment;

/* From @from to @to of true time, UTC, in 2026. The wall clock is wrong by @wrong_ms
 * until it is set at @from. */
typedef struct
{
  const char *name;
  BenkClockMoment from, to;
  gboolean sleeps;
  gint64 wrong_ms;
  BenkClockMoment shift_end;            /* of an alarm at @from */
  BenkClockMoment workday;              /* the end of the next but that of @from */
  const char *call_before, *call_after; /* NULL: one's own */
  const char *note;                     /* in the log of the watch */
} BenkClockCourse;

#define BENK_N_CLOCK_COURSES 12

extern const BenkClockCourse benk_clock_courses[BENK_N_CLOCK_COURSES];

typedef struct
{
  BenkAlarmsFixture base;
  BenkClock *server;
  BenkSession *engine;
  guint n_rounds;
  guint n_over;
  guint n_silent;
  guint n_quiet_over;
} BenkClockFixture;

gint64 benk_clock_course_utc (const BenkClockMoment *at);

void benk_clock_course_set_up (BenkClockFixture *f, gconstpointer course);
void benk_clock_course_tear_down (BenkClockFixture *f, gconstpointer course);

BenkFakeClock *benk_clock_course_get_clock (BenkClockFixture *f);
gint64 benk_clock_course_get_true_ms (BenkClockFixture *f);
void benk_clock_course_spin (BenkClockFixture *f);
void benk_clock_course_pass (BenkClockFixture *f, gint64 ms);
void benk_clock_course_sleep (BenkClockFixture *f, gint64 ms);
void benk_clock_course_run (BenkClockFixture *f, const BenkClockCourse *course);

G_END_DECLS
