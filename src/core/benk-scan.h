/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BENK_SCAN_MAX:
 *
 * The longest scan that is read, in octets; a QR code holds 4 296 characters.
 */
#define BENK_SCAN_MAX 8192

/**
 * BENK_SCAN_JOIN_MS:
 *
 * Two barcodes of one label are scanned one after the other within so many milliseconds.
 */
#define BENK_SCAN_JOIN_MS 5000

/**
 * BenkScanCaps:
 * @BENK_SCAN_CAPS_UNKNOWN: not known; letters that are all small tell.
 * @BENK_SCAN_CAPS_OFF: Caps Lock is off: small letters are small letters.
 * @BENK_SCAN_CAPS_ON: Caps Lock is on.
 *
 * Whether Caps Lock was on while the scanner typed.
 */
typedef enum
{
  BENK_SCAN_CAPS_UNKNOWN,
  BENK_SCAN_CAPS_OFF,
  BENK_SCAN_CAPS_ON,
} BenkScanCaps;

/**
 * BenkScanKind:
 * @BENK_SCAN_TEXT: a serial, or anything else.
 * @BENK_SCAN_OWN: the code of a label of this program.
 * @BENK_SCAN_IMEI: 15 digits.
 * @BENK_SCAN_ASSET: a short asset number such as D-037.
 * @BENK_SCAN_PRODUCT: the number of a product (GTIN), the same on every box.
 * @BENK_SCAN_GS1: GS1 element strings.
 * @BENK_SCAN_NAMED: values with their names, as in “SN:PP001007;IMEI:…”.
 *
 * What a scan was found to be.
 */
typedef enum
{
  BENK_SCAN_TEXT,
  BENK_SCAN_OWN,
  BENK_SCAN_IMEI,
  BENK_SCAN_ASSET,
  BENK_SCAN_PRODUCT,
  BENK_SCAN_GS1,
  BENK_SCAN_NAMED,
} BenkScanKind;

#define BENK_N_SCAN_KINDS (BENK_SCAN_NAMED + 1)

/**
 * BenkScanFindings:
 * @BENK_SCAN_LAYOUT: typed for a US keyboard under a Norwegian one; put right.
 * @BENK_SCAN_CAPS_LOCK: capitals and small letters changed places; put right.
 * @BENK_SCAN_PREFIX: the scanner says which sort of barcode it is (AIM identifier).
 * @BENK_SCAN_IMEI_ODD: the IMEI fails its check digit or has not 15 digits.
 * @BENK_SCAN_GTIN_ODD: the GTIN fails its check digit.
 * @BENK_SCAN_SEPARATOR: what parts GS1 elements was dropped or came as another sign.
 * @BENK_SCAN_DAMAGED: only a part of a code could be read.
 * @BENK_SCAN_NEWER: a code of a label of a newer version of this program.
 * @BENK_SCAN_TOO_LONG: longer than %BENK_SCAN_MAX; nothing of it is kept.
 *
 * What was odd about a scan. All of it is told, none of it blocks.
 */
typedef enum
{
  BENK_SCAN_LAYOUT = 1 << 0,
  BENK_SCAN_CAPS_LOCK = 1 << 1,
  BENK_SCAN_PREFIX = 1 << 2,
  BENK_SCAN_IMEI_ODD = 1 << 3,
  BENK_SCAN_GTIN_ODD = 1 << 4,
  BENK_SCAN_SEPARATOR = 1 << 5,
  BENK_SCAN_DAMAGED = 1 << 6,
  BENK_SCAN_NEWER = 1 << 7,
  BENK_SCAN_TOO_LONG = 1 << 8,
} BenkScanFindings;

#define BENK_N_SCAN_FINDINGS 9

/**
 * BenkScan:
 * @raw: what was typed
 * @text: the same, put right and without the AIM identifier
 * @other: (nullable): the other way to read it, where both are possible
 * @kind: what it is
 * @findings: what was odd
 * @symbology: the AIM identifier, such as "C1"; empty without
 * @id: of an own label: the device; nil otherwise
 * @serial: (nullable): serial number
 * @imei: (nullable): IMEI
 * @asset: (nullable): short asset number
 * @gtin: (nullable): number of the product, 14 digits
 * @batch: (nullable): batch or lot
 * @packer: (nullable): who packed it, in words
 * @article: (nullable): the maker's article number
 * @expiry: (nullable): "YYYY-MM-DD", or "YYYY-MM" where the label names no day
 *
 * What a scan means.
 */
typedef struct
{
  char *raw;
  char *text;
  char *other;
  BenkScanKind kind;
  BenkScanFindings findings;
  char symbology[3];
  BenkId id;
  char *serial;
  char *imei;
  char *asset;
  char *gtin;
  char *batch;
  char *packer;
  char *article;
  char *expiry;
} BenkScan;

BenkScan *benk_scan_read (const char *raw, BenkScanCaps caps);
BenkScan *benk_scan_copy (const BenkScan *self);
void benk_scan_free (BenkScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkScan, benk_scan_free)

BenkScan *benk_scan_join (const BenkScan *first, const BenkScan *second);
gboolean benk_scan_names_device (const BenkScan *self);
char **benk_scan_get_names (const BenkScan *self);
const char *benk_scan_get_name (const BenkScan *self);
char *benk_scan_compose_own (const BenkId *id, const char *asset);

const char *benk_scan_kind_get_label (BenkScanKind kind);
const char *benk_scan_finding_get_label (BenkScanFindings finding);

G_END_DECLS
