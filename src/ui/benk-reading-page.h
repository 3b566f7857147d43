/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands where a list will be, until it is known whether there is anything: nothing
 * at first, and after half a second that it is being read. */
#define BENK_TYPE_READING_PAGE (benk_reading_page_get_type ())
G_DECLARE_FINAL_TYPE (BenkReadingPage, benk_reading_page, BENK, READING_PAGE, GtkWidget)

G_END_DECLS
