/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-private.h"

#include <glib/gi18n.h>

#include "benk-device-view.h"
#include "benk-error.h"

/**
 * benk_bulk_new_accessories:
 * @inventory: the inventory
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 * @words: (element-type BenkAccessory): what is said of each of them; copied
 *
 * Returns: (transfer full): a change that says the same of the accessories of all
 */
BenkBulk *
benk_bulk_new_accessories (BenkInventory *inventory,
                           const BenkId *devices,
                           gsize n_devices,
                           GPtrArray *words)
{
  BenkBulk *self = benk_bulk_new (inventory, BENK_BULK_ACCESSORIES, devices, n_devices);

  self->words = benk_inventory_copy_words (words);

  return self;
}

/*< private >
 * benk_bulk_look_at_accessories:
 * @same: (out): whether all was known so already
 *
 * Looks whether everything that is said belongs to the device.
 *
 * Returns: %FALSE with %BENK_ERROR_REFUSED when something does not, or another error
 */
gboolean
benk_bulk_look_at_accessories (
  BenkBulk *self, BenkDb *db, const BenkId *id, gboolean *same, GError **error)
{
  g_autoptr (BenkLifecycleView) view = benk_device_view_load (db, id, error);
  g_autoptr (GPtrArray) known = NULL;

  if (view == NULL)
    return FALSE;
  known = benk_accessory_list_get (benk_lifecycle_view_get_accessory_list (view));
  *same = TRUE;
  for (guint i = 0; i < self->words->len; i++)
    {
      const BenkAccessory *word = g_ptr_array_index (self->words, i);
      const BenkAccessory *one = benk_accessory_find (known, word->kind);

      if (one == NULL)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                       _ ("“%s” is not an accessory of this model."),
                       benk_accessory_kind_get_label (word->kind));
          return FALSE;
        }
      *same = *same && one->status == word->status;
    }

  return TRUE;
}
