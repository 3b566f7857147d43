/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-count-fixture.h"

BenkStocktake *
count_fixture_get (BenkSessionFixture *f)
{
  return benk_session_get_stocktake (f->session);
}

/* Past the guards: a device of a state in a place. */
void
count_fixture_put (BenkSessionFixture *f,
                   const char *serial,
                   BenkDeviceState state,
                   const char *place)
{
  g_autoptr (BenkDevice) device = benk_device_new ();

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, state);
  benk_device_set_place_name (device, place);
  benk_session_fixture_insert (f, device);
}

gboolean
count_fixture_try_start (BenkSessionFixture *f, const char *place, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_stocktake_start_async (count_fixture_get (f), place, NULL,
                              benk_session_fixture_keep, &result);

  return benk_stocktake_change_finish (count_fixture_get (f), BENK_AWAIT (result), NULL,
                                       error);
}

void
count_fixture_start (BenkSessionFixture *f, const char *place)
{
  g_autoptr (GError) error = NULL;

  count_fixture_try_start (f, place, &error);
  g_assert_no_error (error);
}

BenkCountItem *
count_fixture_try_scan (BenkSessionFixture *f,
                        const char *code,
                        const char *at,
                        gboolean *already,
                        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_stocktake_scan_async (count_fixture_get (f), code, at, NULL,
                             benk_session_fixture_keep, &result);

  return benk_stocktake_scan_finish (count_fixture_get (f), BENK_AWAIT (result), already,
                                     error);
}

/* Returns: (transfer full): what the count says of it */
BenkCountItem *
count_fixture_scan (BenkSessionFixture *f,
                    const char *code,
                    const char *at,
                    gboolean want_already)
{
  g_autoptr (GError) error = NULL;
  gboolean already = !want_already;
  BenkCountItem *item = count_fixture_try_scan (f, code, at, &already, &error);

  g_assert_no_error (error);
  g_assert_true (already == want_already);

  return item;
}

void
count_fixture_assert_scan (BenkSessionFixture *f,
                           const char *code,
                           const char *at,
                           BenkCountVerdict verdict)
{
  g_autoptr (BenkCountItem) item = count_fixture_scan (f, code, at, FALSE);

  g_assert_cmpstr (benk_count_verdict_to_name (benk_count_item_get_verdict (item)), ==,
                   benk_count_verdict_to_name (verdict));
}

BenkStocktakeView *
count_fixture_load (BenkSessionFixture *f, const BenkId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkStocktakeView *view;

  benk_stocktake_load_async (count_fixture_get (f), id, NULL, benk_session_fixture_keep,
                             &result);
  view = benk_stocktake_load_finish (count_fixture_get (f), BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return view;
}

gboolean
count_fixture_try_fix (BenkSessionFixture *f,
                       BenkStocktakeFix fix,
                       gint64 *seq,
                       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_stocktake_settle_async (count_fixture_get (f), &fix, NULL,
                               benk_session_fixture_keep, &result);

  return benk_stocktake_change_finish (count_fixture_get (f), BENK_AWAIT (result), seq,
                                       error);
}

void
count_fixture_fix (BenkSessionFixture *f, BenkStocktakeFix one)
{
  g_autoptr (GError) error = NULL;

  count_fixture_try_fix (f, one, NULL, &error);
  g_assert_no_error (error);
}

void
count_fixture_end (BenkSessionFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_stocktake_end_async (count_fixture_get (f), NULL, benk_session_fixture_keep,
                            &result);
  benk_stocktake_change_finish (count_fixture_get (f), BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

gboolean
count_fixture_try_take_back (BenkSessionFixture *f,
                             const BenkId *id,
                             guint *n,
                             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_stocktake_take_back_async (count_fixture_get (f), id, NULL,
                                  benk_session_fixture_keep, &result);

  return benk_stocktake_take_back_finish (count_fixture_get (f), BENK_AWAIT (result), n,
                                          error);
}

void
count_fixture_assert_place (BenkSessionFixture *f, const char *serial, const char *place)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (f, serial);

  g_assert_cmpstr (benk_device_get_place_name (device), ==, place);
}

/* Returns: (transfer full): the newest count */
BenkStocktakeView *
count_fixture_list_first (BenkSessionFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) counts = NULL;

  benk_stocktake_list_async (count_fixture_get (f), NULL, benk_session_fixture_keep,
                             &result);
  counts =
    benk_stocktake_list_finish (count_fixture_get (f), BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, >=, 1);

  return count_fixture_load (f, &((const BenkCount *) g_ptr_array_index (counts, 0))->id);
}
