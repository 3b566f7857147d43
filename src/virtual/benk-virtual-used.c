/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-used.h"

#include "benk-ext-table.h"

#define USED_SET_ID 0x00000065
#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* Dose times of the invented user, minutes of the day. */
static const guint16 dose_minutes[] = { 8 * 60, 14 * 60, 20 * 60 };

static BenkExtTable *
make_schedule (const BenkMderTime *from)
{
  BenkExtTable *table = benk_ext_table_new (BENK_TABLE_SCHEDULE);
  BenkMderTime midnight = { from->year, from->month, from->day, 0, 0, 0, 0 };

  table->valid_from = midnight;
  for (guint i = 0; i < G_N_ELEMENTS (dose_minutes); i++)
    {
      BenkDoseEntry row = {
        .entry_id = (guint16) (i + 1),
        .amount = benk_mder_sfloat_encode (1),
        .unit = 512,
        .minute = dose_minutes[i],
        .before_min = 15,
        .after_min = 60,
        .recurrence = BENK_DOSE_EVERY_N_DAYS,
        .recurrence_arg = 1,
        .anchor = 0x20260101,
        .flags = BENK_DOSE_FLAG_ALARM,
        .code = g_strdup (""),
        .label = g_strdup (""),
      };

      g_array_append_val (table->rows, row);
    }

  return table;
}

static BenkExtTable *
make_rules (void)
{
  BenkExtTable *table = benk_ext_table_new (BENK_TABLE_ALARM_RULES);
  BenkRuleEntry row = {
    .rule_id = 1,
    .condition = BENK_RULE_MISSED,
    .delay_min = 45,
    .repeat_min = 30,
    .repeat_count = 2,
    .action = BENK_RULE_SOUND | BENK_RULE_NOTIFY,
    .volume = 60,
    .n_recipients = 1,
    .recipients = { 1 },
  };

  g_array_append_val (table->rows, row);

  return table;
}

static BenkExtTable *
make_recipients (void)
{
  BenkExtTable *table = benk_ext_table_new (BENK_TABLE_RECIPIENTS);
  BenkRecipientEntry row = {
    .recipient_id = 1,
    .channel = 4,
    .priority = 1,
    .address = g_strdup ("earlier-team"),
    .name = g_strdup (""),
  };

  g_array_append_val (table->rows, row);

  return table;
}

static void
fill_table (BenkAgentTable *into, BenkExtTable *table)
{
  g_autoptr (BenkExtTable) owned = table;
  g_autoptr (GBytes) octets = benk_ext_table_compose (owned);

  benk_agent_table_set (into, 1, benk_crc32_bytes (octets), octets);
}

/**
 * benk_virtual_memory_fill_used:
 * @memory: a memory
 * @now_ms: UTC milliseconds
 *
 * Fills in what an earlier, invented user left: a plan of three doses a day, put in force
 * a month ago, and the doses of the last two days.
 */
void
benk_virtual_memory_fill_used (BenkAgentMemory *memory, gint64 now_ms)
{
  BenkMderTime start = benk_agent_memory_get_time (memory, now_ms - 30 * DAY_MS);

  fill_table (&memory->in_force[0], make_schedule (&start));
  fill_table (&memory->in_force[1], make_rules ());
  fill_table (&memory->in_force[2], make_recipients ());
  benk_agent_table_clear (&memory->in_force[3]);
  memory->set_id = USED_SET_ID;
  memory->activated_at = start;
  memory->changed_at = start;
  benk_agent_memory_add_audit (memory, BENK_AGENT_AUDIT_ACTIVATED, USED_SET_ID,
                               now_ms - 30 * DAY_MS);
  for (int day = 2; day > 0; day--)
    for (guint i = 0; i < G_N_ELEMENTS (dose_minutes); i++)
      {
        BenkAgentDose dose = {
          .when = benk_agent_memory_get_time (memory, now_ms - day * DAY_MS),
          .count = 1,
        };

        dose.when.hour = (guint8) (dose_minutes[i] / 60);
        dose.when.minute = (guint8) (dose_minutes[i] % 60);
        dose.when.second = 0;
        dose.when.hundredth = 0;
        g_array_append_val (memory->doses, dose);
      }
}
