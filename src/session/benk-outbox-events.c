/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-outbox-private.h"

#include <string.h>

#include "benk-alarms-private.h"
#include "benk-table-alarm-step.h"
#include "benk-table-note.h"

static void
event_clear (gpointer data)
{
  g_free ((char *) ((BenkFhirEvent *) data)->text);
}

/* (transfer full) @text */
static void
add (BenkParcel *parcel, const char *code, char *text, gint64 at_ms)
{
  BenkFhirEvent event = { code, text, at_ms };

  g_array_append_val (parcel->events, event);
}

/* Domain.md 4.1, handling events: 4 sent out, 9 action or handed on, 10 another actor.
 * That somebody accepted to go out, 5, is told to nobody here. */
static void
add_waiting (BenkParcel *parcel, const BenkAlarmStep *step)
{
  switch (step->waiting_for)
    {
    case BENK_WAIT_VISIT:
      add (parcel, "4", NULL, step->at_ms);
      break;
    case BENK_WAIT_VENDOR:
      add (parcel, "9", g_strdup ("venter på leverandør"), step->at_ms);
      break;
    case BENK_WAIT_DELIVERY:
      add (parcel, "9", g_strdup ("venter på levering"), step->at_ms);
      break;
    case BENK_WAIT_CARE:
      add (parcel, "10", g_strdup ("venter på tjenesten"), step->at_ms);
      break;
    case BENK_WAIT_NONE:
    default:
      break;
    }
}

/* Only the call that was told of with the closing that the document is about; when it was
 * says nothing, for somebody may open an alarm again only to tell of it. */
static void
add_call (BenkParcel *parcel, const BenkAlarmStep *step, gint64 closing_seq)
{
  if (step->seq != closing_seq)
    return;
  if (strcmp (step->kind, BENK_STEP_CALLED) == 0)
    parcel->call_start_ms = step->at_ms;
  else if (strcmp (step->kind, BENK_STEP_CALL_ENDED) == 0)
    parcel->call_end_ms = step->at_ms;
}

static void
add_step (BenkParcel *parcel, const BenkAlarmStep *step)
{
  gboolean elsewhere = g_strcmp0 (step->place, BENK_PLACE_ELSEWHERE) == 0;

  if (strcmp (step->kind, BENK_STEP_WAITING) == 0)
    add_waiting (parcel, step);
  else if (strcmp (step->kind, BENK_STEP_HANDED_OVER) == 0)
    add (parcel, "9", g_strdup ("overført"), step->at_ms);
  else if (strcmp (step->kind, BENK_STEP_REOPENED) == 0)
    add (parcel, "9", g_strdup ("åpnet igjen"), step->at_ms);
  else if (strcmp (step->kind, BENK_STEP_TAKEN) == 0 && elsewhere &&
           step->at_ms != benk_alarm_get_taken_ms (parcel->alarm))
    add (parcel, "10", g_strdup ("tatt i et annet system"), step->at_ms);
}

static gboolean
add_confirmed (BenkDb *db, BenkParcel *parcel, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 confirmed_ms = benk_alarm_get_confirmed_ms (parcel->alarm);
  g_autofree char *by =
    benk_table_note_get (db, benk_alarm_get_confirmed_by (parcel->alarm), NULL, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (by != NULL)
    add (parcel, "10",
         g_strdup_printf (confirmed_ms > 0 ? "bekreftet av %s"
                                           : "bekreftet av %s, tidspunkt ikke oppgitt",
                          by),
         confirmed_ms);
  return TRUE;
}

/* What the document tells beside raising, taking and closing. */
gboolean
benk_parcel_load_events (BenkDb *db, BenkParcel *parcel, GError **error)
{
  g_autoptr (GPtrArray) steps =
    benk_table_alarm_step_list (db, &parcel->row->alarm, error);
  gint64 seq;

  if (steps == NULL || !benk_table_alarm_step_get_seq (db, &parcel->row->id, &seq, error))
    return FALSE;
  parcel->events = g_array_new (FALSE, FALSE, sizeof (BenkFhirEvent));
  g_array_set_clear_func (parcel->events, event_clear);
  for (guint i = 0; i < steps->len; i++)
    {
      add_step (parcel, g_ptr_array_index (steps, i));
      add_call (parcel, g_ptr_array_index (steps, i), seq);
    }
  return add_confirmed (db, parcel, error);
}
