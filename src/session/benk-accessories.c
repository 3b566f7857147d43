/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-private.h"

#include "benk-device-view.h"
#include "benk-session-change.h"

typedef struct
{
  BenkId device;
  GPtrArray *words;
} WordsData;

static void
words_data_free (WordsData *data)
{
  g_ptr_array_unref (data->words);
  g_free (data);
}

/* Words are handed from thread to thread: each keeps its own. */
GPtrArray *
benk_inventory_copy_words (GPtrArray *words)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

  for (guint i = 0; words != NULL && i < words->len; i++)
    g_ptr_array_add (copy, benk_accessory_copy (g_ptr_array_index (words, i)));

  return copy;
}

static gboolean
do_set (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  WordsData *data = user_data;

  return benk_device_set_accessories (db, &data->device, data->words, error);
}

/**
 * benk_inventory_set_accessories_async:
 * @self: the inventory
 * @device: a device
 * @words: (element-type BenkAccessory): what is said of its accessories; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Says which accessories of a device are there, missing, or not looked at. What was known
 * so already is no change.
 */
void
benk_inventory_set_accessories_async (BenkInventory *self,
                                      const BenkId *device,
                                      GPtrArray *words,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  WordsData *data = g_new0 (WordsData, 1);

  data->device = *device;
  data->words = benk_inventory_copy_words (words);
  benk_session_change_async (benk_inventory_get_session (self), self,
                             BENK_VERB_ACCESSORIES, device, do_set, data,
                             (GDestroyNotify) words_data_free, cancellable, callback,
                             user_data);
}
