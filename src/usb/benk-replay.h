/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-recording.h"

G_BEGIN_DECLS

#define BENK_TYPE_REPLAY (benk_replay_get_type ())
G_DECLARE_FINAL_TYPE (BenkReplay, benk_replay, BENK, REPLAY, GObject)

#define BENK_TYPE_REPLAY_LINK (benk_replay_link_get_type ())
G_DECLARE_FINAL_TYPE (BenkReplayLink, benk_replay_link, BENK, REPLAY_LINK, BenkLink)

/**
 * BenkReplayDifference:
 * @line: of the dialogue, 0 behind its end
 * @octet: the first octet that differs, -1 when it is not about octets
 * @expected: what the dialogue has there, in words
 * @came: what came instead, in words
 *
 * Where the program went another way than it did when the dialogue was recorded.
 */
typedef struct
{
  guint line;
  int octet;
  char *expected;
  char *came;
} BenkReplayDifference;

BenkReplay *benk_replay_new (const BenkRecording *recording, BenkClock *clock);
BenkLink *benk_replay_make_link (BenkReplay *self);
void benk_replay_finish (BenkReplay *self);
guint benk_replay_get_played (BenkReplay *self);
const BenkReplayDifference *benk_replay_get_difference (BenkReplay *self);

G_END_DECLS
