/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What other programs read in a PDF, as a reader of it would. */
char *test_paper_read_words (GBytes *pdf);
char *test_paper_read_info (GBytes *pdf);
/* Every word with where it stands, in points. */
char *test_paper_read_boxes (GBytes *pdf);
/* What a scanner reads on the first page, a line each; NULL without a program for it. */
char *test_paper_scan_codes (GBytes *pdf);
gboolean test_paper_holds (GBytes *pdf, const char *octets);

G_END_DECLS
