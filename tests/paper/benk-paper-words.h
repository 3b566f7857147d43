/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What other programs read in a PDF, as a reader of it would. */
char *test_paper_read_words (GBytes *pdf);
char *test_paper_read_info (GBytes *pdf);
gboolean test_paper_holds (GBytes *pdf, const char *octets);

G_END_DECLS
