/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-private.h"

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-lifecycle.h"
#include "benk-table-device.h"
#include "benk-table-reservation.h"

struct _BenkBulkRefusal
{
  GObject parent_instance;

  BenkId device;
  char *label;
  char *reason;
};

G_DEFINE_FINAL_TYPE (BenkBulkRefusal, benk_bulk_refusal, G_TYPE_OBJECT)

void
benk_bulk_preview_free (BenkBulkPreview *preview)
{
  g_array_unref (preview->ready);
  g_ptr_array_unref (preview->refused);
  g_free (preview);
}

static void
refuse (BenkBulkPreview *preview,
        const BenkId *id,
        BenkDevice *device,
        const char *reason)
{
  BenkBulkRefusal *refusal = g_object_new (BENK_TYPE_BULK_REFUSAL, NULL);
  const char *asset = device != NULL ? benk_device_get_asset (device) : NULL;

  refusal->device = *id;
  refusal->label = asset != NULL
                     ? g_strdup_printf ("%s · %s", asset, benk_device_get_serial (device))
                     : g_strdup (device != NULL ? benk_device_get_serial (device) : "–");
  refusal->reason = g_strdup (reason);
  g_ptr_array_add (preview->refused, refusal);
}

/* Looks with every reason given, and then without one: the difference is what is owed. */
static gboolean
look_at_state (BenkBulk *self,
               BenkDb *db,
               BenkDevice *device,
               BenkBulkPreview *preview,
               GError **error)
{
  const BenkId *id = benk_device_get_id (device);
  g_autoptr (BenkLifecycleView) view = NULL;
  g_autoptr (GHashTable) any = NULL;
  g_autoptr (GError) refusal = NULL;

  if (benk_device_get_state (device) == self->to)
    {
      preview->n_same++;
      return TRUE;
    }
  view = benk_device_view_load (db, id, error);
  if (view == NULL)
    return FALSE;
  any = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (any, (gpointer) "*", (gpointer) "*");
  if (!benk_lifecycle_allow (view, self->to, any, NULL, &refusal))
    refuse (preview, id, device, refusal->message);
  else
    {
      g_array_append_val (preview->ready, *id);
      preview->n_owing += benk_lifecycle_allow (view, self->to, NULL, NULL, NULL) ? 0 : 1;
    }

  return TRUE;
}

/* A refusal is an answer; anything else ends the look. */
static gboolean
refuse_or_fail (BenkBulkPreview *preview,
                BenkDevice *device,
                const GError *found,
                GError **error)
{
  if (!g_error_matches (found, BENK_ERROR, BENK_ERROR_REFUSED))
    {
      g_propagate_error (error, g_error_copy (found));
      return FALSE;
    }
  refuse (preview, benk_device_get_id (device), device, found->message);

  return TRUE;
}

static gboolean
is_so_already (BenkBulk *self, BenkDevice *device)
{
  if (self->kind == BENK_BULK_GIVE_UP)
    return benk_device_get_reserved_date (device) == NULL;

  return self->kind == BENK_BULK_MOVE &&
         g_strcmp0 (benk_device_get_place_name (device), self->place) == 0;
}

static gboolean
look_at (
  BenkBulk *self, BenkDb *db, const BenkId *id, BenkBulkPreview *preview, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, id, &local);
  gboolean same = FALSE;

  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    {
      refuse (preview, id, NULL, local->message);
      return TRUE;
    }
  if (device == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->kind == BENK_BULK_SET_STATE)
    return look_at_state (self, db, device, preview, error);

  if (self->kind == BENK_BULK_ATTEST &&
      !benk_inventory_check_attest (db, id, self->fact, &local))
    return refuse_or_fail (preview, device, local, error);
  if (self->kind == BENK_BULK_RESERVE && !benk_table_reservation_check (db, id, &local))
    return refuse_or_fail (preview, device, local, error);
  if (self->kind == BENK_BULK_ACCESSORIES &&
      !benk_bulk_look_at_accessories (self, db, id, &same, &local))
    return refuse_or_fail (preview, device, local, error);
  if (same || is_so_already (self, device))
    preview->n_same++;
  else
    g_array_append_val (preview->ready, *id);
  return TRUE;
}

/* Looks at every device, on a thread that reads; answers a BenkBulkPreview. */
gpointer
benk_bulk_look (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkBulk *self = data;
  g_autoptr (BenkBulkPreview) preview = g_new0 (BenkBulkPreview, 1);

  preview->ready = g_array_new (FALSE, FALSE, sizeof (BenkId));
  preview->refused = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->devices->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !look_at (self, db, &g_array_index (self->devices, BenkId, i), preview, error))
        return NULL;
      benk_bulk_count_one (self);
    }

  return g_steal_pointer (&preview);
}

static void
benk_bulk_refusal_finalize (GObject *object)
{
  BenkBulkRefusal *self = BENK_BULK_REFUSAL (object);

  g_free (self->label);
  g_free (self->reason);
  G_OBJECT_CLASS (benk_bulk_refusal_parent_class)->finalize (object);
}

static void
benk_bulk_refusal_class_init (BenkBulkRefusalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_bulk_refusal_finalize;
}

static void
benk_bulk_refusal_init (BenkBulkRefusal *self)
{
}

/**
 * benk_bulk_refusal_get_device:
 * @self: a device that cannot
 *
 * Returns: (transfer none): its id
 */
const BenkId *
benk_bulk_refusal_get_device (BenkBulkRefusal *self)
{
  return &self->device;
}

/**
 * benk_bulk_refusal_get_label:
 * @self: a device that cannot
 *
 * Returns: (transfer none): what people call it: asset number and serial
 */
const char *
benk_bulk_refusal_get_label (BenkBulkRefusal *self)
{
  return self->label;
}

/**
 * benk_bulk_refusal_get_reason:
 * @self: a device that cannot
 *
 * Returns: (transfer none): why, for people
 */
const char *
benk_bulk_refusal_get_reason (BenkBulkRefusal *self)
{
  return self->reason;
}
