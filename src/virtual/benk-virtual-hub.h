/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/**
 * BenkHubFault:
 * @BENK_HUB_FAULT_NONE: none
 * @BENK_HUB_FAULT_STATUS: answer with the HTTP status in the argument and do nothing
 * @BENK_HUB_FAULT_PORTAL: 200 with a web page, as a captive portal does
 * @BENK_HUB_FAULT_REDIRECT: 302 to another host
 * @BENK_HUB_FAULT_TRUNCATED: do it, promise the whole body, send half and hang up
 * @BENK_HUB_FAULT_MALFORMED: 200 with JSON that ends too early
 * @BENK_HUB_FAULT_DEEP: 200 with JSON nested 100 000 deep
 * @BENK_HUB_FAULT_HUGE: 200 with as many octets as the argument says
 * @BENK_HUB_FAULT_SLOW: answer after the argument's milliseconds
 * @BENK_HUB_FAULT_LOST: do it, then hang up without an answer
 * @BENK_HUB_FAULT_DROP: hang up without doing anything
 * @BENK_HUB_FAULT_FOREIGN_NEXT: a page whose next link leads to another host
 * @BENK_HUB_FAULT_ENDLESS_NEXT: a page whose next link leads to itself
 * @BENK_HUB_FAULT_NO_DATE: leave the Date header out
 * @BENK_HUB_FAULT_HALF_OPEN: read the request, hold the line and never answer
 * @BENK_HUB_FAULT_HALF_HEAD: begin the head of an answer and never go on
 * @BENK_HUB_FAULT_DRIP: answer one octet each of the argument's milliseconds
 * @BENK_HUB_FAULT_LIE: send more than Content-Length says
 * @BENK_HUB_FAULT_BOMB: a small gzip that becomes as many octets as the argument says
 * @BENK_HUB_FAULT_EMPTY: 200 without a body
 * @BENK_HUB_FAULT_WAIT: 429 with the argument's seconds in Retry-After
 * @BENK_HUB_FAULT_WAIT_UNTIL: the same as a date
 * @BENK_HUB_FAULT_DOOR_REFUSED: refuse to make a socket
 * @BENK_HUB_FAULT_DOOR_CLOSED: close with 1002 when bound to
 * @BENK_HUB_FAULT_DOOR_ERROR: answer bind with an error in words
 * @BENK_HUB_FAULT_DOOR_MUTE: never answer bind
 * @BENK_HUB_FAULT_DOOR_STRAY: ring although nothing is new
 * @BENK_HUB_FAULT_TOKEN_EXPIRED: refuse the token of a bind-with-token
 *
 * What the hub can be told to do wrong.
 */
typedef enum
{
  BENK_HUB_FAULT_NONE,
  BENK_HUB_FAULT_STATUS,
  BENK_HUB_FAULT_PORTAL,
  BENK_HUB_FAULT_REDIRECT,
  BENK_HUB_FAULT_TRUNCATED,
  BENK_HUB_FAULT_MALFORMED,
  BENK_HUB_FAULT_DEEP,
  BENK_HUB_FAULT_HUGE,
  BENK_HUB_FAULT_SLOW,
  BENK_HUB_FAULT_LOST,
  BENK_HUB_FAULT_DROP,
  BENK_HUB_FAULT_FOREIGN_NEXT,
  BENK_HUB_FAULT_ENDLESS_NEXT,
  BENK_HUB_FAULT_NO_DATE,
  BENK_HUB_FAULT_HALF_OPEN,
  BENK_HUB_FAULT_HALF_HEAD,
  BENK_HUB_FAULT_DRIP,
  BENK_HUB_FAULT_LIE,
  BENK_HUB_FAULT_BOMB,
  BENK_HUB_FAULT_EMPTY,
  BENK_HUB_FAULT_WAIT,
  BENK_HUB_FAULT_WAIT_UNTIL,
  BENK_HUB_FAULT_DOOR_REFUSED,
  BENK_HUB_FAULT_DOOR_CLOSED,
  BENK_HUB_FAULT_DOOR_ERROR,
  BENK_HUB_FAULT_DOOR_MUTE,
  BENK_HUB_FAULT_DOOR_STRAY,
  BENK_HUB_FAULT_TOKEN_EXPIRED,
} BenkHubFault;

/**
 * BenkHubManners:
 * @BENK_HUB_MANNERS_OURS: ETags, pages as asked for, with links, versions as numerals
 * @BENK_HUB_MANNER_NO_ETAG: a search has no ETag
 * @BENK_HUB_MANNER_NO_LINK: no `link`, so that nothing leads to a next page
 * @BENK_HUB_MANNER_NO_PAGE: `_count` is ignored and everything comes at once
 * @BENK_HUB_MANNER_OWN_PAGE: `_count` is ignored and a page has 20
 * @BENK_HUB_MANNER_NEWEST_FIRST: `_sort` is ignored
 * @BENK_HUB_MANNER_KNOWS_TIME_ONLY: nothing is found with a parameter besides
 *   `_lastUpdated`
 * @BENK_HUB_MANNER_KNOWS_NOTHING: nothing is found with any parameter
 * @BENK_HUB_MANNER_VERSION_NUMBER: `versionId` is a JSON number
 * @BENK_HUB_MANNER_VERSION_UUID: `versionId` is a UUID
 * @BENK_HUB_MANNER_GONE_IS_404: what was taken away was never there
 * @BENK_HUB_MANNER_NO_DISPENSES: `MedicationDispense` is not known
 *
 * How servers that were not written here do it, without being wrong all of them.
 */
typedef enum
{
  BENK_HUB_MANNERS_OURS = 0,
  BENK_HUB_MANNER_NO_ETAG = 1 << 0,
  BENK_HUB_MANNER_NO_LINK = 1 << 1,
  BENK_HUB_MANNER_NO_PAGE = 1 << 2,
  BENK_HUB_MANNER_OWN_PAGE = 1 << 3,
  BENK_HUB_MANNER_NEWEST_FIRST = 1 << 4,
  BENK_HUB_MANNER_KNOWS_TIME_ONLY = 1 << 5,
  BENK_HUB_MANNER_KNOWS_NOTHING = 1 << 6,
  BENK_HUB_MANNER_VERSION_NUMBER = 1 << 7,
  BENK_HUB_MANNER_VERSION_UUID = 1 << 8,
  BENK_HUB_MANNER_GONE_IS_404 = 1 << 9,
  BENK_HUB_MANNER_NO_DISPENSES = 1 << 10,
} BenkHubManners;

/**
 * BenkHubDoor:
 * @BENK_HUB_DOOR_NONE: it has to be asked
 * @BENK_HUB_DOOR_BIND: R4: `bind`, `bound`, `ping`
 * @BENK_HUB_DOOR_TOKEN: `bind-with-token` as JSON
 *
 * How the hub tells that something is new.
 */
typedef enum
{
  BENK_HUB_DOOR_NONE,
  BENK_HUB_DOOR_BIND,
  BENK_HUB_DOOR_TOKEN,
} BenkHubDoor;

/**
 * BenkVirtualAlarm:
 * @identifier: (nullable): an "urn:uuid:…"; %NULL makes one
 * @serial: (nullable): the device's serial number
 * @serial_system: (nullable): what the serial is a serial of; %NULL for a placeholder
 * @device_name: (nullable): what the device is called
 * @code: the national alarm code, "1.8"
 * @code_system: (nullable): its system; %NULL for VKP 0.9.0
 * @text: (nullable): what the source says in words
 * @severity: (nullable): "high", "moderate", "low" or %NULL for left out
 * @detail: (nullable): readable grade, such as a colour
 * @patient_number: (nullable): a synthetic national number
 * @patient_name: (nullable): a made-up name
 * @raised_ms: when it happened, UTC ms; 0 for now
 *
 * An alarm to be raised. A plain struct: fields left out are zero.
 */
typedef struct
{
  const char *identifier;
  const char *serial;
  const char *serial_system;
  const char *device_name;
  const char *code;
  const char *code_system;
  const char *text;
  const char *severity;
  const char *detail;
  const char *patient_number;
  const char *patient_name;
  gint64 raised_ms;
} BenkVirtualAlarm;

/**
 * BenkVirtualDispense:
 * @serial: (nullable): the device's serial number
 * @event: a code of the national dispense events, "1.1"
 * @status: (nullable): %NULL for "completed"
 * @patient_number: (nullable): a synthetic national number
 * @patient_name: (nullable): a made-up name
 * @at_ms: when it was handed out, UTC ms; 0 for now
 *
 * What a dispenser handed out. A plain struct: fields left out are zero.
 */
typedef struct
{
  const char *serial;
  const char *event;
  const char *status;
  const char *patient_number;
  const char *patient_name;
  gint64 at_ms;
} BenkVirtualDispense;

#define BENK_TYPE_VIRTUAL_HUB (benk_virtual_hub_get_type ())
G_DECLARE_FINAL_TYPE (BenkVirtualHub, benk_virtual_hub, BENK, VIRTUAL_HUB, GObject)

BenkVirtualHub *benk_virtual_hub_new (BenkClock *clock, const char *token);

void benk_virtual_hub_set_certificate (BenkVirtualHub *self,
                                       GTlsCertificate *certificate);
gboolean benk_virtual_hub_start (BenkVirtualHub *self, GError **error);
gboolean benk_virtual_hub_start_thread (BenkVirtualHub *self, GError **error);
void benk_virtual_hub_stop (BenkVirtualHub *self);
const char *benk_virtual_hub_get_url (BenkVirtualHub *self);
gboolean
benk_virtual_hub_set_log_file (BenkVirtualHub *self, const char *path, GError **error);

char *benk_virtual_hub_raise (BenkVirtualHub *self, const BenkVirtualAlarm *alarm);
char *benk_virtual_hub_put_text (BenkVirtualHub *self, const char *text);
char *benk_virtual_hub_hand_out (BenkVirtualHub *self,
                                 const char *replaces,
                                 const BenkVirtualDispense *dispense);
void benk_virtual_hub_put_dispense_text (BenkVirtualHub *self, const char *text);
gboolean benk_virtual_hub_take_elsewhere (BenkVirtualHub *self,
                                          const char *id,
                                          const char *who,
                                          GError **error);
gboolean benk_virtual_hub_close_elsewhere (BenkVirtualHub *self,
                                           const char *id,
                                           const char *who,
                                           GError **error);

void benk_virtual_hub_set_manners (BenkVirtualHub *self, BenkHubManners manners);
gboolean benk_virtual_hub_remove (BenkVirtualHub *self, const char *id, GError **error);

void benk_virtual_hub_add_fault (BenkVirtualHub *self,
                                 BenkHubFault fault,
                                 gint64 argument,
                                 const char *method,
                                 guint count);
gboolean
benk_virtual_hub_add_fault_named (BenkVirtualHub *self, const char *spec, GError **error);
void benk_virtual_hub_clear_faults (BenkVirtualHub *self);

void benk_virtual_hub_set_door (BenkVirtualHub *self, BenkHubDoor door);
guint benk_virtual_hub_get_n_knocks (BenkVirtualHub *self);
void benk_virtual_hub_drop_callers (BenkVirtualHub *self);

guint64 benk_virtual_hub_get_n_octets (BenkVirtualHub *self);
guint benk_virtual_hub_get_n_issues (BenkVirtualHub *self);
guint benk_virtual_hub_get_n_documents (BenkVirtualHub *self);
char *benk_virtual_hub_dup_issue (BenkVirtualHub *self, const char *id);
char *benk_virtual_hub_dup_document (BenkVirtualHub *self, guint number);
GStrv benk_virtual_hub_dup_log (BenkVirtualHub *self);
guint
benk_virtual_hub_count_log (BenkVirtualHub *self, const char *method, const char *part);

G_END_DECLS
