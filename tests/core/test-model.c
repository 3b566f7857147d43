/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-code.h"
#include "benk-error.h"
#include "benk-model.h"

#include <string.h>

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *models = benk_model_load_builtin (&error);

  g_assert_no_error (error);

  return models;
}

static void
test_four_makes (void)
{
  static const char *const ids[] = { "evondos-e300", "medido", "mini-evondos",
                                     "pilly-sms" };
  g_autoptr (GPtrArray) models = load ();

  g_assert_cmpuint (models->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      g_assert_cmpstr (benk_model_get_id (model), ==, ids[i]);
      g_assert_true (benk_model_find (models, ids[i]) == model);
    }
  g_assert_null (benk_model_find (models, "karie"));
  g_assert_null (benk_model_find (models, NULL));
}

static void
test_unknown_stays_unknown (void)
{
  g_autoptr (GPtrArray) models = load ();
  BenkModel *mini = benk_model_find (models, "mini-evondos");

  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      g_assert_cmpint (benk_model_get_usb_standard (model), ==, BENK_KNOWN_UNKNOWN);
      g_assert_cmpint (benk_model_get_usb_extension (model), ==, BENK_KNOWN_UNKNOWN);
      g_assert_cmpint (benk_model_get_times_from_roll (model), ==, BENK_KNOWN_UNKNOWN);
    }
  g_assert_cmpint (benk_model_get_packaging (mini), ==, BENK_PACKAGING_UNKNOWN);
  g_assert_cmpint (benk_model_get_has_imei (mini), ==, BENK_KNOWN_UNKNOWN);
  g_assert_null (benk_model_get_maker (mini));
  g_assert_null (benk_model_get_vendor (mini));
  g_assert_null (benk_model_get_alarm_codes (mini)[0]);
  g_assert_cmpuint (benk_model_get_chambers (mini), ==, 0);
}

static void
test_what_is_known (void)
{
  g_autoptr (GPtrArray) models = load ();
  BenkModel *medido = benk_model_find (models, "medido");
  BenkModel *e300 = benk_model_find (models, "evondos-e300");
  BenkModel *pilly = benk_model_find (models, "pilly-sms");

  g_assert_cmpint (benk_model_get_has_imei (medido), ==, BENK_KNOWN_YES);
  g_assert_cmpint (benk_model_get_packaging (medido), ==, BENK_PACKAGING_MULTIDOSE_ROLL);
  g_assert_cmpstr (benk_model_get_identifier_system (medido), ==,
                   "http://dignio.no/IMEInummer");
  g_assert_cmpint (benk_model_get_packaging (pilly), ==, BENK_PACKAGING_TRAY);
  g_assert_cmpuint (benk_model_get_chambers (pilly), ==, 28);
  g_assert_true (benk_model_is_serial_usual (e300, "pp 000533"));
  g_assert_false (benk_model_is_serial_usual (e300, "000533"));
  g_assert_false (benk_model_is_serial_usual (e300, NULL));
  g_assert_true (benk_model_is_serial_usual (medido, "anything"));
}

typedef struct
{
  const char *usb;
  guint8 oui[3];
  const char *system_model;
  gboolean vouched;
} IdentityRow;

/* All three must be in the file; nothing is taken for granted of a real make. */
static void
test_usb_identity (void)
{
  static const IdentityRow rows[] = {
    { "Extension=true\nOuis=0c1de4;\nSystemModels=Kari 2;\n",
      { 0x0c, 0x1d, 0xe4 },
      "Kari 2",
      TRUE },
    { "Extension=true\nOuis=ffffff;0C1DE4;\nSystemModels=Kari 1;kari 2;\n",
      { 0x0c, 0x1d, 0xe4 },
      "Kari 2",
      TRUE },
    { "Extension=true\nOuis=0c1de4;\nSystemModels=Kari 2;\n",
      { 0x0c, 0x1d, 0xe5 },
      "Kari 2",
      FALSE },
    { "Extension=true\nOuis=0c1de4;\nSystemModels=Kari 2;\n",
      { 0x0c, 0x1d, 0xe4 },
      "Kari 3",
      FALSE },
    { "Extension=true\nOuis=0c1de4;\nSystemModels=Kari 2;\n",
      { 0x0c, 0x1d, 0xe4 },
      NULL,
      FALSE },
    { "Extension=true\nOuis=0c1de4;\n", { 0x0c, 0x1d, 0xe4 }, "Kari 2", FALSE },
    { "Extension=true\nSystemModels=Kari 2;\n", { 0x0c, 0x1d, 0xe4 }, "Kari 2", FALSE },
    { "Extension=unknown\nOuis=0c1de4;\nSystemModels=Kari 2;\n",
      { 0x0c, 0x1d, 0xe4 },
      "Kari 2",
      FALSE },
  };
  g_autoptr (GPtrArray) models = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
        g_strconcat ("[Model]\nId=kari\nName=Kari\nPackaging=tray\n[Usb]\n", rows[i].usb,
                     NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkModel) model = benk_model_new_from_bytes (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpint (benk_model_has_usb_identity (model, rows[i].oui,
                                                    rows[i].system_model),
                       ==, rows[i].vouched);
      for (guint k = 0; k < models->len; k++)
        g_assert_false (benk_model_has_usb_identity (g_ptr_array_index (models, k),
                                                     rows[i].oui, rows[i].system_model));
    }
}

static void
test_names_of_lists (void)
{
  static const char *const rows[][2] = {
    { "Medido", "medido" },
    { "MEDIDO ", "medido" },
    { "Evondos E300", "evondos-e300" },
    { "evondos-e300", "evondos-e300" },
    { "Mini-Evondos", "mini-evondos" },
    { "mini evondos", "mini-evondos" },
    { "Pilly SMS", "pilly-sms" },
    { "pilly", "pilly-sms" },
  };
  g_autoptr (GPtrArray) models = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (benk_model_get_id (benk_model_match (models, rows[i][0])), ==,
                     rows[i][1]);
  g_assert_null (benk_model_match (models, "Trygghetsalarm"));
  g_assert_null (benk_model_match (models, ""));
  g_assert_null (benk_model_match (models, NULL));
}

static void
test_checklists (void)
{
  g_autoptr (GPtrArray) models = load ();

  for (guint i = 0; i < models->len; i++)
    for (guint task = 0; task < BENK_N_TASKS; task++)
      {
        BenkModel *model = g_ptr_array_index (models, i);
        GPtrArray *steps = benk_model_get_checklist (model, task);

        g_assert_cmpuint (steps->len, >=, 4);
        for (guint j = 0; j < steps->len; j++)
          for (guint k = 0; k < j; k++)
            g_assert_true (g_ptr_array_index (steps, j) != g_ptr_array_index (steps, k));
      }

  for (guint task = 0; task < BENK_N_TASKS; task++)
    {
      BenkTask back = BENK_N_TASKS;

      g_assert_true (benk_task_from_name (benk_task_to_name (task), &back));
      g_assert_cmpuint (back, ==, task);
    }
  g_assert_cmpstr (benk_proposed_label (), ==,
                   "Proposed by the program, not decided by the district");
}

static void
test_codes_exist (void)
{
  g_autoptr (GPtrArray) models = load ();

  for (guint i = 0; i < models->len; i++)
    {
      const char *const *codes =
        benk_model_get_alarm_codes (g_ptr_array_index (models, i));

      for (guint j = 0; codes[j] != NULL; j++)
        g_assert_nonnull (benk_alarm_code_find (codes[j]));
    }
}

static void
test_bad_files (void)
{
  static const char *const files[] = {
    "",
    "\xff\xfe\0\0",
    "not a file",
    "[Model]\n",
    "[Model]\nId=x\n",
    "[Model]\nId=Æ\nName=x\n",
    "[Model]\nId=../x\nName=x\n",
    "[Model]\nId=x\nName=x\nPackaging=bucket\n",
    "[Model]\nId=x\nName=x\n[Identifiers]\nSerialPattern=(((\n",
    "[Model]\nId=x\nName=x\n[Checklists]\nReset=hit-it;\n",
  };
  g_autofree char *huge = g_strnfill (70000, '#');
  g_autoptr (GBytes) huge_bytes = g_bytes_new_static (huge, 70000);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i], strlen (files[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (benk_model_new_from_bytes (bytes, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  g_assert_null (benk_model_new_from_bytes (huge_bytes, NULL));
}

static void
test_smallest_file (void)
{
  static const char text[] = "[Model]\nId=karie\nName=Karie\nChambers=-5\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkModel) model = benk_model_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (benk_model_get_name (model), ==, "Karie");
  g_assert_cmpuint (benk_model_get_chambers (model), ==, 0);
  g_assert_cmpuint (benk_model_get_checklist (model, BENK_TASK_RESET)->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/model/four-makes-are-there", test_four_makes);
  g_test_add_func ("/core/model/unknown-stays-unknown", test_unknown_stays_unknown);
  g_test_add_func ("/core/model/what-is-known", test_what_is_known);
  g_test_add_func ("/core/model/names-of-lists", test_names_of_lists);
  g_test_add_func ("/core/model/extension-only-where-a-maker-vouches", test_usb_identity);
  g_test_add_func ("/core/model/checklists-for-every-task", test_checklists);
  g_test_add_func ("/core/model/codes-exist", test_codes_exist);
  g_test_add_func ("/core/model/bad-files-are-refused", test_bad_files);
  g_test_add_func ("/core/model/smallest-file", test_smallest_file);

  return g_test_run ();
}
