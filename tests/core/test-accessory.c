/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-accessory.h"
#include "benk-error.h"
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

  return g_test_run ();
}
