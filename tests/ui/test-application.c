/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-application.h"

#include <adwaita.h>

#include "benk-demo.h"

static guint n_activations;
static guint n_windows;

static void
on_activate (GApplication *application)
{
  /* The second click on the icon comes before the store is open. */
  if (n_activations++ == 0)
    g_application_activate (application);
}

static gboolean
close_all (gpointer user_data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (user_data)) != NULL)
    gtk_window_destroy (windows->data);
  return G_SOURCE_REMOVE;
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  if (!ADW_IS_APPLICATION_WINDOW (window))
    return;
  n_windows++;
  g_idle_add_full (G_PRIORITY_LOW, close_all, application, NULL);
}

/* The application runs until every store that it opens has shown its window. */
static void
test_started_twice (void)
{
  g_autoptr (BenkApplication) application = benk_application_new ();

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), NULL);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_cmpuint (n_activations, ==, 2);
  g_assert_cmpuint (n_windows, ==, 1);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-ui-XXXXXX", NULL);
  int code;

  g_setenv ("XDG_DATA_HOME", dir, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/application/started-twice-opens-one-window", test_started_twice);
  code = g_test_run ();
  benk_demo_remove_folder (dir);
  return code;
}
