/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-quiet.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkSoundLevel:
 * @BENK_SOUND_CRITICAL: of critical alarms
 * @BENK_SOUND_SERIOUS: of serious ones
 * @BENK_SOUND_OTHER: of all others
 *
 * What sounds are chosen by.
 */
typedef enum
{
  BENK_SOUND_CRITICAL,
  BENK_SOUND_SERIOUS,
  BENK_SOUND_OTHER,
} BenkSoundLevel;

#define BENK_N_SOUND_LEVELS (BENK_SOUND_OTHER + 1)

/* How a person is called to what is new: what they chose, and what hinders it.
 * Properties, each in words or NULL: "problem" (why the desktop shows nothing),
 * "sound-problem", "watch-problem" (why alarms may come late), "save-problem" (what could
 * not be written down); and "quiet-until-ms" (UTC ms; 0 = not quiet). Signal "quiet-over"
 * (gboolean by_person). */
#define BENK_TYPE_ATTENTION (benk_attention_get_type ())
G_DECLARE_FINAL_TYPE (BenkAttention, benk_attention, BENK, ATTENTION, GObject)

const char *benk_attention_get_problem (BenkAttention *self);
const char *benk_attention_get_sound_problem (BenkAttention *self);
const char *benk_attention_get_watch_problem (BenkAttention *self);
const char *benk_attention_get_save_problem (BenkAttention *self);

gint64 benk_attention_get_quiet_until_ms (BenkAttention *self);
gboolean benk_attention_is_quiet (BenkAttention *self);
gint64 benk_attention_propose_quiet (BenkAttention *self, BenkQuiet quiet);
gint64 benk_attention_parse_quiet (BenkAttention *self, const char *text, GError **error);
void benk_attention_be_quiet_until (BenkAttention *self, gint64 until_ms);
void benk_attention_end_quiet (BenkAttention *self);
gboolean benk_attention_keep (BenkAttention *self, GError **error);
char *benk_attention_describe_quiet (BenkAttention *self);

gboolean benk_attention_get_sound (BenkAttention *self, BenkSoundLevel level);
const char *benk_attention_get_sound_key (BenkSoundLevel level);

G_END_DECLS
