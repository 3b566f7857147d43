/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"

G_BEGIN_DECLS

#define BENK_EVT_CONFIG 0x0d1c
#define BENK_EVT_SCAN_FIXED 0x0d1d
#define BENK_EVT_SCAN_VAR 0x0d1e
#define BENK_EVT_SCAN_MP_FIXED 0x0d1f
#define BENK_EVT_SCAN_MP_VAR 0x0d20

#define BENK_CLASS_ENUMERATION 5
#define BENK_CLASS_NUMERIC 6
#define BENK_CLASS_PM_STORE 61

typedef enum
{
  BENK_CONFIG_ACCEPTED = 0,
  BENK_CONFIG_UNSUPPORTED = 1,
  BENK_CONFIG_STANDARD_UNKNOWN = 2,
} BenkConfigResult;

/** BenkConfigObject: one object of a configuration; @attrs of #BenkAttr. */
typedef struct
{
  guint16 class_id;
  guint16 handle;
  GPtrArray *attrs;
} BenkConfigObject;

/** BenkConfig: a configuration report; @objects of #BenkConfigObject. */
typedef struct
{
  guint16 id;
  GPtrArray *objects;
} BenkConfig;

BenkConfig *benk_config_new (guint16 id);
void benk_config_free (BenkConfig *self);
BenkConfigObject *benk_config_add (BenkConfig *self, guint16 class_id, guint16 handle);
BenkConfig *benk_config_parse (GBytes *info, GError **error);
GBytes *benk_config_compose (const BenkConfig *self);
guint16 benk_config_find_class (const BenkConfig *self, guint16 class_id);
guint benk_config_get_fixed_size (const BenkConfig *self, guint16 handle);
GBytes *benk_config_reply (guint16 id, BenkConfigResult result);

/**
 * BenkObservation:
 * @octets: (nullable): of a fixed report: values in the order of the object's value map
 * @attrs: (nullable): of a variable report
 */
typedef struct
{
  guint16 handle;
  GBytes *octets;
  GPtrArray *attrs;
} BenkObservation;

GPtrArray *benk_scan_parse (guint16 event_type, GBytes *info, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkConfig, benk_config_free)

G_END_DECLS
