/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-instant.h"

#include <string.h>

/* Days from 1899-12-30, where spreadsheets begin to count, to 1970. */
#define SPREADSHEET_EPOCH 25569
#define SPREADSHEET_MIN 30000
#define SPREADSHEET_MAX 80000
#define DAY_S (24 * 3600)

#define NO_OFFSET G_MAXINT

/* What stands in a cell: seconds of the local clock as if it were UTC. */
typedef struct
{
  int year;
  int month;
  int day;
  gboolean american; /* month first */
  gboolean has_time;
  int seconds;
  int offset; /* of UTC in seconds, where the cell tells it */
} Parts;

static void
skip_gap (const char **at)
{
  while (**at == ' ' || **at == ',' || **at == '\t')
    (*at)++;
}

static gboolean
read_number (const char **at, int max_digits, int *n_digits, int *value)
{
  *value = 0;
  for (*n_digits = 0; g_ascii_isdigit (**at) && *n_digits < max_digits; (*at)++)
    {
      *value = *value * 10 + (**at - '0');
      (*n_digits)++;
    }
  return *n_digits > 0 && !g_ascii_isdigit (**at);
}

static gboolean
skip_word (const char **at, const char *word)
{
  gsize n = strlen (word);

  if (g_ascii_strncasecmp (*at, word, n) != 0)
    return FALSE;
  *at += n;
  return TRUE;
}

/* The first three letters tell the month, in Norwegian and in English. */
static gboolean
read_month (const char **at, int *month)
{
  static const char *const names[] = { "jan", "feb", "mar", "apr", "mai", "jun",
                                       "jul", "aug", "sep", "okt", "nov", "des" };
  static const char *const english[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (skip_word (at, names[i]) || skip_word (at, english[i]))
      {
        while (g_ascii_isalpha (**at))
          (*at)++;
        if (**at == '.')
          (*at)++;
        *month = (int) i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_separator (const char **at, char *separator)
{
  if (**at == '\0' || strchr ("./-", **at) == NULL)
    return FALSE;
  *separator = **at;
  (*at)++;
  return TRUE;
}

/* "man.", "Monday,": the date itself says the day. */
static void
skip_weekday (const char **at)
{
  const char *start = *at;

  while (g_unichar_isalpha (g_utf8_get_char (*at)))
    *at = g_utf8_next_char (*at);
  if (*at == start)
    return;
  while (**at == '.' || **at == ',' || **at == ' ')
    (*at)++;
}

static gboolean
read_date (const char **at, Parts *parts)
{
  int value[3] = { 0 };
  int n[3] = { 0 };
  char separator = '\0';

  skip_weekday (at);
  if (!read_number (at, 4, &n[0], &value[0]))
    return FALSE;
  read_separator (at, &separator);
  skip_gap (at);
  if (read_month (at, &value[1]))
    {
      n[1] = 2;
      if (**at == '-' || **at == '/')
        (*at)++;
    }
  else if (separator == '\0' || !read_number (at, 2, &n[1], &value[1]) ||
           !read_separator (at, &separator))
    return FALSE;
  skip_gap (at);
  if (!read_number (at, 4, &n[2], &value[2]))
    return FALSE;
  if (n[0] == 4 ? n[2] > 2 : (n[0] > 2 || (n[2] != 2 && n[2] != 4)))
    return FALSE;
  parts->year = n[0] == 4 ? value[0] : value[2] + (n[2] == 2 ? 2000 : 0);
  parts->month = value[1];
  parts->day = n[0] == 4 ? value[2] : value[0];
  parts->american = n[0] != 4 && separator == '/';
  return TRUE;
}

/* "AM" and "PM" are American, and so is the order of the date before them. */
static gboolean
read_half (const char **at, Parts *parts, int *hour)
{
  gboolean pm;

  skip_gap (at);
  pm = skip_word (at, "PM");
  if (!pm && !skip_word (at, "AM"))
    {
      parts->american &= parts->month > 12;
      return TRUE;
    }
  if (*hour < 1 || *hour > 12)
    return FALSE;
  *hour = *hour % 12 + (pm ? 12 : 0);
  return TRUE;
}

static gboolean
read_clock (const char **at, Parts *parts)
{
  int hour, n;
  int minute = 0;
  int second = 0;

  if (!read_number (at, 2, &n, &hour) || (**at != ':' && **at != '.'))
    return FALSE;
  (*at)++;
  if (!read_number (at, 2, &n, &minute) || n != 2)
    return FALSE;
  if (**at == ':' || **at == '.')
    {
      (*at)++;
      if (!read_number (at, 2, &n, &second) || n != 2)
        return FALSE;
      if ((**at == '.' || **at == ',') && g_ascii_isdigit ((*at)[1]))
        for ((*at)++; g_ascii_isdigit (**at);)
          (*at)++;
    }
  if (!read_half (at, parts, &hour) || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  parts->seconds = hour * 3600 + minute * 60 + second;
  parts->has_time = TRUE;
  return TRUE;
}

static gboolean
read_offset (const char **at, Parts *parts)
{
  int n, hours, minutes;
  int sign;

  skip_gap (at);
  if (skip_word (at, "UTC") || skip_word (at, "GMT") || skip_word (at, "Z"))
    {
      parts->offset = 0;
      return TRUE;
    }
  if (skip_word (at, "CEST"))
    {
      parts->offset = 2 * 3600;
      return TRUE;
    }
  if (skip_word (at, "CET"))
    {
      parts->offset = 3600;
      return TRUE;
    }
  if (**at != '+' && **at != '-')
    return TRUE;
  sign = **at == '-' ? -1 : 1;
  (*at)++;
  if (!read_number (at, 4, &n, &hours))
    return FALSE;
  minutes = n == 4 ? hours % 100 : 0;
  hours = n == 4 ? hours / 100 : hours;
  if (**at == ':')
    {
      (*at)++;
      if (!read_number (at, 2, &n, &minutes))
        return FALSE;
    }
  parts->offset = sign * (hours * 3600 + minutes * 60);
  return hours <= 14 && minutes < 60;
}

/* "45963,337": days and a fraction, as a spreadsheet counts. */
static gboolean
read_serial (const char *text, gint64 *local_s, gboolean *has_time)
{
  g_autofree char *copy = g_strdelimit (g_strdup (text), ",", '.');
  char *end = NULL;
  double days = g_ascii_strtod (copy, &end);

  if (end == copy || *end != '\0' || strspn (copy, "0123456789.") != strlen (copy) ||
      days < SPREADSHEET_MIN || days > SPREADSHEET_MAX)
    return FALSE;
  *local_s = (gint64) ((days - SPREADSHEET_EPOCH) * DAY_S + 0.5);
  *has_time = days > (double) (gint64) days;
  return TRUE;
}

static gint64
get_offset (GTimeZone *zone, gint64 utc_s)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc_s);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

static BenkImportInstant
find_instant (GTimeZone *zone, gint64 local_s, gint64 *out_ms)
{
  gint64 before = get_offset (zone, local_s - DAY_S);
  gint64 after = get_offset (zone, local_s + DAY_S);
  gboolean early = get_offset (zone, local_s - before) == before;
  gboolean late = get_offset (zone, local_s - after) == after;

  *out_ms = (local_s - (early || !late ? before : after)) * 1000;
  if (before == after)
    return BENK_IMPORT_INSTANT_EXACT;
  if (early && late)
    return BENK_IMPORT_INSTANT_TWICE;
  return early || late ? BENK_IMPORT_INSTANT_EXACT : BENK_IMPORT_INSTANT_SKIPPED;
}

static gboolean
count_seconds (Parts *parts, gint64 *local_s)
{
  g_autoptr (GDateTime) time = NULL;

  if (parts->american || parts->month > 12)
    {
      int month = parts->day;

      parts->day = parts->month;
      parts->month = month;
    }
  if (parts->year < 2000 || parts->year > 2099)
    return FALSE;
  time = g_date_time_new_utc (parts->year, parts->month, parts->day, 0, 0, 0);
  if (time == NULL)
    return FALSE;
  *local_s = g_date_time_to_unix (time) + parts->seconds;
  return TRUE;
}

static gboolean
read_parts (const char *at, const char *clock, Parts *parts)
{
  if (!read_date (&at, parts))
    return FALSE;
  while (*at == ' ' || *at == ',' || *at == '\t' || *at == 'T')
    at++;
  if (skip_word (&at, "kl"))
    while (*at == '.' || *at == ' ')
      at++;
  if (*at == '-' && at[1] == ' ')
    at += 2;
  /* A spreadsheet adds a midnight to a day whose time stands in a column of its own. */
  if (*at != '\0' && (!read_clock (&at, parts) || !read_offset (&at, parts)))
    return FALSE;
  if (*at != '\0')
    return FALSE;
  if (clock == NULL || (parts->has_time && parts->seconds != 0))
    {
      if (!parts->has_time)
        parts->american &= parts->month > 12;
      return TRUE;
    }
  skip_weekday (&clock);
  return read_clock (&clock, parts) && read_offset (&clock, parts) && *clock == '\0';
}

/**
 * benk_import_read_instant:
 * @text: a date and time as portals write it: 03.11.2025 08:05, 3. nov 2025 kl. 08.05,
 *   2025-11-03T08:05:12+01:00, 11/3/2025 8:05 AM, or a spreadsheet's count of days
 * @clock: (nullable): the time of day, where it stands in a cell of its own
 * @zone: the zone of a time that tells none
 * @out_ms: (out): UTC milliseconds; of a day alone, its beginning
 *
 * Returns: how sure it is
 */
BenkImportInstant
benk_import_read_instant (const char *text,
                          const char *clock,
                          GTimeZone *zone,
                          gint64 *out_ms)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *time = clock != NULL ? g_strstrip (g_strdup (clock)) : NULL;
  Parts parts = { .offset = NO_OFFSET };
  BenkImportInstant sure;
  gint64 local_s;

  *out_ms = 0;
  if (read_serial (stripped, &local_s, &parts.has_time))
    {
      if (!parts.has_time && time != NULL && *time != '\0')
        {
          const char *at = time;

          if (!read_clock (&at, &parts) || *at != '\0')
            return BENK_IMPORT_INSTANT_NONE;
          local_s += parts.seconds;
        }
    }
  else if (!read_parts (stripped, time != NULL && *time != '\0' ? time : NULL, &parts) ||
           !count_seconds (&parts, &local_s))
    return BENK_IMPORT_INSTANT_NONE;
  if (parts.offset != NO_OFFSET)
    {
      *out_ms = (local_s - parts.offset) * 1000;
      return BENK_IMPORT_INSTANT_EXACT;
    }
  sure = find_instant (zone, local_s, out_ms);
  return parts.has_time ? sure : BENK_IMPORT_INSTANT_DAY;
}
