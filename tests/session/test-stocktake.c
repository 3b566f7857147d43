/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-count-fixture.h"
#include "benk-scan.h"
#include "benk-error.h"

/* --- what is expected, and what a scan says --- */

static void
test_expected (BenkSessionFixture *f, gconstpointer unused)
{
  guint n_on_shelf = 0;
  g_autoptr (BenkStocktakeView) one = NULL;
  g_autoptr (BenkStocktakeView) frozen = NULL;

  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    {
      g_autofree char *here = g_strdup_printf ("HERE-%u", i);
      g_autofree char *away = g_strdup_printf ("AWAY-%u", i);

      count_fixture_put (f, here, i, SHELF);
      count_fixture_put (f, away, i, i % 2 ? "Distrikt 1" : NULL);
      n_on_shelf += i == BENK_DEVICE_STATE_RECEIVED || i == BENK_DEVICE_STATE_STOCK ||
                    i == BENK_DEVICE_STATE_PREPARING || i == BENK_DEVICE_STATE_READY ||
                    i == BENK_DEVICE_STATE_QUARANTINE || i == BENK_DEVICE_STATE_RESET ||
                    i == BENK_DEVICE_STATE_FAULTY ||
                    i == BENK_DEVICE_STATE_RMA_REQUESTED ||
                    i == BENK_DEVICE_STATE_RMA_PACKED;
    }
  count_fixture_put (f, "OTHER-1", BENK_DEVICE_STATE_STOCK, OTHER);

  count_fixture_start (f, SHELF);
  one = count_fixture_load (f, NULL);
  g_assert_cmpuint (one->count->n_expected, ==, n_on_shelf);
  g_assert_cmpuint (one->missing->len, ==, n_on_shelf);

  /* What comes later is not expected. */
  count_fixture_put (f, "LATER-1", BENK_DEVICE_STATE_STOCK, SHELF);
  frozen = count_fixture_load (f, NULL);
  g_assert_cmpuint (frozen->count->n_expected, ==, n_on_shelf);
  count_fixture_end (f);

  count_fixture_start (f, NULL);
  g_clear_pointer (&frozen, benk_stocktake_view_free);
  frozen = count_fixture_load (f, NULL);
  g_assert_cmpuint (frozen->count->n_expected, ==, n_on_shelf + 2);
}

static void
test_verdicts (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkCountItem) again = NULL;
  gboolean already;

  count_fixture_put (f, "M-1001", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_put (f, "M-1002", BENK_DEVICE_STATE_STOCK, OTHER);
  count_fixture_put (f, "M-1003", BENK_DEVICE_STATE_OPERATION, NULL);
  count_fixture_put (f, "M-1004", BENK_DEVICE_STATE_LOST, NULL);
  count_fixture_put (f, "M-1005", BENK_DEVICE_STATE_STOCK, NULL);
  g_assert_null (count_fixture_try_scan (f, "M-1001", NULL, &already, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  count_fixture_start (f, SHELF);
  count_fixture_put (f, "M-1006", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_assert_scan (f, " m 1001 ", NULL, BENK_COUNT_FOUND);
  count_fixture_assert_scan (f, "M-1002", NULL, BENK_COUNT_WRONG_PLACE);
  count_fixture_assert_scan (f, "M-1003", NULL, BENK_COUNT_WRONG_STATE);
  count_fixture_assert_scan (f, "M-1004", NULL, BENK_COUNT_WRONG_STATE);
  count_fixture_assert_scan (f, "M-1005", NULL, BENK_COUNT_WRONG_PLACE);
  count_fixture_assert_scan (f, "M-1006", NULL, BENK_COUNT_ADDED);
  count_fixture_assert_scan (f, "DOSEBENK RESET\nM-1007\nrun\n1 abc", NULL,
                             BENK_COUNT_UNKNOWN);
  again = count_fixture_scan (f, "M-1001", NULL, TRUE);
  g_assert_cmpstr (benk_count_item_get_who (again), ==, "KA");
  g_clear_object (&again);
  again = count_fixture_scan (f, "M-1007", NULL, TRUE);

  /* A national number is nobody's serial and is not kept. */
  g_assert_null (count_fixture_try_scan (f, "15507600090", NULL, &already, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (count_fixture_try_scan (f, "  \n", NULL, &already, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM stocktake_item"),
                   ==, 7);
}

/* When everything is counted it matters where one stands. */
static void
test_all_places (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStocktakeView) view = NULL;
  gboolean already;

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *serial = g_strdup_printf ("M-%u", i);

      count_fixture_put (f, serial, BENK_DEVICE_STATE_STOCK, i <= 2 ? SHELF : OTHER);
    }
  count_fixture_put (f, "T-1", BENK_DEVICE_STATE_STOCK, "Distrikt 1");
  count_fixture_start (f, NULL);
  g_assert_false (count_fixture_try_start (f, SHELF, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  count_fixture_assert_scan (f, "M-1", SHELF, BENK_COUNT_FOUND);
  count_fixture_assert_scan (f, "M-2", OTHER, BENK_COUNT_WRONG_PLACE);
  count_fixture_assert_scan (f, "M-3", NULL, BENK_COUNT_FOUND);
  count_fixture_assert_scan (f, "T-1", NULL, BENK_COUNT_WRONG_PLACE);
  g_assert_null (count_fixture_try_scan (f, "M-4", "Nowhere", &already, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);

  view = count_fixture_load (f, NULL);
  g_assert_cmpuint (view->count->n_expected, ==, 4);
  g_assert_cmpuint (view->count->n_found, ==, 3);
  g_assert_cmpuint (view->count->counts[BENK_COUNT_MISSING], ==, 1);
  g_assert_cmpuint (view->count->counts[BENK_COUNT_WRONG_PLACE], ==, 2);
}

/* Two real devices with one serial are found one after the other. */
static void
test_twins (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkStocktakeView) view = NULL;
  g_autoptr (BenkCountItem) third = NULL;

  count_fixture_put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_start (f, SHELF);
  count_fixture_assert_scan (f, "M-1", NULL, BENK_COUNT_FOUND);
  count_fixture_assert_scan (f, "M-1", NULL, BENK_COUNT_FOUND);
  third = count_fixture_scan (f, "M-1", NULL, TRUE);
  view = count_fixture_load (f, NULL);
  g_assert_cmpuint (view->count->n_found, ==, 2);
}

/* --- fixing, and taking it back --- */

static void
test_fixes (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkCountItem) moved = NULL;
  g_autoptr (BenkCountItem) lost = NULL;
  g_autoptr (BenkCountItem) unknown = NULL;
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkDevice) made = NULL;
  BenkStocktakeFix one = { 0 };

  count_fixture_put (f, "M-1", BENK_DEVICE_STATE_STOCK, OTHER);
  count_fixture_put (f, "M-2", BENK_DEVICE_STATE_LOST, NULL);
  count_fixture_put (f, "M-3", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_start (f, SHELF);
  moved = count_fixture_scan (f, "M-1", NULL, FALSE);
  lost = count_fixture_scan (f, "M-2", NULL, FALSE);
  unknown = count_fixture_scan (f, "M-9", NULL, FALSE);

  one.item = *benk_count_item_get_id (moved);
  one.fix = BENK_COUNT_FIX_MOVE;
  count_fixture_fix (f, one);
  count_fixture_assert_place (f, "M-1", SHELF);

  /* The life cycle's guards hold here as well. */
  one.item = *benk_count_item_get_id (lost);
  one.fix = BENK_COUNT_FIX_STATE;
  one.state = BENK_DEVICE_STATE_STOCK;
  g_assert_false (count_fixture_try_fix (f, one, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  one.state = BENK_DEVICE_STATE_QUARANTINE;
  g_assert_false (count_fixture_try_fix (f, one, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  device = benk_session_fixture_find (f, "M-2");
  g_assert_true (benk_session_fixture_attest (f, device, BENK_FACT_MEDICINE_REMOVED,
                                              "12 poser", "Anne Lie", &error));
  count_fixture_fix (f, one);
  count_fixture_assert_place (f, "M-2", SHELF);

  one.item = *benk_count_item_get_id (unknown);
  one.fix = BENK_COUNT_FIX_MOVE;
  g_assert_false (count_fixture_try_fix (f, one, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  one.fix = BENK_COUNT_FIX_REGISTER;
  one.model_id = "no-such";
  g_assert_false (count_fixture_try_fix (f, one, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  one.model_id = "medido";
  count_fixture_fix (f, one);
  count_fixture_assert_place (f, "M-9", SHELF);
  made = benk_session_fixture_find (f, "M-9");
  g_assert_cmpint (benk_device_get_state (made), ==, BENK_DEVICE_STATE_RECEIVED);
}

/* Registered meanwhile, and still another one in the hand. */
static void
test_taken (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkCountItem) unknown = NULL;
  BenkStocktakeFix one = { .fix = BENK_COUNT_FIX_REGISTER, .model_id = "medido" };

  count_fixture_put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_start (f, SHELF);
  unknown = count_fixture_scan (f, "M-9", NULL, FALSE);
  one.item = *benk_count_item_get_id (unknown);
  count_fixture_put (f, "M-9", BENK_DEVICE_STATE_STOCK, OTHER);
  g_assert_false (count_fixture_try_fix (f, one, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  one.another = TRUE;
  count_fixture_fix (f, one);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM device WHERE serial = 'M-9'"),
    ==, 2);
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM device WHERE twin = 1"), ==, 1);
  g_assert_true (benk_session_fixture_undo (f, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM device"), ==, 2);
}

static void
test_one_undo (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkCountItem) moved = NULL;
  g_autoptr (BenkStocktakeView) view = NULL;
  BenkStocktakeFix one = { 0 };

  count_fixture_put (f, "M-1", BENK_DEVICE_STATE_STOCK, OTHER);
  count_fixture_put (f, "M-2", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_start (f, SHELF);
  moved = count_fixture_scan (f, "M-1", NULL, FALSE);
  one.item = *benk_count_item_get_id (moved);
  one.fix = BENK_COUNT_FIX_MOVE;
  count_fixture_fix (f, one);
  count_fixture_assert_place (f, "M-1", SHELF);

  g_assert_true (benk_session_fixture_undo (f, &error));
  g_assert_no_error (error);
  count_fixture_assert_place (f, "M-1", OTHER);
  view = count_fixture_load (f, NULL);
  g_assert_cmpuint (view->differences->len, ==, 1);
  g_assert_null (benk_count_item_get_settled (g_ptr_array_index (view->differences, 0)));

  /* The scan itself, then the beginning: nothing is left. */
  g_assert_true (benk_session_fixture_undo (f, &error));
  g_assert_true (benk_session_fixture_undo (f, &error));
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM stocktake"), ==,
                   0);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT count (*) FROM stocktake_item"),
                   ==, 0);
}

/* Three moved here and one registered: four fixes. */
static void
fix_four (BenkSessionFixture *f)
{
  g_autoptr (BenkCountItem) unknown = NULL;
  BenkStocktakeFix one = { 0 };

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("M-%u", i);

      count_fixture_put (f, serial, BENK_DEVICE_STATE_STOCK, OTHER);
    }
  count_fixture_put (f, "M-4", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_start (f, SHELF);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("M-%u", i);
      g_autoptr (BenkCountItem) item = count_fixture_scan (f, serial, NULL, FALSE);

      one.item = *benk_count_item_get_id (item);
      one.fix = BENK_COUNT_FIX_MOVE;
      count_fixture_fix (f, one);
    }
  unknown = count_fixture_scan (f, "X-1", NULL, FALSE);
  one.item = *benk_count_item_get_id (unknown);
  one.fix = BENK_COUNT_FIX_REGISTER;
  one.model_id = "medido";
  count_fixture_fix (f, one);
}

static void
test_whole_undo (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStocktakeView) view = NULL;
  g_autoptr (BenkStocktakeView) after = NULL;
  guint n = 0;

  fix_four (f);
  count_fixture_end (f);
  view = count_fixture_load (f, NULL);
  g_assert_null (view->count);
  g_clear_pointer (&view, benk_stocktake_view_free);
  view = count_fixture_list_first (f);
  g_assert_cmpuint (view->count->n_open, ==, 1);
  g_assert_true (count_fixture_try_take_back (f, &view->count->id, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 4);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("M-%u", i);

      count_fixture_assert_place (f, serial, OTHER);
    }
  g_assert_cmpint (
    benk_session_fixture_count (f, "SELECT count (*) FROM device WHERE serial = 'X-1'"),
    ==, 0);
  after = count_fixture_load (f, &view->count->id);
  g_assert_true (after->count->dropped);
  g_assert_cmpuint (after->count->n_open, ==, 5);
}

static void
move (BenkSessionFixture *f, const char *serial, const char *place)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (f, serial);
  g_autoptr (GAsyncResult) moved = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_move_async (f->inventory, benk_device_get_id (device), 1, place, NULL,
                             benk_session_fixture_keep, &moved);
  benk_inventory_change_finish (f->inventory, BENK_AWAIT (moved), NULL, &error);
  g_assert_no_error (error);
}

/* All or nothing: each later change is named, and not one of the others is undone. */
static void
test_whole_undo_held (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStocktakeView) view = NULL;
  g_autoptr (BenkStocktakeView) after = NULL;
  gint64 head;
  guint n = 7;

  fix_four (f);
  move (f, "M-2", "Hylle C1");
  move (f, "X-1", "Hylle C2");
  view = count_fixture_load (f, NULL);
  head = benk_session_fixture_count (f, "SELECT max (seq) FROM journal");
  g_assert_false (count_fixture_try_take_back (f, &view->count->id, &n, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "\nM-2: "));
  g_assert_nonnull (strstr (error->message, "\nX-1: "));
  g_assert_null (strstr (error->message, "\nM-1: "));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (benk_session_fixture_count (f, "SELECT max (seq) FROM journal"), ==,
                   head);
  count_fixture_assert_place (f, "M-3", SHELF);
  count_fixture_assert_place (f, "M-2", "Hylle C1");
  count_fixture_assert_place (f, "M-1", SHELF);
  after = count_fixture_load (f, NULL);
  g_assert_false (after->count->dropped);
  g_assert_cmpuint (after->count->n_open, ==, view->count->n_open);
}

/* Our own label, as a scanner types it: the device, not a text that nobody knows. */
static void
test_own_label (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkCountItem) item = NULL;
  g_autofree char *code = NULL;
  g_autofree char *low = NULL;
  g_autofree char *unknown = NULL;
  BenkId nobody = benk_id_new_named ("device", "nobody");

  count_fixture_put (f, "M-1", BENK_DEVICE_STATE_STOCK, SHELF);
  count_fixture_put (f, "M-2", BENK_DEVICE_STATE_STOCK, OTHER);
  count_fixture_start (f, SHELF);
  device = benk_session_fixture_find (f, "M-1");
  code = benk_scan_compose_own (benk_device_get_id (device), "D-037");
  item = count_fixture_scan (f, code, NULL, FALSE);
  g_assert_cmpint (benk_count_item_get_verdict (item), ==, BENK_COUNT_FOUND);
  g_assert_true (
    benk_id_equal (benk_count_item_get_device_id (item), benk_device_get_id (device)));
  g_assert_null (benk_count_item_get_code (item));
  /* By its serial it is the same one again, and so it is with Caps Lock. */
  g_clear_object (&item);
  item = count_fixture_scan (f, "M-1", NULL, TRUE);
  low = g_ascii_strdown (code, -1);
  g_clear_object (&item);
  item = count_fixture_scan (f, low, NULL, TRUE);
  g_clear_object (&device);
  g_clear_object (&item);
  g_free (code);
  device = benk_session_fixture_find (f, "M-2");
  code = benk_scan_compose_own (benk_device_get_id (device), NULL);
  item = count_fixture_scan (f, code, NULL, FALSE);
  g_assert_cmpint (benk_count_item_get_verdict (item), ==, BENK_COUNT_WRONG_PLACE);
  g_clear_object (&item);
  unknown = benk_scan_compose_own (&nobody, "D-999");
  item = count_fixture_scan (f, unknown, NULL, FALSE);
  g_assert_cmpint (benk_count_item_get_verdict (item), ==, BENK_COUNT_UNKNOWN);
}

/* --- on paper --- */

static void
test_written (BenkSessionFixture *f, gconstpointer unused)
{
  g_autoptr (BenkStocktakeView) view = NULL;

  fix_four (f);
  count_fixture_end (f);
  view = count_fixture_list_first (f);
  for (guint as_csv = 0; as_csv < 2; as_csv++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *path =
        g_build_filename (f->dir, as_csv ? "count.csv" : "count.pdf", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *text = NULL;
      gsize length;

      benk_stocktake_write_async (count_fixture_get (f), &view->count->id, file, as_csv,
                                  NULL, benk_session_fixture_keep, &result);
      benk_stocktake_write_finish (count_fixture_get (f), BENK_AWAIT (result), &error);
      g_assert_no_error (error);
      g_file_get_contents (path, &text, &length, &error);
      g_assert_no_error (error);
      if (as_csv)
        {
          g_auto (GStrv) lines = g_strsplit (text, "\r\n", 0);

          /* Headings, four fixes, one missing, and the end of the last line. */
          g_assert_cmpuint (g_strv_length (lines), ==, 7);
          g_assert_nonnull (strstr (text, "Missing;Medido;M-4;"));
          g_assert_nonnull (strstr (text, "X-1;"));
        }
      else
        g_assert_true (g_str_has_prefix (text, "%PDF-"));
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (BenkSessionFixture *f, gconstpointer data);
  } tests[] = {
    { "expects-what-is-on-the-shelf-at-its-start", test_expected },
    { "says-what-each-scan-is", test_verdicts },
    { "counts-all-places-at-once", test_all_places },
    { "finds-both-of-two-with-one-serial", test_twins },
    { "fixes-on-the-spot-within-the-life-cycle", test_fixes },
    { "another-with-a-number-that-is-taken", test_taken },
    { "each-fix-is-one-undo", test_one_undo },
    { "all-of-it-is-one-undo", test_whole_undo },
    { "undo-of-all-names-what-is-in-the-way", test_whole_undo_held },
    { "our-own-label-is-scanned", test_own_label },
    { "result-is-written-as-pdf-and-csv", test_written },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/session/stocktake/", tests[i].name, NULL);

      g_test_add (path, BenkSessionFixture, NULL, benk_session_fixture_set_up,
                  tests[i].test, benk_session_fixture_tear_down);
    }

  return g_test_run ();
}
