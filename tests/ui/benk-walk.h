/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much a situation takes, from what was sent to the display server:
 *
 * - a key, a chord of keys, an Enter or a click of the pointer is one click; moving the
 *   pointer is none;
 * - a text that is typed is one value, however long;
 * - a choice between several ways that a person has to think about is one decision.
 * Saying what one knows, as who called, is none.
 *
 * benk-keys.c counts; a walk only says where a situation begins and ends. */

#define BENK_WALK_ANY G_MAXUINT

/**
 * BenkWalkTarget:
 * @situation: what it is called
 * @clicks: at most so many
 * @decisions: at most so many, or %BENK_WALK_ANY
 * @values: at most so many, or %BENK_WALK_ANY
 *
 * A situation and how much it may take.
 */
typedef struct
{
  const char *situation;
  guint clicks;
  guint decisions;
  guint values;
} BenkWalkTarget;

/* Counts from here on. */
void benk_walk_begin (const BenkWalkTarget *target);
/* The situation has come to its end: one row of the table; over its target the test
 * fails. */
void benk_walk_end (void);
/* The table of what was walked. Returns: how many rows it has. */
guint benk_walk_print (void);

G_END_DECLS
