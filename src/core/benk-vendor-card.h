/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-device.h"

G_BEGIN_DECLS

/**
 * BenkVendorContact:
 * @vendor: name of the vendor
 * @customer_number: (nullable): what the district is to the vendor
 * @phone: (nullable): of its support
 * @hours: (nullable): when that answers, in words
 *
 * How to reach a vendor. What is not known is %NULL.
 */
typedef struct
{
  char *vendor;
  char *customer_number;
  char *phone;
  char *hours;
} BenkVendorContact;

void benk_vendor_contact_clear (BenkVendorContact *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkVendorContact, benk_vendor_contact_clear)

/**
 * BenkVendorCard:
 * @contact: the vendor; the maker or the make where nobody has said who it is
 * @vendor_known: somebody has said who it is
 * @alarm: the alarm; nil = about the device alone
 * @status: of the alarm
 * @device: the device; nil = not registered
 * @model: (nullable): name of the model
 * @serial: (nullable): serial number
 * @imei: (nullable): IMEI
 * @firmware: (nullable): as it was read last over a link that counts
 * @firmware_ms: when that was, UTC milliseconds
 * @code: (nullable): code of the alarm
 * @fault: (nullable): what the code is called
 * @roll_batch: (nullable): of what batch the roll is that it stopped at, and whose
 * @since_ms: since when, UTC milliseconds; 0 without an alarm
 * @owner: whose the device is
 * @lease_end: (nullable): last day of its lease
 * @warranty: (nullable): last day of its warranty
 * @steps: (nullable): what to try first, translated
 * @guidance: the version of these; nil = the program's own
 * @case_number: (nullable): of the newest call about the device; "" if erased
 * @called_ms: when that was, UTC milliseconds; 0 = never
 *
 * What a vendor's support asks for, and nothing of the user.
 */
typedef struct
{
  BenkVendorContact contact;
  gboolean vendor_known;
  BenkId alarm;
  BenkAlarmStatus status;
  BenkId device;
  char *model;
  char *serial;
  char *imei;
  char *firmware;
  gint64 firmware_ms;
  char *code;
  char *fault;
  char *roll_batch;
  gint64 since_ms;
  BenkOwner owner;
  char *lease_end;
  char *warranty;
  GStrv steps;
  BenkId guidance;
  char *case_number;
  gint64 called_ms;
} BenkVendorCard;

BenkVendorCard *benk_vendor_card_new (void);
void benk_vendor_card_free (BenkVendorCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkVendorCard, benk_vendor_card_free)

char *benk_vendor_card_describe_fault (const BenkVendorCard *self);
char *benk_vendor_card_describe_since (const BenkVendorCard *self);
char *benk_vendor_card_describe_firmware (const BenkVendorCard *self);
char *benk_vendor_card_describe_terms (const BenkVendorCard *self, gint64 now_ms);
char *benk_vendor_card_compose (const BenkVendorCard *self,
                                const char *const *tried,
                                gint64 now_ms);

G_END_DECLS
