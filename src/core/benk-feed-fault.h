/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkFeedFault:
 * @path: the JSON path of the first thing that is wrong
 * @sha256: digest of the octets as they came, hexadecimal; "" = unknown
 * @length: how many octets
 * @seen_ms: UTC milliseconds they came first
 * @in_part: whether an alarm could be read in spite of it
 *
 * What is wrong with a resource of a source. It holds nothing that stands in it.
 */
typedef struct
{
  char *path;
  char *sha256;
  gint64 length;
  gint64 seen_ms;
  gboolean in_part;
} BenkFeedFault;

char *benk_feed_fault_compose (const char *path, gsize length, const char *sha256);
BenkFeedFault *benk_feed_fault_parse (const char *text, gint64 seen_ms, gboolean in_part);
void benk_feed_fault_free (BenkFeedFault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFeedFault, benk_feed_fault_free)

char *benk_feed_faults_describe (const GPtrArray *faults,
                                 guint n_unread,
                                 guint n_in_part,
                                 gint64 now_ms,
                                 GTimeZone *zone);

G_END_DECLS
