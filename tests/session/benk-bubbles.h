/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BenkBubble:
 * @id: the service's number for it
 * @replaces: the number it took the place of; 0 for a new one
 * @summary: first line
 * @body: the rest
 * @actions: keys and labels by turns
 * @urgency: 0 low, 1 normal, 2 critical
 * @suppress_sound: the service was asked not to sound
 *
 * What a notification service was asked to show.
 */
typedef struct
{
  guint id;
  guint replaces;
  char *summary;
  char *body;
  GStrv actions;
  guint urgency;
  gboolean suppress_sound;
} BenkBubble;

/**
 * BenkBubbles:
 *
 * A notification service that shows nothing and remembers everything, on a connection of
 * its own to the bus at an address.
 */
typedef struct
{
  GDBusConnection *connection;
  guint object_id;
  guint name_id;
  guint last_id;
  GPtrArray *shown; /* of BenkBubble */
  GArray *closed;   /* of guint */
  const char *const *capabilities;
  guint n_asked;    /* what it can */
  gboolean refuses; /* every bubble */
  gboolean slow;    /* answers only when told to */
  GPtrArray *held;  /* of GDBusMethodInvocation that wait */
} BenkBubbles;

BenkBubbles *benk_bubbles_new (const char *address, const char *const *capabilities);
void benk_bubbles_free (BenkBubbles *self);
void benk_bubbles_answer (BenkBubbles *self, guint id, const char *action);
void benk_bubbles_dismiss (BenkBubbles *self, guint id);
void benk_bubbles_hurry (BenkBubbles *self);

G_END_DECLS
