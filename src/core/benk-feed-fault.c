/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-feed-fault.h"

#include "benk-config.h"
#include "benk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

/* The newest are enough for those who run the source to find what is wrong. */
#define MAX_SHOWN 3
/* Of a digest, for telling two apart. */
#define SHORT_DIGEST 12

/**
 * benk_feed_fault_compose:
 * @path: the JSON path of the first thing that is wrong
 * @length: octets of the resource
 * @sha256: their digest, hexadecimal
 *
 * Returns: (transfer full): how it is stored
 */
char *
benk_feed_fault_compose (const char *path, gsize length, const char *sha256)
{
  return g_strdup_printf ("%s length=%" G_GSIZE_FORMAT " sha256=%s", path, length,
                          sha256);
}

/**
 * benk_feed_fault_parse:
 * @text: what was stored
 * @seen_ms: UTC milliseconds it came first
 * @in_part: whether an alarm could be read in spite of it
 *
 * Returns: (transfer full): the fault; of a text that is not understood all is the path
 */
BenkFeedFault *
benk_feed_fault_parse (const char *text, gint64 seen_ms, gboolean in_part)
{
  BenkFeedFault *self = g_new0 (BenkFeedFault, 1);
  const char *digest = g_strrstr (text, " sha256=");
  const char *length = digest ? g_strrstr_len (text, digest - text, " length=") : NULL;

  self->seen_ms = seen_ms;
  self->in_part = in_part;
  self->path = length ? g_strndup (text, (gsize) (length - text)) : g_strdup (text);
  self->sha256 = g_strdup (length ? digest + strlen (" sha256=") : "");
  if (length)
    self->length = g_ascii_strtoll (length + strlen (" length="), NULL, 10);
  return self;
}

/**
 * benk_feed_fault_free:
 * @self: (nullable) (transfer full): a fault
 */
void
benk_feed_fault_free (BenkFeedFault *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

static void
add_count (GString *text, char *words, guint n)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words);
  g_free (words);
}

/**
 * benk_feed_faults_describe:
 * @faults: (element-type BenkFeedFault): newest first; need not be all
 * @n_unread: how many alarms could not be read
 * @n_in_part: how many could be read only in part
 * @now_ms: the present
 * @zone: the zone of the person who reads
 *
 * Returns: (transfer full) (nullable): how many there are, what is wrong with the newest
 *   and what to do, in words; %NULL if nothing is wrong
 */
char *
benk_feed_faults_describe (const GPtrArray *faults,
                           guint n_unread,
                           guint n_in_part,
                           gint64 now_ms,
                           GTimeZone *zone)
{
  GString *text = g_string_new (NULL);

  if (n_unread + n_in_part == 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  add_count (text,
             g_strdup_printf (ngettext ("%u alarm could not be read.",
                                        "%u alarms could not be read.", n_unread),
                              n_unread),
             n_unread);
  add_count (text,
             g_strdup_printf (ngettext ("%u alarm could be read only in part.",
                                        "%u alarms could be read only in part.",
                                        n_in_part),
                              n_in_part),
             n_in_part);
  g_string_append_printf (text, " %s", _ ("Tell those who run the source."));
  for (guint i = 0; faults && i < MIN (faults->len, MAX_SHOWN); i++)
    {
      const BenkFeedFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *at = benk_wording_instant (fault->seen_ms, now_ms, zone);

      g_string_append_printf (text, "\n%s  %s  %.*s", at, fault->path, SHORT_DIGEST,
                              fault->sha256);
    }
  return g_string_free (text, FALSE);
}
