/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-none.h"

#include <glib/gi18n.h>

#include "benk-feeds.h"
#include "benk-wording.h"

/* What an empty list rests on: the source whose answer is the oldest. */
static gint64
get_oldest_answer (GListModel *feeds)
{
  gint64 oldest_ms = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);

      oldest_ms = MIN (oldest_ms, benk_feed_get_answered_ms (feed));
    }
  return oldest_ms;
}

/* (transfer full) (nullable): what is not known of what a source has */
static char *
describe_source (BenkFeed *feed, gint64 now_ms, gboolean *may_miss)
{
  const char *name = benk_feed_get_name (feed);
  const char *problem = benk_feed_get_problem (feed);
  gint64 answered_ms = benk_feed_get_answered_ms (feed);
  guint n_unread = benk_feed_has_new_faults (feed) ? benk_feed_get_n_unread (feed) : 0;
  g_autofree char *age = benk_wording_age (answered_ms, now_ms);

  if (benk_feed_is_silent (feed) || n_unread > 0)
    *may_miss = TRUE;
  if (benk_feed_is_silent (feed))
    return answered_ms == 0
             ? g_strdup_printf (_ ("%s has not answered yet"), name)
             : g_strdup_printf (_ ("%s has not answered for %s"), name, age);
  if (problem)
    return g_strdup_printf ("%s: %s", name, problem);
  if (n_unread > 0)
    /* Translators: the name of a source, and how many of its alarms. */
    return g_strdup_printf (ngettext ("%s: %u alarm could not be read",
                                      "%s: %u alarms could not be read", n_unread),
                            name, n_unread);
  return NULL;
}

/* (transfer full): a line for each source of which something is not known */
static char *
describe_sources (GListModel *feeds, gint64 now_ms, gboolean *may_miss)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);
      g_autofree char *line = describe_source (feed, now_ms, may_miss);

      if (line)
        g_string_append_printf (lines, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/**
 * benk_alarms_none_tell:
 * @page: what stands where no alarm does
 * @feeds: the sources of alarms; one at the least
 * @now_ms: the present, UTC milliseconds
 *
 * Says that no alarm is open: a claim only as good as the oldest of what it rests on.
 */
void
benk_alarms_none_tell (AdwStatusPage *page, GListModel *feeds, gint64 now_ms)
{
  g_autofree char *age = benk_wording_age (get_oldest_answer (feeds), now_ms);
  gboolean may_miss = FALSE;
  g_autofree char *sources = describe_sources (feeds, now_ms, &may_miss);
  g_autofree char *title =
    may_miss ? g_strdup (_ ("No open alarms here, but alarms may be missing."))
             : g_strdup_printf (_ ("No open alarms. Checked %s ago."), age);
  g_autofree char *text =
    g_strconcat (sources,
                 _ ("The makers’ own chain to coordinator and charge nurse runs without "
                    "this program."),
                 NULL);
  g_autofree char *description = g_markup_escape_text (text, -1);

  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, description);
}
