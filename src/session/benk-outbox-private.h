/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarm.h"
#include "benk-fhir-client.h"
#include "benk-session-private.h"
#include "benk-table-feed.h"
#include "benk-table-outbox.h"

G_BEGIN_DECLS

/* One row of the outbox with all that sending it needs, and what became of it. */
typedef struct
{
  BenkOutboxRow *row;
  gboolean sent_before;
  BenkFeedRow *feed; /* NULL: the source is gone */
  BenkAlarm *alarm;
  char *author_id;
  char *author_name;
  char *note;
  char *device_name;
  GArray *events; /* BenkFhirEvent */
  gint64 call_start_ms;
  gint64 call_end_ms;
} BenkParcel;

void benk_parcel_free (BenkParcel *parcel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkParcel, benk_parcel_free)

/* What is asked of the writer. */
typedef struct
{
  BenkId alarm; /* nil: any */
  GPtrArray *models;
} BenkClaimJob;

typedef struct
{
  BenkChange change;
  BenkId row;
  BenkId alarm;
  char *kind;
  BenkFollowup state;
  gint64 next_ms;
  char *location;
  char *etag;
  char *words;
} BenkSettleJob;

void benk_claim_job_free (BenkClaimJob *job);
gpointer
benk_claim_job_run (BenkDb *db, gpointer job, GCancellable *cancellable, GError **error);

void benk_settle_job_free (BenkSettleJob *job);
gpointer
benk_settle_job_run (BenkDb *db, gpointer job, GCancellable *cancellable, GError **error);

gboolean benk_parcel_load_events (BenkDb *db, BenkParcel *parcel, GError **error);
BenkFhirFollowup benk_parcel_get_followup (BenkParcel *parcel);
BenkFhirStep
benk_parcel_get_step (BenkParcel *parcel, const char *row_id, const char *text);

G_END_DECLS
