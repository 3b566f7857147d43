/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-mds.h"
#include "benk-phd-config.h"
#include "benk-pm.h"

G_BEGIN_DECLS

/** Reports that are kept of one agent; what follows is counted. */
#define BENK_SURVEY_MAX_EVENTS 1000
/** Octets of stored measurements that are kept of one agent. */
#define BENK_SURVEY_MAX_STORED (1024 * 1024)

/**
 * BenkSurveyEvent:
 * @observations: (nullable) (element-type BenkObservation): of a scan report
 *
 * A report of an agent.
 */
typedef struct
{
  gboolean confirmed;
  guint16 handle;
  guint16 type;
  GBytes *info;
  GPtrArray *observations;
} BenkSurveyEvent;

/**
 * BenkSurveySegment:
 * @entries: what was transferred
 * @count: how many entries that was
 * @whole: whether the agent said that this was all
 */
typedef struct
{
  BenkPmSegment info;
  GByteArray *entries;
  guint count;
  gboolean whole;
} BenkSurveySegment;

/**
 * BenkSurveyStore:
 * @attrs: (nullable) (element-type BenkAttr): of the store, when it told them
 * @segments: (element-type BenkSurveySegment)
 */
typedef struct
{
  guint16 handle;
  GPtrArray *attrs;
  BenkPmStore info;
  GPtrArray *segments;
} BenkSurveyStore;

/**
 * BenkSurveyEnd:
 * @BENK_SURVEY_GOES_ON: it has not ended
 * @BENK_SURVEY_REFUSED: the agent offered nothing that this manager speaks
 * @BENK_SURVEY_RELEASED: one side said goodbye, the other as well
 * @BENK_SURVEY_ABORTED: one side broke it off
 */
typedef enum
{
  BENK_SURVEY_GOES_ON,
  BENK_SURVEY_REFUSED,
  BENK_SURVEY_RELEASED,
  BENK_SURVEY_ABORTED,
} BenkSurveyEnd;

/**
 * BenkSurvey:
 * @assoc: (nullable): what the agent asked for
 * @config: (nullable): its configuration
 * @mds_attrs: (nullable) (element-type BenkAttr): what it says of itself
 * @mds: the same, understood
 * @stores: (element-type BenkSurveyStore): its PM-stores
 * @events: (element-type BenkSurveyEvent): what it reported
 * @n_dropped: reports that are not kept
 * @faults: (element-type utf8): what could not be understood, or was refused
 * @end: how the agent ended it, or was refused
 * @private: what is asked next
 *
 * What can be learned of any agent of 20601 without writing to it. Without I/O, clock and
 * thread: the questions are made here, and carried by whoever has the association.
 */
typedef struct
{
  BenkAssocInfo *assoc;
  BenkConfig *config;
  GPtrArray *mds_attrs;
  BenkMds mds;
  GPtrArray *stores;
  GPtrArray *events;
  guint n_dropped;
  GPtrArray *faults;
  BenkSurveyEnd end;

  struct
  {
    guint step;
    guint store;
    guint segment;
    gsize n_stored;
  } private;
} BenkSurvey;

BenkSurvey *benk_survey_new (void);
void benk_survey_free (BenkSurvey *self);
void benk_survey_overhear (BenkSurvey *self, GBytes *apdu);
BenkApdu *benk_survey_ask (BenkSurvey *self);
void benk_survey_take_answer (BenkSurvey *self, const BenkApdu *apdu);
void benk_survey_take_event (BenkSurvey *self, const BenkApdu *apdu);
gboolean benk_survey_awaits_entries (const BenkSurvey *self);
void benk_survey_skip_entries (BenkSurvey *self);
gboolean benk_survey_is_complete (const BenkSurvey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkSurvey, benk_survey_free)

G_END_DECLS
