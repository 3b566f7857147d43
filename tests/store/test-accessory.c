/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-history.h"
#include "benk-table-accessory.h"
#include "benk-table-fixture.h"
#include "benk-undo.h"
#include "benk-verify.h"

#include <stdlib.h>
#include <string.h>

static GPtrArray *
parse_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize at = strlen (words[i]) - 1;
      char sign = words[i][at];

      words[i][at] = '\0';
      g_ptr_array_add (all,
                       benk_accessory_new (words[i],
                                           sign == '+'   ? BENK_ACCESSORY_THERE
                                           : sign == '-' ? BENK_ACCESSORY_MISSING
                                                         : BENK_ACCESSORY_NOT_LOOKED_AT,
                                           FALSE));
    }

  return all;
}

static gint64
set (BenkStoreFixture *fixture, BenkDevice *device, const char *text, GError **error)
{
  g_autoptr (GPtrArray) words = parse_words (text);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_ACCESSORIES);

  if (benk_device_set_accessories (fixture->db, benk_device_get_id (device), words,
                                   error))
    return benk_table_fixture_commit (scope);
  benk_scope_free (scope);

  return -1;
}

static char *
get (BenkStoreFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (fixture->db, benk_device_get_id (device), &error);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  all = benk_accessory_list_get (benk_lifecycle_view_get_accessory_list (view));
  for (guint i = 0; i < all->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (all, i);

      g_string_append_printf (text, "%s%s%c", i > 0 ? " " : "", one->kind,
                              "?+-"[one->status]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_is (BenkStoreFixture *fixture, BenkDevice *device, const char *expected)
{
  g_autofree char *is = get (fixture, device);

  g_assert_cmpstr (is, ==, expected);
}

static void
assert_intact (BenkStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVerifyResult) result = benk_verify (fixture->db, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (result->intact);
}

static gboolean
check_undo (BenkDb *db, const BenkJournalRow *undone, gpointer data, GError **error)
{
  return benk_table_accessory_check_undo (db, undone, error);
}

static gint64
undo (BenkStoreFixture *fixture, gint64 seq, GError **error)
{
  BenkChange actor = { .account = "test" };

  return benk_undo (fixture->db, seq, &actor, check_undo, NULL, NULL, error);
}

static gboolean
change_state (BenkStoreFixture *fixture,
              BenkDevice *device,
              BenkDeviceState to,
              GError **error)
{
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);

  if (benk_device_change_state (fixture->db, benk_device_get_id (device), to, NULL, 0,
                                NULL, error))
    {
      benk_table_fixture_commit (scope);
      return TRUE;
    }
  benk_scope_free (scope);

  return FALSE;
}

static void
test_newest_counts (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (fixture, "B", BENK_DEVICE_STATE_RECEIVED);

  assert_is (fixture, a, "power-adapter? collection-tray?");
  g_assert_cmpint (set (fixture, a, "power-adapter- collection-tray+ key-", NULL), >, 0);
  assert_is (fixture, a, "power-adapter- collection-tray+ key-");
  g_assert_cmpint (set (fixture, a, "power-adapter+", NULL), >, 0);
  g_assert_cmpint (set (fixture, a, "collection-tray? key?", NULL), >, 0);
  assert_is (fixture, a, "power-adapter+ collection-tray?");
  assert_is (fixture, b, "power-adapter? collection-tray?");
  assert_intact (fixture);
}

/* What was said already is no change; what no model lists is no accessory. */
static void
test_nothing_new (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_RECEIVED);

  set (fixture, a, "power-adapter+", NULL);
  g_assert_cmpint (set (fixture, a, "power-adapter+ collection-tray?", &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (benk_store_fixture_count (fixture->db,
                                             "SELECT count (*) FROM accessory"),
                   ==, 1);
  g_assert_cmpint (set (fixture, a, "power-adapter- Ole_Hansens_nokkel-", &error), ==,
                   -1);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  assert_is (fixture, a, "power-adapter+ collection-tray?");
}

static void
test_undo (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_RECEIVED);
  gint64 first = set (fixture, a, "power-adapter+ collection-tray+", NULL);
  gint64 second = set (fixture, a, "power-adapter-", NULL);

  g_assert_cmpint (undo (fixture, 0, &error), >, second);
  g_assert_no_error (error);
  assert_is (fixture, a, "power-adapter+ collection-tray+");
  g_assert_cmpint (undo (fixture, first, &error), >, second);
  g_assert_no_error (error);
  assert_is (fixture, a, "power-adapter? collection-tray?");
  assert_intact (fixture);
}

static void
test_undo_refused (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_STOCK);
  gint64 seq = set (fixture, a, "power-adapter+", NULL);

  benk_table_fixture_attest (fixture, a, BENK_FACT_FACTORY_NEW);
  g_assert_true (change_state (fixture, a, BENK_DEVICE_STATE_PREPARING, &error));
  g_assert_no_error (error);
  g_assert_cmpint (undo (fixture, seq, &error), ==, 0);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  assert_is (fixture, a, "power-adapter+ collection-tray?");

  /* A new word is always possible, and can be taken back. */
  g_clear_error (&error);
  seq = set (fixture, a, "power-adapter-", &error);
  g_assert_no_error (error);
  g_assert_cmpint (undo (fixture, seq, &error), >, seq);
  g_assert_no_error (error);
  assert_intact (fixture);
}

static void
test_guard (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_RECEIVED);

  benk_table_fixture_attest (fixture, a, BENK_FACT_LABEL_READ);
  benk_table_fixture_attest (fixture, a, BENK_FACT_CE_MARK);
  benk_table_fixture_attest (fixture, a, BENK_FACT_POWER_ON_TEST);
  benk_table_fixture_attest (fixture, a, BENK_FACT_ACCESSORIES_COMPLETE);
  assert_is (fixture, a, "power-adapter+ collection-tray+");
  set (fixture, a, "power-adapter-", NULL);

  g_assert_false (change_state (fixture, a, BENK_DEVICE_STATE_STOCK, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Missing: Power adapter."));
  g_clear_error (&error);
  set (fixture, a, "power-adapter+", NULL);
  g_assert_true (change_state (fixture, a, BENK_DEVICE_STATE_STOCK, &error));
  g_assert_no_error (error);
}

/* An attested "all are there" leaves no list that says something is missing. */
static void
test_attested (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkDevice) b =
    benk_table_fixture_add_device (fixture, "B", BENK_DEVICE_STATE_RECEIVED);

  set (fixture, a, "power-adapter- key-", NULL);
  set (fixture, b, "power-adapter- key- collection-tray+", NULL);
  benk_table_fixture_attest (fixture, a, BENK_FACT_ACCESSORIES_COMPLETE);
  benk_table_fixture_attest (fixture, b, BENK_FACT_ADAPTER_PRESENT);
  assert_is (fixture, a, "power-adapter+ collection-tray+ key+");
  assert_is (fixture, b, "power-adapter+ collection-tray+ key-");

  /* In the rows too, so that whoever reads only them is told the same. */
  g_assert_cmpint (benk_store_fixture_count (
                     fixture->db, "SELECT count (*) FROM accessory WHERE present = 1"),
                   ==, 4);
  assert_intact (fixture);
}

static int
compare (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A changeset has no order of its own. */
static void
assert_told (BenkHistoryItem *item, BenkVerb verb, const char *expected)
{
  g_auto (GStrv) lines = g_strdupv ((char **) benk_history_item_get_changes (item));
  g_autofree char *told = NULL;

  qsort (lines, g_strv_length (lines), sizeof *lines, compare);
  told = g_strjoinv ("; ", lines);

  g_assert_cmpint (benk_history_item_get_verb (item), ==, verb);
  g_assert_cmpstr (told, ==, expected);
}

static void
test_history (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) a =
    benk_table_fixture_add_device (fixture, "A", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (GPtrArray) items = NULL;

  set (fixture, a, "power-adapter+", NULL);
  set (fixture, a, "power-adapter- key-", NULL);
  items = benk_history_read_device (fixture->db, benk_device_get_id (a), 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 3);
  assert_told (items->pdata[0], BENK_VERB_ACCESSORIES,
               "Key: Not looked at → Missing; Power adapter: There → Missing");
  assert_told (items->pdata[1], BENK_VERB_ACCESSORIES,
               "Power adapter: Not looked at → There");
  g_assert_true (benk_history_item_get_undoable (items->pdata[0]));
}

#define ADD(path, test)                                                                  \
  g_test_add ("/store/accessory/" path, BenkStoreFixture, NULL,                          \
              benk_store_fixture_set_up, test, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("newest-row-of-a-kind-counts", test_newest_counts);
  ADD ("what-is-known-is-no-change", test_nothing_new);
  ADD ("undo-brings-back-what-was-said-before", test_undo);
  ADD ("what-a-state-rests-on-is-not-undone", test_undo_refused);
  ADD ("missing-keeps-out-of-stock-until-it-is-there", test_guard);
  ADD ("attested-complete-leaves-nothing-missing", test_attested);
  ADD ("history-tells-old-and-new", test_history);

  return g_test_run ();
}
