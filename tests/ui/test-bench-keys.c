/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attest-dialog.h"
#include "benk-bench-checklist.h"
#include "benk-checklist-batch-dialog.h"
#include "benk-checklist-editor.h"
#include "benk-checklist-versions.h"
#include "benk-home.h"
#include "benk-keys.h"
#include "benk-plan-dialog.h"
#include "benk-reset-dialog.h"
#include "benk-shot.h"
#include "benk-usb-items-dialog.h"
#include "benk-user-dialog.h"
#include "benk-tab-round.h"

/* The windows of the bench without a mouse. */

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_home_set_up (stage);
  benk_stage_show_window (stage, 1366, 768);
  benk_keys_use (GTK_WINDOW (stage->window));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static GtkWidget *
open_attest (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);

  return benk_attest_dialog_new (GTK_WINDOW (stage->window), stage->session, device,
                                 BENK_FACT_MEDICINE_LOADED);
}

static GtkWidget *
open_batch (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_NEW);

  return benk_checklist_batch_dialog_new (GTK_WINDOW (stage->window), stage->session,
                                          device, BENK_TASK_RESET);
}

static GtkWidget *
open_versions (BenkStage *stage)
{
  return benk_checklist_versions_new (GTK_WINDOW (stage->window), stage->session,
                                      "medido", BENK_TASK_RESET);
}

static GtkWidget *
open_editor (BenkStage *stage)
{
  g_autoptr (BenkChecklistVersion) version =
    benk_checklist_version_new ("medido", BENK_TASK_RESET);

  benk_checklist_form_add (version->form, "medicine-out", BENK_STEP_KIND_TICK, NULL);
  benk_checklist_form_add (version->form, "vendor-reset", BENK_STEP_KIND_TICK, NULL);
  return benk_checklist_editor_new (GTK_WINDOW (stage->window), stage->session, version);
}

static GtkWidget *
open_plan (BenkStage *stage)
{
  return benk_plan_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL,
                               BENK_HOME_USER);
}

static void
on_serial (const char *serial, gpointer unused)
{
  g_error ("nobody has typed the serial");
}

static GtkWidget *
open_reset (BenkStage *stage)
{
  return benk_reset_dialog_new (GTK_WINDOW (stage->window), BENK_HOME_OLD, on_serial,
                                G_OBJECT (stage->session));
}

static GtkWidget *
open_usb_items (BenkStage *stage)
{
  return benk_usb_items_dialog_new (GTK_WINDOW (stage->window), stage->session);
}

static GtkWidget *
open_user (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);

  return GTK_WIDGET (
    benk_user_dialog_new (GTK_WINDOW (stage->window), stage->session, device));
}

typedef struct
{
  const char *name;
  GtkWidget *(*open) (BenkStage *stage);
  guint least;       /* places that Tab reaches */
  gboolean suggests; /* Enter in a line of text does what the window is for */
} Window;

static const Window windows[] = {
  { "attest", open_attest, 2, TRUE },        { "batch", open_batch, 2, FALSE },
  { "versions", open_versions, 2, FALSE },   { "editor", open_editor, 4, FALSE },
  { "plan", open_plan, 6, FALSE },           { "reset", open_reset, 2, TRUE },
  { "usb-items", open_usb_items, 1, FALSE }, { "user", open_user, 2, TRUE },
};

static gboolean
is_closed (gpointer window)
{
  return *(gpointer *) window == NULL || !gtk_widget_get_visible (*(GtkWidget **) window);
}

static gboolean
has_default (GtkWindow *window)
{
  GtkWidget *widget = gtk_window_get_default_widget (window);

  if (ADW_IS_MESSAGE_DIALOG (window))
    return adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (window)) != NULL;
  return widget && (gtk_widget_has_css_class (widget, "suggested-action") ||
                    gtk_widget_has_css_class (widget, "destructive-action"));
}

static void
test_without_mouse (BenkStage *stage, gconstpointer data)
{
  const Window *row = data;
  GtkWidget *window = row->open (stage);
  GtkWidget *seen = window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &seen);
  gtk_window_present (GTK_WINDOW (window));
  benk_shot_settle (window);
  g_assert_cmpuint (benk_tab_round (GTK_WINDOW (window)), >=, row->least);
  g_assert_true (!row->suggests || has_default (GTK_WINDOW (window)));
  benk_keys_press ("Escape");
  g_assert_true (benk_shot_wait (is_closed, &seen, 10));
  if (seen)
    g_object_remove_weak_pointer (G_OBJECT (seen), (gpointer *) &seen);
}

static gboolean
is_signed (gpointer stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, BENK_HOME_OLD);

  return benk_stage_find_window (BENK_TYPE_ATTEST_DIALOG) == NULL && device != NULL;
}

/* The line that is asked for, then Enter. */
static void
test_enter_signs (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_attest (stage);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_shot_settle (dialog);
  benk_keys_type (BENK_HOME_NURSE, 130, NULL);
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (is_signed, stage, 10));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ui/bench-keys/without-mouse/%s", windows[i].name);

      g_test_add (path, BenkStage, &windows[i], set_up, test_without_mouse, tear_down);
    }
  g_test_add ("/ui/bench-keys/enter-signs", BenkStage, NULL, set_up, test_enter_signs,
              tear_down);
  return g_test_run ();
}
