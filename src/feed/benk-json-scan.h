/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No FHIR resource comes near this; a parser that calls itself must not be led deeper. */
#define BENK_JSON_MAX_DEPTH 64

/* A value inside a checked JSON text, without the blanks around it. */
typedef struct
{
  const char *start;
  gsize length;
} BenkJsonSpan;

gboolean benk_json_check (const char *text, gsize length, gsize *fault_at);
char *benk_json_make_tame (const char *text, gsize length);

gboolean benk_json_span_member (BenkJsonSpan object, const char *name, BenkJsonSpan *out);
GArray *benk_json_span_elements (BenkJsonSpan array);

G_END_DECLS
