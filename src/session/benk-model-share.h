/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-models.h"
#include "benk-share.h"

G_BEGIN_DECLS

/**
 * BENK_MODEL_SHARE_SUFFIX:
 *
 * How the name of a file of models ends.
 */
#define BENK_MODEL_SHARE_SUFFIX ".dosebenk-models"

/**
 * BENK_MODEL_SHARE_MAX:
 *
 * Octets such a file may have; many times what fifty models need.
 */
#define BENK_MODEL_SHARE_MAX (2 * 1024 * 1024)

/**
 * BENK_MODEL_SHARE_MAX_MODELS:
 *
 * How many models such a file may hold.
 */
#define BENK_MODEL_SHARE_MAX_MODELS 100

/**
 * BenkSharedModel:
 * @entry: what it is to this district
 * @model: (nullable): the model; %NULL where it cannot be read
 * @id: (nullable): as the file says
 * @stands_in: whether it would stand in the place of one that comes with the program:
 * then it must be asked for
 *
 * One model of a file.
 */
typedef struct
{
  BenkSharedEntry entry;
  BenkModel *model;
  char *id;
  gboolean stands_in;
} BenkSharedModel;

const char *benk_shared_model_get_name (const BenkSharedModel *self);

GPtrArray *benk_model_share_parse (const char *text, gsize length, GError **error);
char *benk_model_share_compose (GPtrArray *models);

/* Writes models into one file: those named, or all that are the district's own. */
void benk_models_export_async (BenkModels *self,
                               const char *const *ids,
                               GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean benk_models_export_finish (BenkModels *self,
                                    GAsyncResult *result,
                                    guint *n_models,
                                    GError **error);

/* Reads such a file and compares it; nothing is written. An array of BenkSharedModel. */
void benk_models_preview_async (BenkModels *self,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
benk_models_preview_finish (BenkModels *self, GAsyncResult *result, GError **error);

/* Takes those that are marked, as one change; ends in benk_models_change_finish. */
void benk_models_import_async (BenkModels *self,
                               GPtrArray *shared,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

G_END_DECLS
