/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-notice-private.h"

G_BEGIN_DECLS

/* From here on what is not critical shares one bubble: a flood hides nothing. */
#define BENK_TOLD_MAX_BUBBLES 5
#define BENK_TOLD_REST "rest"
#define BENK_TOLD_INCIDENT "incident:outage"
#define BENK_TOLD_MISSED "missed"
#define BENK_TOLD_LATE "late"
#define BENK_TOLD_OVERDUE "overdue"

/**
 * BenkTold:
 * @alarm: the alarm
 * @order: the first told comes first
 * @key: of its bubble
 * @queued: it has been in the queue
 * @fresh: it came, or came again, since its bubble was last shown
 * @held: it came while it was quiet
 * @dismissed: a person closed its bubble
 * @overdue: that its deadline has run out was told, or stood there when it was told
 * @overdue_held: its deadline ran out while it was quiet
 *
 * An alarm that the desktop is told of.
 */
typedef struct
{
  BenkAlarm *alarm;
  guint64 order;
  char *key;
  gboolean queued;
  gboolean fresh;
  gboolean held;
  gboolean dismissed;
  gboolean overdue;
  gboolean overdue_held;
} BenkTold;

BenkTold *benk_told_new (BenkAlarm *alarm, guint64 order);
void benk_told_free (BenkTold *told);
void benk_told_share_late (BenkTold *told);
int benk_told_get_severity (const BenkTold *told);
int benk_told_compare_worst (gconstpointer a, gconstpointer b);
gboolean benk_told_is_critical (const BenkTold *told);
gboolean benk_told_is_loud (const BenkTold *told);

/* What is done to all that is told; @all: BenkId → BenkTold. */
void benk_told_hold_back (GHashTable *all, gboolean is_quiet);
void benk_told_end_quiet (GHashTable *all, gboolean by_person, gint64 now_ms);
GPtrArray *benk_told_list_ids (GHashTable *all, const char *key);
void benk_told_note_overdue (GHashTable *all, BenkTold *told);
void benk_told_hold_overdue (BenkTold *told);
void benk_told_forget_overdue (BenkTold *told);

/**
 * BenkToldGroup:
 * @key: of its bubble
 * @members: (element-type BenkTold): the worst first; unowned
 *
 * What shares one bubble.
 */
typedef struct
{
  char *key;
  GPtrArray *members;
} BenkToldGroup;

GPtrArray *benk_told_group_all (GHashTable *told);
gboolean benk_told_group_is_shown (const BenkToldGroup *group);
gboolean benk_told_group_is_incident (const BenkToldGroup *group);
gboolean benk_told_group_is_fresh (const BenkToldGroup *group);
gboolean benk_told_group_can_take (const BenkToldGroup *group);
BenkNotice *benk_told_group_describe (const BenkToldGroup *group);
gboolean benk_told_is_wanted (BenkAlarm *alarm, gint64 now_ms);

G_END_DECLS
