/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters; what is longer is no name, no note that anybody reads, no number. */
#define BENK_TEXT_MAX_NAME 200
#define BENK_TEXT_MAX_NOTE 4000
#define BENK_TEXT_MAX_PHONE 40

gboolean benk_text_check_name (const char *text, GError **error);
gboolean benk_text_check_note (const char *text, GError **error);
gboolean benk_text_check_phone (const char *text, GError **error);
gboolean benk_text_check_date (const char *text, GError **error);
char *benk_text_take_reference (const char *typed, GError **error);

G_END_DECLS
