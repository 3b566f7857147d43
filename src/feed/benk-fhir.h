/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkFhirStatus:
 * @BENK_FHIR_STATUS_OPEN: registered, preliminary, unknown or not understood: to be shown
 * @BENK_FHIR_STATUS_CLOSED: final, amended, corrected
 * @BENK_FHIR_STATUS_CANCELLED: cancelled, entered-in-error
 *
 * What the status of a `DetectedIssue` means here. Open = preliminary is a convention of
 * ours (vkp.md 9); what is not understood is never taken for closed.
 */
typedef enum
{
  BENK_FHIR_STATUS_OPEN,
  BENK_FHIR_STATUS_CLOSED,
  BENK_FHIR_STATUS_CANCELLED,
} BenkFhirStatus;

/**
 * BenkFhirIssue:
 * @id: logical id, `[A-Za-z0-9.-]{1,64}`
 * @version: `meta.versionId`; opaque. Where it is missing, "h" and a digest of the
 * resource
 * @updated_ms: `meta.lastUpdated`, UTC ms of the server; -1 if missing
 * @uuid: (nullable): the identifier "urn:uuid:…", lower case, without the prefix
 * @status: open, closed or cancelled
 * @code_system: (nullable): the system that @code is from
 * @code: (nullable): the code as it was sent; VKP 0.9.0 is preferred to others
 * @text: (nullable): `code.text`, else the coding's display
 * @severity: 30 high, 20 moderate, 10 low, -1 left out
 * @raised_ms: when it happened, UTC ms; @updated_ms where it cannot be read; -1 unknown
 * @serial: (nullable): the device's serial number as sent
 * @serial_system: (nullable): its system
 * @device_name: (nullable): what the source calls the device
 * @taken_by: (nullable): who has taken it, as shown by the source
 * @taken_ms: when; -1 unknown
 * @closed_by: (nullable): who has closed it
 * @closed_ms: when; -1 unknown
 * @steps: (element-type utf8): ids of the mitigations, by which one's own are known again
 *
 * What is kept of a `DetectedIssue`. There is no field for the patient: the number and
 * the name are read only in order to be taken out of the other fields.
 */
typedef struct
{
  char *id;
  char *version;
  gint64 updated_ms;
  char *uuid;
  BenkFhirStatus status;
  char *code_system;
  char *code;
  char *text;
  int severity;
  gint64 raised_ms;
  char *serial;
  char *serial_system;
  char *device_name;
  char *taken_by;
  gint64 taken_ms;
  char *closed_by;
  gint64 closed_ms;
  GPtrArray *steps;
} BenkFhirIssue;

/**
 * BenkFhirDispense:
 * @id: logical id
 * @version: `meta.versionId`; where it is missing, "h" and a digest of the resource
 * @updated_ms: `meta.lastUpdated`, UTC ms of the server; -1 if missing
 * @event: (nullable): vkp-medicationdispense-events-v090: "1.1"; %NULL where it is not
 *   completed or was taken back
 * @serial: (nullable): the device's serial number or IMEI as sent
 * @at_ms: when it was handed out, UTC ms
 *
 * What is kept of a `MedicationDispense`: which device handed out when. There is no field
 * for the user, nor for the medicine.
 */
typedef struct
{
  char *id;
  char *version;
  gint64 updated_ms;
  char *event;
  char *serial;
  gint64 at_ms;
} BenkFhirDispense;

/**
 * BENK_FHIR_DISPENSE_MARK:
 *
 * Stands before the id of a `MedicationDispense` where those of alarms stand too.
 */
#define BENK_FHIR_DISPENSE_MARK "MedicationDispense/"

/**
 * BENK_FHIR_DISPENSES:
 *
 * The kind of resource that tells what was handed out.
 */
#define BENK_FHIR_DISPENSES "MedicationDispense"

/**
 * BenkFhirFlaw:
 * @id: (nullable): the resource's logical id, if it has a usable one
 * @version: (nullable): its version
 * @length: octets of the resource as received
 * @sha256: digest of these octets, hexadecimal
 * @path: JSON path of the first thing that is wrong, `$.entry[3].resource.id`
 *
 * What is kept of a malformed resource. It holds no value out of the resource.
 */
typedef struct
{
  char *id;
  char *version;
  gsize length;
  char *sha256;
  char *path;
} BenkFhirFlaw;

/**
 * BenkFhirPage:
 * @issues: (element-type BenkFhirIssue): in the order of the page, each (id, version)
 * once
 * @dispenses: (element-type BenkFhirDispense): the same of what was handed out
 * @flaws: (element-type BenkFhirFlaw): what was wrong; an alarm that could be read in
 * spite of its flaw is among @issues too
 * @next: (nullable): address of the next page as sent
 * @newest_ms: the latest `lastUpdated` of the page, server time; -1 if none
 * @oldest_ms: the earliest; -1 if none
 * @ascending: whether the page was sorted by `lastUpdated`
 * @n_rises: how often `lastUpdated` rose from one to the next, which shows that it was
 * @n_entries: how many entries the page had, whatever they were
 * @has_links: whether it had any `link`, such as to itself
 * @type: the kind of resource that was asked for
 * @server_ms: the server's `Date`; -1 if it sent none
 * @number: 1 for the first page of a walk
 * @visited: (element-type utf8): addresses of the walk so far
 * @url: (nullable): the address it was asked at
 * @etag: (nullable): what the server calls this state of it
 * @descending: whether it was sorted the other way
 * @since_ms: from which `lastUpdated` on was asked for; -1 from the beginning
 * @cut: whether it looks as if more were there than it leads on to
 * @unchanged: whether the server said only that it is as it was when it was kept
 *
 * One page of a search.
 */
typedef struct
{
  GPtrArray *issues;
  GPtrArray *dispenses;
  GPtrArray *flaws;
  char *next;
  gint64 newest_ms;
  gint64 oldest_ms;
  gboolean ascending;
  guint n_rises;
  guint n_entries;
  gboolean has_links;
  const char *type;
  gint64 server_ms;
  guint number;
  GHashTable *visited;
  char *url;
  char *etag;
  gboolean descending;
  gint64 since_ms;
  gboolean cut;
  gboolean unchanged;
} BenkFhirPage;

BenkFhirPage *benk_fhir_page_parse (GBytes *text, GError **error);
gboolean benk_fhir_page_is_of_dispenses (const BenkFhirPage *page);
BenkFhirPage *benk_fhir_page_new_of (BenkFhirIssue *issue);
BenkFhirPage *benk_fhir_page_copy_trail (const BenkFhirPage *page);
void benk_fhir_page_free (BenkFhirPage *page);

BenkFhirIssue *benk_fhir_issue_parse (GBytes *text, GError **error);
gboolean benk_fhir_issue_has_step (const BenkFhirIssue *issue, const char *step);
void benk_fhir_issue_free (BenkFhirIssue *issue);

void benk_fhir_dispense_free (BenkFhirDispense *dispense);
void benk_fhir_flaw_free (BenkFhirFlaw *flaw);

char *
benk_fhir_clean_text (const char *text, gsize max_chars, const char *const *secrets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFhirPage, benk_fhir_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFhirIssue, benk_fhir_issue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFhirDispense, benk_fhir_dispense_free)

G_END_DECLS
