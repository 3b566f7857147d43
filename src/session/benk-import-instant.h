/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkImportInstant:
 * @BENK_IMPORT_INSTANT_NONE: not a date, or no such day or time
 * @BENK_IMPORT_INSTANT_DAY: a day without a time of day
 * @BENK_IMPORT_INSTANT_EXACT: one instant
 * @BENK_IMPORT_INSTANT_TWICE: a time that this night has twice; the first is meant
 * @BENK_IMPORT_INSTANT_SKIPPED: a time that this night does not have; the hour after is
 *   meant
 *
 * How sure a date and time of a list is.
 */
typedef enum
{
  BENK_IMPORT_INSTANT_NONE,
  BENK_IMPORT_INSTANT_DAY,
  BENK_IMPORT_INSTANT_EXACT,
  BENK_IMPORT_INSTANT_TWICE,
  BENK_IMPORT_INSTANT_SKIPPED,
} BenkImportInstant;

BenkImportInstant benk_import_read_instant (const char *text,
                                            const char *clock,
                                            GTimeZone *zone,
                                            gint64 *out_ms);

G_END_DECLS
