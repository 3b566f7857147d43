/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean benk_fhir_time_parse (const char *text, gint64 *out_ms);
char *benk_fhir_time_format (gint64 ms);

G_END_DECLS
