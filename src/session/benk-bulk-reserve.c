/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bulk-private.h"

#include "benk-inventory-reserve.h"
#include "benk-table-person.h"
#include "benk-table-reservation.h"
#include "benk-text-check.h"

/* For whom and for when, owned. */
typedef struct
{
  char *reference;
  char *wanted_date;
} BulkWish;

static void
bulk_wish_free (BulkWish *wish)
{
  g_free (wish->reference);
  g_free (wish->wanted_date);
  g_free (wish);
}

/**
 * benk_bulk_new_reserve:
 * @inventory: the inventory
 * @wishes: (array length=n_wishes): devices, each for whom and for when
 * @n_wishes: their number
 *
 * Returns: (transfer full): a change that keeps each for its user
 */
BenkBulk *
benk_bulk_new_reserve (BenkInventory *inventory, const BenkWish *wishes, gsize n_wishes)
{
  BenkBulk *self = benk_bulk_new (inventory, BENK_BULK_RESERVE, NULL, 0);

  self->wishes = g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free,
                                        (GDestroyNotify) bulk_wish_free);
  for (gsize i = 0; i < n_wishes; i++)
    {
      BulkWish *wish = g_new0 (BulkWish, 1);

      wish->reference = g_strdup (wishes[i].reference);
      wish->wanted_date = g_strdup (wishes[i].wanted_date);
      g_array_append_val (self->devices, wishes[i].device);
      g_hash_table_replace (self->wishes,
                            g_memdup2 (&wishes[i].device, sizeof wishes[i].device), wish);
    }

  return self;
}

/**
 * benk_bulk_new_give_up:
 * @inventory: the inventory
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 *
 * Returns: (transfer full): a change that gives up their reservations
 */
BenkBulk *
benk_bulk_new_give_up (BenkInventory *inventory, const BenkId *devices, gsize n_devices)
{
  return benk_bulk_new (inventory, BENK_BULK_GIVE_UP, devices, n_devices);
}

/*< private >
 * benk_bulk_check_wishes:
 *
 * Whether what was typed is a reference and a day; says of the first that is not.
 */
gboolean
benk_bulk_check_wishes (BenkBulk *self, GError **error)
{
  for (guint i = 0; self->wishes != NULL && i < self->devices->len; i++)
    {
      BulkWish *wish =
        g_hash_table_lookup (self->wishes, &g_array_index (self->devices, BenkId, i));
      char *reference = benk_text_take_reference (wish->reference, error);

      if (reference == NULL)
        return FALSE;
      g_free (wish->reference);
      wish->reference = reference;
      if (!benk_inventory_check_wanted (self->inventory, wish->wanted_date, error))
        return FALSE;
    }

  return TRUE;
}

/*< private >
 * benk_bulk_reserve_one:
 *
 * Keeps one device for its user, in the scope of all.
 */
gboolean
benk_bulk_reserve_one (BenkBulk *self, BenkDb *db, const BenkId *id, GError **error)
{
  const BulkWish *wish = g_hash_table_lookup (self->wishes, id);
  BenkId person;

  return benk_table_person_ensure (db, wish->reference, &person, error) &&
         benk_table_reservation_make (db, id, &person, wish->wanted_date, error);
}
