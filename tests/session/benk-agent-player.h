/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-pipe.h"

G_BEGIN_DECLS

/**
 * PlayerAnswer:
 * @choice: of a request
 * @handle: of a request
 * @type: of an action
 * @row: what was recorded as the answer to such a request
 * @then: a row that follows it, 0 = none
 */
typedef struct
{
  guint16 choice;
  guint16 handle;
  guint16 type;
  guint row;
  guint then;
} PlayerAnswer;

/**
 * PlayerScript:
 * @aarq: row of the request for an association
 * @config: row of the configuration
 * @answers: ends with choice 0; whatever else is asked is refused
 * @reports: rows sent one after the other, ends with 0
 *
 * What was recorded of an agent that was not written here; numbers of rows of
 * sessions.txt.
 */
typedef struct
{
  const char *name;
  guint aarq;
  guint config;
  PlayerAnswer answers[8];
  guint reports[8];
} PlayerScript;

typedef struct _Player Player;

Player *player_new (const PlayerScript *script, guint16 port, BenkClock *clock);
void player_free (Player *self);
guint player_get_n_answered (Player *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Player, player_free)

G_END_DECLS
