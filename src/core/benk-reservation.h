/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BENK_RESERVATION_MAX_DAYS:
 *
 * So many days ahead a device may be reserved; more is a slip of the finger.
 */
#define BENK_RESERVATION_MAX_DAYS 730

/**
 * BenkReservation:
 * @id: birth name
 * @device: the device that is kept
 * @person: for whom
 * @reference: (nullable): their reference in the patient record (personal); %NULL once it
 *   is erased
 * @wanted_date: the day it is wanted, "YYYY-MM-DD"
 * @days: days until then; less than 0 once it has passed
 * @made_ms: when it was made, UTC ms
 * @who: (nullable): initials of who made it
 * @model_id: the device's model
 * @serial: its serial
 * @asset: (nullable): its short asset number
 * @state: its state
 * @place_name: (nullable): where it is
 * @needs_device: whether that device cannot go to them any more
 *
 * A device that is kept for a user, for a day.
 */
typedef struct
{
  BenkId id;
  BenkId device;
  BenkId person;
  char *reference;
  char *wanted_date;
  int days;
  gint64 made_ms;
  char *who;
  char *model_id;
  char *serial;
  char *asset;
  BenkDeviceState state;
  char *place_name;
  gboolean needs_device;
} BenkReservation;

gboolean benk_reservation_state_holds (BenkDeviceState state);
gboolean benk_reservation_is_used (BenkDeviceState state);
gboolean benk_reservation_judge_need (BenkDeviceState state,
                                      const BenkId *device_person,
                                      const BenkId *reserved_person);
gboolean
benk_reservation_check_date (const char *wanted_date, const char *today, GError **error);
gboolean benk_reservation_is_overdue (const BenkReservation *self);
int benk_reservation_compare (gconstpointer a, gconstpointer b);
char *benk_reservation_say_date (const BenkReservation *self);
char *benk_reservation_describe (const BenkReservation *self);

void benk_reservation_free (BenkReservation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkReservation, benk_reservation_free)

G_END_DECLS
