/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-mds.h"

G_BEGIN_DECLS

typedef enum
{
  BENK_CONFORM_NOT_TRIED,
  BENK_CONFORM_PASSED,
  BENK_CONFORM_FAILED,
  BENK_CONFORM_NOT_OFFERED,
} BenkConformVerdict;

const char *benk_conform_verdict_get_name (BenkConformVerdict verdict);
const char *benk_conform_verdict_get_label (BenkConformVerdict verdict);

/**
 * BenkConformResult:
 * @id: stable, as "S-RELEASE" of the standard or "E-STAGE" of the extension
 * @clause: where it is asked for: a clause of the open specification, or "20601"
 * @text: what is asked for
 * @seen: (nullable): what was seen, or why it was not tried
 *
 * One requirement and how it went.
 */
typedef struct
{
  const char *id;
  const char *clause;
  const char *text;
  BenkConformVerdict verdict;
  char *seen;
} BenkConformResult;

/**
 * BenkConformSetup:
 * @serial: the one device that may be tried
 * @destructive: whether it may be given another plan and be wiped
 * @random: differs each time, not 0
 *
 * What the procedure needs from outside.
 */
typedef struct
{
  const char *serial;
  gboolean destructive;
  guint32 random;
} BenkConformSetup;

/**
 * BenkConformActionKind:
 * @BENK_CONFORM_SEND: send @octets
 * @BENK_CONFORM_TIMER: (re)start the one timer, @delay_ms
 * @BENK_CONFORM_REOPEN: close the link, open another as soon as there is one
 * @BENK_CONFORM_FINISHED: the results are final
 */
typedef enum
{
  BENK_CONFORM_SEND,
  BENK_CONFORM_TIMER,
  BENK_CONFORM_REOPEN,
  BENK_CONFORM_FINISHED,
} BenkConformActionKind;

typedef struct
{
  BenkConformActionKind kind;
  GBytes *octets;
  guint delay_ms;
} BenkConformAction;

GPtrArray *benk_conform_actions_new (void);

/**
 * BenkConform:
 *
 * Tries every requirement of the standard and of the service extension that can be seen
 * from outside, one after the other: events in, actions out. Every function appends to
 * the array made by benk_conform_actions_new ().
 */
typedef struct _BenkConform BenkConform;

BenkConform *benk_conform_new (const BenkConformSetup *setup);
void benk_conform_free (BenkConform *self);
void benk_conform_start (BenkConform *self, GPtrArray *actions);
void benk_conform_up (BenkConform *self, GPtrArray *actions);
void benk_conform_received (BenkConform *self,
                            GBytes *octets,
                            gint64 local_s,
                            GPtrArray *actions);
void benk_conform_down (BenkConform *self, GPtrArray *actions);
void benk_conform_timeout (BenkConform *self, gint64 local_s, GPtrArray *actions);
guint benk_conform_get_n_results (const BenkConform *self);
const BenkConformResult *benk_conform_get_result (const BenkConform *self, guint index);
const BenkMds *benk_conform_get_mds (const BenkConform *self);
gboolean benk_conform_is_simulated (const BenkConform *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkConform, benk_conform_free)

G_END_DECLS
