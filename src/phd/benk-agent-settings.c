/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"

#include <string.h>

#define MAX_TEXT 32

/* All that the extension offers, and that this is a simulator. */
#define CAPS 0xff000000u

static void
fill_profile (const BenkAgent *self, BenkExtMessage *message)
{
  memcpy (message->uuid, benk_ext_get_uuid (), sizeof message->uuid);
  message->version = BENK_EXT_VERSION;
  message->caps = CAPS;
  message->max_rx = self->memory->max_receive;
  message->max_tx = self->memory->max_send;
}

static guint16
get_status (const BenkAgent *self)
{
  const BenkAgentMemory *memory = self->memory;
  guint16 status = 0;

  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    if (memory->staged[i].data != NULL)
      status |= BENK_EXT_STATUS_DIRTY;
  if (self->xfer.direction == BENK_EXT_WRITE && !self->xfer.committed)
    status |= BENK_EXT_STATUS_DIRTY;
  if (!memory->clock_set)
    status |= BENK_EXT_STATUS_CLOCK_UNSET;
  if (memory->lid_open)
    status |= BENK_EXT_STATUS_LID_OPEN;
  if (memory->set_id == 0)
    status |= BENK_EXT_STATUS_UNPROVISIONED;

  return status;
}

static void
fill_prov_state (const BenkAgent *self, BenkExtMessage *message)
{
  message->set_id = self->memory->set_id;
  message->n_tables = BENK_AGENT_TABLES;
  for (guint i = 0; i < BENK_AGENT_TABLES; i++)
    {
      const BenkAgentTable *table = &self->memory->in_force[i];

      message->tables[i].id = (guint16) (i + 1);
      message->tables[i].rev = table->rev;
      message->tables[i].crc = table->crc;
      if (table->data != NULL)
        message->tables[i].length = (guint32) g_bytes_get_size (table->data);
    }
  message->status = get_status (self);
  message->time = self->memory->changed_at;
}

static void
fill_wipe_state (const BenkAgent *self, BenkExtMessage *message)
{
  const BenkAgentMemory *memory = self->memory;

  message->state = benk_agent_is_armed (self) ? BENK_EXT_WIPE_ARMED : memory->wipe_state;
  message->regions = memory->wipe_remaining;
  message->error = memory->wipe_error;
  message->counter = memory->wipe_counter;
  message->nonce = benk_agent_is_armed (self) ? self->armed_nonce : memory->wipe_nonce;
  message->time = memory->wiped_at;
}

static void
fill_selftest (const BenkAgent *self, BenkExtMessage *message)
{
  const BenkAgentMemory *memory = self->memory;

  message->run_id = memory->test_run;
  if (memory->test_run == 0)
    return;

  message->state = self->now_ms < memory->test_done_ms ? 1 : 2;
  if (message->state == 1)
    return;

  message->tests = memory->tests;
  message->failed = memory->tests_failed;
  message->time = memory->tested_at;
  for (guint bit = 0; bit < 16; bit++)
    if ((memory->tests_failed & 0x8000 >> bit) != 0)
      message->rows[message->n_rows++] =
        (BenkExtTestRow){ .test = (guint16) (bit + 1), .code = 1 };
}

static void
fill_zone (const BenkAgent *self, BenkExtMessage *message)
{
  message->offset_min = self->memory->zone_offset;
  message->number = self->memory->dst_rule;
  benk_ext_message_set_text (message, self->memory->zone);
}

static guint16
get_mode (const BenkAgent *self)
{
  return self->memory->dispensing ? BENK_EXT_MODE_DISPENSING : self->memory->mode;
}

/* The value of an attribute of the extension, or NULL when there is none of that id. */
GBytes *
benk_agent_ext_value (const BenkAgent *self, guint16 id)
{
  static const BenkExtKind kinds[] = { BENK_EXT_PROFILE,    BENK_EXT_PROV_STATE,
                                       BENK_EXT_WIPE_STATE, BENK_EXT_SELFTEST_RESULT,
                                       BENK_EXT_NUMBER,     BENK_EXT_ZONE,
                                       BENK_EXT_TEXT,       BENK_EXT_NUMBER,
                                       BENK_EXT_NUMBER };
  guint index = (guint) id - BENK_EXT_ATTR_PROFILE;
  g_auto (BenkExtMessage) message = { 0 };

  if (index >= G_N_ELEMENTS (kinds))
    return NULL;

  benk_ext_message_init (&message, kinds[index]);
  if (id == BENK_EXT_ATTR_PROFILE)
    fill_profile (self, &message);
  else if (id == BENK_EXT_ATTR_PROV_STATE)
    fill_prov_state (self, &message);
  else if (id == BENK_EXT_ATTR_WIPE_STATE)
    fill_wipe_state (self, &message);
  else if (id == BENK_EXT_ATTR_SELFTEST)
    fill_selftest (self, &message);
  else if (id == BENK_EXT_ATTR_MODE)
    message.number = get_mode (self);
  else if (id == BENK_EXT_ATTR_ZONE)
    fill_zone (self, &message);
  else if (id == BENK_EXT_ATTR_LANGUAGE)
    benk_ext_message_set_text (&message, self->memory->language);
  else if (id == BENK_EXT_ATTR_VOLUME)
    message.number = self->memory->volume;
  else
    message.number = self->memory->event_enable;

  return benk_ext_message_compose (&message);
}

/* Ends maintenance mode; tables of a set that was not activated are dropped. */
void
benk_agent_leave_maintenance (BenkAgent *self)
{
  if (self->memory->mode == BENK_EXT_MODE_MAINTENANCE)
    benk_agent_stop_timer (self, BENK_AGENT_TIMER_MAINTENANCE);
  self->memory->mode = BENK_EXT_MODE_IDLE;
  if (self->xfer.direction == BENK_EXT_WRITE)
    benk_agent_xfer_clear (self);
  if (benk_agent_memory_drop_staged (self->memory))
    self->dirty = TRUE;
}

static gboolean
set_mode (BenkAgent *self, guint16 mode)
{
  if (mode == BENK_EXT_MODE_MAINTENANCE)
    {
      self->memory->mode = mode;
      benk_agent_start_timer (self, BENK_AGENT_TIMER_MAINTENANCE,
                              BENK_AGENT_MAINTENANCE_MS);
      return TRUE;
    }
  if (mode == BENK_EXT_MODE_IDLE)
    benk_agent_leave_maintenance (self);

  return mode == BENK_EXT_MODE_IDLE;
}

/* Takes text of at most 32 signs without control signs. */
static gboolean
set_text (char **member, const BenkExtMessage *message)
{
  g_autofree char *text = benk_ext_message_dup_text (message);

  if (strlen (text) > MAX_TEXT)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  g_free (*member);
  *member = g_steal_pointer (&text);

  return TRUE;
}

static gboolean
set_zone (BenkAgent *self, const BenkExtMessage *message)
{
  if (message->offset_min < -720 || message->offset_min > 840 ||
      !set_text (&self->memory->zone, message))
    return FALSE;

  self->memory->zone_offset = message->offset_min;
  self->memory->dst_rule = message->number;

  return TRUE;
}

/* Sets an attribute of the extension; FALSE when it cannot be, and then nothing changed.
 */
gboolean
benk_agent_set_value (BenkAgent *self, guint16 id, GBytes *value)
{
  BenkExtKind kind = id == BENK_EXT_ATTR_ZONE       ? BENK_EXT_ZONE
                     : id == BENK_EXT_ATTR_LANGUAGE ? BENK_EXT_TEXT
                                                    : BENK_EXT_NUMBER;
  g_auto (BenkExtMessage) message = { 0 };

  if (id < BENK_EXT_ATTR_MODE || id > BENK_EXT_ATTR_EVENTS ||
      !benk_ext_message_parse (&message, kind, value, NULL))
    return FALSE;
  if (id == BENK_EXT_ATTR_MODE)
    return set_mode (self, message.number);
  if (id == BENK_EXT_ATTR_ZONE && !set_zone (self, &message))
    return FALSE;
  if (id == BENK_EXT_ATTR_LANGUAGE && !set_text (&self->memory->language, &message))
    return FALSE;
  if (id == BENK_EXT_ATTR_VOLUME)
    {
      if (message.number > 100)
        return FALSE;
      self->memory->volume = message.number;
    }
  if (id == BENK_EXT_ATTR_EVENTS)
    self->memory->event_enable = message.number;

  benk_agent_memory_add_audit (self->memory, BENK_AGENT_AUDIT_SETTING, id, self->now_ms);
  self->dirty = TRUE;

  return TRUE;
}

/* Whether the dispenser cannot be disturbed now. */
gboolean
benk_agent_is_busy (const BenkAgent *self)
{
  return self->memory->dispensing || self->memory->wipe_state == BENK_EXT_WIPE_RUNNING;
}

/* Answers a confirmed SET of one attribute with the value now in force. */
void
benk_agent_set (BenkAgent *self, const BenkApdu *request)
{
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();
  g_autoptr (GBytes) now = NULL;
  const BenkAttr *wanted;

  if (request->handle != BENK_HANDLE_MDS)
    {
      benk_agent_refuse (self, request, BENK_ROER_NO_SUCH_OBJECT, 0);
      return;
    }
  if (benk_agent_is_busy (self))
    {
      benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, BENK_EXT_CODE_BUSY);
      return;
    }
  wanted = request->attrs->len == 1 ? g_ptr_array_index (request->attrs, 0) : NULL;
  if (wanted == NULL || wanted->operation != 0 ||
      !benk_agent_set_value (self, wanted->id, wanted->value))
    {
      benk_agent_refuse (self, request, BENK_ROER_NOT_ALLOWED, 0);
      return;
    }

  now = benk_agent_ext_value (self, wanted->id);
  benk_attrs_add (attrs, wanted->id, now);
  benk_agent_send (self, benk_apdu_new_set_response (request->invoke_id, request->handle,
                                                     attrs));
}
