/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fhir-client.h"
#include "benk-fhir-memo.h"
#include "benk-http.h"

G_BEGIN_DECLS

/* How a search is asked for. Servers that were not written here may find nothing with a
 * parameter that they do not know. */
typedef enum
{
  BENK_FHIR_ASK_FULL,  /* _lastUpdated, _sort, _count */
  BENK_FHIR_ASK_TIME,  /* _lastUpdated */
  BENK_FHIR_ASK_PLAIN, /* nothing */
} BenkFhirAsk;

struct _BenkFhirClient
{
  GObject parent_instance;

  BenkHttp *http;
  BenkFhirMemo *memo;
  guint page_size;
  BenkFhirAsk ask;
  gint64 doubted_ms; /* boot clock; -1: never */
};

BenkHttp *benk_fhir_client_get_http (BenkFhirClient *self);
char *benk_fhir_client_issue_url (BenkFhirClient *self, const char *id);

G_END_DECLS
