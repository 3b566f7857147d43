/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-words.h"

#include <glib/gi18n.h>

/** benk_paper_write_instant: Returns: (transfer full): a date and a time on paper */
char *
benk_paper_write_instant (gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: a date and a time on paper, for strftime; %:z is such as +01:00. */
  return g_date_time_format (local, _ ("%Y-%m-%d %H:%M (UTC%:z)"));
}

/** benk_paper_write_footer: Returns: (transfer full): what stands at the foot of a page
 */
char *
benk_paper_write_footer (gint64 made_ms,
                         GTimeZone *zone,
                         gint64 head,
                         const char *head_hash)
{
  g_autofree char *made = benk_paper_write_instant (made_ms, zone);

  return g_strdup_printf (_ ("Made with Dosebenk %s · change log row %d · %s"), made,
                          (int) head, head_hash);
}
