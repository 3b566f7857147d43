/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-random-work.h"

#include "benk-accessory-list.h"
#include "benk-bulk.h"
#include "benk-models.h"

/* Accessories, reservations and the district's own models. */

#define MAX_WISHES 2

static gboolean
do_accessory (BenkRandomWork *work, GError **error)
{
  static const char *const kinds[] = { "power-adapter", "collection-tray",
                                       "batteries",     "tray",
                                       "key",           "sag" };
  g_autoptr (GPtrArray) words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);
  g_autoptr (GAsyncResult) result = NULL;
  guint n = 1 + benk_random_draw (work, 2);
  guint first = benk_random_draw (work, (guint) G_N_ELEMENTS (kinds));
  BenkId device;

  if (!benk_random_pick (work, "device d", &device))
    return benk_random_nothing (error);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (words,
                     benk_accessory_new (kinds[(first + i) % G_N_ELEMENTS (kinds)],
                                         benk_random_draw (work, 4) > 0
                                           ? BENK_ACCESSORY_THERE
                                           : benk_random_draw (work,
                                                               BENK_N_ACCESSORY_STATUSES),
                                         TRUE));
  benk_inventory_set_accessories_async (work->f->inventory, &device, words, NULL,
                                        benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
look_and_apply (BenkBulk *bulk, GError **error)
{
  g_autoptr (GAsyncResult) looked = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &looked);
  if (!benk_bulk_preview_finish (bulk, BENK_AWAIT (looked), error))
    return FALSE;
  benk_bulk_apply_async (bulk, NULL, NULL, benk_session_fixture_keep, &result);

  return benk_bulk_apply_finish (bulk, BENK_AWAIT (result), NULL, error);
}

static gboolean
do_reserve (BenkRandomWork *work, GError **error)
{
  static const char *const users[] = { "REF-1", "REF-2", "REF-6", "REF-7" };
  static const char *const days[] = { "2026-05-17", "2026-12-24", "2027-01-02",
                                      "2026-08-01", "2026-09-01", "17.05.2026" };
  g_autoptr (BenkBulk) bulk = NULL;
  BenkWish wishes[MAX_WISHES];
  guint n = 1 + benk_random_draw (work, MAX_WISHES);

  for (guint i = 0; i < n; i++)
    {
      wishes[i] = (BenkWish){ .reference = BENK_DRAW_FROM (work, users),
                              .wanted_date = BENK_DRAW_FROM (work, days) };
      if (!benk_random_pick (work, "device d", &wishes[i].device))
        return benk_random_nothing (error);
    }
  bulk = benk_bulk_new_reserve (work->f->inventory, wishes, n);

  return look_and_apply (bulk, error);
}

static gboolean
do_give_up (BenkRandomWork *work, GError **error)
{
  g_autoptr (BenkBulk) bulk = NULL;
  BenkId device;

  if (!benk_random_pick (work,
                         benk_random_draw (work, 4) > 0
                           ? "device d WHERE d.id IN (SELECT device_id FROM reservation"
                             " WHERE ended IS NULL)"
                           : "device d",
                         &device))
    return benk_random_nothing (error);
  bulk = benk_bulk_new_give_up (work->f->inventory, &device, 1);

  return look_and_apply (bulk, error);
}

static gboolean
finish_model (BenkRandomWork *work, GAsyncResult **result, GError **error)
{
  return benk_models_change_finish (benk_session_get_models (work->f->session),
                                    benk_session_fixture_wait (result), NULL, error);
}

static gboolean
do_model_add (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint n = benk_random_draw (work, 6);
  g_autofree char *text =
    g_strdup_printf ("[Model]\nId=our-%u\nName=Our %u\nKind=gps\n", n, n);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  benk_models_add_async (benk_session_get_models (work->f->session), body, NULL,
                         benk_session_fixture_keep, &result);

  return finish_model (work, &result, error);
}

static gboolean
do_model_remove (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = g_strdup_printf ("our-%u", benk_random_draw (work, 6));

  benk_models_remove_async (benk_session_get_models (work->f->session), id, NULL,
                            benk_session_fixture_keep, &result);

  return finish_model (work, &result, error);
}

const BenkRandomFunc benk_random_kept[BENK_N_WORKS] = {
  [BENK_WORK_ACCESSORY] = do_accessory,       [BENK_WORK_RESERVE] = do_reserve,
  [BENK_WORK_GIVE_UP] = do_give_up,           [BENK_WORK_MODEL_ADD] = do_model_add,
  [BENK_WORK_MODEL_REMOVE] = do_model_remove,
};
