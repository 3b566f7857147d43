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

BenkFhirIssue *benk_fhir_issue_read_device (JsonObject *resource);

BenkFhirDispense *benk_fhir_dispense_read (JsonObject *resource,
                                           const char *sha256,
                                           char **id,
                                           const char **flaw);

/* What is compared with what we hold is kept whole or not at all. */
char *
benk_fhir_whole_text (const char *text, gsize max_octets, const char *const *secrets);
char *
benk_fhir_plain_text (const char *text, gsize max_octets, const char *const *secrets);
char *benk_fhir_read_serial (const char *text, const char *const *secrets);
gboolean benk_fhir_is_of_person (JsonObject *identifier);
gboolean benk_fhir_is_id (const char *id);
char *benk_fhir_read_version (JsonObject *meta, const char *const *secrets);

G_END_DECLS
