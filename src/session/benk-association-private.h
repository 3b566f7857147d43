/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-clock.h"
#include "benk-link.h"

G_BEGIN_DECLS

#define BENK_TYPE_ASSOCIATION (benk_association_get_type ())
G_DECLARE_FINAL_TYPE (BenkAssociation, benk_association, BENK, ASSOCIATION, GObject)

/**
 * BenkAssociationEventKind:
 * @BENK_ASSOCIATION_UP: requests can be made
 * @BENK_ASSOCIATION_RESPONSE: @apdu answers the request
 * @BENK_ASSOCIATION_REPORT: @apdu is an event report, answered already
 * @BENK_ASSOCIATION_ENDED: it is over, the link may still be open
 * @BENK_ASSOCIATION_DOWN: the link is closed, or could not be opened
 *
 * What happens to an association.
 */
typedef enum
{
  BENK_ASSOCIATION_UP,
  BENK_ASSOCIATION_RESPONSE,
  BENK_ASSOCIATION_REPORT,
  BENK_ASSOCIATION_ENDED,
  BENK_ASSOCIATION_DOWN,
} BenkAssociationEventKind;

/**
 * BenkAssociationEvent:
 * @timed_out: it ended for want of an answer
 * @error: (nullable): why the link is down
 */
typedef struct
{
  BenkAssociationEventKind kind;
  BenkApdu *apdu;
  gboolean timed_out;
  GError *error;
} BenkAssociationEvent;

typedef void (*BenkAssociationFunc) (BenkAssociation *association,
                                     const BenkAssociationEvent *event,
                                     gpointer user_data);

BenkAssociation *
benk_association_new (BenkClock *clock, BenkAssociationFunc func, gpointer user_data);
void benk_association_open (BenkAssociation *self, BenkLink *link, guint patience_ms);
void benk_association_close (BenkAssociation *self);
void benk_association_stop (BenkAssociation *self);
gboolean benk_association_has_link (BenkAssociation *self);
void benk_association_request (BenkAssociation *self,
                               const BenkApdu *request,
                               guint timeout_ms);
void benk_association_release (BenkAssociation *self);
guint16 benk_association_get_config_id (BenkAssociation *self);
guint16 benk_association_get_pm_handle (BenkAssociation *self);

G_END_DECLS
