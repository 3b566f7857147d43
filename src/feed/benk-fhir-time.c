/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-time.h"

#include <string.h>

/* 1970 and 2200: outside it a time is a slip of the sender. */
#define MIN_MS G_GINT64_CONSTANT (0)
#define MAX_MS G_GINT64_CONSTANT (7258118400000)

/*
 * FHIR R4 dateTime and instant. A time of day must carry a zone (R4 2.24.0.1); a date
 * alone, a month or a year is its beginning in UTC.
 */
gboolean
benk_fhir_time_parse (const char *text, gint64 *out_ms)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *full = NULL;
  gsize length = text ? strlen (text) : 0;
  gint64 ms;

  if (length < 4 || length > 40)
    return FALSE;
  if (length <= 10 && strspn (text, "0123456789-") == length)
    full = g_strconcat (text,
                        length == 4   ? "-01-01"
                        : length == 7 ? "-01"
                                      : "",
                        "T00:00:00Z", NULL);
  else
    full = g_strdup (text);
  time = g_date_time_new_from_iso8601 (full, NULL);
  if (time == NULL)
    return FALSE;
  ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  if (ms < MIN_MS || ms > MAX_MS)
    return FALSE;
  *out_ms = ms;
  return TRUE;
}

/* UTC with milliseconds and Z: a "+" in a query becomes a blank on some servers. */
char *
benk_fhir_time_format (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree char *seconds = time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%03dZ", seconds ? seconds : "1970-01-01T00:00:00",
                          (int) (ms % 1000));
}
