/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-demo-reserve.h"

#include "benk-forecast.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-reservation.h"

/* Devices of the demo's list that are kept for somebody, in how many days. */
static const struct
{
  const char *serial;
  const char *reference;
  guint days;
} kept[] = {
  { "MD0900108", "4720", 4 },
  { "PP910111", "4731", 18 },
};

static gboolean
reserve (BenkDb *db, gsize i, gint64 now_ms, GError **error)
{
  g_autoptr (BenkDevice) device = benk_table_device_find (db, kept[i].serial, error);
  g_autofree char *today = benk_forecast_get_today (now_ms);
  g_autofree char *wanted = NULL;
  BenkId person;
  GDate date;

  if (device == NULL || !benk_table_person_ensure (db, kept[i].reference, &person, error))
    return FALSE;
  if (benk_date_parse (today, &date))
    g_date_add_days (&date, kept[i].days);
  wanted = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date),
                            (int) g_date_get_month (&date), g_date_get_day (&date));

  return benk_table_reservation_make (db, benk_device_get_id (device), &person, wanted,
                                      error);
}

static gboolean
do_reserve (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (!reserve (db, i, benk_scope_get_wall_ms (scope), error))
      return FALSE;

  return TRUE;
}

/*< private >
 * benk_demo_reserve_async:
 *
 * Keeps some devices of the demo's list for users that nobody is.
 */
void
benk_demo_reserve_async (BenkSession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  benk_session_change_async (session, session, BENK_VERB_RESERVE, NULL, do_reserve, NULL,
                             NULL, cancellable, callback, user_data);
}

/*< private >
 * benk_demo_reserve_finish:
 *
 * Returns: whether they are kept
 */
gboolean
benk_demo_reserve_finish (BenkSession *session, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  benk_session_change_finish (session, result, NULL, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
