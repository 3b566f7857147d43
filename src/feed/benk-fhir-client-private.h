/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fhir-client.h"
#include "benk-http.h"

G_BEGIN_DECLS

BenkHttp *benk_fhir_client_get_http (BenkFhirClient *self);
char *benk_fhir_client_issue_url (BenkFhirClient *self, const char *id);

G_END_DECLS
