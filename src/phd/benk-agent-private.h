/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-agent.h"
#include "benk-apdu.h"
#include "benk-ext.h"

G_BEGIN_DECLS

#define BENK_AGENT_CONFIG_ID 0x4000
#define BENK_AGENT_HANDLE_DOSE 1
#define BENK_AGENT_HANDLE_STATUS 2
#define BENK_AGENT_HANDLE_LOG 16

/**
 * BenkAgentXfer:
 *
 * The one table transfer that may be open. @received grows to @total in a write; @data is
 * what a read hands out.
 */
typedef struct
{
  guint16 id;
  guint16 direction;
  guint16 table;
  guint32 total;
  guint32 crc;
  GByteArray *received;
  GBytes *data;
  gboolean committed;
} BenkAgentXfer;

struct _BenkAgent
{
  BenkAgentMemory *memory;
  BenkAgentState state;
  BenkAgentQuirk quirks;
  guint16 quirk_place;
  guint again_ms;

  guint tries;
  guint16 next_invoke;
  guint16 event_invoke;
  gboolean event_pending;
  guint16 report_no;

  BenkAgentXfer xfer;
  guint16 next_xfer;

  guint32 token;
  guint32 armed_nonce;
  guint16 armed_scope;
  gint64 armed_until_ms;

  gboolean sending_log;
  guint log_index;

  gint64 now_ms;
  gboolean dirty;
  GPtrArray *actions;
};

void benk_agent_begin (BenkAgent *self, gint64 now_ms);
GPtrArray *benk_agent_end (BenkAgent *self);
void benk_agent_send (BenkAgent *self, BenkApdu *apdu);
void benk_agent_send_event (BenkAgent *self, guint16 handle, guint16 type, GBytes *info);
void benk_agent_reply (BenkAgent *self, const BenkApdu *request, BenkMderWriter *info);
void benk_agent_refuse (BenkAgent *self,
                        const BenkApdu *request,
                        guint16 error,
                        guint16 return_code);
void benk_agent_start_timer (BenkAgent *self, BenkAgentTimer timer, guint ms);
void benk_agent_stop_timer (BenkAgent *self, BenkAgentTimer timer);
void benk_agent_restart (BenkAgent *self, guint ms);

GBytes *benk_agent_config_report (const BenkAgent *self);
void benk_agent_get (BenkAgent *self, const BenkApdu *request);
void benk_agent_set (BenkAgent *self, const BenkApdu *request);
void benk_agent_leave_maintenance (BenkAgent *self);
GBytes *benk_agent_ext_value (const BenkAgent *self, guint16 id);
GBytes *benk_agent_audit_table (const BenkAgent *self);
void benk_agent_reply_ext (BenkAgent *self,
                           const BenkApdu *request,
                           const BenkExtMessage *message);
gboolean benk_agent_take_ext (BenkAgent *self,
                              const BenkApdu *request,
                              BenkExtKind kind,
                              BenkExtMessage *message);
gboolean benk_agent_set_value (BenkAgent *self, guint16 id, GBytes *value);
gboolean benk_agent_is_busy (const BenkAgent *self);

void benk_agent_log_action (BenkAgent *self, const BenkApdu *request);
void benk_agent_log_confirmed (BenkAgent *self, const BenkApdu *response);
GBytes *benk_agent_dose_report (BenkAgent *self, const BenkAgentDose *dose);

void benk_agent_xfer_clear (BenkAgent *self);
gboolean benk_agent_plan_action (BenkAgent *self, const BenkApdu *request);
gboolean benk_agent_service_action (BenkAgent *self, const BenkApdu *request);
gboolean benk_agent_is_armed (const BenkAgent *self);
void benk_agent_finish_wipe (BenkAgent *self);

G_END_DECLS
