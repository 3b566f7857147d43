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

static void
scan (BenkStage *stage, const char *code, const char *name)
{
  GtkWidget *view = show (stage, "count");
  GtkWidget *entry = benk_stage_get_child (view, "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  g_signal_emit_by_name (entry, "activate");
  benk_shots_draw (stage->window, name);
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

static void
play_count (BenkStage *stage)
{
  GtkWidget *view = show (stage, "count");

  benk_shots_draw (stage->window, "count-start");
  g_signal_emit_by_name (benk_stage_get_child (benk_stage_get_child (view, "start"),
                                               "start"),
                         "clicked");
  benk_shots_draw (stage->window, "count-begun");
  scan (stage, "MD0001001", "count-found");
  scan (stage, "MD0001001", "count-again");
  scan (stage, "PP001007", "count-wrong-state");
  scan (stage, "MD0900001", "count-wrong-place");
  scan (stage, "ZZ-UKJENT-12345", "count-unknown");
  g_signal_emit_by_name (benk_stage_get_child (view, "end"), "clicked");
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG), "count-end");
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
      benk_shots_fill (&stage);
      set_limit (&stage, "evondos-e300", NULL, 8);
      set_limit (&stage, "medido", "Hylle A1", 4);
    }
  show (&stage, "stock");
  benk_shots_draw (stage.window, full ? "stock-full" : "stock-empty");
  if (full)
    play_count (&stage);
  else
    {
      show (&stage, "count");
      benk_shots_draw (stage.window, "count-empty");
    }
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
  play (1920, 1080, TRUE);
}
