/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-mder.h"

G_BEGIN_DECLS

#define BENK_ACT_SEG_CLR 0x0c0c
#define BENK_ACT_SEG_GET_INFO 0x0c0d
#define BENK_ACT_SEG_TRIG_XFER 0x0c1c
#define BENK_EVT_SEGMENT_DATA 0x0d21

#define BENK_PM_FIRST 0x8000
#define BENK_PM_LAST 0x4000
#define BENK_PM_AGENT_ABORT 0x0800
#define BENK_PM_CONFIRM 0x0080
#define BENK_PM_ABORT 0x0008

/** BenkPmAttr: attributes of a PM-store and its segments. */
typedef enum
{
  BENK_ATTR_SEGMENT_INSTANCE = 0x0922,
  BENK_ATTR_STORE_ALGORITHM = 0x0943,
  BENK_ATTR_STORE_USAGE = 0x0944,
  BENK_ATTR_SEGMENTS = 0x0951,
  BENK_ATTR_OPERATIONAL_STATE = 0x0953,
  BENK_ATTR_SEGMENT_USAGE = 0x097b,
  BENK_ATTR_CLEAR_TIMEOUT = 0x0a63,
  BENK_ATTR_TRANSFER_TIMEOUT = 0x0a64,
  BENK_ATTR_STORE_CAPAB = 0x0a4d,
  BENK_ATTR_ENTRY_MAP = 0x0a4e,
} BenkPmAttr;

typedef enum
{
  BENK_PM_OK = 0,
  BENK_PM_NO_SUCH_SEGMENT = 1,
  BENK_PM_TRY_LATER = 2,
  BENK_PM_EMPTY = 3,
  BENK_PM_OTHER = 512,
} BenkPmTrigResult;

/**
 * BenkPmStore:
 * @usage: entries stored, -1 not told
 * @clear_timeout_ms: how long clearing may take; 3 s when not told
 */
typedef struct
{
  guint16 capab;
  guint16 operational_state;
  guint16 segments;
  gint64 usage;
  guint clear_timeout_ms;
} BenkPmStore;

/**
 * BenkPmSegment:
 * @usage: entries in it, -1 not told
 * @entry_size: octets of one entry by its map, 0 not known
 */
typedef struct
{
  guint16 instance;
  gint64 usage;
  guint entry_size;
  gboolean has_abs_time;
  guint transfer_timeout_ms;
} BenkPmSegment;

/** BenkPmData: one SEGMENT_DATA event, or the manager's reply to it (no entries). */
typedef struct
{
  guint16 instance;
  guint32 index;
  guint32 count;
  guint16 status;
  GBytes *entries;
} BenkPmData;

void benk_pm_store_parse (BenkPmStore *self, GPtrArray *attrs);
GPtrArray *benk_pm_store_to_attrs (const BenkPmStore *self);
GBytes *benk_pm_select_all (void);
gboolean benk_pm_select_is_all (GBytes *info);
GArray *benk_pm_segments_parse (GBytes *info, GError **error);
GBytes *benk_pm_segments_compose (const BenkPmSegment *segments, guint n_segments);
GBytes *benk_pm_trig_compose (guint16 instance);
gboolean benk_pm_trig_response_parse (GBytes *info,
                                      guint16 *instance,
                                      guint16 *result,
                                      GError **error);
gboolean benk_pm_data_parse (BenkPmData *self, GBytes *info, GError **error);
GBytes *benk_pm_data_compose (const BenkPmData *self);
GBytes *benk_pm_data_reply (const BenkPmData *self, gboolean ok);
void benk_pm_data_clear (BenkPmData *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkPmData, benk_pm_data_clear)

G_END_DECLS
