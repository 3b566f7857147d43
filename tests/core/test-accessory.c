/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-accessory.h"
#include "benk-error.h"
#include "benk-lifecycle.h"
#include "benk-model.h"

#include <string.h>

static BenkModel *
make_model (const char *accessories, GError **error)
{
  g_autofree char *text =
    g_strconcat ("[Model]\nId=kari\nName=Kari\n[Accessories]\n", accessories, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return benk_model_new_from_bytes (bytes, error);
}

/* No maker has said what comes with a device, so every list of ours says so. */
static void
test_proposed (void)
{
  g_autoptr (GPtrArray) models = benk_model_load_builtin (NULL);

  g_assert_nonnull (models);
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);
      const char *const *kinds = benk_model_get_accessories (model);

      g_assert_cmpint (benk_model_is_accessories_proposed (model), ==, kinds[0] != NULL);
      for (guint k = 0; kinds[k] != NULL; k++)
        g_assert_cmpstr (benk_accessory_kind_get_label (kinds[k]), !=, kinds[k]);
    }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkModel) model = make_model ("", &error);

  g_assert_no_error (error);
  g_assert_null (benk_model_get_accessories (model)[0]);
  g_assert_false (benk_model_is_accessories_proposed (model));
}

static void
test_own_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkModel) model =
    make_model ("Kinds=power-adapter; Veggfeste i stål ;key;\n", &error);
  const char *const *kinds;

  g_assert_no_error (error);
  kinds = benk_model_get_accessories (model);
  g_assert_cmpuint (g_strv_length ((char **) kinds), ==, 3);
  g_assert_cmpstr (kinds[1], ==, "Veggfeste i stål");
  g_assert_cmpstr (benk_accessory_kind_get_label (kinds[1]), ==, "Veggfeste i stål");
  g_assert_cmpstr (benk_accessory_kind_get_label (kinds[0]), ==, "Power adapter");
  g_assert_false (benk_model_is_accessories_proposed (model));

  g_assert_true (benk_accessory_kind_match (kinds, "VEGGFESTE I STÅL") == kinds[1]);
  g_assert_true (benk_accessory_kind_match (kinds, "power adapter") == kinds[0]);
  g_assert_null (benk_accessory_kind_match (kinds, "tray"));
  g_assert_null (benk_accessory_kind_match (kinds, NULL));
}

static void
test_bad_lists (void)
{
  static const char *const lists[] = {
    "Kinds=key;Key;\n",
    "Kinds=key;;tray;\n",
    "Kinds=a\\tb;\n",
    "Kinds=abcdefghijabcdefghijabcdefghijabcdefghijX;\n",
    "Kinds=1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make_model (lists[i], &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

static void
test_one_builtin (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkModel) medido = benk_model_load_builtin_one ("medido", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (benk_model_get_id (medido), ==, "medido");
  g_assert_null (benk_model_load_builtin_one ("dosecan", &error));
  g_assert_null (benk_model_load_builtin_one ("../models/medido", &error));
  g_assert_no_error (error);
}

static void
test_power (void)
{
  g_assert_true (benk_accessory_kind_gives_power ("power-adapter"));
  g_assert_true (benk_accessory_kind_gives_power ("batteries"));
  g_assert_false (benk_accessory_kind_gives_power ("key"));
  g_assert_false (benk_accessory_kind_gives_power ("Power adapter"));
}

static void
test_statuses (void)
{
  for (guint i = 0; i < BENK_N_ACCESSORY_STATUSES; i++)
    {
      BenkAccessoryStatus back = BENK_N_ACCESSORY_STATUSES;

      g_assert_true (
        benk_accessory_status_from_name (benk_accessory_status_to_name (i), &back));
      g_assert_cmpuint (back, ==, i);
    }
}

/* What was said, in order: a kind with + there, - missing or ? not looked at; "all" and
 * "power" stand for what is attested of several, "back" for the day the device comes
 * back.
 */
typedef struct
{
  const char *listed;
  const char *said;
  gboolean complete;
  gboolean power;
  gboolean out_of_ready;
  const char *lack;
} TruthRow;

static const TruthRow truths[] = {
  { "power-adapter tray", "", FALSE, FALSE, FALSE,
    "Not looked at: Power adapter, Tray." },
  { "power-adapter tray", "tray+", FALSE, FALSE, FALSE, "Not looked at: Power adapter." },
  { "power-adapter tray", "power-adapter+", FALSE, TRUE, FALSE, "Not looked at: Tray." },
  { "power-adapter tray", "power-adapter+ tray+", TRUE, TRUE, FALSE, NULL },
  { "power-adapter tray", "power-adapter- tray+", FALSE, FALSE, TRUE,
    "Missing: Power adapter." },
  { "power-adapter tray", "power-adapter-", FALSE, FALSE, TRUE,
    "Missing: Power adapter. Not looked at: Tray." },
  { "power-adapter tray", "power-adapter+ tray-", FALSE, TRUE, FALSE, "Missing: Tray." },
  { "power-adapter tray", "power-adapter- power-adapter+ tray+", TRUE, TRUE, FALSE,
    NULL },
  { "power-adapter tray", "power-adapter+ tray+ tray?", FALSE, TRUE, FALSE,
    "Not looked at: Tray." },
  /* what people attested before there were rows still counts */
  { "power-adapter tray", "all", TRUE, TRUE, FALSE, NULL },
  { "power-adapter tray", "power", FALSE, TRUE, FALSE, "Not looked at: Tray." },
  { "", "all", TRUE, TRUE, FALSE, NULL },
  { "", "power", FALSE, TRUE, FALSE, NULL },
  { "", "", FALSE, FALSE, FALSE, NULL },
  /* of both the later word counts */
  { "power-adapter tray", "all power-adapter-", FALSE, FALSE, TRUE,
    "Missing: Power adapter." },
  { "power-adapter tray", "power-adapter- all", TRUE, TRUE, FALSE, NULL },
  { "power-adapter tray", "all tray?", FALSE, TRUE, FALSE, "Not looked at: Tray." },
  { "", "all key-", FALSE, TRUE, FALSE, "Missing: Key." },
  { "", "all charger-", FALSE, FALSE, TRUE, "Missing: Charger." },
  { "", "key+", FALSE, FALSE, FALSE, NULL },
  /* what was there before it was with a user says nothing of today; a lack lasts */
  { "power-adapter tray", "power-adapter+ tray+ back", FALSE, FALSE, FALSE,
    "Not looked at: Power adapter, Tray." },
  { "power-adapter tray", "power-adapter- tray+ back", FALSE, FALSE, TRUE,
    "Missing: Power adapter. Not looked at: Tray." },
  { "power-adapter tray", "all back", FALSE, FALSE, FALSE,
    "Not looked at: Power adapter, Tray." },
  { "power-adapter tray", "back all", TRUE, TRUE, FALSE, NULL },
  /* a model without an adapter has power when it is complete; batteries count too */
  { "Veggfeste", "Veggfeste+", TRUE, TRUE, FALSE, NULL },
  { "Veggfeste", "Veggfeste-", FALSE, FALSE, FALSE, "Missing: Veggfeste." },
  { "batteries tray", "batteries- tray+", FALSE, FALSE, TRUE, "Missing: Batteries." },
};

static void
say (BenkLifecycleView *view, const char *word, gint64 order)
{
  gsize length = strlen (word);
  g_autofree char *kind = g_strndup (word, length - 1);

  if (g_str_equal (word, "back"))
    benk_lifecycle_view_add_transition (view, BENK_DEVICE_STATE_QUARANTINE,
                                        BENK_DEVICE_STATE_RESET, order, order);
  else if (g_str_equal (word, "all") || g_str_equal (word, "power"))
    benk_lifecycle_view_add_fact (view,
                                  g_str_equal (word, "all")
                                    ? BENK_FACT_ACCESSORIES_COMPLETE
                                    : BENK_FACT_ADAPTER_PRESENT,
                                  order, FALSE, FALSE);
  else
    benk_accessory_list_add_word (benk_lifecycle_view_get_accessory_list (view), kind,
                                  word[length - 1] == '+' ? BENK_ACCESSORY_THERE
                                  : word[length - 1] == '-'
                                    ? BENK_ACCESSORY_MISSING
                                    : BENK_ACCESSORY_NOT_LOOKED_AT,
                                  order);
}

static BenkLifecycleView *
tell (const TruthRow *row, BenkDeviceState state)
{
  g_auto (GStrv) listed = g_strsplit (row->listed, " ", -1);
  g_auto (GStrv) said = g_strsplit (row->said, " ", -1);
  BenkLifecycleView *view =
    benk_lifecycle_view_new (state, BENK_ORIGIN_REGISTERED, FALSE, 1000);

  for (guint i = 0; listed[i] != NULL; i++)
    benk_accessory_list_add_kind (benk_lifecycle_view_get_accessory_list (view),
                                  listed[i]);
  benk_lifecycle_view_add_transition (view, -1, BENK_DEVICE_STATE_RECEIVED, 1, 1);
  for (guint i = 0; said[i] != NULL; i++)
    say (view, said[i], 2 + i);

  return view;
}

static const BenkGuardResult *
find_result (GPtrArray *results, const char *id)
{
  for (guint i = 0; i < results->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->guard->id, id))
        return result;
    }
  g_assert_not_reached ();
}

static void
test_truth (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (truths); i++)
    {
      const TruthRow *row = &truths[i];
      g_autoptr (BenkLifecycleView) reset = tell (row, BENK_DEVICE_STATE_RESET);
      g_autoptr (BenkLifecycleView) stock = tell (row, BENK_DEVICE_STATE_STOCK);
      g_autoptr (BenkLifecycleView) preparing = tell (row, BENK_DEVICE_STATE_PREPARING);
      g_autoptr (GPtrArray) a = benk_lifecycle_check (reset, BENK_DEVICE_STATE_STOCK);
      g_autoptr (GPtrArray) b = benk_lifecycle_check (stock, BENK_DEVICE_STATE_PREPARING);
      g_autoptr (GPtrArray) c = benk_lifecycle_check (preparing, BENK_DEVICE_STATE_READY);
      const BenkGuardResult *complete = find_result (a, "accessories-complete");

      g_test_message ("listed “%s”, said “%s”", row->listed, row->said);
      g_assert_cmpint (complete->status, ==,
                       row->complete ? BENK_GUARD_MET : BENK_GUARD_MISSING);
      g_assert_cmpint (find_result (b, "adapter-present")->status, ==,
                       row->power ? BENK_GUARD_MET : BENK_GUARD_MISSING);
      g_assert_cmpint (find_result (c, "adapter-not-missing")->status, ==,
                       row->out_of_ready ? BENK_GUARD_MISSING : BENK_GUARD_MET);
      g_assert_cmpstr (complete->lack, ==, row->lack);
    }
}

static void
test_refusal_names (void)
{
  g_autoptr (BenkLifecycleView) view = tell (&truths[5], BENK_DEVICE_STATE_RESET);
  g_autoptr (GError) error = NULL;

  g_assert_false (
    benk_lifecycle_allow (view, BENK_DEVICE_STATE_STOCK, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message,
                            "The accessories have not been found complete."
                            " Missing: Power adapter."));
}

static void
test_order_of_rows (void)
{
  g_autoptr (BenkLifecycleView) view = tell (&truths[0], BENK_DEVICE_STATE_STOCK);
  g_autoptr (GPtrArray) all = NULL;

  say (view, "Veggfeste-", 9);
  say (view, "key?", 10);
  all = benk_accessory_list_get (benk_lifecycle_view_get_accessory_list (view));
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((BenkAccessory *) all->pdata[0])->kind, ==, "power-adapter");
  g_assert_cmpstr (((BenkAccessory *) all->pdata[2])->kind, ==, "Veggfeste");
  g_assert_false (((BenkAccessory *) all->pdata[2])->listed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/accessory/builtin-lists-are-proposals", test_proposed);
  g_test_add_func ("/core/accessory/unlisted-is-not-known", test_unknown);
  g_test_add_func ("/core/accessory/own-kinds-keep-their-words", test_own_words);
  g_test_add_func ("/core/accessory/bad-lists-are-refused", test_bad_lists);
  g_test_add_func ("/core/accessory/one-builtin-model-is-found", test_one_builtin);
  g_test_add_func ("/core/accessory/what-gives-power", test_power);
  g_test_add_func ("/core/accessory/status-names-come-back", test_statuses);

  g_test_add_func ("/core/accessory/last-word-counts-and-guards-follow", test_truth);
  g_test_add_func ("/core/accessory/refusal-names-what-is-missing", test_refusal_names);
  g_test_add_func ("/core/accessory/listed-kinds-come-first", test_order_of_rows);

  return g_test_run ();
}
