/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-join.h"

/**
 * benk_alarm_join:
 * @spans: (array length=n_spans): the alarms of one code from one device, by the time
 * they were raised
 * @n_spans: how many
 * @out_firsts: (array length=n_spans) (out caller-allocates): of each, the index of the
 *   alarm that it only says again; its own where it is the first
 *
 * Joins repeated alarms. One joins the first if it was raised within
 * %BENK_ALARM_REPEAT_MS of it, while it, or another that joined it, was still open. It
 * asks nothing but when they were raised and ended, so that what was learned first makes
 * no difference.
 */
void
benk_alarm_join (const BenkAlarmSpan *spans, guint n_spans, guint *out_firsts)
{
  guint first = 0;
  gint64 open_until_ms = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      gint64 ended_ms = spans[i].ended_ms != 0 ? spans[i].ended_ms : G_MAXINT64;

      if (i == 0 || spans[i].raised_ms >= spans[first].raised_ms + BENK_ALARM_REPEAT_MS ||
          spans[i].raised_ms >= open_until_ms)
        {
          first = i;
          open_until_ms = ended_ms;
        }
      open_until_ms = MAX (open_until_ms, ended_ms);
      out_firsts[i] = first;
    }
}
