/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <string.h>

#include "benk-book.h"
#include "benk-import-dialog.h"
#include "benk-shot.h"

static GFile *
write_file (const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

  if (!g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                            (gssize) g_bytes_get_size (bytes), NULL))
    g_error ("%s cannot be written", path);
  return g_file_new_for_path (path);
}

static GFile *
write_text (const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return write_file (name, bytes);
}

/* Forty rows that need a person, between others. */
static GFile *
write_wrong (void)
{
  g_autoptr (GString) text =
    g_string_new ("Type;Serienr;IMEI;Status;Plassering;Garanti til\n");

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (text, "Medido;MD08%05u;%s;På lager;Hylle A1;%s\n", i,
                            i % 6 == 0 ? "3,56938E+14" : "",
                            i % 6 == 3 ? "31.02.2027" : "15.07.2027");
  return write_text ("mange-feil.csv", text->str);
}

static GFile *
write_book (void)
{
#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
  const BenkBook book = {
    .sheets = { "Les meg", "Lager bydel", "Kassert 2024" },
    .rows = { "<row>" CELL ("Dette er lageret til bydelen") "</row>",
              "<row>" CELL ("Modell") CELL ("Serienummer")
                CELL ("Status") "</row><row>" CELL ("Medido") CELL ("MD0801001")
                  CELL ("På lager") "</row>",
              "" },
  };
  g_autoptr (GBytes) bytes = benk_book_make (&book);

  return write_file ("lager.xlsx", bytes);
}

static void
draw_list (BenkStage *stage, GFile *list, const char *name)
{
  GtkWidget *dialog = benk_import_dialog_new (GTK_WINDOW (stage->window), stage->session);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), list);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), name);
  g_file_delete (list, NULL, NULL);
  g_object_unref (list);
}

static void
click (GtkWidget *dialog, const char *button)
{
  g_signal_emit_by_name (benk_stage_get_child (dialog, button), "clicked");
}

static void
draw_wrong (BenkStage *stage)
{
  GtkWidget *dialog = benk_import_dialog_new (GTK_WINDOW (stage->window), stage->session);
  g_autoptr (GFile) list = write_wrong ();

  gtk_window_present (GTK_WINDOW (dialog));
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), list);
  benk_shots_draw (dialog, "import-wrong-columns");
  click (dialog, "next_button");
  benk_shots_draw (dialog, "import-wrong");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (
                                 benk_stage_get_child (dialog, "all_button")),
                               TRUE);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "import-wrong-all");
  g_file_delete (list, NULL, NULL);
}

static void
move_one (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0001003");
  g_autoptr (GAsyncResult) result = NULL;
  BenkInventory *inventory = benk_session_get_inventory (stage->session);

  benk_inventory_move_async (inventory, benk_device_get_id (device), 1, "Hylle Z", NULL,
                             benk_stage_keep, &result);
  benk_inventory_change_finish (inventory, benk_stage_await (&result), NULL, NULL);
}

/* What a portal exported: with a word nobody knows, an unknown device, one that is over.
 */
static void
draw_alarms (BenkStage *stage)
{
  GtkWidget *dialog =
    benk_import_dialog_new_alarms (GTK_WINDOW (stage->window), stage->session);
  g_autoptr (GFile) list =
    write_text ("varsler.csv", "Serienr;Hendelse;Tidspunkt;Status\n"
                               "MD0001003;Rull sitter fast;02.03.2026 08:05;Åpen\n"
                               "MD0001003;Skuffen piper;02.03.2026 08:10;Åpen\n"
                               "ZZ-9;Uten strøm;02.03.2026 08:00;Åpen\n"
                               "MD0001003;Rull sitter fast;;Åpen\n"
                               "PP001007;Lavt batteri;01.03.2026 10:00;Lukket\n");

  gtk_window_present (GTK_WINDOW (dialog));
  benk_shots_draw (dialog, "import-alarms-choose");
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), list);
  benk_shots_draw (dialog, "import-alarms-columns");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "portal_entry")),
                         "Evondos portal");
  click (dialog, "next_button");
  benk_shots_draw (dialog, "import-alarms-preview");
  click (dialog, "import_button");
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "import-alarms-done");
  g_file_delete (list, NULL, NULL);
}

/**
 * benk_shots_play_import:
 * @stage: an empty store with its window
 *
 * Imports the office's list, with a wrong file first, and other lists that are only
 * looked at.
 */
void
benk_shots_play_import (BenkStage *stage)
{
  GtkWindow *parent = GTK_WINDOW (stage->window);
  g_autoptr (GFile) file = g_file_new_for_path (BENK_SAMPLE_LIST);
  GtkWidget *dialog = benk_import_dialog_new (parent, stage->session);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_shots_draw (dialog, "import-choose");
  draw_list (stage, write_text ("tom.csv", ""), "import-empty-file");
  draw_list (stage,
             write_text ("ord.csv",
                         "Type;Serienr;Tilstand\nMedido;A1;Utlånt til nabobydel\n"
                         "Medido;A2;Vrak\nMedido;A3;På lager\n"),
             "import-words");
  draw_list (stage, write_text ("ukjent.csv", "Boks;Kode\nMedido;A1\nMedido;A2\n"),
             "import-unknown-columns");
  draw_list (stage, write_book (), "import-sheets");
  draw_wrong (stage);
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), file);
  benk_shots_draw (dialog, "import-columns");
  click (dialog, "next_button");
  benk_shots_draw (dialog, "import-preview");
  click (dialog, "import_button");
  benk_shots_draw (dialog, "import-done");
  move_one (stage);
  click (dialog, "undo_button");
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                          "import-undo-held");
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  draw_alarms (stage);
}
