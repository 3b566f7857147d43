/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/**
 * BenkKeysCount:
 * @clicks: keys, chords of keys and clicks of the pointer, one each; an Enter is one
 * @values: texts that were typed, one each however long
 * @decisions: presses that benk_keys_decide() came before
 *
 * What a person would have done, as it was sent to the display server. Moving the pointer
 * is nothing.
 */
typedef struct
{
  guint clicks;
  guint values;
  guint decisions;
} BenkKeysCount;

/* Counts from nothing again. */
void benk_keys_start_count (void);
/* Since then; fails where a decision was left without a press. */
BenkKeysCount benk_keys_get_count (void);
/* What is pressed or typed next is one of several that a person has to think about. */
void benk_keys_decide (void);

/* From now on the time between keys in @window and its dialogs is what benk_keys_type()
 * says, however busy the machine is. */
void benk_keys_use (GtkWindow *window);

/* Presses keys as hardware would, through the display server, as if with so many
 * milliseconds between them, and runs the main loop until all are pressed. @then: a key's
 * name, such as "Return", or NULL. */
void benk_keys_type (const char *text, guint gap_ms, const char *then);

/* Presses one key after the other: "Down Down Return". */
void benk_keys_press (const char *keys);

/* Moves the mouse into the middle of @widget, through the display server. */
void benk_keys_point (gpointer widget);

/* Presses the first button of the mouse in the middle of @widget, through the display
 * server. */
void benk_keys_click (gpointer widget);

/* A window on a store with these devices, ready for keys. */
void benk_keys_set_up (BenkStage *stage, const BenkNewDevice *devices, gsize n_devices);

G_END_DECLS
