/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bulk.h"
#include "benk-inventory-private.h"

G_BEGIN_DECLS

typedef enum
{
  BENK_BULK_MOVE,
  BENK_BULK_SET_STATE,
  BENK_BULK_ATTEST,
  BENK_BULK_RESERVE,
  BENK_BULK_GIVE_UP,
  BENK_BULK_ACCESSORIES,
} BenkBulkKind;

struct _BenkBulk
{
  GObject parent_instance;

  BenkInventory *inventory;
  BenkBulkKind kind;
  GArray *devices;
  char *place;
  BenkDeviceState to;
  BenkFactKind fact;
  char *ref;
  char *stated_by;
  GPtrArray *words;   /* (element-type BenkAccessory), of what is said of accessories */
  GHashTable *wishes; /* BenkId → BulkWish, of a change that reserves */

  /* From the preview. */
  GArray *ready;
  guint n_owing;
  guint n_same;
  GListStore *refused;

  int n_done; /* counted by a thread of the store */
  int n_all;
  int telling;
};

/* What a look at all of them found. */
typedef struct
{
  GArray *ready;
  guint n_owing;
  guint n_same;
  GPtrArray *refused;
} BenkBulkPreview;

void benk_bulk_preview_free (BenkBulkPreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkBulkPreview, benk_bulk_preview_free)

BenkBulk *benk_bulk_new (BenkInventory *inventory,
                         BenkBulkKind kind,
                         const BenkId *devices,
                         gsize n_devices);
gboolean benk_bulk_check_wishes (BenkBulk *self, GError **error);
gboolean
benk_bulk_reserve_one (BenkBulk *self, BenkDb *db, const BenkId *id, GError **error);
gboolean benk_bulk_look_at_accessories (
  BenkBulk *self, BenkDb *db, const BenkId *id, gboolean *same, GError **error);

void benk_bulk_count_one (BenkBulk *self);
gpointer
benk_bulk_look (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
