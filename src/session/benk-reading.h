/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How it goes with a reading behind a page, which nobody asked for and nobody waits for.
 * Properties: "problem" (in words, or NULL), "ended" (whether there was an answer yet).
 */
#define BENK_TYPE_READING (benk_reading_get_type ())
G_DECLARE_FINAL_TYPE (BenkReading, benk_reading, BENK, READING, GObject)

BenkReading *benk_reading_new (void);
BenkReading *benk_reading_new_saying (const char *words);
const char *benk_reading_get_problem (BenkReading *self);
gboolean benk_reading_has_ended (BenkReading *self);
void benk_reading_again (BenkReading *self);
void benk_reading_end (BenkReading *self, const GError *error);

G_END_DECLS
