/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scan.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/**
 * benk_scan_kind_get_label:
 * @kind: what a scan was found to be
 *
 * Returns: (transfer none): translated words
 */
const char *
benk_scan_kind_get_label (BenkScanKind kind)
{
  static const char *const labels[BENK_N_SCAN_KINDS] = {
    [BENK_SCAN_TEXT] = N_ ("A serial number, or any other text"),
    [BENK_SCAN_OWN] = N_ ("A label of this program"),
    [BENK_SCAN_IMEI] = N_ ("An IMEI"),
    [BENK_SCAN_ASSET] = N_ ("An asset number"),
    [BENK_SCAN_PRODUCT] = N_ ("The number of the product, the same on every box"),
    [BENK_SCAN_GS1] = N_ ("A GS1 label"),
    [BENK_SCAN_NAMED] = N_ ("A label that names its numbers"),
  };

  g_return_val_if_fail ((guint) kind < BENK_N_SCAN_KINDS, NULL);
  return g_dgettext (GETTEXT_PACKAGE, labels[kind]);
}

/**
 * benk_scan_finding_get_label:
 * @finding: one of #BenkScanFindings
 *
 * Returns: (transfer none): what was odd and what to do about it, translated
 */
const char *
benk_scan_finding_get_label (BenkScanFindings finding)
{
  static const char *const labels[BENK_N_SCAN_FINDINGS] = {
    N_ ("The scanner types for a US keyboard. That is put right; set it to Norwegian, or "
        "to the computer's layout, to be sure."),
    N_ ("Capitals and small letters had changed places: Caps Lock is on. That is put "
        "right."),
    N_ (
      "The scanner says which sort of barcode it is (AIM identifier). That helps; leave "
      "it on."),
    N_ ("The IMEI is unusual: 15 digits with a check digit that fits are usual."),
    N_ ("The check digit of the product number does not fit."),
    N_ ("What parts the elements of a GS1 label came as another sign, or not at all. Set "
        "the scanner to send GS (ASCII 29) for FNC1."),
    N_ ("Only a part of the code could be read. Scan it again."),
    N_ ("The label was made by a newer version of this program."),
    N_ ("The code is longer than any barcode. Nothing of it was used."),
  };

  for (guint i = 0; i < BENK_N_SCAN_FINDINGS; i++)
    if (finding == 1u << i)
      return g_dgettext (GETTEXT_PACKAGE, labels[i]);
  return NULL;
}
