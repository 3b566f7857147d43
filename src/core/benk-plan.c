/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

struct _BenkPlan
{
  GArray *doses;      /* (element-type BenkDoseTime) */
  GArray *rules;      /* (element-type BenkAlarmRule) */
  GArray *recipients; /* (element-type BenkRecipient) */
  char *zone;
  char *language;
  char *valid_from;
  int volume;
  gboolean times_from_roll;
  BenkPlanParts proposed;
};

G_DEFINE_BOXED_TYPE (BenkPlan, benk_plan, benk_plan_ref, benk_plan_unref)

/* By value; there is no condition 0. */
static const BenkName condition_names[] = {
  [0] = { NULL, NULL },
  [BENK_ALARM_CONDITION_MISSED] = { "missed", N_ ("Dose missed") },
  [BENK_ALARM_CONDITION_LATE] = { "late", N_ ("Dose late") },
  [BENK_ALARM_CONDITION_BATTERY_LOW] = { "battery-low", N_ ("Battery low") },
  [BENK_ALARM_CONDITION_EMPTY] = { "empty", N_ ("Empty") },
  [BENK_ALARM_CONDITION_LID_OPEN] = { "lid-open", N_ ("Lid open") },
  [BENK_ALARM_CONDITION_CLOCK_UNSET] = { "clock-unset", N_ ("Clock not set") },
};

BENK_DEFINE_NAMES (BenkAlarmCondition, benk_alarm_condition, condition_names)

static void
clear_recipient (gpointer data)
{
  BenkRecipient *recipient = data;

  g_free (recipient->role);
}

static void
clear_plan (gpointer data)
{
  BenkPlan *self = data;

  g_array_unref (self->doses);
  g_array_unref (self->rules);
  g_array_unref (self->recipients);
  g_free (self->zone);
  g_free (self->language);
  g_free (self->valid_from);
}

/**
 * benk_plan_new:
 *
 * An empty plan for Europe/Oslo, without language and volume.
 *
 * Returns: (transfer full): a new plan
 */
BenkPlan *
benk_plan_new (void)
{
  BenkPlan *self = g_atomic_rc_box_new0 (BenkPlan);

  self->doses = g_array_new (FALSE, FALSE, sizeof (BenkDoseTime));
  self->rules = g_array_new (FALSE, FALSE, sizeof (BenkAlarmRule));
  self->recipients = g_array_new (FALSE, FALSE, sizeof (BenkRecipient));
  g_array_set_clear_func (self->recipients, clear_recipient);
  self->zone = g_strdup (BENK_DISTRICT_ZONE);
  self->volume = -1;

  return self;
}

/**
 * benk_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): the same plan
 */
BenkPlan *
benk_plan_ref (BenkPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * benk_plan_unref:
 * @self: (transfer full): a plan
 */
void
benk_plan_unref (BenkPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

/**
 * benk_plan_copy:
 * @self: a plan
 *
 * Returns: (transfer full): a plan of its own with the same content
 */
BenkPlan *
benk_plan_copy (const BenkPlan *self)
{
  BenkPlan *copy = benk_plan_new ();

  for (guint i = 0; i < self->doses->len; i++)
    benk_plan_add_dose (copy, benk_plan_get_dose (self, i));
  g_array_append_vals (copy->rules, self->rules->data, self->rules->len);
  for (guint i = 0; i < self->recipients->len; i++)
    {
      const BenkRecipient *recipient = benk_plan_get_recipient (self, i);

      benk_plan_add_recipient (copy, recipient->role, recipient->periods);
    }
  benk_plan_set_zone (copy, self->zone);
  benk_plan_set_language (copy, self->language);
  benk_plan_set_valid_from (copy, self->valid_from);
  copy->volume = self->volume;
  copy->times_from_roll = self->times_from_roll;
  copy->proposed = self->proposed;

  return copy;
}

static gboolean
dose_equal (const BenkDoseTime *a, const BenkDoseTime *b)
{
  return a->minute == b->minute && a->weekdays == b->weekdays &&
         a->before_min == b->before_min && a->after_min == b->after_min &&
         !a->alarm == !b->alarm;
}

/**
 * benk_plan_equal:
 * @a: a plan
 * @b: a plan
 *
 * Returns: %TRUE if they say the same in the same order
 */
gboolean
benk_plan_equal (const BenkPlan *a, const BenkPlan *b)
{
  if (a->doses->len != b->doses->len || a->rules->len != b->rules->len ||
      a->recipients->len != b->recipients->len || a->volume != b->volume ||
      !a->times_from_roll != !b->times_from_roll || a->proposed != b->proposed)
    return FALSE;
  if (g_strcmp0 (a->zone, b->zone) != 0 || g_strcmp0 (a->language, b->language) != 0 ||
      g_strcmp0 (a->valid_from, b->valid_from) != 0)
    return FALSE;

  for (guint i = 0; i < a->doses->len; i++)
    if (!dose_equal (benk_plan_get_dose (a, i), benk_plan_get_dose (b, i)))
      return FALSE;
  for (guint i = 0; i < a->rules->len; i++)
    if (benk_plan_get_rule (a, i)->condition != benk_plan_get_rule (b, i)->condition ||
        benk_plan_get_rule (a, i)->delay_min != benk_plan_get_rule (b, i)->delay_min)
      return FALSE;
  for (guint i = 0; i < a->recipients->len; i++)
    if (g_strcmp0 (benk_plan_get_recipient (a, i)->role,
                   benk_plan_get_recipient (b, i)->role) != 0 ||
        benk_plan_get_recipient (a, i)->periods !=
          benk_plan_get_recipient (b, i)->periods)
      return FALSE;

  return TRUE;
}

/**
 * benk_plan_add_dose:
 * @self: a plan
 * @dose: a dose time, copied
 *
 * Adds it in the order of the day. Nothing is checked here, see benk_plan_check().
 *
 * Returns: its number
 */
guint
benk_plan_add_dose (BenkPlan *self, const BenkDoseTime *dose)
{
  guint at = 0;

  while (at < self->doses->len && benk_plan_get_dose (self, at)->minute <= dose->minute)
    at++;

  g_array_insert_vals (self->doses, at, dose, 1);
  return at;
}

/**
 * benk_plan_remove_dose:
 * @self: a plan
 * @i: a number below benk_plan_get_n_doses()
 */
void
benk_plan_remove_dose (BenkPlan *self, guint i)
{
  g_return_if_fail (i < self->doses->len);

  g_array_remove_index (self->doses, i);
}

/**
 * benk_plan_replace_dose:
 * @self: a plan
 * @i: a number below benk_plan_get_n_doses()
 * @dose: what it is to be, copied
 *
 * Returns: its number now, in the order of the day
 */
guint
benk_plan_replace_dose (BenkPlan *self, guint i, const BenkDoseTime *dose)
{
  benk_plan_remove_dose (self, i);
  return benk_plan_add_dose (self, dose);
}

/**
 * benk_plan_get_n_doses:
 * @self: a plan
 *
 * Returns: how many dose times it has
 */
guint
benk_plan_get_n_doses (const BenkPlan *self)
{
  return self->doses->len;
}

/**
 * benk_plan_get_dose:
 * @self: a plan
 * @i: a number below benk_plan_get_n_doses()
 *
 * Returns: (transfer none): the dose time
 */
const BenkDoseTime *
benk_plan_get_dose (const BenkPlan *self, guint i)
{
  g_return_val_if_fail (i < self->doses->len, NULL);

  return &g_array_index (self->doses, BenkDoseTime, i);
}

/**
 * benk_plan_clear_doses:
 * @self: a plan
 */
void
benk_plan_clear_doses (BenkPlan *self)
{
  g_array_set_size (self->doses, 0);
}

/**
 * benk_plan_add_rule:
 * @self: a plan
 * @condition: what raises the alarm
 * @delay_min: after how many minutes
 */
void
benk_plan_add_rule (BenkPlan *self, BenkAlarmCondition condition, guint delay_min)
{
  BenkAlarmRule rule = { condition, delay_min };

  g_array_append_val (self->rules, rule);
}

/**
 * benk_plan_get_n_rules:
 * @self: a plan
 *
 * Returns: how many alarms are switched on
 */
guint
benk_plan_get_n_rules (const BenkPlan *self)
{
  return self->rules->len;
}

/**
 * benk_plan_get_rule:
 * @self: a plan
 * @i: a number below benk_plan_get_n_rules()
 *
 * Returns: (transfer none): the rule
 */
const BenkAlarmRule *
benk_plan_get_rule (const BenkPlan *self, guint i)
{
  g_return_val_if_fail (i < self->rules->len, NULL);

  return &g_array_index (self->rules, BenkAlarmRule, i);
}

/**
 * benk_plan_clear_rules:
 * @self: a plan
 */
void
benk_plan_clear_rules (BenkPlan *self)
{
  g_array_set_size (self->rules, 0);
}

/**
 * benk_plan_find_rule:
 * @self: a plan
 * @condition: what raises the alarm
 *
 * Returns: (transfer none) (nullable): the rule, or %NULL if that alarm is off
 */
const BenkAlarmRule *
benk_plan_find_rule (const BenkPlan *self, BenkAlarmCondition condition)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (benk_plan_get_rule (self, i)->condition == condition)
      return benk_plan_get_rule (self, i);

  return NULL;
}

/**
 * benk_plan_set_rule:
 * @self: a plan
 * @condition: what raises the alarm
 * @on: whether it is on
 * @delay_min: after how many minutes
 *
 * Switches one alarm; several are kept in the order of their numbers.
 */
void
benk_plan_set_rule (BenkPlan *self,
                    BenkAlarmCondition condition,
                    gboolean on,
                    guint delay_min)
{
  BenkAlarmRule rule = { condition, delay_min };
  guint at = 0;

  for (guint i = self->rules->len; i > 0; i--)
    if (benk_plan_get_rule (self, i - 1)->condition == condition)
      g_array_remove_index (self->rules, i - 1);
  while (at < self->rules->len && benk_plan_get_rule (self, at)->condition < condition)
    at++;
  if (on)
    g_array_insert_val (self->rules, at, rule);
}

/**
 * benk_plan_add_recipient:
 * @self: a plan
 * @role: id of a role
 * @periods: when it receives
 */
void
benk_plan_add_recipient (BenkPlan *self, const char *role, BenkDutyPeriods periods)
{
  BenkRecipient recipient = { g_strdup (role), periods };

  g_array_append_val (self->recipients, recipient);
}

/**
 * benk_plan_get_n_recipients:
 * @self: a plan
 *
 * Returns: how many recipients it has
 */
guint
benk_plan_get_n_recipients (const BenkPlan *self)
{
  return self->recipients->len;
}

/**
 * benk_plan_get_recipient:
 * @self: a plan
 * @i: a number below benk_plan_get_n_recipients()
 *
 * Returns: (transfer none): the recipient
 */
const BenkRecipient *
benk_plan_get_recipient (const BenkPlan *self, guint i)
{
  g_return_val_if_fail (i < self->recipients->len, NULL);

  return &g_array_index (self->recipients, BenkRecipient, i);
}

/**
 * benk_plan_clear_recipients:
 * @self: a plan
 */
void
benk_plan_clear_recipients (BenkPlan *self)
{
  g_array_set_size (self->recipients, 0);
}

/**
 * benk_plan_get_periods:
 * @self: a plan
 * @role: id of a role
 *
 * Returns: when @role receives alarms; 0 = never
 */
BenkDutyPeriods
benk_plan_get_periods (const BenkPlan *self, const char *role)
{
  guint periods = 0;

  for (guint i = 0; i < self->recipients->len; i++)
    if (g_strcmp0 (benk_plan_get_recipient (self, i)->role, role) == 0)
      periods |= benk_plan_get_recipient (self, i)->periods;

  return (BenkDutyPeriods) periods;
}

/**
 * benk_plan_set_periods:
 * @self: a plan
 * @role: id of a role
 * @periods: when it receives alarms; 0 = never
 *
 * Sets when one role receives alarms; the others stay where they are.
 */
void
benk_plan_set_periods (BenkPlan *self, const char *role, BenkDutyPeriods periods)
{
  BenkRecipient recipient = { NULL, periods };
  guint at = self->recipients->len;

  for (guint i = self->recipients->len; i > 0; i--)
    if (g_strcmp0 (benk_plan_get_recipient (self, i - 1)->role, role) == 0)
      {
        g_array_remove_index (self->recipients, i - 1);
        at = i - 1;
      }
  if (periods == 0)
    return;
  recipient.role = g_strdup (role);
  g_array_insert_val (self->recipients, MIN (at, self->recipients->len), recipient);
}

/**
 * benk_plan_get_zone:
 * @self: a plan
 *
 * Returns: (transfer none) (nullable): name of the time zone (IANA)
 */
const char *
benk_plan_get_zone (const BenkPlan *self)
{
  return self->zone;
}

/**
 * benk_plan_set_zone:
 * @self: a plan
 * @zone: (nullable): name of a time zone (IANA)
 */
void
benk_plan_set_zone (BenkPlan *self, const char *zone)
{
  g_free (self->zone);
  self->zone = g_strdup (zone);
}

/**
 * benk_plan_get_language:
 * @self: a plan
 *
 * Returns: (transfer none) (nullable): language tag (BCP 47), or %NULL to leave it alone
 */
const char *
benk_plan_get_language (const BenkPlan *self)
{
  return self->language;
}

/**
 * benk_plan_set_language:
 * @self: a plan
 * @language: (nullable): language tag (BCP 47)
 */
void
benk_plan_set_language (BenkPlan *self, const char *language)
{
  g_free (self->language);
  self->language = g_strdup (language);
}

/**
 * benk_plan_get_volume:
 * @self: a plan
 *
 * Returns: volume, 0 to 100; -1 to leave it alone
 */
int
benk_plan_get_volume (const BenkPlan *self)
{
  return self->volume;
}

/**
 * benk_plan_set_volume:
 * @self: a plan
 * @volume: volume, 0 to 100; -1 to leave it alone
 */
void
benk_plan_set_volume (BenkPlan *self, int volume)
{
  self->volume = volume;
}

/**
 * benk_plan_get_valid_from:
 * @self: a plan
 *
 * Returns: (transfer none) (nullable): first local day, "YYYY-MM-DD", or %NULL for at
 * once
 */
const char *
benk_plan_get_valid_from (const BenkPlan *self)
{
  return self->valid_from;
}

/**
 * benk_plan_set_valid_from:
 * @self: a plan
 * @date: (nullable): first local day, "YYYY-MM-DD"
 */
void
benk_plan_set_valid_from (BenkPlan *self, const char *date)
{
  g_free (self->valid_from);
  self->valid_from = g_strdup (date);
}

/**
 * benk_plan_get_times_from_roll:
 * @self: a plan
 *
 * Returns: whether the dispenser takes its dose times from the print of the roll; then
 *   they are not set here
 */
gboolean
benk_plan_get_times_from_roll (const BenkPlan *self)
{
  return self->times_from_roll;
}

/**
 * benk_plan_set_times_from_roll:
 * @self: a plan
 * @from_roll: whether the times come from the roll
 */
void
benk_plan_set_times_from_roll (BenkPlan *self, gboolean from_roll)
{
  self->times_from_roll = from_roll;
}

/**
 * benk_plan_get_proposed:
 * @self: a plan
 *
 * Returns: the parts that the program proposed and nobody has decided yet
 */
BenkPlanParts
benk_plan_get_proposed (const BenkPlan *self)
{
  return self->proposed;
}

/**
 * benk_plan_set_proposed:
 * @self: a plan
 * @parts: the parts that nobody has decided yet
 */
void
benk_plan_set_proposed (BenkPlan *self, BenkPlanParts parts)
{
  self->proposed = parts;
}
