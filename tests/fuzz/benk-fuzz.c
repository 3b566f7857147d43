/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

const BenkFuzzTarget benk_fuzz_targets[] = {
  { "config-report", benk_fuzz_config_report },
  { "scan", benk_fuzz_scan },
  { "scan-report", benk_fuzz_scan_report },
  { "get-response", benk_fuzz_get_response },
  { "pm-segment", benk_fuzz_pm_segment },
  { "extension", benk_fuzz_extension },
  { "table", benk_fuzz_table },
  { "usb-descriptors", benk_fuzz_usb_descriptors },
  { "usbip", benk_fuzz_usbip },
  { "manager", benk_fuzz_manager },
  { "csv", benk_fuzz_csv },
  { "xlsx-cells", benk_fuzz_xlsx_cells },
  { "xlsx-strings", benk_fuzz_xlsx_strings },
  { "model", benk_fuzz_model },
  { "models", benk_fuzz_models },
};

const guint benk_fuzz_n_targets = G_N_ELEMENTS (benk_fuzz_targets);

const BenkFuzzTarget *
benk_fuzz_find (const char *name)
{
  for (guint i = 0; i < benk_fuzz_n_targets; i++)
    if (g_str_equal (benk_fuzz_targets[i].name, name))
      return &benk_fuzz_targets[i];
  return NULL;
}
