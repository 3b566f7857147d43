/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-models.h"
#include "benk-session-change.h"

G_BEGIN_DECLS

/* What one reading of the store brings. */
typedef struct
{
  GPtrArray *models; /* (nullable): none where all is as it was read before */
  GPtrArray *unread; /* (element-type BenkUnreadModel) */
  char *digest;      /* of what the district has written of them */
} BenkModelsRead;

void benk_models_read_free (BenkModelsRead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkModelsRead, benk_models_read_free)

BenkModels *benk_models_new (BenkSession *session, BenkModelsRead *read);
gpointer
benk_models_load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error);
gboolean benk_models_check_unread (GPtrArray *unread, const char *id, GError **error);
gboolean benk_models_check_undo (BenkDb *db, GError **error);
gboolean
benk_models_check (BenkDb *db, GPtrArray *models, BenkModel *model, GError **error);
gboolean benk_models_put (BenkDb *db, BenkModel *model, gboolean is_new, GError **error);

/* Runs @work as one change, reads the models anew, then answers. */
void benk_models_change_async (BenkModels *self,
                               BenkChangeWork work,
                               gpointer data,
                               GDestroyNotify destroy,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

G_END_DECLS
