/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dosebenk-shots.h"

#include "benk-count-verdict-panel.h"
#include "benk-shelf-page.h"
#include "benk-stock.h"

static GtkWidget *
show (BenkStage *stage, const char *view)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");

  benk_window_show_page (stage->window, "devices");

  return benk_shelf_page_show_view (BENK_SHELF_PAGE (page), view);
}

static const char *size_name;

/* The larger size has names of its own. */
static void
draw (BenkStage *stage, const char *name)
{
  g_autofree char *whole = g_strconcat (name, size_name, NULL);

  benk_shots_draw (stage->window, whole);
}

static void
scan (BenkStage *stage, const char *code, const char *name)
{
  GtkWidget *view = show (stage, "count");
  GtkWidget *entry = benk_stage_get_child (view, "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  g_signal_emit_by_name (entry, "activate");
  draw (stage, name);
}

static void
choose_place (GtkWidget *start, const char *name)
{
  AdwComboRow *row = ADW_COMBO_ROW (benk_stage_get_child (start, "place"));
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (row));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (names)); i++)
    if (g_str_equal (gtk_string_list_get_string (names, i), name))
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  g_error ("no place is called %s", name);
}

static void
set_limit (BenkStage *stage, const char *model, const char *place, guint least)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkStock *stock = benk_session_get_stock (stage->session);

  benk_stock_set_limit_async (stock, model, place, least, NULL, benk_stage_keep, &result);
  if (!benk_stock_set_limit_finish (stock, benk_stage_await (&result), NULL, &error))
    g_error ("%s", error->message);
}

/* Registered meanwhile, and refused: it may be another one. */
static void
draw_taken (BenkStage *stage, GtkWidget *view, const char *code)
{
  GPtrArray *models =
    benk_inventory_get_models (benk_session_get_inventory (stage->session));
  GtkWidget *panel = benk_stage_get_child (view, "verdict");
  GtkWidget *another = benk_stage_get_child (panel, "another");

  benk_stage_add (stage,
                  &(BenkNewDevice){ .model_id = benk_model_get_id (models->pdata[0]),
                                    .serial = code,
                                    .state = BENK_DEVICE_STATE_RECEIVED });
  gtk_drop_down_set_selected (GTK_DROP_DOWN (benk_stage_get_child (panel, "model")), 1);
  g_signal_emit_by_name (benk_stage_get_child (panel, "add"), "clicked");
  while (!gtk_widget_get_visible (another))
    g_main_context_iteration (NULL, TRUE);
  draw (stage, "count-taken");
}

static void
play_count (BenkStage *stage)
{
  GtkWidget *view = show (stage, "count");
  GtkWidget *start = benk_stage_get_child (view, "start");
  g_autofree char *end = g_strconcat ("count-end", size_name, NULL);

  draw (stage, "count-start");
  choose_place (start, "Hylle A2");
  g_signal_emit_by_name (benk_stage_get_child (start, "start"), "clicked");
  draw (stage, "count-begun");
  scan (stage, "PS-01021", "count-found");
  scan (stage, "PS-01021", "count-again");
  scan (stage, "PP001007", "count-wrong-state");
  scan (stage, "MD0001256", "count-wrong-place");
  scan (stage, "ZZ-UKJENT-12345", "count-unknown");
  draw_taken (stage, view, "ZZ-UKJENT-12345");
  g_signal_emit_by_name (benk_stage_get_child (view, "end"), "clicked");
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG), end);
}

static void
play (int width, int height, gboolean full)
{
  static const char *const views[] = { "list", "stock", "count" };
  BenkStage stage;

  size_name = width > 1366 ? "-wide" : "";
  benk_stage_set_up (&stage, FALSE);
  benk_stage_show_window (&stage, width, height);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  if (full)
    {
      benk_shots_fill (&stage);
      set_limit (&stage, "evondos-e300", NULL, 8);
      set_limit (&stage, "medido", "Hylle A1", 4);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *name =
        g_strdup_printf ("shelf-%s-%s", views[i], full ? "full" : "empty");

      show (&stage, views[i]);
      draw (&stage, name);
    }
  if (full)
    play_count (&stage);
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_shelf:
 *
 * The stock at a glance and a count, empty and full, on two sizes of screen.
 */
void
benk_shots_play_shelf (void)
{
  play (1366, 768, FALSE);
  play (1366, 768, TRUE);
  play (1920, 1080, FALSE);
  play (1920, 1080, TRUE);
}
