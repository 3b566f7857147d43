/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

#include "benk-model-share.h"

/* Whatever was taken can be looked at from end to end, and be written and read again. */
static void
look_at (BenkModel *model)
{
  g_autoptr (BenkModelDraft) draft = benk_model_draft_new (model);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GBytes) body = benk_model_compose_with_lists (model, none);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkModel) again = benk_model_new_own (body, &error);
  g_autofree char *difference = NULL;

  g_assert_no_error (error);
  difference = benk_model_describe_difference (model, again);
  g_assert_cmpstr (difference, ==, "");
  g_assert_true (g_utf8_validate (benk_model_get_name (model), -1, NULL));
  benk_model_is_serial_usual (model, "PP000533");
  for (guint task = 0; task < BENK_N_TASKS; task++)
    {
      GPtrArray *steps = benk_model_get_checklist (model, (BenkTask) task);

      g_assert_cmpuint (steps->len, <=, BENK_FORM_MAX_STEPS);
      for (guint i = 0; i < steps->len; i++)
        g_assert_true (
          g_utf8_validate (benk_checklist_step_get_text (g_ptr_array_index (steps, i)),
                           -1, NULL));
    }
}

void
benk_fuzz_model (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkModel) model = benk_model_new_own (bytes, &error);

  g_assert_true ((model != NULL) != (error != NULL));
  if (model != NULL)
    look_at (model);
}

void
benk_fuzz_models (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shared =
    benk_model_share_parse ((const char *) data, length, &error);

  g_assert_true ((shared != NULL) != (error != NULL));
  for (guint i = 0; shared != NULL && i < shared->len; i++)
    {
      const BenkSharedModel *one = g_ptr_array_index (shared, i);

      g_assert_true ((one->model != NULL) != (one->entry.verdict == BENK_SHARE_REFUSED));
      g_assert_true ((one->entry.reason != NULL) ==
                     (one->entry.verdict == BENK_SHARE_REFUSED));
      if (one->model != NULL)
        look_at (one->model);
    }
}
