/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-report-period.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-plan.h"

#include <glib/gi18n.h>

/* Longer ones are asked for by mistake. */
#define MAX_DAYS 3660

static gint64
find_start (const GDate *date)
{
  gint64 ms = benk_local_minute_to_ms (BENK_DISTRICT_ZONE, date, 0);

  /* A computer without time zones. */
  return ms >= 0 ? ms : benk_local_minute_to_ms ("UTC", date, 0);
}

static void
set_dates (BenkReportPeriod *self, const GDate *from, const GDate *to)
{
  GDate after = *to;

  g_date_add_days (&after, 1);
  g_date_strftime (self->from_date, sizeof self->from_date, "%Y-%m-%d", from);
  g_date_strftime (self->to_date, sizeof self->to_date, "%Y-%m-%d", to);
  self->from_ms = find_start (from);
  self->to_ms = find_start (&after);
}

/**
 * benk_report_period_set:
 * @self: (out caller-allocates): a period, untouched on failure
 * @from_date: (nullable): the first day, "YYYY-MM-DD"
 * @to_date: (nullable): the last day
 * @error: %BENK_ERROR_INVALID
 *
 * Returns: whether these are two days in order, at most ten years apart
 */
gboolean
benk_report_period_set (BenkReportPeriod *self,
                        const char *from_date,
                        const char *to_date,
                        GError **error)
{
  const char *texts[] = { from_date, to_date };
  GDate dates[2];
  int n_days;

  for (int i = 0; i < 2; i++)
    if (!benk_date_parse (texts[i], &dates[i]) || g_date_get_year (&dates[i]) < 1971)
      {
        g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                     _ ("“%s” is not a day such as 2026-11-21."),
                     texts[i] != NULL ? texts[i] : "");
        return FALSE;
      }
  n_days = g_date_days_between (&dates[0], &dates[1]);
  if (n_days < 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The last day comes before the first."));
      return FALSE;
    }
  if (n_days > MAX_DAYS)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("A report covers ten years at most."));
      return FALSE;
    }
  set_dates (self, &dates[0], &dates[1]);
  return TRUE;
}

/**
 * benk_report_period_set_month:
 * @self: (out caller-allocates): a period
 * @now_ms: UTC milliseconds
 * @months_back: 0 = this month, as the district's calendar says; 1 = the one before …
 *
 * Makes it a whole month.
 */
void
benk_report_period_set_month (BenkReportPeriod *self, gint64 now_ms, guint months_back)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate first, last;

  g_date_clear (&first, 1);
  g_date_set_dmy (&first, 1, (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  g_date_subtract_months (&first, months_back);
  last = first;
  g_date_add_months (&last, 1);
  g_date_subtract_days (&last, 1);
  set_dates (self, &first, &last);
}

static char *
write_day (const char *text)
{
  char words[64];
  GDate date;

  if (!benk_date_parse (text, &date))
    return g_strdup (text);
  /* Translators: a day in a report, for strftime. */
  g_date_strftime (words, sizeof words, _ ("%Y-%m-%d"), &date);
  return g_strdup (words);
}

/**
 * benk_report_period_describe:
 * @self: a period
 *
 * Returns: (transfer full): its days in words
 */
char *
benk_report_period_describe (const BenkReportPeriod *self)
{
  g_autofree char *from = write_day (self->from_date);
  g_autofree char *to = write_day (self->to_date);

  if (g_str_equal (from, to))
    return g_steal_pointer (&from);
  /* Translators: the first and the last day of a report. */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}
