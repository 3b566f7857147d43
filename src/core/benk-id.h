/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "benk-clock.h"

G_BEGIN_DECLS

/**
 * BenkId:
 * @b: the 16 octets of a UUID (RFC 9562), as stored in the database
 *
 * The name a row is born with. Never computed again, never changed.
 */
typedef struct
{
  guint8 b[16];
} BenkId;

/**
 * BENK_ID_NIL:
 *
 * The id of nothing: all octets zero.
 */
#define BENK_ID_NIL ((BenkId){ { 0 } })

#define BENK_TYPE_ID (benk_id_get_type ())

GType benk_id_get_type (void) G_GNUC_CONST;

BenkId benk_id_new (BenkClock *clock);
BenkId benk_id_new_named (const char *ns, const char *name);
char *benk_id_to_string (const BenkId *id);
gboolean benk_id_parse (const char *str, BenkId *out_id);
gboolean benk_id_is_nil (const BenkId *id);
gboolean benk_id_equal (gconstpointer a, gconstpointer b);
guint benk_id_hash (gconstpointer id);
int benk_id_compare (gconstpointer a, gconstpointer b);
BenkId *benk_id_copy (const BenkId *id);
void benk_id_free (BenkId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkId, benk_id_free)

G_END_DECLS
