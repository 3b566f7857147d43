/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-memory.h"

/* A dispenser without a clock counts from here, as many real ones do. */
#define UNSET_YEAR 2000

/* Settings as they leave the factory. */
static void
reset_settings (BenkAgentMemory *self)
{
  g_free (self->zone);
  g_free (self->language);
  self->zone = g_strdup ("");
  self->language = g_strdup ("en");
  self->zone_offset = 0;
  self->dst_rule = 0;
  self->volume = 50;
  self->event_enable = 0;
}

static void
unset_clock (BenkAgentMemory *self, gint64 now_ms)
{
  BenkMderTime start = { .year = UNSET_YEAR, .month = 1, .day = 1 };

  benk_agent_memory_set_time (self, &start, now_ms);
  self->clock_set = FALSE;
}

static gboolean
settings_are_blank (const BenkAgentMemory *self)
{
  return self->zone[0] == '\0' && g_str_equal (self->language, "en") &&
         self->zone_offset == 0 && self->dst_rule == 0 && self->volume == 50 &&
         self->event_enable == 0;
}

/**
 * benk_agent_memory_new:
 *
 * Makes the memory of a dispenser without identity, plan, log or clock. Limits are those
 * of the adherence monitor: 64 octets in, 1024 out (Bluetooth HDP white paper table).
 *
 * Returns: (transfer full): the memory
 */
BenkAgentMemory *
benk_agent_memory_new (void)
{
  BenkAgentMemory *self = g_new0 (BenkAgentMemory, 1);

  self->manufacturer = g_strdup ("");
  self->model = g_strdup ("");
  self->serial = g_strdup ("");
  self->hardware = g_strdup ("");
  self->firmware = g_strdup ("");
  self->max_receive = 64;
  self->max_send = 1024;
  self->battery = 100;
  self->mains = TRUE;
  self->doses = g_array_new (FALSE, TRUE, sizeof (BenkAgentDose));
  self->audit = g_array_new (FALSE, TRUE, sizeof (BenkAgentAudit));
  reset_settings (self);

  return self;
}

/**
 * benk_agent_memory_free:
 * @self: (transfer full): a memory
 *
 * Frees it with all it holds.
 */
void
benk_agent_memory_free (BenkAgentMemory *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->manufacturer);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->hardware);
  g_free (self->firmware);
  g_free (self->zone);
  g_free (self->language);
  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      benk_agent_table_clear (&self->in_force[i]);
      benk_agent_table_clear (&self->staged[i]);
    }
  g_array_unref (self->doses);
  g_array_unref (self->audit);
  g_clear_pointer (&self->keys, g_bytes_unref);
  g_free (self);
}

/**
 * benk_agent_memory_get_time:
 * @self: a memory
 * @now_ms: UTC milliseconds
 *
 * Returns: what the dispenser's clock shows, local wall time
 */
BenkMderTime
benk_agent_memory_get_time (const BenkAgentMemory *self, gint64 now_ms)
{
  gint64 local_ms = now_ms + self->clock_offset_ms;
  gint64 seconds = local_ms / 1000 - (local_ms % 1000 < 0 ? 1 : 0);
  BenkMderTime time = benk_mder_time_from_seconds (seconds);

  time.hundredth = (guint8) ((local_ms - seconds * 1000) / 10);

  return time;
}

/**
 * benk_agent_memory_set_time:
 * @self: a memory
 * @time: a valid local wall time
 * @now_ms: UTC milliseconds
 *
 * Sets the dispenser's clock.
 */
void
benk_agent_memory_set_time (BenkAgentMemory *self,
                            const BenkMderTime *time,
                            gint64 now_ms)
{
  gint64 local_ms = benk_mder_time_to_seconds (time) * 1000 + time->hundredth * 10;

  self->clock_offset_ms = local_ms - now_ms;
  self->clock_set = TRUE;
}

/**
 * benk_agent_table_set:
 * @self: a table
 * @rev: its revision
 * @crc: the CRC-32 to answer for it
 * @data: (nullable): the octets, a reference is taken
 *
 * Replaces the table as one.
 */
void
benk_agent_table_set (BenkAgentTable *self, guint32 rev, guint32 crc, GBytes *data)
{
  GBytes *kept = data != NULL ? g_bytes_ref (data) : NULL;

  benk_agent_table_clear (self);
  self->rev = rev;
  self->crc = crc;
  self->data = kept;
}

/**
 * benk_agent_table_clear:
 * @self: a table
 *
 * Empties it: no octets, revision and CRC 0.
 */
void
benk_agent_table_clear (BenkAgentTable *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
  self->rev = 0;
  self->crc = 0;
}

/**
 * benk_agent_memory_drop_staged:
 * @self: a memory
 *
 * Forgets what was written and not activated.
 *
 * Returns: whether there was anything
 */
gboolean
benk_agent_memory_drop_staged (BenkAgentMemory *self)
{
  gboolean dropped = FALSE;

  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      dropped |= self->staged[i].data != NULL;
      benk_agent_table_clear (&self->staged[i]);
    }

  return dropped;
}

/**
 * benk_agent_memory_add_dose:
 * @self: a memory
 * @count: doses handed out
 * @now_ms: UTC milliseconds
 *
 * Adds a row to the dose log; the oldest goes when it is full.
 */
void
benk_agent_memory_add_dose (BenkAgentMemory *self, guint16 count, gint64 now_ms)
{
  BenkAgentDose dose = { benk_agent_memory_get_time (self, now_ms), count };

  if (self->doses->len >= BENK_AGENT_LOG_ROOM)
    g_array_remove_index (self->doses, 0);
  g_array_append_val (self->doses, dose);
}

/**
 * benk_agent_memory_add_audit:
 * @self: a memory
 * @event: what happened
 * @arg: its number: set-id, attribute or run
 * @now_ms: UTC milliseconds
 *
 * Adds a row to the audit log; the oldest goes when it is full.
 */
void
benk_agent_memory_add_audit (BenkAgentMemory *self,
                             BenkAgentAuditEvent event,
                             guint32 arg,
                             gint64 now_ms)
{
  BenkAgentAudit row = {
    .seq = ++self->audit_seq,
    .when = benk_agent_memory_get_time (self, now_ms),
    .event = event,
    .arg = arg,
  };

  if (self->audit->len >= BENK_AGENT_LOG_ROOM)
    g_array_remove_index (self->audit, 0);
  g_array_append_val (self->audit, row);
}

/**
 * benk_agent_memory_wipe:
 * @self: a memory
 * @regions: #BenkAgentRegion bits
 * @now_ms: UTC milliseconds
 *
 * Blanks regions. Any region of the plan takes the whole plan with it, for a plan without
 * its schedule or its recipients would be half a plan; the settings take the clock.
 */
void
benk_agent_memory_wipe (BenkAgentMemory *self, guint16 regions, gint64 now_ms)
{
  guint16 plan = BENK_AGENT_REGION_SCHEDULE | BENK_AGENT_REGION_RULES |
                 BENK_AGENT_REGION_RECIPIENTS | BENK_AGENT_REGION_LABELS;

  if ((regions & plan) != 0)
    {
      for (guint i = 0; i < BENK_AGENT_TABLES; i++)
        benk_agent_table_clear (&self->in_force[i]);
      benk_agent_memory_drop_staged (self);
      self->set_id = 0;
      self->activated_at = (BenkMderTime){ 0 };
      self->changed_at = (BenkMderTime){ 0 };
    }
  if ((regions & BENK_AGENT_REGION_DOSES) != 0)
    g_array_set_size (self->doses, 0);
  if ((regions & BENK_AGENT_REGION_AUDIT) != 0)
    {
      g_array_set_size (self->audit, 0);
      self->audit_seq = 0;
    }
  if ((regions & BENK_AGENT_REGION_KEYS) != 0)
    g_clear_pointer (&self->keys, g_bytes_unref);
  if ((regions & BENK_AGENT_REGION_SETTINGS) != 0)
    {
      reset_settings (self);
      unset_clock (self, now_ms);
    }
}

/**
 * benk_agent_memory_not_blank:
 * @self: a memory
 * @regions: #BenkAgentRegion bits to look at
 *
 * Looks at the memory itself, not at what a wipe claimed.
 *
 * Returns: those of @regions that hold something
 */
guint16
benk_agent_memory_not_blank (const BenkAgentMemory *self, guint16 regions)
{
  guint16 found = 0;

  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    if (self->in_force[i].data != NULL || self->staged[i].data != NULL)
      found |= BENK_AGENT_REGION_SCHEDULE >> i;
  if (self->doses->len > 0)
    found |= BENK_AGENT_REGION_DOSES;
  if (!settings_are_blank (self))
    found |= BENK_AGENT_REGION_SETTINGS;
  if (self->audit->len > 0)
    found |= BENK_AGENT_REGION_AUDIT;
  if (self->keys != NULL)
    found |= BENK_AGENT_REGION_KEYS;

  return found & regions;
}
