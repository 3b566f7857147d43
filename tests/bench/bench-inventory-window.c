/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as it is shipped, watched from inside: its window over a store. */

#include "benk-config.h"

#include <libintl.h>
#include <locale.h>

#include "benk-application.h"
#include "benk-bench-screen.h"
#include "benk-shelf-page.h"
#include "benk-staff-dialog.h"
#include "benk-window.h"

static gboolean wants_rows;
static BenkBenchScreen *screen;

static GtkWidget *
get_view (BenkWindow *window)
{
  GtkWidget *page = benk_window_get_page (window, "devices");
  GtkWidget *list = GTK_WIDGET (benk_shelf_page_get_list (BENK_SHELF_PAGE (page)));

  return GTK_WIDGET (
    gtk_widget_get_template_child (list, BENK_TYPE_DEVICES_PAGE, "view"));
}

static gboolean
close_window (gpointer window)
{
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

/* Who does not say who is working only looks. */
static void
on_windows_changed (
  GListModel *windows, guint position, guint removed, guint added, gpointer user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (BENK_IS_STAFF_DIALOG (window))
        g_idle_add (close_window, window);
    }
}

/* What somebody does who comes for the devices. */
static void
on_shown (gpointer window)
{
  if (!wants_rows)
    return;
  benk_window_show_page (window, "devices");
  benk_bench_screen_follow (screen, get_view (window));
  gtk_widget_activate_action (window, "win.search", NULL);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  if (!BENK_IS_WINDOW (window))
    return;
  g_signal_connect (gtk_window_get_toplevels (), "items-changed",
                    G_CALLBACK (on_windows_changed), NULL);
  screen = benk_bench_screen_new (window);
  benk_bench_screen_set_shown (screen, on_shown, window);
}

int
main (int argc, char **argv)
{
  g_autoptr (BenkApplication) application = NULL;
  char *arguments[] = { argv[0], (char *) "--store", argv[1], NULL };

  if (argc < 2)
    return 2;
  wants_rows = argc > 2;
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BENK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Dosebenk");
  gtk_window_set_default_icon_name (BENK_APP_ID);
  application = benk_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);

  return g_application_run (G_APPLICATION (application), 3, arguments);
}
