/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-reservation.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-plan.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * benk_reservation_state_holds:
 * @state: the state of a device
 *
 * Returns: whether a device in that state can be kept for somebody: it is on its way to
 *   the shelf, or on it
 */
gboolean
benk_reservation_state_holds (BenkDeviceState state)
{
  const guint32 holds = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_ORDERED) |
                        BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED) |
                        BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_STOCK) |
                        BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PREPARING) |
                        BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) |
                        BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RESET);

  return (guint) state < BENK_N_DEVICE_STATES &&
         (holds & BENK_DEVICE_STATE_MASK (state)) != 0;
}

/**
 * benk_reservation_is_used:
 * @state: a state that a device is given
 *
 * Returns: whether the device is with its user from then on, so that nothing is kept any
 *   more
 */
gboolean
benk_reservation_is_used (BenkDeviceState state)
{
  return state == BENK_DEVICE_STATE_TRIAL || state == BENK_DEVICE_STATE_OPERATION;
}

/**
 * benk_reservation_judge_need:
 * @state: the state of the device that is kept
 * @device_person: whom the device is with, or made ready for; nil = nobody
 * @reserved_person: for whom it is kept
 *
 * Returns: whether they need another device: this one went another way
 */
gboolean
benk_reservation_judge_need (BenkDeviceState state,
                             const BenkId *device_person,
                             const BenkId *reserved_person)
{
  return !benk_reservation_state_holds (state) ||
         (!benk_id_is_nil (device_person) &&
          !benk_id_equal (device_person, reserved_person));
}

/**
 * benk_reservation_check_date:
 * @wanted_date: (nullable): what somebody wrote
 * @today: the local date, "YYYY-MM-DD"
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: whether it is a day from today on, within %BENK_RESERVATION_MAX_DAYS
 */
gboolean
benk_reservation_check_date (const char *wanted_date, const char *today, GError **error)
{
  GDate wanted, now;
  int days;

  if (!benk_date_parse (wanted_date, &wanted) || !benk_date_parse (today, &now))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("“%s” is not a date. Write it as 2026-12-03."),
                   wanted_date != NULL ? wanted_date : "");
      return FALSE;
    }
  days = g_date_days_between (&now, &wanted);
  if (days >= 0 && days <= BENK_RESERVATION_MAX_DAYS)
    return TRUE;

  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                       days < 0 ? _ ("That day has passed.")
                                : _ ("That day is more than two years ahead."));
  return FALSE;
}

/**
 * benk_reservation_is_overdue:
 * @self: a reservation
 *
 * Returns: whether the day on which it was wanted has passed
 */
gboolean
benk_reservation_is_overdue (const BenkReservation *self)
{
  return self->days < 0;
}

/**
 * benk_reservation_compare:
 * @a: a #BenkReservation
 * @b: another
 *
 * Orders by what has to be done first: overdue ones, those that need another device, and
 * then by their day.
 *
 * Returns: as strcmp()
 */
int
benk_reservation_compare (gconstpointer a, gconstpointer b)
{
  const BenkReservation *one = a;
  const BenkReservation *other = b;
  int by_overdue =
    benk_reservation_is_overdue (other) - benk_reservation_is_overdue (one);
  int by_need = (other->needs_device != FALSE) - (one->needs_device != FALSE);
  int by_day = strcmp (one->wanted_date, other->wanted_date);

  if (by_overdue != 0)
    return by_overdue;
  if (by_need != 0)
    return by_need;

  return by_day != 0 ? by_day : benk_id_compare (&one->id, &other->id);
}

/**
 * benk_reservation_say_date:
 * @self: a reservation
 *
 * Returns: (transfer full): the day on which it is wanted, as people write it
 */
char *
benk_reservation_say_date (const BenkReservation *self)
{
  GDate date;
  g_autoptr (GDateTime) day = NULL;

  if (!benk_date_parse (self->wanted_date, &date))
    return g_strdup (self->wanted_date);
  day = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                             g_date_get_day (&date), 0, 0, 0);

  return g_date_time_format (day, _ ("%-d %b %Y"));
}

static char *
say_delay (int days)
{
  if (days == 0)
    return g_strdup (_ ("today"));
  if (days < 0)
    return g_strdup_printf (ngettext ("%d day overdue", "%d days overdue", -days), -days);

  return g_strdup_printf (ngettext ("in %d day", "in %d days", days), days);
}

/**
 * benk_reservation_describe:
 * @self: a reservation
 *
 * Returns: (transfer full): for when it is, how near that is and what is wrong with it,
 * in words that name nobody
 */
char *
benk_reservation_describe (const BenkReservation *self)
{
  g_autofree char *date = benk_reservation_say_date (self);
  g_autofree char *delay = say_delay (self->days);
  /* Translators: a date, then how near it is: "Wanted 3 Dec 2026, in 4 days". */
  g_autofree char *wanted = g_strdup_printf (_ ("Wanted %s, %s"), date, delay);

  if (!self->needs_device)
    return g_steal_pointer (&wanted);

  return g_strdup_printf ("%s · %s", _ ("Needs another device"), wanted);
}

/**
 * benk_reservation_free:
 * @self: (nullable) (transfer full): a reservation
 */
void
benk_reservation_free (BenkReservation *self)
{
  if (self == NULL)
    return;

  g_free (self->reference);
  g_free (self->wanted_date);
  g_free (self->who);
  g_free (self->model_id);
  g_free (self->serial);
  g_free (self->asset);
  g_free (self->place_name);
  g_free (self);
}
