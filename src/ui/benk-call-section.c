/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-call-section.h"

#include <glib/gi18n.h>

#include "benk-alarm.h"
#include "benk-call-facts.h"
#include "benk-caller.h"
#include "benk-device-plan-row.h"
#include "benk-fact-record.h"
#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-wording.h"

/* The rows that were put into @group, which it does not tell itself. */
static GPtrArray *
get_rows (AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), "benk-rows");

  if (rows)
    return rows;
  rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (group), "benk-rows", rows,
                          (GDestroyNotify) g_ptr_array_unref);
  return rows;
}

static gint64
get_now_ms (BenkSession *session)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (session));
}

static char *
say (gint64 ms, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  return benk_wording_instant (ms, now_ms, zone);
}

static char *
say_next_dose (const BenkCallFacts *facts, gint64 now_ms)
{
  g_autofree char *at = NULL;
  g_autofree char *in = NULL;

  if (facts->next_dose_ms <= now_ms)
    return g_strdup (_ ("Not known: no settings are kept here"));
  at = say (facts->next_dose_ms, now_ms);
  in = benk_wording_duration (facts->next_dose_ms - now_ms);
  /* Translators: when the next dose is, how long it is till then. */
  return g_strdup_printf (_ ("%s, in %s"), at, in);
}

static char *
say_contact (const BenkCallFacts *facts, gint64 now_ms)
{
  g_autofree char *at = NULL;

  if (facts->contact_ms == 0)
    return g_strdup (_ ("None known here"));
  at = say (facts->contact_ms, now_ms);
  return g_strdup_printf ("%s · %s", at,
                          facts->contact_by_alarm
                            ? _ ("an alarm")
                            : benk_link_kind_get_label (facts->contact_link));
}

static char *
say_battery (const BenkCallFacts *facts, gint64 now_ms)
{
  g_autofree char *at = NULL;

  if (facts->battery < 0)
    return g_strdup (_ ("Never read here"));
  at = say (facts->battery_ms, now_ms);
  /* Translators: percent of the battery, when that was read, over what. */
  return g_strdup_printf (_ ("%d %% · read %s · %s"), facts->battery, at,
                          benk_link_kind_get_label (facts->battery_link));
}

static void
add_alarms (AdwPreferencesGroup *group,
            GPtrArray *rows,
            BenkDeviceCard *card,
            gint64 now_ms)
{
  GListModel *alarms = benk_device_card_get_alarms (card);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (alarms, i);
      g_autofree char *words = NULL;
      g_autofree char *at = NULL;
      g_autofree char *text = NULL;

      if (!benk_alarm_status_is_open (benk_alarm_get_status (alarm)))
        continue;
      words = benk_wording_alarm (alarm);
      at = say (benk_alarm_get_raised_ms (alarm), now_ms);
      text =
        g_strdup_printf ("%s · %s · %s", words, at,
                         benk_alarm_status_get_label (benk_alarm_get_status (alarm)));
      benk_rows_add_fact (group, rows, n++ == 0 ? _ ("Open alarms") : "", text);
    }
  if (n == 0)
    benk_rows_add_fact (group, rows, _ ("Open alarms"), _ ("None known here"));
}

static char *
say_user (BenkDevice *device)
{
  const char *user = benk_device_get_person_ref (device);
  const char *team = benk_device_get_team (device);

  if (user && team)
    return g_strdup_printf ("%s · %s", user, team);
  return g_strdup (user ? user : team);
}

static const char *
say_caller (BenkFactRecord *call)
{
  const char *name = benk_fact_record_get_stated_by (call);
  BenkCaller caller;

  if (!name || !*name)
    return _ ("erased");
  return benk_caller_from_name (name, &caller) ? benk_caller_get_label (caller) : name;
}

/* Returns: (transfer full) (nullable): the first from @i on, which moves to it */
static BenkFactRecord *
find_call (GListModel *facts, guint *i)
{
  for (; *i < g_list_model_get_n_items (facts); (*i)++)
    {
      g_autoptr (BenkFactRecord) fact = g_list_model_get_item (facts, *i);

      if (benk_fact_record_get_kind (fact) == BENK_FACT_CALL)
        return g_steal_pointer (&fact);
    }
  return NULL;
}

static const char *
get_text (BenkFactRecord *call)
{
  const char *text = benk_fact_record_get_ref (call);

  return text && *text ? text : _ ("erased");
}

static void
add_last_call (AdwPreferencesGroup *group,
               GPtrArray *rows,
               BenkDeviceCard *card,
               gint64 now_ms)
{
  guint i = 0;
  g_autoptr (BenkFactRecord) call = find_call (benk_device_card_get_facts (card), &i);
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;

  if (!call)
    return;
  at = say (benk_fact_record_get_at_ms (call), now_ms);
  text = g_strdup_printf ("%s · %s · %s", at, say_caller (call), get_text (call));
  benk_rows_add (group, rows, _ ("Last call"), text);
}

/**
 * benk_call_section_show:
 * @group: a group
 * @session: the open session
 * @card: a device
 *
 * Shows what somebody asks on the telephone about a dispenser that a user has, or that is
 * ready for one; what is not known is said to be. Nothing for other devices.
 */
void
benk_call_section_show (AdwPreferencesGroup *group,
                        BenkSession *session,
                        BenkDeviceCard *card)
{
  const BenkCallFacts *facts = benk_device_card_get_call_facts (card);
  GPtrArray *rows = get_rows (group);
  BenkDevice *device = benk_device_card_get_device (card);
  gint64 now_ms = get_now_ms (session);
  gboolean holds = benk_device_plan_row_is_needed (benk_device_get_state (device));
  const char *place = benk_device_get_place_name (device);
  g_autofree char *next_dose = say_next_dose (facts, now_ms);
  g_autofree char *contact = say_contact (facts, now_ms);
  g_autofree char *battery = say_battery (facts, now_ms);
  g_autofree char *user = say_user (device);

  benk_rows_clear (group, rows);
  gtk_widget_set_visible (GTK_WIDGET (group), holds);
  if (!holds)
    return;
  benk_rows_add_fact (group, rows, _ ("Next dose"), next_dose);
  benk_device_plan_row_add (group, rows, session, card);
  benk_rows_add_fact (group, rows, _ ("Last contact"), contact);
  benk_rows_add_fact (group, rows, _ ("Battery"), battery);
  add_alarms (group, rows, card, now_ms);
  if (place && *place)
    benk_rows_add_fact (group, rows, _ ("Place"), place);
  if (user && *user)
    benk_rows_add_fact (group, rows, _ ("User and team"), user);
  add_last_call (group, rows, card, now_ms);
}

/**
 * benk_call_section_show_calls:
 * @group: a group
 * @session: the open session
 * @card: a device
 *
 * Shows each call that was noted about a device, the newest first.
 */
void
benk_call_section_show_calls (AdwPreferencesGroup *group,
                              BenkSession *session,
                              BenkDeviceCard *card)
{
  GListModel *facts = benk_device_card_get_facts (card);
  GPtrArray *rows = get_rows (group);
  gint64 now_ms = get_now_ms (session);
  BenkFactRecord *found;

  benk_rows_clear (group, rows);
  for (guint i = 0; (found = find_call (facts, &i)) != NULL; i++)
    {
      g_autoptr (BenkFactRecord) call = found;
      const char *by = benk_fact_record_get_by (call);
      g_autofree char *at = say (benk_fact_record_get_at_ms (call), now_ms);
      g_autofree char *title = g_strdup_printf ("%s · %s%s%s", at, say_caller (call),
                                                by ? " · " : "", by ? by : "");

      benk_rows_add (group, rows, title, get_text (call));
    }
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}
