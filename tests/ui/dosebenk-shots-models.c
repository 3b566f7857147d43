/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes of the district's own, and other equipment among the dispensers. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-db.h"
#include "benk-model-dialog.h"
#include "benk-model-import-dialog.h"
#include "benk-models.h"
#include "benk-models-dialog.h"
#include "benk-shot.h"

static const char OWN[] =
  "[Model]\nId=buddi\nName=Posifon R\nKind=gps\nMaker=Posifon\nAliases=Posifon;\n\n"
  "[Identifiers]\nImei=true\nSerialExamples=PR12345;PR123456;\n\n"
  "[Vendor]\nPhones=800 12 345;\nHours=08:00–16:00\n\n"
  "[Alarms]\nSeen=1.17;1.20;\n\n[Guidance]\n1.17=Lad den over natten;\n\n"
  "[Checklists]\nReceive=label-read;ce-mark;power-on-test;accessories-complete;\n"
  "Reset=portal-unpaired;vendor-reset;no-person-shown;cleaned;label-removed;\n"
  "Collect=accessories-complete;packed-dry;\n";

static const char FILE_OF_MODELS[] =
  "{\"format\": \"dosebenk-models\", \"version\": 1, \"models\": ["
  "{\"id\": \"karie\", \"file\": \"[Model]\\nId=karie\\nName=Karie\\n"
  "Packaging=cartridge\\n[Vendor]\\nPhones=800 12 345;\"},"
  "{\"id\": \"medimi\", \"file\": \"[Model]\\nId=medimi\\nName=Medimi\"},"
  "{\"id\": \"other\", \"file\": \"[Model]\\nId=other\\nName=Medido\"}]}";

static void
keep_own (BenkStage *stage)
{
  g_autoptr (GBytes) body = g_bytes_new_static (OWN, strlen (OWN));
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  BenkModels *models = benk_session_get_models (stage->session);

  benk_models_add_async (models, body, NULL, benk_stage_keep, &result);
  benk_models_change_finish (models, benk_stage_await (&result), NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
}

static void
type (gpointer dialog, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, id)), text);
}

static void
play_dialogs (BenkStage *stage)
{
  BenkModels *models = benk_session_get_models (stage->session);
  g_autofree char *path = g_build_filename (stage->dir, "x.dosebenk-models", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *parent = GTK_WINDOW (stage->window);
  GtkWidget *dialog = benk_model_dialog_new (parent, stage->session, NULL);

  benk_shots_draw_dialog (GTK_WINDOW (dialog), "model-add-empty");
  dialog = benk_model_dialog_new (parent, stage->session, NULL);
  type (dialog, "name_row", "Medimi");
  type (dialog, "examples_row", "MM123456");
  type (dialog, "try_row", "MM12");
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "model-add");
  dialog =
    benk_model_dialog_new (parent, stage->session, benk_models_find (models, "buddi"));
  gtk_window_set_default_size (GTK_WINDOW (dialog), 620, 1900);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "model-change-long");
  benk_shots_draw_dialog (GTK_WINDOW (benk_models_dialog_new (parent, stage->session)),
                          "models");
  g_file_set_contents (path, FILE_OF_MODELS, -1, NULL);
  benk_shots_draw_dialog (GTK_WINDOW (
                            benk_model_import_dialog_new (parent, stage->session, file)),
                          "models-import");
  g_file_delete (file, NULL, NULL);
}

static gboolean
is_told (gpointer reading)
{
  return benk_reading_get_problem (reading) != NULL;
}

/* As a newer version may have written it on another laptop. */
static void
play_unread (BenkStage *stage)
{
  BenkReading *unread = benk_models_get_unread (benk_session_get_models (stage->session));
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (stage->path, BENK_DB_READ_WRITE, stage->clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, "UPDATE model_file SET body = replace (body, 'Kind=', 'Kind=x')",
                &error);
  g_assert_no_error (error);
  benk_reading_again (unread);
  g_assert_true (benk_shot_wait (is_told, unread, 10));
  benk_shots_draw_dialog (GTK_WINDOW (benk_models_dialog_new (GTK_WINDOW (stage->window),
                                                              stage->session)),
                          "models-unread");
}

static void
play_list (BenkStage *stage, const char *suffix)
{
  static const char *const models[] = { "safety-alarm", "smoke-detector", "buddi" };
  static const char *const serials[] = { "CA-77120", "RV-0042", "PR12345" };

  /* The first is in the sample's list. */
  for (gsize i = 1; i < G_N_ELEMENTS (models); i++)
    benk_stage_add (stage, &(BenkNewDevice){ .model_id = models[i],
                                             .serial = serials[i],
                                             .place = "Skap 3",
                                             .state = BENK_DEVICE_STATE_RECEIVED });
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (BenkDevice) device = benk_stage_find (stage, serials[i]);
      g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
      g_autofree char *name = g_strdup_printf ("other-%s%s", models[i], suffix);

      gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
      benk_shots_draw (stage->window, name);
    }
}

/**
 * benk_shots_play_models:
 *
 * Draws models and other equipment, on a small and a large screen.
 */
void
benk_shots_play_models (void)
{
  for (guint wide = 0; wide < 2; wide++)
    {
      BenkStage stage;

      benk_stage_set_up (&stage, FALSE);
      benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
      benk_shots_fill (&stage);
      benk_stage_show_window (&stage, wide ? 1920 : 1366, wide ? 1080 : 768);
      keep_own (&stage);
      if (!wide)
        play_dialogs (&stage);
      benk_window_show_page (stage.window, "devices");
      play_list (&stage, wide ? "-wide" : "");
      if (wide)
        play_unread (&stage);
      benk_stage_tear_down (&stage);
    }
}
