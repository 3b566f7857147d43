/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-code.h"
#include "benk-checklist-form.h"
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
test_six_makes_and_other_equipment (void)
{
  static const char *const ids[] = { "dosell", "evondos-e300", "karie",
                                     "medido", "mini-evondos", "pilly-sms",
                                     "gps",    "safety-alarm", "smoke-detector" };
  g_autoptr (GPtrArray) models = load ();

  g_assert_cmpuint (models->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      g_assert_cmpstr (benk_model_get_id (model), ==, ids[i]);
      g_assert_true (benk_model_find (models, ids[i]) == model);
      g_assert_cmpint (benk_model_kind_gives_doses (benk_model_get_kind (model)), ==,
                       i < 6);
      g_assert_false (benk_model_is_own (model));
    }
  g_assert_null (benk_model_find (models, "dosecan"));
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

  /* Of these only how the medicine is packed is published. */
  for (guint i = 0; i < 2; i++)
    {
      BenkModel *model = benk_model_find (models, i == 0 ? "karie" : "dosell");

      g_assert_cmpint (benk_model_get_packaging (model), ==,
                       i == 0 ? BENK_PACKAGING_CARTRIDGE : BENK_PACKAGING_POUCHES);
      g_assert_cmpint (benk_model_get_has_imei (model), ==, BENK_KNOWN_UNKNOWN);
      g_assert_null (benk_model_get_maker (model));
      g_assert_null (benk_model_get_vendor (model));
      g_assert_null (benk_model_get_alarm_codes (model)[0]);
      g_assert_null (benk_model_get_phones (model)[0]);
      g_assert_null (benk_model_get_hours (model));
      g_assert_false (benk_model_has_serial_pattern (model));
    }
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
    { "Karie", "karie" },
    { "Dosell", "dosell" },
    { "iZafe Dosell", "dosell" },
    { "D36700C-01", "dosell" },
    { "Trygghetsalarm", "safety-alarm" },
    { "Safety alarm", "safety-alarm" },
    { "RØYKVARSLER", "smoke-detector" },
    { "gps", "gps" },
    { "GPS-sporing", "gps" },
  };
  g_autoptr (GPtrArray) models = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (benk_model_get_id (benk_model_match (models, rows[i][0])), ==,
                     rows[i][1]);
  g_assert_null (benk_model_match (models, "Rullator"));
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
        gboolean settings = task == BENK_TASK_MAKE_READY || task == BENK_TASK_SETTINGS ||
                            task == BENK_TASK_SWAP;

        if (benk_model_kind_gives_doses (benk_model_get_kind (model)))
          g_assert_cmpuint (steps->len, >=, 4);
        else
          g_assert_cmpint (steps->len > 0, ==, !settings);
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
    "[Model]\nId=x\nName=x\nKind=toaster\n",
    "[Model]\nId=x\nName=x\n[Identifiers]\nSerialPattern=(((\n",
    "[Model]\nId=x\nName=x\n[Identifiers]\nSerialExamples=;;\n",
    "[Model]\nId=x\nName=x\n[Alarms]\nSeen=9.9;\n",
    "[Model]\nId=x\nName=x\n[Guidance]\n9.9=Phone;\n",
    "[Model]\nId=x\nName=x\n[Guidance]\n1.1=Phone;;\n",
    "[Model]\nId=x\nName=x\n[Vendor]\nPhones=1;2;3;4;5;6;7;8;9;\n",
    /* a list that would say more than was done */
    "[Model]\nId=x\nName=x\n[Checklists]\nReset=cleaned;\n",
    "[Model]\nId=x\nName=x\nKind=gps\n[Checklists]\nReset=cleaned;\n",
    /* own words without a kind, a step of nobody, twice the same */
    "[Model]\nId=x\nName=x\n[Checklists]\nCollect=medicine-removed;own-1;\n",
    "[Model]\nId=x\nName=x\n[Checklists]\nCollect=medicine-removed;own-1;\n"
    "[Collect]\nown-1=Phone\n",
    "[Model]\nId=x\nName=x\n[Checklists]\nCollect=medicine-removed;own-1;own-1;\n"
    "[Collect]\nown-1=tick|Phone\n",
    "[Model]\nId=x\nName=x\n[Checklists]\nCollect=medicine-removed;\n"
    "[Collect]\nmedicine-removed=tick|Less than it asks for\n",
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

static BenkModel *
read_own (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BenkModel *model = benk_model_new_own (bytes, &error);

  g_assert_no_error (error);
  return model;
}

static void
test_serial_examples (void)
{
  static const struct
  {
    const char *examples;
    const char *serial;
    gboolean usual;
  } rows[] = {
    { "PP000533", "pp 000534", TRUE },  { "PP000533", "PP00534", FALSE },
    { "PP000533", "PP0005341", FALSE }, { "PP000533", "P1000534", FALSE },
    { "A12;A12345", "A1234", TRUE },    { "A12;A12345", "A1", FALSE },
    { "A12;12A", "34B", TRUE },         { "A12;12A", "A12B", FALSE },
    { "SN.1/2", "sn.3/4", TRUE },       { "SN.1/2", "SNX3/4", FALSE },
    { "Æ123", "anything", TRUE },       { "", "anything", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("[Model]\nId=x\nName=x\n[Identifiers]\nSerialExamples=%s\n",
                         rows[i].examples);
      g_autoptr (BenkModel) model = read_own (text);

      g_test_message ("%s: %s", rows[i].examples, rows[i].serial);
      g_assert_cmpint (benk_model_is_serial_usual (model, rows[i].serial), ==,
                       rows[i].usual);
    }
}

/* Nested repeats would take longer than a life with a serial of this length. */
/* Only one model can be meant, or none is. */
static void
test_guess (void)
{
  static const struct
  {
    const char *serial;
    const char *model;
  } rows[] = {
    { "PP000533", "evondos-e300" },
    { "X-9", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  g_autoptr (GPtrArray) models = load ();
  BenkModel *evondos = benk_model_find (models, "evondos-e300");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkModel *guess = benk_model_guess (models, rows[i].serial);

      g_assert_cmpstr (guess != NULL ? benk_model_get_id (guess) : NULL, ==,
                       rows[i].model);
    }
  g_ptr_array_add (models, g_object_ref (evondos));
  g_assert_null (benk_model_guess (models, "PP000533"));
}

static void
test_slow_pattern (void)
{
  g_autoptr (BenkModel) model =
    read_own ("[Model]\nId=x\nName=x\n[Identifiers]\nSerialPattern=^((A+)+)+$\n");
  g_autofree char *serial = g_strnfill (200, 'A');
  g_autofree char *odd = g_strconcat (serial, "!", NULL);
  gint64 start = g_get_monotonic_time ();

  g_assert_false (benk_model_is_serial_usual (model, odd));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

static void
test_what_a_district_writes (void)
{
  g_autoptr (BenkModel) model =
    read_own ("[Model]\nId=our-gps\nKind=gps\nName=Our GPS\n"
              "[Vendor]\nPhones=22 00 00 00;81 00 00 00;\nHours=Mon-Fri 8-16\n"
              "[Alarms]\nSeen=1.17;1.20;\n[Guidance]\n1.17=Charge it;Phone us;\n"
              "[Usb]\nExtension=true\nOuis=0c1de4;\nSystemModels=Kari 2;\n"
              "[Checklists]\nCollect=own-1;accessories-complete;\n"
              "[Collect]\nown-1=value|Note the number of the SIM card|SIM\n"
              "accessories-complete=photo|\n");
  static const guint8 oui[] = { 0x0c, 0x1d, 0xe4 };
  GPtrArray *steps = benk_model_get_checklist (model, BENK_TASK_COLLECT);
  g_autoptr (BenkChecklistForm) form =
    benk_checklist_form_new_proposed (BENK_MODEL_KIND_GPS, BENK_TASK_COLLECT, steps);
  const BenkFormStep *own = g_ptr_array_index (form->steps, 0);
  const BenkFormStep *counted = g_ptr_array_index (form->steps, 1);

  g_assert_true (benk_model_is_own (model));
  g_assert_cmpstr (benk_model_get_phones (model)[1], ==, "81 00 00 00");
  g_assert_cmpstr (benk_model_get_hours (model), ==, "Mon-Fri 8-16");
  g_assert_cmpstr (benk_model_get_guidance (model, "1.17")[1], ==, "Phone us");
  g_assert_null (benk_model_get_guidance (model, "1.20"));
  g_assert_null (benk_model_get_guidance (model, NULL));
  /* Nobody vouches for writing over USB by typing it. */
  g_assert_false (benk_model_has_usb_identity (model, oui, "Kari 2"));

  g_assert_cmpstr (own->text, ==, "Note the number of the SIM card|SIM");
  g_assert_cmpint (own->kind, ==, BENK_STEP_KIND_VALUE);
  g_assert_cmpint (benk_form_step_get_fact (own), ==, BENK_FACT_NONE);
  g_assert_null (counted->text);
  g_assert_cmpint (counted->kind, ==, BENK_STEP_KIND_PHOTO);
  g_assert_cmpint (benk_form_step_get_fact (counted), ==, BENK_FACT_ACCESSORIES_COMPLETE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/model/six-makes-and-other-equipment-are-there",
                   test_six_makes_and_other_equipment);
  g_test_add_func ("/core/model/unknown-stays-unknown", test_unknown_stays_unknown);
  g_test_add_func ("/core/model/what-is-known", test_what_is_known);
  g_test_add_func ("/core/model/names-of-lists", test_names_of_lists);
  g_test_add_func ("/core/model/extension-only-where-a-maker-vouches", test_usb_identity);
  g_test_add_func ("/core/model/checklists-for-every-task", test_checklists);
  g_test_add_func ("/core/model/codes-exist", test_codes_exist);
  g_test_add_func ("/core/model/bad-files-are-refused", test_bad_files);
  g_test_add_func ("/core/model/smallest-file", test_smallest_file);

  g_test_add_func ("/core/model/examples-tell-what-serials-look-like",
                   test_serial_examples);
  g_test_add_func ("/core/model/a-serial-tells-one-model-or-none", test_guess);
  g_test_add_func ("/core/model/a-slow-pattern-ends-soon", test_slow_pattern);
  g_test_add_func ("/core/model/what-a-district-writes", test_what_a_district_writes);

  return g_test_run ();
}
