/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-bulk-dialog.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-reserve-dialog.h"
#include "benk-reserved-question.h"
#include "benk-scan-answer.h"
#include "benk-shelf-page.h"
#include "benk-shot.h"
#include "benk-stage.h"

/* Today is 2026-03-02. */
#define WANTED "2026-03-20"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice shelf[] = {
    { "medido", "MD0000001", NULL, "D-1", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
    { "medido", "MD0000002", NULL, "D-2", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
    { "pilly-sms", "PP000003", NULL, "D-3", NULL, "Shelf 1", BENK_DEVICE_STATE_ORDERED },
  };

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  benk_stage_show_window (stage, 1366, 768);
  for (gsize i = 0; i < G_N_ELEMENTS (shelf); i++)
    benk_stage_add (stage, &shelf[i]);
  benk_window_show_page (stage->window, "devices");
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

/* --- finding --- */

/* The @n-th of a type, in the order of the screen; of a button, one on the screen that is
 * so called. */
static GtkWidget *
find_nth (GtkWidget *widget, GType type, const char *label, int *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (!label || (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
                  g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)) &&
      (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, label, n);

      if (found)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *widget;
  GType type;
  const char *text;
  int n;
} Wanted;

static gboolean
is_there (gpointer user_data)
{
  const Wanted *wanted = user_data;
  int n = wanted->n;

  return find_nth (wanted->widget, wanted->type, wanted->text, &n) != NULL;
}

static GtkWidget *
await_child (gpointer widget, GType type, const char *label, int n)
{
  Wanted wanted = { widget, type, label, n };

  if (!benk_shot_wait (is_there, &wanted, 10))
    g_error ("no %s %d %s", g_type_name (type), n, label ? label : "");
  return find_nth (widget, type, label, &n);
}

static GtkWidget *
get_inside (BenkStage *stage, const char *id)
{
  return benk_stage_get_child (benk_shelf_page_get_list (BENK_SHELF_PAGE (
                                 benk_window_get_page (stage->window, "devices"))),
                               id);
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
type_in (GtkWidget *dialog, int n, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (await_child (dialog, GTK_TYPE_ENTRY, NULL, n)),
                         text);
}

/* --- what holds in the store --- */

typedef struct
{
  BenkStage *stage;
  const char *serial;
  const char *wanted; /* "4711 2026-03-20", or "" */
} Kept;

static gboolean
is_kept (gpointer user_data)
{
  const Kept *kept = user_data;
  g_autoptr (BenkDevice) device = benk_stage_find (kept->stage, kept->serial);
  const char *date = benk_device_get_reserved_date (device);
  g_autofree char *said =
    date ? g_strdup_printf ("%s %s", benk_device_get_reserved_ref (device), date)
         : g_strdup ("");

  return g_str_equal (said, kept->wanted);
}

static void
expect_kept (BenkStage *stage, const char *serial, const char *wanted)
{
  Kept kept = { stage, serial, wanted };

  if (!benk_shot_wait (is_kept, &kept, 10))
    g_error ("%s is not kept for “%s”", serial, wanted);
}

static gboolean
has_rows (gpointer user_data)
{
  const Wanted *wanted = user_data;
  GListModel *list =
    G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (wanted->widget)));

  return list && (int) g_list_model_get_n_items (list) == wanted->n;
}

static void
expect_rows (BenkStage *stage, int n)
{
  Wanted wanted = { get_inside (stage, "view"), 0, NULL, n };

  if (!benk_shot_wait (has_rows, &wanted, 10))
    g_error ("the list does not hold %d", n);
}

static void
show (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  benk_window_show_page (stage->window, "devices");
  benk_shelf_page_show_view (BENK_SHELF_PAGE (
                               benk_window_get_page (stage->window, "devices")),
                             "list");
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
}

static void
reserve (BenkStage *stage, const char *serial, const char *user, const char *date)
{
  GtkWindow *dialog;

  show (stage, serial);
  click (await_child (get_inside (stage, "details"), GTK_TYPE_BUTTON, "Reserve…", 0));
  dialog = benk_stage_wait_window (BENK_TYPE_RESERVE_DIALOG);
  type_in (GTK_WIDGET (dialog), 0, user);
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "date_row")), date);
  click (benk_stage_get_child (dialog, "go_on_button"));
}

/* --- the tests --- */

static void
test_one (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *details = get_inside (stage, "details");
  GtkWindow *dialog;

  reserve (stage, "MD0000001", "4711", WANTED);
  expect_kept (stage, "MD0000001", "4711 " WANTED);

  click (await_child (details, GTK_TYPE_BUTTON, "Change…", 0));
  dialog = benk_stage_wait_window (BENK_TYPE_RESERVE_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                     await_child (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, NULL, 0))),
                   ==, "4711");
  type_in (GTK_WIDGET (dialog), 0, "4712");
  click (benk_stage_get_child (dialog, "go_on_button"));
  expect_kept (stage, "MD0000001", "4712 " WANTED);

  click (await_child (details, GTK_TYPE_BUTTON, "Give Up", 0));
  expect_kept (stage, "MD0000001", "");
  await_child (details, GTK_TYPE_BUTTON, "Reserve…", 0);
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.undo", NULL);
  expect_kept (stage, "MD0000001", "4712 " WANTED);
}

/* Nothing can be sent off that the store would refuse for its words. */
static void
test_day (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    const char *user;
    const char *date;
    gboolean good;
    gboolean told;
  } rows[] = {
    { "", WANTED, FALSE, FALSE },          { "4711", "", FALSE, FALSE },
    { "4711", "2026-03", FALSE, FALSE },   { "4711", "2026-03-01", FALSE, TRUE },
    { "4711", "2026-13-01", FALSE, TRUE }, { "4711", "2026-03-02", TRUE, FALSE },
    { "4711", WANTED, TRUE, FALSE },
  };
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 4, 1, 0, 0, 0);
  GtkCalendar *calendar;
  GtkWindow *dialog;
  GtkWidget *day;

  show (stage, "MD0000001");
  click (await_child (get_inside (stage, "details"), GTK_TYPE_BUTTON, "Reserve…", 0));
  dialog = benk_stage_wait_window (BENK_TYPE_RESERVE_DIALOG);
  day = benk_stage_get_child (dialog, "date_row");
  calendar = GTK_CALENDAR (benk_stage_get_child (dialog, "calendar"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      type_in (GTK_WIDGET (dialog), 0, rows[i].user);
      gtk_editable_set_text (GTK_EDITABLE (day), rows[i].date);
      g_assert_cmpint (gtk_widget_is_sensitive (
                         benk_stage_get_child (dialog, "go_on_button")),
                       ==, rows[i].good);
      g_assert_cmpint (gtk_widget_get_visible (benk_stage_get_child (dialog, "problem")),
                       ==, rows[i].told);
    }
  /* By the calendar, too, which begins with today. */
  benk_keys_click (benk_stage_get_child (dialog, "date_button"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (calendar)));
  {
    g_autoptr (GDateTime) shown = gtk_calendar_get_date (calendar);

    g_assert_cmpint (g_date_time_get_year (shown), ==, 2026);
  }
  gtk_calendar_select_day (calendar, at);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (day)), ==, "2026-04-01");
  gtk_window_close (dialog);
  expect_kept (stage, "MD0000001", "");
}

static void
test_many (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *bar = get_inside (stage, "selection_bar");
  GtkWindow *dialog;

  expect_rows (stage, 3);
  gtk_selection_model_select_all (
    gtk_column_view_get_model (GTK_COLUMN_VIEW (get_inside (stage, "view"))));
  gtk_widget_activate_action (benk_stage_get_child (bar, "buttons"), "selection.reserve",
                              NULL);
  dialog = benk_stage_wait_window (BENK_TYPE_RESERVE_DIALOG);
  /* A user and a day a line; one without a user is left out. */
  type_in (GTK_WIDGET (dialog), 0, "4711");
  type_in (GTK_WIDGET (dialog), 4, "4712");
  type_in (GTK_WIDGET (dialog), 5, "2026-04-01");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "date_row")),
                         WANTED);
  click (benk_stage_get_child (dialog, "go_on_button"));
  expect_kept (stage, "MD0000001", "4711 " WANTED);
  expect_kept (stage, "PP000003", "4712 2026-04-01");
  expect_kept (stage, "MD0000002", "");

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.undo", NULL);
  expect_kept (stage, "MD0000001", "");
  expect_kept (stage, "PP000003", "");
}

static void
test_chip (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *chip;

  reserve (stage, "MD0000002", "4711", WANTED);
  expect_kept (stage, "MD0000002", "4711 " WANTED);
  chip =
    await_child (get_inside (stage, "chips"), GTK_TYPE_TOGGLE_BUTTON, "Reserved 1", 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  expect_rows (stage, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), FALSE);
  expect_rows (stage, 3);
  /* The user's reference finds it. */
  gtk_editable_set_text (GTK_EDITABLE (
                           benk_stage_get_child (stage->window, "search_entry")),
                         "4711");
  expect_rows (stage, 1);
}

static gboolean
has_row (gpointer user_data)
{
  Wanted *wanted = user_data;

  for (int i = 0;; i++)
    {
      int n = i;
      GtkWidget *row = find_nth (wanted->widget, ADW_TYPE_ACTION_ROW, NULL, &n);
      const char *subtitle =
        row ? adw_action_row_get_subtitle (ADW_ACTION_ROW (row)) : "";

      if (!row)
        return FALSE;
      if (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                  wanted->text) ||
          (subtitle && strstr (subtitle, wanted->text)))
        return TRUE;
    }
}

static void
expect_row (GtkWidget *group, const char *text)
{
  Wanted wanted = { group, 0, text, 0 };

  if (!benk_shot_wait (has_row, &wanted, 10))
    g_error ("no row says “%s”", text);
}

static void
test_stock (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkWidget *view = benk_shelf_page_show_view (BENK_SHELF_PAGE (page), "stock");
  GtkWidget *group = benk_stage_get_child (view, "reservations");

  expect_row (group, "Nothing is reserved.");
  expect_row (benk_stage_get_child (view, "forecast"), "less than a week is on record");
  reserve (stage, "MD0000001", "4711", WANTED);
  expect_row (group, "Reserved for 4711");
  expect_row (group, "in 18 days");
  benk_stage_set_state (stage, "MD0000001", BENK_DEVICE_STATE_FAULTY, NULL);
  expect_row (group, "Needs another device");
  show (stage, "MD0000001");
  expect_row (get_inside (stage, "details"), "Needs another device");
}

/* As a scanner does it. */
static void
test_scan (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (BenkScan) scan = NULL;
  reserve (stage, "MD0000001", "4711", WANTED);
  expect_kept (stage, "MD0000001", "4711 " WANTED);
  scan = benk_scan_read ("MD0000001", BENK_SCAN_CAPS_UNKNOWN);
  benk_scan_answer (stage->window, scan);
  benk_find_wait_text (benk_stage_get_child (stage->window, "toasts"),
                       "Reserved for 4711");
}

static void
count_call (gpointer target)
{
  int n = GPOINTER_TO_INT (g_object_get_data (target, "n-calls"));

  g_object_set_data (target, "n-calls", GINT_TO_POINTER (n + 1));
}

/* Who is asked, and what is done after each answer. */
static void
test_question (BenkStage *stage, gconstpointer unused)
{
  static const struct
  {
    const char *serial;
    const char *user;
    const char *response; /* NULL: nobody is asked */
    int n_calls;
  } rows[] = {
    { "MD0000002", "4712", NULL, 1 },
    { "MD0000001", " 4711 ", NULL, 1 },
    { "MD0000001", "4712", "cancel", 0 },
    { "MD0000001", "4712", "go-on", 1 },
  };

  reserve (stage, "MD0000001", "4711", WANTED);
  expect_kept (stage, "MD0000001", "4711 " WANTED);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkDevice) device = benk_stage_find (stage, rows[i].serial);
      g_autoptr (GObject) target = g_object_new (G_TYPE_OBJECT, NULL);

      benk_reserved_question_ask (GTK_WINDOW (stage->window), device, rows[i].user,
                                  count_call, target);
      if (rows[i].response)
        {
          GtkWindow *dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);

          g_assert_nonnull (
            strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "4711"));
          benk_stage_respond (dialog, rows[i].response);
        }
      else
        g_assert_null (benk_stage_find_window (ADW_TYPE_MESSAGE_DIALOG));
      g_assert_cmpint (GPOINTER_TO_INT (g_object_get_data (target, "n-calls")), ==,
                       rows[i].n_calls);
    }
}

#define ADD(name, test)                                                                  \
  g_test_add ("/ui/reserve/" name, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-is-kept-changed-and-given-up", test_one);
  ADD ("takes-a-day-ahead-only", test_day);
  ADD ("many-each-for-its-user", test_many);
  ADD ("is-listed-and-found", test_chip);
  ADD ("stands-in-the-stock", test_stock);
  ADD ("is-told-when-scanned", test_scan);
  ADD ("asks-before-another-user-gets-it", test_question);
  return g_test_run ();
}
