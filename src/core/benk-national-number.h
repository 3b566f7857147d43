/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Norwegian national, D- and help numbers. */
#define BENK_NATIONAL_NUMBER_DIGITS 11

gsize benk_national_number_measure (const char *text,
                                    int digits[BENK_NATIONAL_NUMBER_DIGITS]);
gboolean benk_text_holds_national_number (const char *text);

G_END_DECLS
