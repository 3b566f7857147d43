/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-dialog.h"
#include "benk-keys.h"
#include "benk-attention.h"
#include "benk-preferences.h"
#include "benk-quiet-dialog.h"
#include "benk-scan-test-dialog.h"
#include "benk-settings.h"
#include "benk-shot.h"
#include "benk-staff-dialog.h"
#include "benk-tab-round.h"

/* Preferences by keys. */

#define FAST 3
#define DAYS_KEY "stock-ending-days"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice device = { .model_id = "medido",
                                        .serial = "MD1",
                                        .state = BENK_DEVICE_STATE_RECEIVED };

  benk_keys_set_up (stage, &device, 1);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GSettings) settings = benk_settings_new ();

  g_assert_nonnull (settings);
  g_settings_reset (settings, DAYS_KEY);
  benk_stage_tear_down (stage);
}

static GtkWindow *
open_preferences (BenkStage *stage)
{
  GtkWindow *window;

  benk_keys_press ("ctrl+comma");
  window = benk_stage_wait_window (BENK_TYPE_PREFERENCES);
  benk_shot_settle (GTK_WIDGET (window));
  return window;
}

static gboolean
is_gone (gpointer unused)
{
  return benk_stage_find_window (BENK_TYPE_PREFERENCES) == NULL;
}

static void
test_tab_and_escape (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *window = open_preferences (stage);

  g_assert_cmpuint (benk_tab_round (window), >=, 5);
  benk_keys_press ("Escape");
  g_assert_true (benk_shot_wait (is_gone, NULL, 10));
}

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found)
        return found;
    }
  return NULL;
}

typedef struct
{
  const char *title;
  GType (*dialog) (void);
} Row;

static const Row rows[] = {
  { "Who Is Working", benk_staff_dialog_get_type },
  { "Scanner Test", benk_scan_test_dialog_get_type },
  { "Alarm Sources", benk_feeds_dialog_get_type },
  { "Quiet Until…", benk_quiet_dialog_get_type },
};

/* Each row does what it says, by Enter and by the pointer. */
static void
test_rows_open (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *window = open_preferences (stage);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint by_pointer = 0; by_pointer < 2; by_pointer++)
      {
        GtkWidget *row = find_row (GTK_WIDGET (window), rows[i].title);
        GtkWindow *dialog;

        g_test_message ("%s", rows[i].title);
        g_assert_nonnull (row);
        if (by_pointer)
          {
            benk_keys_click (row);
          }
        else
          {
            gtk_widget_grab_focus (row);
            benk_keys_press ("Return");
          }
        dialog = benk_stage_wait_window (rows[i].dialog ());
        g_assert_true (gtk_window_get_transient_for (dialog) == window);
        gtk_window_destroy (dialog);
        benk_shot_settle (GTK_WIDGET (window));
      }
  gtk_window_destroy (window);
}

static gboolean
is_read (gpointer dialog)
{
  return gtk_widget_get_visible (benk_stage_get_child (dialog, "meant"));
}

/* A scan belongs to the test, though two windows lie under it. */
static void
test_scans_are_tried (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *window = open_preferences (stage);
  GtkWindow *dialog;

  gtk_widget_grab_focus (find_row (GTK_WIDGET (window), "Scanner Test"));
  benk_keys_press ("Return");
  dialog = benk_stage_wait_window (BENK_TYPE_SCAN_TEST_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_keys_type ("]C0MD1", FAST, "Return");
  g_assert_true (benk_shot_wait (is_read, dialog, 10));
  benk_keys_press ("Escape");
  g_assert_null (benk_stage_find_window (BENK_TYPE_SCAN_TEST_DIALOG));
  gtk_window_destroy (window);
}

static GtkWidget *
show_stock (BenkStage *stage)
{
  GtkWidget *page;
  GtkWidget *view;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-stock", NULL);
  page = benk_window_get_page (stage->window, "devices");
  view = gtk_stack_get_visible_child (GTK_STACK (gtk_widget_get_last_child (page)));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (view), ==, "BenkStockView");
  return view;
}

/* Kept at once, shown where it is used, and given back to the program. */
static void
test_days (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GSettings) settings = benk_settings_new ();
  GtkWidget *view = show_stock (stage);
  GtkSpinButton *shown = GTK_SPIN_BUTTON (benk_stage_get_child (view, "days"));
  GtkWindow *window = open_preferences (stage);
  GtkWidget *days = benk_stage_get_child (window, "days");
  GtkWidget *proposed = benk_stage_get_child (window, "proposed_button");
  AdwActionRow *row = ADW_ACTION_ROW (benk_stage_get_child (window, "days_row"));

  g_assert_cmpint (gtk_spin_button_get_value_as_int (shown), ==, 60);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==,
                   "Proposed by the program, not decided by the district");
  g_assert_false (gtk_widget_get_mapped (proposed));
  gtk_widget_grab_focus (days);
  benk_keys_press ("Up Up");
  g_assert_cmpint (g_settings_get_int (settings, DAYS_KEY), ==, 62);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (shown), ==, 62);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "");
  benk_keys_click (proposed);
  g_assert_cmpint (g_settings_get_int (settings, DAYS_KEY), ==, 60);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (shown), ==, 60);
  g_assert_false (gtk_widget_get_mapped (proposed));
  gtk_window_destroy (window);
}

static void
test_limits (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *window = open_preferences (stage);

  gtk_widget_grab_focus (find_row (GTK_WIDGET (window), "Low-Stock Limits"));
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (is_gone, NULL, 10));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (
                     GTK_STACK (benk_stage_get_child (stage->window, "stack"))),
                   ==, "devices");
  show_stock (stage);
}

/* Each switch is one setting; the next look finds it so. */
static void
test_sounds (BenkStage *stage, gconstpointer unused)
{
  static const char *const titles[] = {
    [BENK_SOUND_CRITICAL] = "Sound of Critical Alarms",
    [BENK_SOUND_SERIOUS] = "Sound of Severe Alarms",
    [BENK_SOUND_OTHER] = "Sound of Other Alarms",
  };
  BenkAttention *attention = benk_session_get_attention (stage->session);
  g_autoptr (GSettings) settings = benk_settings_new ();
  GtkWindow *window = open_preferences (stage);

  for (int i = 0; i < BENK_N_SOUND_LEVELS; i++)
    {
      const char *key = benk_attention_get_sound_key ((BenkSoundLevel) i);

      g_test_message ("%s", titles[i]);
      g_assert_true (benk_attention_get_sound (attention, (BenkSoundLevel) i));
      gtk_widget_grab_focus (find_row (GTK_WIDGET (window), titles[i]));
      benk_keys_press ("space");
      benk_shot_settle (GTK_WIDGET (window));
      g_assert_false (benk_attention_get_sound (attention, (BenkSoundLevel) i));
      g_settings_reset (settings, key);
      g_assert_true (benk_attention_get_sound (attention, (BenkSoundLevel) i));
    }
  gtk_window_destroy (window);
}

/* A click on a choice, and the page says until when; its button ends it. A time that is
 * none is told where it was typed. */
static void
test_quiet (BenkStage *stage, gconstpointer unused)
{
  BenkAttention *attention = benk_session_get_attention (stage->session);
  GtkWidget *page = benk_window_get_page (stage->window, "alarms");
  GtkWidget *bar = benk_stage_get_child (page, "attention_bar");
  GtkWidget *status = benk_stage_get_child (stage->window, "status_line");
  GtkWidget *quiet = benk_stage_get_child (status, "quiet_label");
  GtkWidget *entry;
  GtkWindow *dialog;

  benk_window_show_page (stage->window, "alarms");
  g_assert_false (gtk_widget_get_visible (bar));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.quiet", NULL);
  dialog = benk_stage_wait_window (BENK_TYPE_QUIET_DIALOG);
  entry = benk_stage_get_child (dialog, "time_row");
  gtk_editable_set_text (GTK_EDITABLE (entry), "noon");
  g_signal_emit_by_name (entry, "apply");
  g_assert_true (gtk_widget_get_visible (benk_stage_get_child (dialog, "problem")));
  g_assert_false (benk_attention_is_quiet (attention));
  gtk_widget_grab_focus (find_row (GTK_WIDGET (dialog), "1 hour"));
  benk_keys_press ("Return");
  g_assert_true (benk_attention_is_quiet (attention));
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_true (gtk_widget_get_visible (quiet));
  g_assert_true (
    g_str_has_prefix (gtk_label_get_text (GTK_LABEL (quiet)), "Quiet until "));
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_keys_click (gtk_widget_get_last_child (benk_stage_get_child (bar, "quiet_row")));
  g_assert_false (benk_attention_is_quiet (attention));
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_false (gtk_widget_get_visible (quiet));
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/preferences/" path, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("tab-and-escape", test_tab_and_escape);
  ADD ("rows-open", test_rows_open);
  ADD ("scans-are-tried", test_scans_are_tried);
  ADD ("days-are-kept", test_days);
  ADD ("sounds-are-kept", test_sounds);
  ADD ("quiet-until-and-ended", test_quiet);
  ADD ("limits-stand-beside-the-stock", test_limits);

  return g_test_run ();
}
