/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-mder.h"

G_BEGIN_DECLS

#define BENK_SPEC_MED_MONITOR 0x1048
#define BENK_SIMULATED_MAKER "Dosebenk simulator"

/** BenkMdsAttr: attributes of the MDS object (20601 nomenclature, partition 1). */
typedef enum
{
  BENK_ATTR_CONFIRM_TIMEOUT = 0x0914,
  BENK_ATTR_SYSTEM_MODEL = 0x0928,
  BENK_ATTR_PRODUCTION_SPEC = 0x092d,
  BENK_ATTR_POWER_STATUS = 0x0955,
  BENK_ATTR_SYSTEM_ID = 0x0984,
  BENK_ATTR_DATE_TIME = 0x0987,
  BENK_ATTR_BATTERY_TIME = 0x0988,
  BENK_ATTR_BATTERY_LEVEL = 0x099c,
  BENK_ATTR_CONFIG_ID = 0x0a44,
  BENK_ATTR_TIME_INFO = 0x0a45,
  BENK_ATTR_REG_CERT = 0x0a4b,
  BENK_ATTR_TYPE_SPECS = 0x0a5a,
  BENK_ATTR_BO_TIME = 0x0a81,
} BenkMdsAttr;

#define BENK_POWER_MAINS 0x8000
#define BENK_POWER_BATTERY 0x4000
#define BENK_TIME_RTC 0x8000
#define BENK_TIME_SETTABLE 0x4000
#define BENK_TIME_MUST_BE_SET 0x0010

#define BENK_ACT_SET_TIME 0x0c17
#define BENK_ACT_SET_BO_TIME 0x0c1d

/**
 * BenkMds:
 * @maker: (nullable): System-Model's manufacturer, %NULL when not told; as the others
 * @battery: percent, -1 when not told or undefined
 * @power: Power-Status bits; meaningful when @has_power
 * @time_state: Mds-Time-Info state bits
 * @time: device's local clock; meaningful when @has_time
 * @has_bo_time: the device counts UTC and an offset (20601A), and is set that way
 * @faults: (nullable): attributes that could not be understood, in words
 *
 * What a device says of itself: identity, clock, battery.
 */
typedef struct
{
  char *maker;
  char *model;
  char *serial;
  char *hardware;
  char *firmware;
  guint8 system_id[8];
  gboolean has_system_id;
  guint16 config_id;
  gboolean is_med_monitor;
  gboolean has_type_specs;
  gboolean has_reg_cert;
  int battery;
  guint16 power;
  gboolean has_power;
  guint16 time_state;
  gboolean has_time_info;
  BenkMderTime time;
  gboolean has_time;
  gboolean has_bo_time;
  char *faults;
} BenkMds;

void benk_mds_init (BenkMds *self);
void benk_mds_clear (BenkMds *self);
void benk_mds_update (BenkMds *self, GPtrArray *attrs);
void benk_mds_append_attrs (const BenkMds *self, GPtrArray *attrs);
char *benk_mds_dup_system_id (const BenkMds *self);
gboolean benk_mds_is_simulated (const BenkMds *self);
gboolean benk_mds_may_be_written (const BenkMds *self, int floor);

GBytes *benk_set_time_compose (const BenkMderTime *time);
gboolean benk_set_time_parse (GBytes *info, BenkMderTime *time);
GBytes *benk_set_bo_time_compose (gint64 local_s, gint16 offset_min);
gboolean benk_set_bo_time_parse (GBytes *info, gint64 *local_s, gint16 *offset_min);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkMds, benk_mds_clear)

G_END_DECLS
