/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attest-dialog.h"
#include "benk-edit-device-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"

/* What is missing, and what is owed, leads to the place where it is done. */

#define LIST                                                                             \
  "Model;Serial;Status;User;Lease until\n"                                               \
  "Medido;STOCK1;På lager;;01.02.2026\n"                                                \
  "Medido;PREP1;Under klargjøring;;\n"                                                  \
  "Medido;QUAR1;Karantene;;\n"                                                           \
  "Medido;RMA1;Retur meldt;;\n"                                                          \
  "Medido;READY1;Klargjort;4711;\n"                                                      \
  "Medido;USE1;I drift;4711;\n"                                                          \
  "Medido;PAUSE1;Midlertidig stopp;4712;\n"

typedef struct
{
  const char *name;
  const char *serial;
  const char *words; /* of the guard */
  GType (*dialog) (void);
  const char *page; /* that is shown then; else @dialog */
} Link;

static const Link links[] = {
  { "signed", "READY1", "Named health personnel have not loaded the medicine.",
    benk_attest_dialog_get_type, NULL },
  { "written-about-it", "STOCK1", "The lease has ended.",
    benk_edit_device_dialog_get_type, NULL },
  { "on-the-bench", "PREP1", "The settings have not been read back and found equal.",
    NULL, "bench" },
  { "a-reset-before-an-exception", "STOCK1", "The reset is not proven.", NULL, "bench" },
  { "among-alarms", "QUAR1", "The device has open alarms.", NULL, "alarms" },
  { "among-returns", "RMA1", "The vendor has not answered with a return number.", NULL,
    "returns" },
  { "owed", "PAUSE1", "No test alarm has been seen to arrive.",
    benk_attest_dialog_get_type, NULL },
};

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  path = g_build_filename (stage->dir, "list.csv", NULL);
  g_file_set_contents (path, LIST, -1, &error);
  g_assert_no_error (error);
  benk_stage_import (stage, path);
  alarm = benk_stage_alarm (stage, "QUAR1", "1.5", 60000);
  benk_stage_attest (stage, "PAUSE1", BENK_FACT_MEDICINE_CHECKED, NULL, "Nurse");
  benk_stage_attest (stage, "PAUSE1", BENK_FACT_TIMES_CONFIRMED, NULL, "Nurse");
  benk_stage_set_state (stage, "PAUSE1", BENK_DEVICE_STATE_OPERATION, "No network");
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static const char *
get_row_title (GtkWidget *widget)
{
  return ADW_IS_PREFERENCES_ROW (widget)
           ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget))
           : NULL;
}

/* @words: the row that the button stands in; NULL inside of it */
static GtkWidget *
find_button (GtkWidget *widget, const char *words)
{
  if (words && g_strcmp0 (get_row_title (widget), words) == 0)
    return find_button (widget, NULL);
  if (!words && GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "Do It…") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, words);

      if (found)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *details;
  const char *words;
} Sought;

static gboolean
is_there (gpointer user_data)
{
  Sought *sought = user_data;

  return find_button (sought->details, sought->words) != NULL;
}

static GtkWidget *
show_link (BenkStage *stage, const char *serial, const char *words)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
  GtkWidget *page;
  Sought sought = { NULL, words };

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
  page = benk_window_get_page (stage->window, "devices");
  sought.details = benk_stage_get_child (page, "details");
  if (!benk_shot_wait (is_there, &sought, 10))
    g_error ("%s: no link beside “%s”", serial, words);
  return find_button (sought.details, words);
}

typedef struct
{
  BenkStage *stage;
  const char *page;
} Page;

static gboolean
is_on_page (gpointer user_data)
{
  Page *page = user_data;

  return g_strcmp0 (gtk_stack_get_visible_child_name (
                      GTK_STACK (benk_stage_get_child (page->stage->window, "stack"))),
                    page->page) == 0;
}

static void
test_leads_there (BenkStage *stage, gconstpointer data)
{
  const Link *link = data;
  GtkWidget *button = show_link (stage, link->serial, link->words);
  Page page = { stage, link->page };

  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_true (gtk_widget_get_focusable (button));
  g_signal_emit_by_name (button, "clicked");
  if (link->dialog)
    gtk_window_destroy (benk_stage_wait_window (link->dialog ()));
  else
    g_assert_true (benk_shot_wait (is_on_page, &page, 10));
}

static gboolean
has_two (gpointer page)
{
  GtkSelectionModel *rows =
    gtk_column_view_get_model (GTK_COLUMN_VIEW (benk_stage_get_child (page, "view")));

  return g_list_model_get_n_items (G_LIST_MODEL (rows)) == 2;
}

/* The other device of that user is the way on. */
static void
test_other_device_of_user (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *button = show_link (stage, "READY1", "The user has another active device.");

  g_signal_emit_by_name (button, "clicked");
  g_assert_true (
    benk_shot_wait (has_two, benk_window_get_page (stage->window, "devices"), 10));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/guard-links/%s", links[i].name);

      g_test_add (path, BenkStage, &links[i], set_up, test_leads_there, tear_down);
    }
  g_test_add ("/ui/guard-links/the-other-device-of-the-user", BenkStage, NULL, set_up,
              test_other_device_of_user, tear_down);
  return g_test_run ();
}
