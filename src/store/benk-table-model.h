/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-model.h"

G_BEGIN_DECLS

/**
 * BenkUnreadModel:
 * @id: the id of a model
 * @reason: why the district's file of it cannot be read, translated
 *
 * A model that this version of the program cannot show as the district has written it.
 */
typedef struct
{
  char *id;
  char *reason;
} BenkUnreadModel;

void benk_unread_model_free (BenkUnreadModel *self);

BenkModel *benk_table_model_find (BenkDb *db, const char *id, GError **error);
gboolean benk_table_model_get_kind (BenkDb *db,
                                    const char *id,
                                    BenkModelKind *kind,
                                    GError **error);
GPtrArray *benk_table_model_load_all (BenkDb *db, GPtrArray **unread, GError **error);
char *benk_table_model_digest (BenkDb *db, GError **error);
gboolean benk_table_model_put (BenkDb *db, const char *id, GBytes *body, GError **error);
gboolean
benk_table_model_find_left (BenkDb *db, GPtrArray *models, char **left, GError **error);
gboolean
benk_table_model_count_devices (BenkDb *db, const char *id, guint *n, GError **error);

G_END_DECLS
