/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fhir.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define BENK_FHIR_VKP "http://ehelse.no/fhir/CodeSystem/"

/* vkp-composition-event-v090: hendelse behandles, hendelse kvittert. */
#define BENK_FHIR_EVENT_RAISED "0"
#define BENK_FHIR_EVENT_TAKEN "1"
#define BENK_FHIR_EVENT_CLOSED "3"

BenkFhirIssue *benk_fhir_issue_read (JsonObject *resource,
                                     const char *sha256,
                                     char **id,
                                     const char **flaw);

G_END_DECLS
