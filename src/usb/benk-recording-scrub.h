/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkScrub:
 *
 * Takes everything out of the APDUs of one conversation that may say something about a
 * person, and leaves their length and their order as they are. It remembers, in memory
 * only, what was written, so that a recording still shows that something else was read
 * back.
 */
typedef struct _BenkScrub BenkScrub;

BenkScrub *benk_scrub_new (void);
void benk_scrub_free (BenkScrub *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkScrub, benk_scrub_free)

/* Nothing differs from what was written. */
#define BENK_SCRUB_EQUAL G_MAXUINT

GBytes *
benk_scrub_apdu (BenkScrub *self, GBytes *apdu, gboolean to_device, guint *differs_at);
guint benk_scrub_get_table_length (BenkScrub *self, guint16 table);

G_END_DECLS
