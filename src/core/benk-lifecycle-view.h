/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-accessory-list.h"
#include "benk-device.h"
#include "benk-fact.h"
#include "benk-link-kind.h"
#include "benk-model-kind.h"
#include "benk-proof.h"
#include "benk-run.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BenkReturnCondition:
 * @BENK_RETURN_BY_CASE: the change is a step of the return case.
 * @BENK_RETURN_REASON: the case has a reason.
 * @BENK_RETURN_ANSWERED: the vendor gave a return number, or uses none.
 * @BENK_RETURN_SERIAL_CHECKED: the serial that goes into the box is the serial of the
 * case.
 * @BENK_RETURN_ACCESSORIES_COUNTED: accessories are counted.
 * @BENK_RETURN_NO_NAMES: no name or address of a user is on the list or the box.
 * @BENK_RETURN_HANDED_OVER: tracking number or hand-over receipt, and date.
 * @BENK_RETURN_VENDOR_CONFIRMED: the vendor confirms to have it.
 * @BENK_RETURN_OUTCOME: the outcome is recorded; a replacement is linked.
 * @BENK_RETURN_LEASE_RECORDED: the end of the lease is recorded, or it goes on, or there
 * is none.
 * @BENK_RETURN_ENDED: the case is cancelled or the return was refused.
 *
 * What is known of the return case of a device.
 */
typedef enum
{
  BENK_RETURN_BY_CASE = 1 << 0,
  BENK_RETURN_REASON = 1 << 1,
  BENK_RETURN_ANSWERED = 1 << 2,
  BENK_RETURN_SERIAL_CHECKED = 1 << 3,
  BENK_RETURN_ACCESSORIES_COUNTED = 1 << 4,
  BENK_RETURN_NO_NAMES = 1 << 5,
  BENK_RETURN_HANDED_OVER = 1 << 6,
  BENK_RETURN_VENDOR_CONFIRMED = 1 << 7,
  BENK_RETURN_OUTCOME = 1 << 8,
  BENK_RETURN_LEASE_RECORDED = 1 << 9,
  BENK_RETURN_ENDED = 1 << 10,
} BenkReturnCondition;

/**
 * BenkLifecycleView:
 *
 * What the guards see of one device: read inside the change scope, fed row by row, then
 * given to benk_lifecycle_check(). Feed transitions in the order of the change log; the
 * rest in any order.
 */
typedef struct _BenkLifecycleView BenkLifecycleView;

BenkLifecycleView *benk_lifecycle_view_new (BenkDeviceState state,
                                            BenkOrigin origin,
                                            gboolean demo_store,
                                            gint64 now_ms);
void benk_lifecycle_view_free (BenkLifecycleView *self);
void benk_lifecycle_view_set_kind (BenkLifecycleView *self, BenkModelKind kind);
void benk_lifecycle_view_add_transition (
  BenkLifecycleView *self, int from, BenkDeviceState to, gint64 at_ms, gint64 order);
void benk_lifecycle_view_add_fact (BenkLifecycleView *self,
                                   BenkFactKind kind,
                                   gint64 order,
                                   gboolean has_ref,
                                   gboolean has_stated_by);
BenkAccessoryList *benk_lifecycle_view_get_accessory_list (const BenkLifecycleView *self);
void benk_lifecycle_view_add_proof (BenkLifecycleView *self,
                                    BenkProofKind kind,
                                    BenkLinkKind link_kind,
                                    gint64 order,
                                    gboolean valid);
void benk_lifecycle_view_add_run (BenkLifecycleView *self,
                                  BenkRunKind kind,
                                  BenkRunOutcome outcome,
                                  gint64 order);
void benk_lifecycle_view_add_attempt (BenkLifecycleView *self,
                                      BenkLinkKind link_kind,
                                      gint64 order);
void benk_lifecycle_view_set_open_alarms (BenkLifecycleView *self, guint n_open_alarms);
void benk_lifecycle_view_set_other_active_device (BenkLifecycleView *self,
                                                  gboolean other);
void benk_lifecycle_view_set_lease_ended (BenkLifecycleView *self, gboolean ended);
void benk_lifecycle_view_set_plan_valid (BenkLifecycleView *self, gboolean valid);
void benk_lifecycle_view_set_reserved_for_other (BenkLifecycleView *self,
                                                 gboolean reserved);
void benk_lifecycle_view_set_second_person_asked (BenkLifecycleView *self,
                                                  gboolean asked);
void benk_lifecycle_view_set_open_return (BenkLifecycleView *self, gboolean open);
void benk_lifecycle_view_set_trial_before (BenkLifecycleView *self, gint64 before_ms);
void benk_lifecycle_view_set_return (BenkLifecycleView *self,
                                     BenkReturnCondition conditions);

BenkModelKind benk_lifecycle_view_get_kind (const BenkLifecycleView *self);
BenkDeviceState benk_lifecycle_view_get_state (const BenkLifecycleView *self);
gint64 benk_lifecycle_view_get_state_since_ms (const BenkLifecycleView *self);
gint64 benk_lifecycle_view_get_trial_ms (const BenkLifecycleView *self);
guint benk_lifecycle_view_count_attempts (const BenkLifecycleView *self);
gboolean benk_lifecycle_view_is_reset_proven (const BenkLifecycleView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkLifecycleView, benk_lifecycle_view_free)

G_END_DECLS
