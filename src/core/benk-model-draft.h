/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-form.h"
#include "benk-model.h"

G_BEGIN_DECLS

/**
 * BenkModelDraft:
 * @id: (nullable): stable id; of small letters, digits and dashes
 * @name: (nullable): name for people
 * @kind: a dispenser, or which other equipment
 * @packaging: how the medicine is in it
 * @maker: (nullable): who makes it
 * @vendor: (nullable): who sells it
 * @aliases: (nullable): what lists call it besides
 * @imei: whether it is identified by an IMEI
 * @examples: (nullable): serials to learn the pattern from
 * @codes: (nullable): alarm codes it sends
 * @guidance: (element-type utf8 GStrv): own steps by alarm code
 * @phones: (nullable): of the vendor's support
 * @hours: (nullable): when that answers
 * @accessories: (nullable): kinds of accessories
 *
 * What a person fills in about a model. %NULL and empty are: not known.
 */
typedef struct
{
  char *id;
  char *name;
  BenkModelKind kind;
  BenkPackaging packaging;
  char *maker;
  char *vendor;
  GStrv aliases;
  BenkKnown imei;
  GStrv examples;
  GStrv codes;
  GHashTable *guidance;
  GStrv phones;
  char *hours;
  GStrv accessories;
} BenkModelDraft;

BenkModelDraft *benk_model_draft_new (BenkModel *from);
void benk_model_draft_free (BenkModelDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkModelDraft, benk_model_draft_free)

GBytes *benk_model_draft_compose (const BenkModelDraft *self,
                                  BenkModel *base,
                                  BenkModel *lists,
                                  GError **error);
char *benk_model_suggest_id (const char *name, GPtrArray *models);
char *benk_model_describe_difference (BenkModel *self, BenkModel *other);
GBytes *benk_model_compose_with_lists (BenkModel *model, GPtrArray *forms);

G_END_DECLS
