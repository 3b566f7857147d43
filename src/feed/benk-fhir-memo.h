/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fhir.h"

G_BEGIN_DECLS

/* What a server gave last at each address, so that it need not give it again: only of
 * pages that are kept on disk. */
typedef struct _BenkFhirMemo BenkFhirMemo;

BenkFhirMemo *benk_fhir_memo_new (void);
void benk_fhir_memo_free (BenkFhirMemo *self);
const char *benk_fhir_memo_get_etag (BenkFhirMemo *self, const char *url, gint64 boot_ms);
BenkFhirPage *benk_fhir_memo_recall (BenkFhirMemo *self, const char *url);
void
benk_fhir_memo_note_kept (BenkFhirMemo *self, const BenkFhirPage *page, gint64 boot_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFhirMemo, benk_fhir_memo_free)

G_END_DECLS
