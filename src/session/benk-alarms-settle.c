/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-follow-private.h"

#include <string.h>

#include "benk-dispense.h"
#include "benk-plan-file.h"
#include "benk-serial.h"
#include "benk-table-device.h"
#include "benk-table-dispense.h"
#include "benk-table-plan.h"

/*
 * What a dispenser handed out after an alarm was raised may settle it. It is computed
 * anew from all that is known of the alarm and of its device, so that it does not matter
 * what was heard of first; a person's word, here or in another system, counts for more.
 */

typedef struct
{
  BenkDb *db;
  const BenkId *alarm;
  BenkDispenseTarget *now;
  gint64 reopened_ms; /* in another system */
} Settling;

static gboolean
is_settled_by_dispenser (BenkAlarmStatus status, gint64 closed_ms, gint64 dispensed_ms)
{
  return status == BENK_ALARM_STATUS_SETTLED && dispensed_ms != 0 &&
         closed_ms == dispensed_ms;
}

/* As it would be without what was handed out; only in @alarm. */
void
benk_alarm_unsettle (BenkAlarm *alarm)
{
  if (!is_settled_by_dispenser (benk_alarm_get_status (alarm),
                                benk_alarm_get_closed_ms (alarm),
                                benk_alarm_get_dispensed_ms (alarm)))
    return;
  benk_alarm_set_status (alarm, benk_alarm_get_taken_ms (alarm) != 0
                                  ? BENK_ALARM_STATUS_TAKEN
                                  : BENK_ALARM_STATUS_NEW);
  benk_alarm_set_closed_ms (alarm, 0);
}

/* (nullable) without @error: not known, or not to be read. */
static BenkPlan *
load_plan (Settling *self, GError **error)
{
  g_autoptr (BenkPlanRow) row = NULL;

  if (benk_id_is_nil (&self->now->device))
    return NULL;
  row = benk_table_plan_get_in_device (self->db, &self->now->device, error);
  return row ? benk_plan_file_parse (row->body, strlen (row->body), NULL) : NULL;
}

/* What a person wrote down is settled only by what came after. */
static gint64
get_from_ms (const BenkDispenseTarget *now)
{
  return now->has_feed ? now->raised_ms : MAX (now->raised_ms, now->received_ms);
}

static gboolean
is_one_device (Settling *self, gboolean *one, GError **error)
{
  g_autoptr (GPtrArray) found =
    benk_table_device_find_all (self->db, self->now->serial_key, error);

  *one = found != NULL && found->len <= 1;
  return found != NULL;
}

/* Whether it was that dose, of that device, and while the alarm was open. */
static gboolean
fits (Settling *self,
      const BenkDispenseRow *row,
      gint64 ended_ms,
      gboolean *fits,
      GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlan) plan = NULL;

  *fits = FALSE;
  if (ended_ms != 0 && row->at_ms >= ended_ms)
    return TRUE;
  plan = load_plan (self, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row->at_ms >=
      benk_dispense_get_until_ms (self->now->code, self->now->raised_ms, plan))
    return TRUE;
  return is_one_device (self, fits, error);
}

static gboolean
find (Settling *self, gint64 ended_ms, BenkDispenseTarget *to, GError **error)
{
  const BenkDispenseTarget *now = self->now;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDispenseRow) row = NULL;
  gboolean one = FALSE;

  if (now->serial_key == NULL || !benk_dispense_concerns (now->code))
    return TRUE;
  row = benk_table_dispense_find_first (self->db, now->serial_key, now->imei, now->code,
                                        get_from_ms (now), self->reopened_ms, &local);
  if (row != NULL)
    fits (self, row, ended_ms, &one, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (one)
    {
      to->dispensed_ms = row->at_ms;
      to->event = g_strdup (row->event);
      to->feed = row->feed;
    }
  return TRUE;
}

static gboolean
is_same (const BenkDispenseTarget *a, const BenkDispenseTarget *b)
{
  return a->status == b->status && a->closed_ms == b->closed_ms &&
         a->dispensed_ms == b->dispensed_ms && g_strcmp0 (a->event, b->event) == 0 &&
         benk_id_equal (&a->feed, &b->feed);
}

static gboolean
settle (Settling *self, gboolean *changed, GError **error)
{
  const BenkDispenseTarget *now = self->now;
  gboolean ours =
    is_settled_by_dispenser (now->status, now->closed_ms, now->dispensed_ms);
  gboolean open = ours || benk_alarm_status_is_open (now->status);
  g_autoptr (BenkDispenseTarget) to = g_new0 (BenkDispenseTarget, 1);

  if (!find (self, open ? 0 : now->closed_ms, to, error))
    return FALSE;
  /* What settled it long ago is forgotten by now. */
  if (to->dispensed_ms == 0 && now->dispensed_ms != 0 &&
      now->dispensed_ms < benk_db_get_wall_ms (self->db) - BENK_DISPENSE_KEPT_MS)
    return TRUE;
  to->status = now->status;
  to->closed_ms = now->closed_ms;
  if (open)
    {
      gboolean settled = to->dispensed_ms != 0 && !now->reopened_here;

      to->status = settled             ? BENK_ALARM_STATUS_SETTLED
                   : now->taken_ms > 0 ? BENK_ALARM_STATUS_TAKEN
                                       : BENK_ALARM_STATUS_NEW;
      to->closed_ms = settled ? to->dispensed_ms : 0;
    }
  if (is_same (now, to))
    return TRUE;
  *changed = TRUE;
  return benk_table_dispense_set_target (self->db, self->alarm, to, error);
}

/* Inside a scope; @reopened_ms: when it was last opened again in another system, 0 = it
 * was not. Says in @changed whether the alarm is not as it was. */
gboolean
benk_alarm_settle (
  BenkDb *db, const BenkId *alarm, gint64 reopened_ms, gboolean *changed, GError **error)
{
  g_autoptr (BenkDispenseTarget) now = benk_table_dispense_get_target (db, alarm, error);
  Settling self = { db, alarm, now, reopened_ms };

  *changed = FALSE;
  return now != NULL && settle (&self, changed, error);
}

/* -- What was handed out ------------------------------------------------------------- */

static gboolean
read_number (const char *version, gint64 *number)
{
  gsize length = strspn (version, "0123456789");

  *number = length > 0 && length < 19 ? g_ascii_strtoll (version, NULL, 10) : 0;
  return length > 0 && length < 19 && version[length] == '\0';
}

/* By the number that the source gives it, else by its clock. */
static gboolean
is_newer (const BenkFhirDispense *told, const BenkDispenseRow *known)
{
  gint64 one;
  gint64 two;

  if (read_number (told->version, &one) && read_number (known->version, &two))
    return one > two;
  if (told->updated_ms != known->updated_ms)
    return told->updated_ms > known->updated_ms;
  return strcmp (told->version, known->version) > 0;
}

static gboolean
settle_alarms (BenkDb *db,
               const char *key,
               gint64 at_ms,
               void (*note) (gpointer data, const BenkId *alarm),
               gpointer data,
               GError **error)
{
  g_autoptr (GPtrArray) devices = benk_table_device_find_all (db, key, error);
  g_autoptr (GArray) alarms = NULL;
  const BenkId nobody = BENK_ID_NIL;

  if (devices == NULL || devices->len > 1)
    return devices != NULL;
  alarms =
    benk_table_dispense_list_alarms (db,
                                     devices->len ? benk_device_get_id (devices->pdata[0])
                                                  : &nobody,
                                     key, at_ms, error);
  for (guint i = 0; alarms != NULL && i < alarms->len; i++)
    {
      const BenkId *alarm = &g_array_index (alarms, BenkId, i);
      gint64 reopened_ms;
      gboolean changed;

      if (!benk_alarm_find_reopened (db, alarm, &reopened_ms, error) ||
          !benk_alarm_settle (db, alarm, reopened_ms, &changed, error))
        return FALSE;
      if (changed)
        note (data, alarm);
    }
  return alarms != NULL;
}

/* Takes in what a source says was handed out, inside a scope; @note is told of each alarm
 * that it changes. What is too old to be kept changes nothing. */
gboolean
benk_dispense_take (BenkDb *db,
                    const BenkId *feed,
                    const BenkFhirDispense *told,
                    void (*note) (gpointer data, const BenkId *alarm),
                    gpointer data,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDispenseRow) known =
    benk_table_dispense_get (db, feed, told->id, &local);
  g_autofree char *key = benk_serial_normalise (told->serial);
  const BenkDispenseRow row = { *feed, told->id,    told->version, told->updated_ms,
                                key,   told->event, told->at_ms };

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (known != NULL ? !is_newer (told, known)
                    : told->at_ms < benk_db_get_wall_ms (db) - BENK_DISPENSE_KEPT_MS &&
                        told->event != NULL)
    return TRUE;
  if (!benk_table_dispense_put (db, &row, error))
    return FALSE;
  if (known != NULL &&
      (known->at_ms != row.at_ms || !g_str_equal (known->serial_key, row.serial_key)) &&
      !settle_alarms (db, known->serial_key, known->at_ms, note, data, error))
    return FALSE;
  return settle_alarms (db, key, row.at_ms, note, data, error);
}
