/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkFhirStep:
 * @id: the step's id, 36 characters; becomes the id of the mitigation
 * @author_id: id of who did it, 36 characters
 * @author_name: what others see
 * @text: (nullable): what was done, in words for the record
 * @at_ms: when, UTC ms
 *
 * A step that is written into an alarm at its source. A plain struct.
 */
typedef struct
{
  const char *id;
  const char *author_id;
  const char *author_name;
  const char *text;
  gint64 at_ms;
} BenkFhirStep;

GBytes *benk_fhir_edit_take (GBytes *resource, const BenkFhirStep *step, GError **error);
GBytes *benk_fhir_edit_close (GBytes *resource, const BenkFhirStep *step, GError **error);
GBytes *
benk_fhir_edit_reopen (GBytes *resource, const BenkFhirStep *step, GError **error);

G_END_DECLS
