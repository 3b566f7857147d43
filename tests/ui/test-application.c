/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-application.h"

#include <adwaita.h>
#include <glib/gstdio.h>

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

/* Who holds an application that is registered and not started; it is let go. */
static guint
count_holders (const char *application_id)
{
  g_autoptr (BenkApplication) application = benk_application_new ();
  g_autoptr (GError) error = NULL;

  g_application_set_application_id (G_APPLICATION (application), application_id);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return G_OBJECT (application)->ref_count;
}

/* What opens a store holds the application meanwhile. */
static void
test_registered_opens_nothing (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "dosebenk", NULL);
  g_autofree char *path = g_build_filename (folder, "dosebenk.db", NULL);
  g_autoptr (GError) error = NULL;
  guint n_holders = count_holders ("no.dosebenk.NoStore");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_holders ("no.dosebenk.Store"), ==, n_holders);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-ui-XXXXXX", NULL);
  int code;

  g_setenv ("XDG_DATA_HOME", dir, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/application/registered-opens-no-store",
                   test_registered_opens_nothing);
  g_test_add_func ("/ui/application/started-twice-opens-one-window", test_started_twice);
  code = g_test_run ();
  benk_demo_remove_folder (dir);
  return code;
}
