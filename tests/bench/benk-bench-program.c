/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-program.h"

#include "benk-config.h"

#include <libintl.h>
#include <locale.h>

#include "benk-application.h"
#include "benk-staff-dialog.h"

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
        g_idle_add_full (G_PRIORITY_DEFAULT, close_window, g_object_ref (window),
                         g_object_unref);
    }
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow *window,
                 BenkBenchWindowAdded added)
{
  if (!BENK_IS_WINDOW (window))
    return;
  g_signal_connect (gtk_window_get_toplevels (), "items-changed",
                    G_CALLBACK (on_windows_changed), NULL);
  added (window);
}

int
benk_bench_program_run (char *name, const char *store, BenkBenchWindowAdded added)
{
  g_autoptr (BenkApplication) application = NULL;
  char *arguments[] = { name, (char *) "--store", (char *) store, NULL };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BENK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Dosebenk");
  gtk_window_set_default_icon_name (BENK_APP_ID);
  application = benk_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), added);

  return g_application_run (G_APPLICATION (application), 3, arguments);
}
