/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attest-dialog.h"
#include "benk-close-alarm-dialog.h"
#include "benk-find.h"
#include "benk-import-dialog.h"
#include "benk-new-alarm-dialog.h"
#include "benk-new-device-dialog.h"
#include "benk-reason-dialog.h"
#include "benk-return-dialog.h"
#include "benk-return-step-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-wait-dialog.h"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = "MD0000001",
                                           .vendor = "Evondos AS",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static void
type (gpointer dialog, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, id)), text);
}

static void
press (gpointer dialog, const char *id)
{
  g_signal_emit_by_name (benk_stage_get_child (dialog, id), "clicked");
}

static gboolean
may_press (gpointer dialog, const char *id)
{
  return gtk_widget_get_sensitive (benk_stage_get_child (dialog, id));
}

/* A closed window that nothing holds any more is finalized. */
static void
finish (gpointer dialog)
{
  GtkWindow *window = g_object_ref (dialog);

  gtk_window_destroy (window);
  benk_stage_wait_unused (window);
  g_assert_finalize_object (window);
}

static gboolean
is_closed (gpointer window)
{
  return !gtk_widget_get_visible (window);
}

static void
wait_closed (gpointer dialog)
{
  g_assert_true (benk_shot_wait (is_closed, dialog, 10));
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static void
wait_problem (gpointer dialog)
{
  g_assert_true (
    benk_shot_wait (is_visible, benk_stage_get_child (dialog, "problem"), 10));
}

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n))
    n++;
  return n;
}

static gboolean
has_focus (gpointer dialog, const char *id)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  GtkWidget *wanted = benk_stage_get_child (dialog, id);

  return focus == wanted || (focus && gtk_widget_is_ancestor (focus, wanted));
}

/* A hand is at the telephone: what is typed first goes where it belongs. */
static void
test_dialogs_start_where_one_types (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, "MD0000001", "1.19", 0);
  GtkWindow *parent = GTK_WINDOW (stage->window);
  struct
  {
    GtkWidget *dialog;
    const char *first;
  } rows[] = {
    { benk_new_alarm_dialog_new (parent, stage->session, NULL), "device_row" },
    { benk_new_alarm_dialog_new (parent, stage->session, "MD0000001"), "code_row" },
    { benk_new_device_dialog_new (parent, stage->session, NULL), "serial_row" },
    { benk_import_dialog_new (parent, stage->session), "choose_button" },
    { benk_close_alarm_dialog_new (parent, stage->session, alarm), "cause_row" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_window_present (GTK_WINDOW (rows[i].dialog));
      benk_stage_wait_idle ();
      g_assert_true (has_focus (rows[i].dialog, rows[i].first));
      finish (rows[i].dialog);
    }
}

static void
test_new_alarm_asks_for_little (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_new_alarm_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (may_press (dialog, "add_button"));
  type (dialog, "device_row", "MD0000001");
  g_assert_false (may_press (dialog, "add_button"));
  g_signal_emit_by_name (benk_stage_get_child (dialog, "device_row"), "entry-activated");
  g_assert_true (has_focus (dialog, "code_row"));
  type (dialog, "code_row", "rul");
  g_assert_cmpuint (count_rows (benk_stage_get_child (dialog, "matches")), >=, 3);
  g_assert_true (may_press (dialog, "add_button"));
  type (dialog, "time_row", "25:00");
  g_assert_false (may_press (dialog, "add_button"));
  type (dialog, "time_row", "8.05");
  g_assert_true (may_press (dialog, "add_button"));
  finish (dialog);
}

static gboolean
has_one_open (gpointer alarms)
{
  return benk_alarms_get_n_open (alarms) == 1;
}

static void
test_new_alarm_is_registered (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GtkWidget) dialog = g_object_ref (
    benk_new_alarm_dialog_new (GTK_WINDOW (stage->window), stage->session, "MD0000001"));
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);

  gtk_window_present (GTK_WINDOW (dialog));
  type (dialog, "code_row", "1.19");
  press (dialog, "add_button");
  wait_closed (dialog);
  g_assert_true (benk_shot_wait (has_one_open, alarms, 10));
}

static void
test_new_device_refuses_twins (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_new_device_dialog_new (GTK_WINDOW (stage->window), stage->session, "md 0000001");
  g_autoptr (GtkWidget) kept = g_object_ref (dialog);
  AdwComboRow *models = ADW_COMBO_ROW (benk_stage_get_child (dialog, "model_row"));
  GtkWidget *another;
  GPtrArray *known =
    benk_inventory_get_models (benk_session_get_inventory (stage->session));

  for (guint i = 0; i < known->len; i++)
    if (g_str_equal (benk_model_get_id (g_ptr_array_index (known, i)), "medido"))
      adw_combo_row_set_selected (models, i);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (may_press (dialog, "add_button"));
  press (dialog, "add_button");
  wait_problem (dialog);
  g_assert_true (gtk_widget_get_visible (dialog));
  another = benk_stage_get_child (dialog, "another");
  while (!gtk_widget_get_visible (another))
    g_main_context_iteration (NULL, TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (another), TRUE);
  press (dialog, "add_button");
  wait_closed (dialog);
}

static void
test_new_device_warns_only (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_new_device_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL);
  GtkWidget *warning = benk_stage_get_child (dialog, "warning");

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (may_press (dialog, "add_button"));
  type (dialog, "serial_row", "QQ1");
  type (dialog, "imei_row", "356938035643800");
  g_assert_true (gtk_widget_get_visible (warning));
  g_assert_false (may_press (dialog, "add_button"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "model_row")),
                              0);
  g_assert_true (may_press (dialog, "add_button"));
  press (dialog, "next_button");
  g_assert_true (benk_shot_wait (is_visible, benk_stage_get_child (dialog, "done"), 10));
  g_assert_cmpstr (gtk_editable_get_text (
                     GTK_EDITABLE (benk_stage_get_child (dialog, "serial_row"))),
                   ==, "");
  finish (dialog);
}

typedef struct
{
  GtkWidget *stack;
  const char *wanted;
} Shown;

static gboolean
is_shown (gpointer user_data)
{
  Shown *shown = user_data;

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (shown->stack)),
                    shown->wanted) == 0;
}

static void
wait_stack (GtkWidget *dialog, const char *wanted)
{
  Shown shown = { benk_stage_get_child (dialog, "stack"), wanted };

  if (!benk_shot_wait (is_shown, &shown, 10))
    g_error ("the dialog does not show %s", wanted);
}

static guint
count_devices (BenkStage *stage)
{
  BenkInventory *inventory = benk_session_get_inventory (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint *counts = NULL;
  guint sum = 0;

  benk_inventory_count_async (inventory, NULL, benk_stage_keep, &result);
  counts = benk_inventory_count_finish (inventory, benk_stage_await (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    sum += counts[i];
  return sum;
}

static void
test_import_shows_before_it_writes (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "session", "data", "lager-vestre-aker.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog = benk_import_dialog_new (GTK_WINDOW (stage->window), stage->session);
  guint n_imported;

  gtk_window_present (GTK_WINDOW (dialog));
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), file);
  wait_stack (dialog, "columns");
  g_assert_true (has_focus (dialog, "next_button"));
  press (dialog, "next_button");
  wait_stack (dialog, "preview");
  g_assert_cmpuint (count_devices (stage), ==, 1);
  g_assert_nonnull (
    strstr (gtk_label_get_text (GTK_LABEL (benk_stage_get_child (dialog, "counts"))),
            "141 new"));
  g_assert_true (has_focus (dialog, "import_button"));
  press (dialog, "import_button");
  wait_stack (dialog, "done");
  g_assert_true (has_focus (dialog, "done_button"));
  n_imported = count_devices (stage);
  g_assert_cmpuint (n_imported, >, 100);
  press (dialog, "undo_button");
  g_assert_true (
    benk_shot_wait (is_closed, benk_stage_get_child (dialog, "undo_button"), 10));
  g_assert_cmpuint (count_devices (stage), ==, 1);
  finish (dialog);
}

static void
test_import_says_why_not (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/list.csv");
  GtkWidget *dialog = benk_import_dialog_new (GTK_WINDOW (stage->window), stage->session);

  gtk_window_present (GTK_WINDOW (dialog));
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), file);
  wait_problem (dialog);
  wait_stack (dialog, "choose");
  finish (dialog);
}

static void
test_close_alarm_asks_who_confirmed (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, "MD0000001", "1.1", 0);
  GtkWidget *dialog =
    benk_close_alarm_dialog_new (GTK_WINDOW (stage->window), stage->session, alarm);

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (may_press (dialog, "close_button"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "cause_row")),
                              1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "action_row")),
                              1);
  g_assert_false (may_press (dialog, "close_button"));
  type (dialog, "confirmed_row", "Anne Lie");
  g_assert_false (may_press (dialog, "close_button"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "role_row")),
                              2);
  g_assert_true (may_press (dialog, "close_button"));
  type (dialog, "confirmed_time_row", "");
  g_assert_false (may_press (dialog, "close_button"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (
                     benk_stage_get_child (dialog, "confirmed_time_row"))),
                   ==, "Confirmed at: a time such as 08:30");
  type (dialog, "confirmed_time_row", "08:30");
  g_assert_true (may_press (dialog, "close_button"));
  finish (dialog);
}

static BenkAlarm *
get_queued (BenkStage *stage)
{
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (stage->session));

  return g_list_model_get_item (queue, 0);
}

static gboolean
is_waiting (gpointer data)
{
  BenkStage *stage = data;
  g_autoptr (BenkAlarm) alarm = get_queued (stage);

  return alarm && benk_alarm_get_waiting_for (alarm) == BENK_WAIT_DELIVERY;
}

static gboolean
is_stopped (gpointer data)
{
  BenkStage *stage = data;
  g_autoptr (BenkAlarm) alarm = get_queued (stage);

  return benk_alarm_get_waiting_for (alarm) == BENK_WAIT_NONE;
}

/* The whole way: the proposal, who said so, the row, and back. */
static void
test_waiting (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_stage_alarm (stage, "MD0000001", "1.8", 0);
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));
  GtkWidget *dialog;

  benk_stage_take (stage, alarm);
  dialog = benk_wait_dialog_new (GTK_WINDOW (stage->window), stage->session, alarm);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  g_assert_true (has_focus (dialog, "what_row"));
  g_assert_cmpstr (gtk_editable_get_text (
                     GTK_EDITABLE (benk_stage_get_child (dialog, "date_row"))),
                   ==, "2026-03-03");
  g_assert_cmpstr (gtk_editable_get_text (
                     GTK_EDITABLE (benk_stage_get_child (dialog, "time_row"))),
                   ==, "10:00");
  g_assert_true (may_press (dialog, "wait_button"));
  type (dialog, "date_row", "2026-03-01");
  g_assert_false (may_press (dialog, "wait_button"));
  type (dialog, "date_row", "2026-03-04");
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "what_row")),
                              BENK_WAIT_DELIVERY - BENK_WAIT_VENDOR);
  adw_combo_row_set_selected (ADW_COMBO_ROW (
                                benk_stage_get_child (dialog, "covered_row")),
                              BENK_COVERED_YES);
  g_assert_false (may_press (dialog, "wait_button"));
  type (dialog, "said_row", "Nurse, Anne Lie");
  g_assert_true (may_press (dialog, "wait_button"));
  press (dialog, "wait_button");
  wait_closed (dialog);
  g_assert_true (benk_shot_wait (is_waiting, stage, 10));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-alarm", "s", id);
  benk_stage_wait_idle ();
  g_signal_emit_by_name (benk_find_button (GTK_WIDGET (stage->window), "Stop Waiting"),
                         "clicked");
  g_assert_true (benk_shot_wait (is_stopped, stage, 10));
}

static gboolean
may_respond (gpointer dialog, const char *response)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), response);
}

static void
test_attest_wants_what_the_fact_wants (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0000001");
  GtkWidget *plain = benk_attest_dialog_new (GTK_WINDOW (stage->window), stage->session,
                                             device, BENK_FACT_LABEL_READ);
  GtkWidget *strict = benk_attest_dialog_new (GTK_WINDOW (stage->window), stage->session,
                                              device, BENK_FACT_MEDICINE_REMOVED);

  g_assert_true (may_respond (plain, "attest"));
  g_assert_false (may_respond (strict, "attest"));
  finish (plain);
  finish (strict);
}

static void
test_return_needs_vendor_and_reason (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0000001");
  GtkWidget *dialog =
    benk_return_dialog_new (GTK_WINDOW (stage->window), stage->session, device);

  g_assert_false (may_respond (dialog, "open"));
  finish (dialog);
}

static GtkWidget *
find_combo (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_COMBO_ROW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_combo (child);
  return found;
}

static void
test_return_steps_ask (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    BenkReturnState state;
    gboolean may_go_on;
  } rows[] = {
    { BENK_RETURN_STATE_ANSWERED, FALSE }, { BENK_RETURN_STATE_PACKED, FALSE },
    { BENK_RETURN_STATE_SENT, FALSE },     { BENK_RETURN_STATE_RECEIVED, TRUE },
    { BENK_RETURN_STATE_OUTCOME, FALSE },  { BENK_RETURN_STATE_CLOSED, TRUE },
    { BENK_RETURN_STATE_CANCELLED, TRUE },
  };
  g_autoptr (BenkReturnCase) row = benk_return_case_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *dialog =
        benk_return_step_dialog_new (GTK_WINDOW (stage->window), stage->session, row,
                                     rows[i].state);

      g_assert_nonnull (benk_return_step_get_label (rows[i].state));
      g_assert_true (may_respond (dialog, "go-on") == rows[i].may_go_on);
      finish (dialog);
    }
}

/* The first of a list is no outcome. */
static void
test_outcome_is_chosen (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkReturnCase) row = benk_return_case_new ();
  GtkWidget *dialog =
    benk_return_step_dialog_new (GTK_WINDOW (stage->window), stage->session, row,
                                 BENK_RETURN_STATE_OUTCOME);
  AdwComboRow *outcome = ADW_COMBO_ROW (find_combo (dialog));

  g_assert_false (may_respond (dialog, "go-on"));
  adw_combo_row_set_selected (outcome, 1);
  g_assert_cmpstr (gtk_string_object_get_string (
                     adw_combo_row_get_selected_item (outcome)),
                   ==, "Repaired");
  g_assert_true (may_respond (dialog, "go-on"));
  adw_combo_row_set_selected (outcome, 2);
  g_assert_false (may_respond (dialog, "go-on"));
  adw_combo_row_set_selected (outcome, 0);
  g_assert_false (may_respond (dialog, "go-on"));
  finish (dialog);
}

static void
keep_text (const char *text, gpointer user_data)
{
  g_object_set_data_full (user_data, "test-text", g_strdup (text), g_free);
}

static void
test_reason_is_not_empty (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;
  GtkWidget *entry;

  benk_reason_dialog_ask (GTK_WINDOW (stage->window), "Why?", NULL, "_Go On", keep_text,
                          G_OBJECT (stage->window));
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  g_assert_false (may_respond (dialog, "go-on"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_assert_false (may_respond (dialog, "go-on"));
  gtk_editable_set_text (GTK_EDITABLE (entry), " the nurse is on her way ");
  g_assert_true (may_respond (dialog, "go-on"));
  benk_stage_respond (dialog, "go-on");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (stage->window), "test-text"), ==,
                   "the nurse is on her way");
}

static gboolean
has_staff (gpointer session)
{
  BenkStaff *staff = benk_session_get_staff (session);

  return staff && g_str_equal (benk_staff_get_initials (staff), "AL");
}

static void
test_staff_needs_initials (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_window_choose_staff (stage->window);
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_false (may_respond (dialog, "choose"));
  type (dialog, "initials_row", "AL");
  g_assert_true (may_respond (dialog, "choose"));
  benk_stage_respond (dialog, "choose");
  g_assert_true (benk_shot_wait (has_staff, stage->session, 10));
}

#define ADD(path, function)                                                              \
  g_test_add ("/ui/dialogs/" path, BenkStage, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("start-where-one-types", test_dialogs_start_where_one_types);
  ADD ("new-alarm/asks-for-little", test_new_alarm_asks_for_little);
  ADD ("new-alarm/is-registered", test_new_alarm_is_registered);
  ADD ("new-device/refuses-twins-until-told", test_new_device_refuses_twins);
  ADD ("new-device/warns-only", test_new_device_warns_only);
  ADD ("import/shows-before-it-writes", test_import_shows_before_it_writes);
  ADD ("import/says-why-not", test_import_says_why_not);
  ADD ("close-alarm/asks-who-confirmed", test_close_alarm_asks_who_confirmed);
  ADD ("wait/is-set-and-stopped", test_waiting);
  ADD ("attest/wants-what-the-fact-wants", test_attest_wants_what_the_fact_wants);
  ADD ("return/needs-vendor-and-reason", test_return_needs_vendor_and_reason);
  ADD ("return/steps-ask-for-what-they-need", test_return_steps_ask);
  ADD ("return/outcome-is-chosen", test_outcome_is_chosen);
  ADD ("staff/needs-initials", test_staff_needs_initials);
  ADD ("reason/is-not-empty", test_reason_is_not_empty);
  return g_test_run ();
}
