/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-conform.h"
#include "benk-ext.h"
#include "benk-pm.h"

G_BEGIN_DECLS

/* Tables that are written: a schedule, alarm rules, recipients. */
#define BENK_CONFORM_TABLES 3

/**
 * BenkConformStep:
 * @id: (nullable): the requirement it decides; %NULL for one that only prepares
 * @needs: bits of Ext-Profile without which it is not offered; 0 = of the standard
 * @extension: whether it needs the extension at all
 * @destructive: whether it is only for devices that may be wiped
 * @ask: (nullable): makes the request; %NULL or no request at all: @check decides at once
 * @check: judges the answer
 *
 * One exchange.
 */
typedef struct
{
  const char *id;
  const char *clause;
  const char *text;
  guint32 needs;
  gboolean extension;
  gboolean destructive;
  BenkApdu *(*ask) (BenkConform *self);
  void (*check) (BenkConform *self, const BenkApdu *answer);
} BenkConformStep;

extern const BenkConformStep benk_conform_standard[];
extern const guint benk_conform_n_standard;
extern const BenkConformStep benk_conform_extension[];
extern const guint benk_conform_n_extension;
extern const BenkConformStep benk_conform_transfer[];
extern const guint benk_conform_n_transfer;
extern const BenkConformStep benk_conform_wipe[];
extern const guint benk_conform_n_wipe;

typedef enum
{
  BENK_CONFORM_CONNECTING,
  BENK_CONFORM_CONFIGURING,
  BENK_CONFORM_IDENTIFYING, /* whether the one that came back is the one that left */
  BENK_CONFORM_ASKING,      /* for an answer to what was asked */
  BENK_CONFORM_PAUSING,     /* the step wants to look again later */
  BENK_CONFORM_RELEASING,
  BENK_CONFORM_OVER,
} BenkConformState;

struct _BenkConform
{
  char *serial;
  gboolean destructive;
  guint32 random;

  const BenkConformStep **steps;
  BenkConformResult *results; /* as many as there are steps */
  guint n_steps;
  guint at;
  BenkConformState state;
  BenkApdu *aarq;
  gboolean config_known;
  guint16 config_id;
  guint16 pm_handle;
  guint16 invoke_id;
  guint16 late_id; /* of the last question that was not answered in time */
  gboolean awaits_late;
  guint returns;    /* how often it came back from where it was to leave */
  guint lost;       /* how often the device left or ended the talk by itself */
  gboolean again;   /* the step asks once more */
  gboolean fresh;   /* it asks for the first time */
  guint asked;      /* the step that asked last, counted from 1 */
  gboolean foreign; /* not the device that was named */
  gboolean leaves;  /* that the link is lost now is as it should be */
  guint pause_ms;
  guint polls;
  guint n_bad; /* octets that were no APDU, or too long */
  gsize longest;
  gint64 local_s;
  GPtrArray *actions;

  gboolean writing; /* a transfer of the destructive part is open, as the next */
  gboolean reading;
  GByteArray *got;

  BenkMds mds;
  BenkMderTime set_to;
  gint64 set_at_s;
  BenkExtMessage profile;
  gboolean has_extension;
  gboolean no_profile; /* it said that there is none */
  gboolean has_before;
  gboolean has_counter;
  BenkExtMessage before; /* Prov-State before anything was written */
  BenkExtMessage wiped_before;
  GBytes *tables[BENK_CONFORM_TABLES];
  guint16 xfer_id;
  guint32 offset;
  guint table;
  guint16 chunk;
  guint32 token;
  guint16 run_id;
};

void benk_conform_set_verdict (BenkConform *self, BenkConformVerdict verdict, char *seen);
void benk_conform_pass (BenkConform *self);
void benk_conform_fail (BenkConform *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void benk_conform_not_offered (BenkConform *self, const char *why);
void benk_conform_not_tried (BenkConform *self, const char *why);
void benk_conform_ask_again (BenkConform *self, guint pause_ms);
gboolean
benk_conform_expect (BenkConform *self, const BenkApdu *answer, BenkApduChoice choice);
BenkApdu *benk_conform_get (BenkConform *self, guint16 handle, guint16 id);
gboolean benk_conform_take_value (BenkConform *self,
                                  const BenkApdu *answer,
                                  guint16 id,
                                  BenkExtKind kind,
                                  BenkExtMessage *message);
BenkApdu *
benk_conform_act (BenkConform *self, guint16 action, const BenkExtMessage *message);
gboolean benk_conform_take_info (BenkConform *self,
                                 const BenkApdu *answer,
                                 BenkExtKind kind,
                                 BenkExtMessage *message);
gboolean benk_conform_take_result (BenkConform *self,
                                   const BenkApdu *answer,
                                   BenkExtKind kind,
                                   guint16 result,
                                   BenkExtMessage *message);
BenkApdu *benk_conform_ask_state (BenkConform *self);
BenkApdu *benk_conform_ask_mode (BenkConform *self);
void benk_conform_check_mode (BenkConform *self, const BenkApdu *answer);
void benk_conform_make_tables (BenkConform *self);
BenkApdu *benk_conform_ask_reset (BenkConform *self, BenkExtResetOp op);
void benk_conform_check_reset (BenkConform *self, const BenkApdu *answer);
BenkApdu *benk_conform_ask_store (BenkConform *self);
gboolean
benk_conform_take_store (BenkConform *self, const BenkApdu *answer, BenkPmStore *store);

G_END_DECLS
