/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-models.h"

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
 * BenkShareVerdict:
 * @BENK_SHARE_NEW: no such model is known.
 * @BENK_SHARE_CHANGED: one is known and is different.
 * @BENK_SHARE_SAME: one is known and is the same.
 * @BENK_SHARE_REFUSED: it cannot be taken.
 *
 * What a model of a file is to this district.
 */
typedef enum
{
  BENK_SHARE_NEW,
  BENK_SHARE_CHANGED,
  BENK_SHARE_SAME,
  BENK_SHARE_REFUSED,
} BenkShareVerdict;

#define BENK_N_SHARE_VERDICTS (BENK_SHARE_REFUSED + 1)

const char *benk_share_verdict_to_name (BenkShareVerdict verdict);
const char *benk_share_verdict_get_label (BenkShareVerdict verdict);

/**
 * BenkSharedModel:
 * @model: (nullable): the model; %NULL where it cannot be read
 * @id: (nullable): as the file says
 * @verdict: what it is to this district
 * @reason: (nullable): what is different, or why it is refused
 * @stands_in: whether it would stand in the place of one that comes with the program
 * @take: whether it is to be taken; one that stands in must be asked for
 *
 * One model of a file.
 */
typedef struct
{
  BenkModel *model;
  char *id;
  BenkShareVerdict verdict;
  char *reason;
  gboolean stands_in;
  gboolean take;
} BenkSharedModel;

gboolean benk_share_is_shallow (const char *text, gsize length);
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
