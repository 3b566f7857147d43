/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-card.h"
#include "benk-find.h"
#include "benk-home.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-swap-dialog.h"
#include "benk-visit-page.h"
#include "benk-visit-reminder.h"

/* The ways into a swap and a home visit, and back into one that was left. */

static gboolean
has_visit (gpointer window)
{
  return benk_find_typed (window, BENK_TYPE_VISIT_PAGE) != NULL;
}

static gboolean
has_card (gpointer window)
{
  return benk_find_typed (window, BENK_TYPE_BENCH_CARD) != NULL;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
has_reminder (gpointer window)
{
  return benk_find_text (window, "is not finished") != NULL;
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_home_set_up (stage);
  benk_stage_show_window (stage, 1366, 768);
}

static void
set_up_alone (BenkStage *stage, gconstpointer unused)
{
  benk_home_set_up (stage);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

/* It is the sheet of the device at home. */
static void
expect_swap (BenkStage *stage)
{
  GtkWindow *dialog = benk_stage_wait_window (BENK_TYPE_SWAP_DIALOG);

  benk_shot_settle (GTK_WIDGET (dialog));
  g_assert_nonnull (benk_find_text (GTK_WIDGET (dialog), "D-037"));
  gtk_window_destroy (dialog);
  benk_stage_wait_idle ();
}

static void
test_swap_from_an_alarm (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = NULL;
  GtkWidget *button;

  benk_home_start_operation (stage);
  alarm = benk_stage_alarm (stage, BENK_HOME_OLD, "1.5", 0);
  benk_window_show_page (stage->window, "alarms");
  button = benk_stage_get_child (
    benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "details"),
    "swap_button");
  g_assert_true (benk_shot_wait (is_mapped, button, 30));
  g_signal_emit_by_name (button, "clicked");
  expect_swap (stage);
}

static void
test_swap_from_the_bench (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page;

  benk_home_start_operation (stage);
  benk_home_plug (stage, BENK_HOME_OLD, NULL);
  benk_window_show_page (stage->window, "bench");
  page = benk_window_get_page (stage->window, "bench");
  g_assert_true (benk_shot_wait (has_card, page, 30));
  benk_shot_settle (page);
  g_assert_true (gtk_widget_activate_action (benk_find_typed (page, BENK_TYPE_BENCH_CARD),
                                             "card.swap", NULL));
  expect_swap (stage);
}

/* Ctrl+H asks whose home it is; what is scanned there starts the visit. */
static void
test_ctrl_h (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog;

  benk_keys_type ("", 5, "ctrl+h");
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  gtk_editable_set_text (GTK_EDITABLE (
                           benk_find_typed (GTK_WIDGET (dialog), GTK_TYPE_EDITABLE)),
                         BENK_HOME_OLD);
  benk_stage_respond (dialog, "go-on");
  g_assert_true (benk_shot_wait (has_visit, stage->window, 30));
}

/* What was begun and not ended is offered when the program starts; it goes on there. */
static void
test_reminder (BenkStage *stage, gconstpointer unused)
{
  benk_visit_reminder_offer (stage->window);
  benk_shot_settle (GTK_WIDGET (stage->window));
  g_assert_false (has_reminder (stage->window));

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.visit", "s",
                              BENK_HOME_OLD);
  g_assert_true (benk_shot_wait (has_visit, stage->window, 30));
  benk_window_show_alone (stage->window, NULL);
  benk_stage_wait_idle ();
  benk_visit_reminder_offer (stage->window);
  g_assert_true (benk_shot_wait (has_reminder, stage->window, 30));
  g_assert_nonnull (benk_find_text (GTK_WIDGET (stage->window), "D-037"));
}

/* What an application started with --visit comes to. */
typedef struct
{
  GtkApplication *application;
  BenkWindow *window;
  gboolean asked;
  gboolean visits;
} Start;

static gboolean
look (gpointer data)
{
  Start *start = data;
  BenkSession *session = benk_window_get_session (start->window);
  GList *windows;

  /* The visit waits until it is said whose it is. */
  if (session && !benk_session_get_staff (session) && !start->asked)
    {
      g_assert_false (has_visit (start->window));
      benk_session_choose_staff_async (session, "MH", NULL, NULL, NULL, NULL);
      start->asked = TRUE;
    }
  if (!has_visit (start->window))
    return G_SOURCE_CONTINUE;
  start->visits = TRUE;
  while ((windows = gtk_application_get_windows (start->application)) != NULL)
    gtk_window_destroy (windows->data);
  return G_SOURCE_REMOVE;
}

static void
on_window_added (GtkApplication *application, GtkWindow *window, Start *start)
{
  if (!BENK_IS_WINDOW (window))
    return;
  start->window = BENK_WINDOW (window);
  g_idle_add_full (G_PRIORITY_LOW, look, start, NULL);
}

/* In a process of its own, which has no other application. */
static void
start_with_visit (void)
{
  g_autoptr (BenkApplication) application = NULL;
  char *argv[] = {
    (char *) "dosebenk", (char *) "--store",     (char *) g_getenv ("BENK_VISITS_STORE"),
    (char *) "--visit",  (char *) BENK_HOME_OLD, NULL
  };
  Start start = { NULL };

  if (!g_test_subprocess ())
    return;
  application = benk_application_new ();
  start.application = GTK_APPLICATION (application);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &start);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 5, argv), ==, 0);
  g_assert_true (start.visits);
}

static void
test_visit_option (BenkStage *stage, gconstpointer unused)
{
  g_setenv ("BENK_VISITS_STORE", stage->path, TRUE);
  g_test_trap_subprocess ("/ui/visits/subprocess/start", 60 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed ();
}

#define ADD(name, func)                                                                  \
  g_test_add ("/ui/visits/" name, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("swap-from-an-alarm", test_swap_from_an_alarm);
  ADD ("swap-from-the-bench", test_swap_from_the_bench);
  ADD ("ctrl-h-asks-whose-home", test_ctrl_h);
  ADD ("what-was-left-is-offered", test_reminder);
  g_test_add_func ("/ui/visits/subprocess/start", start_with_visit);
  g_test_add ("/ui/visits/started-with-visit", BenkStage, NULL, set_up_alone,
              test_visit_option, tear_down);
  return g_test_run ();
}
