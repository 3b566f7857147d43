/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-accessory.h"

G_BEGIN_DECLS

/**
 * BenkAccessory:
 * @kind: which one, see benk_accessory_kind_get_label()
 * @status: what is known of it
 * @listed: whether the file of the model lists it
 *
 * One accessory of one device.
 */
typedef struct
{
  char *kind;
  BenkAccessoryStatus status;
  gboolean listed;
} BenkAccessory;

BenkAccessory *
benk_accessory_new (const char *kind, BenkAccessoryStatus status, gboolean listed);
BenkAccessory *benk_accessory_copy (const BenkAccessory *self);
void benk_accessory_free (BenkAccessory *self);
const BenkAccessory *benk_accessory_find (GPtrArray *all, const char *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAccessory, benk_accessory_free)

/**
 * BenkAccessoryList:
 *
 * What was said about the accessories of a device, one by one and of all at once, made
 * into one truth: of each kind what was said last counts.
 */
typedef struct _BenkAccessoryList BenkAccessoryList;

BenkAccessoryList *benk_accessory_list_new (void);
void benk_accessory_list_free (BenkAccessoryList *self);
void benk_accessory_list_set_since (BenkAccessoryList *self, gint64 order);
void benk_accessory_list_add_kind (BenkAccessoryList *self, const char *kind);
void benk_accessory_list_add_word (BenkAccessoryList *self,
                                   const char *kind,
                                   BenkAccessoryStatus status,
                                   gint64 order);
void
benk_accessory_list_add_attested (BenkAccessoryList *self, gboolean all, gint64 order);

GPtrArray *benk_accessory_list_get (const BenkAccessoryList *self);
gboolean benk_accessory_list_is_complete (const BenkAccessoryList *self);
gboolean benk_accessory_list_has_power (const BenkAccessoryList *self);
gboolean benk_accessory_list_misses_power (const BenkAccessoryList *self);
char *benk_accessory_list_describe_lack (const BenkAccessoryList *self,
                                         gboolean power_only);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAccessoryList, benk_accessory_list_free)

G_END_DECLS
