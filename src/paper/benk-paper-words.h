/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *benk_paper_write_instant (gint64 ms, GTimeZone *zone);
char *benk_paper_write_footer (gint64 made_ms,
                               GTimeZone *zone,
                               gint64 head,
                               const char *head_hash);

G_END_DECLS
