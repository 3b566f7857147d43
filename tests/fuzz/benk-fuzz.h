/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkFuzzTarget:
 * @name: also of its folder in corpus/
 * @run: takes any octets; what it finds wrong it asserts
 *
 * One place where octets of a stranger come in.
 */
typedef struct
{
  const char *name;
  void (*run) (const guint8 *data, gsize length);
} BenkFuzzTarget;

extern const BenkFuzzTarget benk_fuzz_targets[];
extern const guint benk_fuzz_n_targets;

const BenkFuzzTarget *benk_fuzz_find (const char *name);

void benk_fuzz_config_report (const guint8 *data, gsize length);
void benk_fuzz_scan (const guint8 *data, gsize length);
void benk_fuzz_scan_report (const guint8 *data, gsize length);
void benk_fuzz_get_response (const guint8 *data, gsize length);
void benk_fuzz_pm_segment (const guint8 *data, gsize length);
void benk_fuzz_extension (const guint8 *data, gsize length);
void benk_fuzz_table (const guint8 *data, gsize length);
void benk_fuzz_usb_descriptors (const guint8 *data, gsize length);
void benk_fuzz_usbip (const guint8 *data, gsize length);
void benk_fuzz_manager (const guint8 *data, gsize length);
void benk_fuzz_model (const guint8 *data, gsize length);
void benk_fuzz_models (const guint8 *data, gsize length);
void benk_fuzz_csv (const guint8 *data, gsize length);
void benk_fuzz_xlsx_cells (const guint8 *data, gsize length);
void benk_fuzz_xlsx_strings (const guint8 *data, gsize length);

G_END_DECLS
