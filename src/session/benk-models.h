/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-model-draft.h"
#include "benk-model.h"
#include "benk-reading.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkModels:
 *
 * The models that are known: those that come with the program, and the district's own,
 * which may stand in the place of one of them. The signal "changed" says that the array
 * is another one now; the one that was handed out before stays as it was.
 */
#define BENK_TYPE_MODELS (benk_models_get_type ())
G_DECLARE_FINAL_TYPE (BenkModels, benk_models, BENK, MODELS, GObject)

GPtrArray *benk_models_get_all (BenkModels *self);
BenkModel *benk_models_find (BenkModels *self, const char *id);
BenkModel *benk_models_find_pattern (BenkModels *self, BenkModelKind kind);
BenkSession *benk_models_get_session (BenkModels *self);

/* How it goes with reading them again, and with the files that this version of the
 * program cannot read. */
BenkReading *benk_models_get_reading (BenkModels *self);
BenkReading *benk_models_get_unread (BenkModels *self);
gboolean benk_models_check_read (BenkModels *self, const char *id, GError **error);

/* How many devices are of a model, scrapped ones too. */
void benk_models_count_async (BenkModels *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_models_count_finish (BenkModels *self,
                                   GAsyncResult *result,
                                   guint *n_devices,
                                   GError **error);

/* Changes. Each is one change that can be undone, and ends in benk_models_change_finish
 * when the array above is the new one. */
void benk_models_add_async (BenkModels *self,
                            GBytes *body,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void benk_models_edit_async (BenkModels *self,
                             const char *id,
                             GBytes *body,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void benk_models_remove_async (BenkModels *self,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean benk_models_change_finish (BenkModels *self,
                                    GAsyncResult *result,
                                    gint64 *seq,
                                    GError **error);

G_END_DECLS
