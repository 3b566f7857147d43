/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-words.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-alarms-hand.h"
#include "benk-plan.h"
#include "benk-roll-batch.h"
#include "benk-wording.h"

/**
 * benk_alarm_words_get_severity:
 * @entry: a row
 *
 * Returns: how severe it is; of several the most
 */
int
benk_alarm_words_get_severity (BenkAlarmEntry *entry)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);
  int severity = 0;

  for (guint i = 0; i < alarms->len; i++)
    severity = MAX (severity, benk_alarm_get_severity (g_ptr_array_index (alarms, i)));
  return severity;
}

/**
 * benk_alarm_words_is_over:
 * @entry: a row
 *
 * Returns: whether none of its alarms is open any more
 */
gboolean
benk_alarm_words_is_over (BenkAlarmEntry *entry)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);

  for (guint i = 0; i < alarms->len; i++)
    if (benk_alarm_status_is_open (benk_alarm_get_status (g_ptr_array_index (alarms, i))))
      return FALSE;
  return TRUE;
}

typedef char *(*Describe) (BenkAlarm *alarm);

/* (transfer full): what is said of any of them, once each, in their order. */
static GPtrArray *
list_different (BenkAlarmEntry *entry, Describe describe)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < alarms->len; i++)
    {
      g_autofree char *said = describe (g_ptr_array_index (alarms, i));

      if (said == NULL || g_hash_table_contains (seen, said))
        continue;
      g_hash_table_add (seen, said);
      g_ptr_array_add (words, g_steal_pointer (&said));
    }
  return words;
}

static char *
join (GPtrArray *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) words->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * benk_alarm_words_describe_all:
 * @alarms: (element-type BenkAlarm): what is done something about, one at the least
 *
 * Returns: (transfer full): what the first is, of which device, and how many there are
 *   besides
 */
char *
benk_alarm_words_describe_all (const GPtrArray *alarms)
{
  BenkAlarm *first = g_ptr_array_index (alarms, 0);
  g_autofree char *code = benk_wording_alarm (first);
  const char *device = benk_alarm_get_device_label (first);
  g_autofree char *one =
    g_strdup_printf ("%s · %s", code, device ? device : _ ("Unknown device"));

  if (alarms->len == 1)
    return g_steal_pointer (&one);
  /* Translators: an alarm and its device, then how many alarms besides. */
  return g_strdup_printf (ngettext ("%s, and %u more", "%s, and %u more",
                                    alarms->len - 1),
                          one, alarms->len - 1);
}

static char *
describe_times (const char *what, int n)
{
  /* Translators: what the alarm is, then how often it was raised while it was open. */
  return g_strdup_printf (_ ("%s ×%d"), what, n);
}

/**
 * benk_alarm_words_describe_title:
 * @entry: a row
 *
 * Returns: (transfer full): what the alarm is and how often; or what several are
 */
char *
benk_alarm_words_describe_title (BenkAlarmEntry *entry)
{
  guint n = benk_alarm_entry_get_alarms (entry)->len;
  BenkAlarm *alarm = benk_alarm_entry_get_alarm (entry);
  g_autoptr (GPtrArray) codes = NULL;
  g_autofree char *what = NULL;

  switch (benk_alarm_entry_get_kind (entry))
    {
    case BENK_ALARM_ENTRY_BATCH:
      what = benk_roll_batch_describe (benk_alarm_get_roll_packer (alarm),
                                       benk_alarm_get_roll_batch (alarm));
      /* Translators: the batch of a roll, then who packed it: “4711 (Pakkeriet)”. */
      return g_strdup_printf (_ ("Roll batch %s"), what ? what : "");
    case BENK_ALARM_ENTRY_USER:
      return g_strdup_printf (ngettext ("%u alarm of one user", "%u alarms of one user",
                                        n),
                              n);
    case BENK_ALARM_ENTRY_INCIDENT:
    case BENK_ALARM_ENTRY_CODE:
      codes = list_different (entry, benk_wording_alarm);
      what = join (codes);
      return describe_times (what, (int) n);
    case BENK_ALARM_ENTRY_ONE:
    case BENK_ALARM_ENTRY_MEMBER:
    default:
      what = benk_wording_alarm (alarm);
      return benk_alarm_get_n_joined (alarm) == 0
               ? g_steal_pointer (&what)
               : describe_times (what, benk_alarm_get_n_joined (alarm) + 1);
    }
}

static char *
describe_device (BenkAlarm *alarm)
{
  const char *label = benk_alarm_get_device_label (alarm);

  return g_strdup (label ? label : _ ("Unknown device, not registered"));
}

static char *
dup_device (BenkAlarm *alarm)
{
  const BenkId *id = benk_alarm_get_device_id (alarm);

  return benk_id_is_nil (id) ? g_strdup (benk_alarm_get_serial (alarm))
                             : benk_id_to_string (id);
}

static char *
dup_team (BenkAlarm *alarm)
{
  const char *name = benk_alarm_get_team_name (alarm);

  return g_strdup (name ? name : "");
}

/**
 * benk_alarm_words_describe_devices:
 * @entry: a row
 *
 * Returns: (transfer full): the device, or how many, and of which team
 */
char *
benk_alarm_words_describe_devices (BenkAlarmEntry *entry)
{
  BenkAlarm *alarm = benk_alarm_entry_get_alarm (entry);
  g_autoptr (GPtrArray) devices = list_different (entry, dup_device);
  g_autoptr (GPtrArray) teams = list_different (entry, dup_team);
  g_autofree char *label = NULL;

  if (devices->len > 1)
    label =
      g_strdup_printf (ngettext ("%u device", "%u devices", devices->len), devices->len);
  else
    label = describe_device (alarm);
  return g_strjoin (" · ", label,
                    teams->len == 1 ? benk_alarm_get_team_name (alarm) : NULL, NULL);
}

static char *
describe_end (BenkAlarm *alarm, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  const char *how = benk_alarm_status_get_label (benk_alarm_get_status (alarm));
  g_autofree char *when =
    benk_wording_instant (benk_alarm_get_closed_ms (alarm), now_ms, zone);

  return g_strdup_printf ("%s · %s", how, when);
}

static char *
describe_responsible (BenkAlarm *alarm)
{
  return g_strdup_printf (_ ("Responsible: %s"),
                          benk_responsibility_get_label (
                            benk_alarm_get_responsibility (alarm)));
}

static char *
describe_with (BenkAlarm *alarm, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  const char *who = benk_alarm_get_taken_by (alarm);
  /* Who has accepted it has had it since then. */
  g_autofree char *since = benk_wording_instant (MAX (benk_alarm_get_taken_ms (alarm),
                                                      benk_alarm_get_accepted_ms (alarm)),
                                                 now_ms, zone);

  return g_strdup_printf (_ ("With %s since %s"), who ? who : _ ("somebody else"), since);
}

static char *
describe_who (BenkAlarm *alarm, gint64 now_ms)
{
  char *waiting = NULL;

  if (benk_alarm_get_gone_ms (alarm) != 0)
    return g_strdup (_ ("Its source does not know it any more: is it over?"));
  if (benk_alarm_is_handed_over (alarm))
    return g_strdup_printf (_ ("Handed over to %s, not accepted yet"),
                            benk_alarm_get_handed_to (alarm));
  waiting = benk_alarm_describe_waiting (alarm, now_ms);
  if (waiting != NULL)
    return waiting;
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN
           ? describe_with (alarm, now_ms)
           : describe_responsible (alarm);
}

/* Those of one code are with different people, and wait for different things. */
static char *
describe_mixed (BenkAlarmEntry *entry)
{
  const char *heading =
    benk_alarm_section_get_heading (benk_alarm_entry_get_section (entry));
  g_autoptr (GPtrArray) responsible = NULL;

  if (benk_alarm_entry_get_section (entry) > BENK_ALARM_SECTION_OTHERS)
    return g_strdup (heading);
  responsible = list_different (entry, describe_responsible);
  return join (responsible);
}

/**
 * benk_alarm_words_describe_state:
 * @entry: a row
 * @now_ms: UTC milliseconds
 *
 * Returns: (transfer full): how severe it is, what makes it one of several, and who has
 *   it
 */
char *
benk_alarm_words_describe_state (BenkAlarmEntry *entry, gint64 now_ms)
{
  BenkAlarm *alarm = benk_alarm_entry_get_alarm (entry);
  const char *severity = benk_wording_severity (benk_alarm_words_get_severity (entry));
  g_autoptr (GPtrArray) codes = NULL;
  g_autofree char *why = NULL;
  g_autofree char *who = NULL;

  if (benk_alarm_words_is_over (entry))
    return describe_end (alarm, now_ms);
  switch (benk_alarm_entry_get_kind (entry))
    {
    case BENK_ALARM_ENTRY_INCIDENT:
      why = g_strdup (_ ("One incident, outage?"));
      break;
    case BENK_ALARM_ENTRY_USER:
    case BENK_ALARM_ENTRY_BATCH:
      codes = list_different (entry, benk_wording_alarm);
      why = join (codes);
      break;
    case BENK_ALARM_ENTRY_CODE:
      who = describe_mixed (entry);
      break;
    case BENK_ALARM_ENTRY_ONE:
    case BENK_ALARM_ENTRY_MEMBER:
    default:
      break;
    }
  if (who == NULL)
    who = describe_who (alarm, now_ms);
  return why ? g_strjoin (" · ", severity, why, who, NULL)
             : g_strjoin (" · ", severity, who, NULL);
}
