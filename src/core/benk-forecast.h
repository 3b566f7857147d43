/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BENK_FORECAST_WEEKS_PROPOSED:
 *
 * So many weeks are looked back at most. Proposed by the program, not decided by the
 * district.
 */
#define BENK_FORECAST_WEEKS_PROPOSED 8

/**
 * BENK_FORECAST_MIN_WEEKS:
 *
 * With fewer weeks on record nothing is said. Proposed by the program.
 */
#define BENK_FORECAST_MIN_WEEKS 4

/**
 * BENK_FORECAST_MIN_OUT:
 *
 * With fewer devices that went out nothing is said. Proposed by the program.
 */
#define BENK_FORECAST_MIN_OUT 3

/**
 * BENK_FORECAST_MAX_DAYS:
 *
 * Further ahead no day is said: eight weeks do not tell so much.
 */
#define BENK_FORECAST_MAX_DAYS 365

/**
 * BenkForecastKind:
 * @BENK_FORECAST_UNKNOWN: too little has happened yet to say anything.
 * @BENK_FORECAST_NONE_FREE: none is free now.
 * @BENK_FORECAST_DAY: they run out on a day.
 * @BENK_FORECAST_FAR: they last longer than %BENK_FORECAST_MAX_DAYS.
 * @BENK_FORECAST_STEADY: no more went out than came back.
 */
typedef enum
{
  BENK_FORECAST_UNKNOWN,
  BENK_FORECAST_NONE_FREE,
  BENK_FORECAST_DAY,
  BENK_FORECAST_FAR,
  BENK_FORECAST_STEADY,
} BenkForecastKind;

/**
 * BenkForecastInput:
 * @n_free: devices that can go out and are kept for nobody
 * @n_reserved: devices that are kept for somebody; they are not free, and only told
 * @weeks: whole weeks that are looked back, see benk_forecast_get_weeks()
 * @n_out: devices that went to a user in those weeks
 * @n_back: devices that came back to the shelf in those weeks
 * @needs: (array length=n_needs): of each reservation whose own device cannot go out, in
 *   how many days another one is wanted; 0 or less = at once
 * @n_needs: their number
 *
 * What a forecast for one model rests on.
 */
typedef struct
{
  guint n_free;
  guint n_reserved;
  guint weeks;
  guint n_out;
  guint n_back;
  const int *needs;
  gsize n_needs;
} BenkForecastInput;

/**
 * BenkForecast:
 * @kind: what can be said
 * @days: with %BENK_FORECAST_DAY, in how many days; 0 = today
 * @date: with %BENK_FORECAST_DAY, that day, "YYYY-MM-DD"; else ""
 * @n_free: as it was asked
 * @n_reserved: as it was asked
 * @n_needs: as it was asked
 * @weeks: as it was asked
 * @n_out: as it was asked
 * @n_back: as it was asked
 *
 * When a model runs out, and what that rests on.
 */
typedef struct
{
  BenkForecastKind kind;
  int days;
  char date[11];
  guint n_free;
  guint n_reserved;
  guint n_needs;
  guint weeks;
  guint n_out;
  guint n_back;
} BenkForecast;

char *benk_forecast_get_today (gint64 now_ms);
guint benk_forecast_get_weeks (gint64 first_ms, gint64 now_ms);
gint64 benk_forecast_get_since_ms (guint weeks, gint64 now_ms);
BenkForecast benk_forecast_make (const BenkForecastInput *input, gint64 now_ms);

const char *benk_forecast_kind_to_name (BenkForecastKind value);
gboolean benk_forecast_kind_from_name (const char *name, BenkForecastKind *out_value);
const char *benk_forecast_kind_get_label (BenkForecastKind value);
gboolean benk_forecast_knows_pace (const BenkForecast *self);
double benk_forecast_get_pace (const BenkForecast *self);
char *benk_forecast_say_day (const BenkForecast *self);
char *benk_forecast_describe (const BenkForecast *self);

G_END_DECLS
