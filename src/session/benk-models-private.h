/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-models.h"
#include "benk-session-change.h"

G_BEGIN_DECLS

BenkModels *benk_models_new (BenkSession *session, GPtrArray *models);
gpointer
benk_models_load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error);
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
