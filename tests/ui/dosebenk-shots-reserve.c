/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept for whom, and when a model runs out: empty, full, and where it went wrong.
 */

#include "dosebenk-shots.h"

#include "benk-bulk.h"
#include "benk-db.h"
#include "benk-reserve-dialog.h"
#include "benk-reserved-question.h"
#include "benk-scope.h"
#include "benk-shelf-page.h"
#include "benk-stage-clock.h"

/* Eight weeks in which Medido went out faster than it came back. */
#define PAST_SQL                                                                         \
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 14)"        \
  " INSERT INTO transition (id, device_id, from_state, to_state, verb, at_ms)"           \
  " SELECT randomblob (16), (SELECT id FROM device WHERE model_id = 'medido'"            \
  " ORDER BY serial LIMIT 1), iif (n.i % 5 = 4, 'reset', 'ready'),"                      \
  " iif (n.i % 5 = 4, 'stock', 'trial'), 'set-state', 1772440860000 - 4 * 86400000 * "   \
  "n.i FROM n"

static GtkWidget *
show (BenkStage *stage, const char *view)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");

  benk_window_show_page (stage->window, "devices");
  return benk_shelf_page_show_view (BENK_SHELF_PAGE (page), view);
}

static GtkWidget *
get_inside (BenkStage *stage, const char *id)
{
  return benk_stage_get_child (benk_shelf_page_get_list (BENK_SHELF_PAGE (
                                 benk_window_get_page (stage->window, "devices"))),
                               id);
}

static void
let_weeks_pass (BenkStage *stage)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_IMPORT, .account = "test" };
  g_autoptr (BenkDb) db =
    benk_db_open (stage->path, BENK_DB_READ_WRITE, stage->clock, &error);
  g_autoptr (BenkScope) scope = db ? benk_scope_begin (db, &change, &error) : NULL;

  if (!scope || !benk_db_exec (db, PAST_SQL, &error) ||
      !benk_scope_commit (scope, NULL, &error))
    g_error ("%s", error->message);
}

static void
reserve (BenkStage *stage, const char *serial, const char *user, const char *date)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) looked = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  const BenkWish wish = { *benk_device_get_id (device), user, date };
  g_autoptr (BenkBulk) bulk =
    benk_bulk_new_reserve (benk_session_get_inventory (stage->session), &wish, 1);

  benk_bulk_preview_async (bulk, NULL, benk_stage_keep, &looked);
  if (!benk_bulk_preview_finish (bulk, benk_stage_await (&looked), &error))
    g_error ("%s: %s", serial, error->message);
  benk_bulk_apply_async (bulk, NULL, NULL, benk_stage_keep, &applied);
  if (!benk_bulk_apply_finish (bulk, benk_stage_await (&applied), NULL, &error))
    g_error ("%s: %s", serial, error->message);
}

static void
show_device (BenkStage *stage, const char *serial, const char *name)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  show (stage, "list");
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
  benk_shots_draw (stage->window, name);
}

static GtkWidget *
find (GtkWidget *widget, GType type, int *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, n);

      if (found)
        return found;
    }
  return NULL;
}

static void
play_chip (BenkStage *stage)
{
  GtkWidget *chips = get_inside (stage, "chips");

  for (int i = 0;; i++)
    {
      int n = i;
      GtkWidget *chip = find (chips, GTK_TYPE_TOGGLE_BUTTON, &n);

      if (!chip)
        break;
      n = i + 1;
      /* The last one. */
      if (!find (chips, GTK_TYPE_TOGGLE_BUTTON, &n))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
    }
  benk_shots_draw (stage->window, "reserve-listed");
}

static void
play_question (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);

  benk_reserved_question_ask (GTK_WINDOW (stage->window), device, "4799",
                              (BenkReservedFunc) gtk_widget_queue_draw, stage->window);
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                          "reserve-question");
}

static void
play_many (BenkStage *stage)
{
  GtkWidget *bar = get_inside (stage, "selection_bar");
  GtkSelectionModel *model =
    gtk_column_view_get_model (GTK_COLUMN_VIEW (get_inside (stage, "view")));
  GtkWindow *dialog;
  int n = 0;

  gtk_selection_model_select_range (model, 0, 4, TRUE);
  benk_shots_draw (stage->window, "reserve-selected");
  gtk_widget_activate_action (benk_stage_get_child (bar, "buttons"), "selection.reserve",
                              NULL);
  dialog = benk_stage_wait_window (BENK_TYPE_RESERVE_DIALOG);
  benk_shots_draw (dialog, "reserve-many");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "date_row")),
                         "2026-02-20");
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, &n)),
                         "4711");
  benk_shots_draw (dialog, "reserve-day-passed");
  gtk_window_destroy (dialog);
}

static void
play (int width, int height, gboolean full)
{
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_show_window (&stage, width, height);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  if (full)
    {
      benk_stage_import (&stage, BENK_SAMPLE_LIST);
      let_weeks_pass (&stage);
      reserve (&stage, "MD0001066", "4711", "2026-03-05");
      reserve (&stage, "MD0001156", "4702", "2026-04-01");
      reserve (&stage, "MD0001256", "4733", "2026-03-20");
      benk_stage_set_state (&stage, "MD0001256", BENK_DEVICE_STATE_FAULTY, NULL);
      benk_stage_clock_turn (BENK_STAGE_CLOCK (stage.clock),
                             7 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000));
    }
  show (&stage, "stock");
  benk_shots_draw (stage.window, full ? "reserve-stock" : "reserve-stock-empty");
  if (full)
    {
      show_device (&stage, "MD0001066", "reserve-overdue");
      show_device (&stage, "MD0001256", "reserve-needs-another");
      show_device (&stage, "MD0001281", "reserve-not-yet");
      play_question (&stage, "MD0001066");
      play_many (&stage);
      play_chip (&stage);
    }
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_reserve:
 *
 * Reservations and the forecast, on two sizes of screen.
 */
void
benk_shots_play_reserve (void)
{
  play (1366, 768, FALSE);
  play (1366, 768, TRUE);
  play (1920, 1080, TRUE);
}
