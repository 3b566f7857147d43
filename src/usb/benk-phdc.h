/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BENK_PHDC_CLASS:
 *
 * bInterfaceClass of a personal healthcare device (USB PHDC 1.0).
 */
#define BENK_PHDC_CLASS 0x0F

/**
 * BENK_PHDC_DATA_VENDOR:
 *
 * bPHDCDataCode of a device whose messages are the maker's own.
 */
#define BENK_PHDC_DATA_VENDOR 0x01

/**
 * BENK_PHDC_DATA_11073:
 *
 * bPHDCDataCode of a device that speaks ISO/IEEE 11073-20601.
 */
#define BENK_PHDC_DATA_11073 0x02

/**
 * BENK_PHDC_SPEC_MEDICATION_MONITOR:
 *
 * Specialisation 4168 of partition 8, IEEE 11073-10472.
 */
#define BENK_PHDC_SPEC_MEDICATION_MONITOR 4168

/**
 * BENK_PHDC_MAX_SPECS:
 *
 * As many specialisations as one descriptor of 255 octets can carry.
 */
#define BENK_PHDC_MAX_SPECS 125

/**
 * BenkPhdcQos:
 * @BENK_PHDC_QOS_LOW_GOOD: interrupt IN only
 * @BENK_PHDC_QOS_MEDIUM_GOOD: bulk IN
 * @BENK_PHDC_QOS_MEDIUM_BETTER: bulk IN
 * @BENK_PHDC_QOS_MEDIUM_BEST: bulk IN and OUT
 * @BENK_PHDC_QOS_HIGH_BEST: bulk IN and OUT
 * @BENK_PHDC_QOS_VERY_HIGH_BEST: bulk IN and OUT
 *
 * Bits of bmLatencyReliability, named latency then reliability.
 */
typedef enum
{
  BENK_PHDC_QOS_LOW_GOOD = 0x01,
  BENK_PHDC_QOS_MEDIUM_GOOD = 0x02,
  BENK_PHDC_QOS_MEDIUM_BETTER = 0x04,
  BENK_PHDC_QOS_MEDIUM_BEST = 0x08,
  BENK_PHDC_QOS_HIGH_BEST = 0x10,
  BENK_PHDC_QOS_VERY_HIGH_BEST = 0x20,
} BenkPhdcQos;

/**
 * BENK_PHDC_QOS_BEST:
 *
 * The bits a pipe must carry one of to take the control traffic of 20601.
 */
#define BENK_PHDC_QOS_BEST                                                               \
  (BENK_PHDC_QOS_MEDIUM_BEST | BENK_PHDC_QOS_HIGH_BEST | BENK_PHDC_QOS_VERY_HIGH_BEST)

/**
 * BenkPhdcFunction:
 * @data_code: bPHDCDataCode
 * @preamble: the device can send message preambles
 * @n_specs: how many of @specs are filled
 * @specs: the specialisations it lists, a hint only
 *
 * What the class function descriptor and its extension say.
 */
typedef struct
{
  guint8 data_code;
  gboolean preamble;
  guint n_specs;
  guint16 specs[BENK_PHDC_MAX_SPECS];
} BenkPhdcFunction;

gboolean benk_phdc_parse_function (const guint8 *extra,
                                   gsize length,
                                   BenkPhdcFunction *function,
                                   GError **error);
gboolean benk_phdc_function_lists (const BenkPhdcFunction *function, guint16 spec);
gboolean benk_phdc_parse_qos (const guint8 *extra, gsize length, guint8 *qos);

G_END_DECLS
