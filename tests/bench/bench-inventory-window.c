/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as it is shipped, watched from inside: its window over a store. */

#include <time.h>

#include "benk-bench-program.h"
#include "benk-bench-screen.h"
#include "benk-import-dialog.h"
#include "benk-shelf-page.h"

static gboolean wants_rows;
static const char *list_path; /* to be previewed */
static BenkBenchScreen *screen;

/* What the thread of the window does between two looks for what is new, in its own
 * processor time: other work on the machine does not lengthen it. */
static gint64 busy_since_us;
static gint64 longest_us;

static gint64
get_busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
look (GPollFD *files, guint n_files, int timeout)
{
  int n;

  longest_us = MAX (longest_us, get_busy_us () - busy_since_us);
  n = g_poll (files, n_files, timeout);
  busy_since_us = get_busy_us ();
  return n;
}

static GtkWidget *
get_view (BenkWindow *window)
{
  GtkWidget *page = benk_window_get_page (window, "devices");
  GtkWidget *list = GTK_WIDGET (benk_shelf_page_get_list (BENK_SHELF_PAGE (page)));

  return GTK_WIDGET (
    gtk_widget_get_template_child (list, BENK_TYPE_DEVICES_PAGE, "view"));
}

static gboolean
say_preview (gpointer user_data)
{
  g_print ("preview %" G_GINT64_FORMAT "\n", longest_us);
  return G_SOURCE_REMOVE;
}

static gboolean
go_on (gpointer dialog)
{
  g_signal_emit_by_name (gtk_widget_get_template_child (GTK_WIDGET (dialog),
                                                        BENK_TYPE_IMPORT_DIALOG,
                                                        "next_button"),
                         "clicked");
  return G_SOURCE_REMOVE;
}

static void
on_import_page (GtkStack *stack, GParamSpec *pspec, gpointer dialog)
{
  const char *page = gtk_stack_get_visible_child_name (stack);

  if (g_str_equal (page, "columns"))
    g_idle_add (go_on, dialog);
  else if (g_str_equal (page, "preview"))
    g_timeout_add (500, say_preview, NULL);
}

/* Reads a list and compares it, as far as somebody does before it is imported. */
static void
preview (GtkWindow *window)
{
  g_autoptr (GFile) file = g_file_new_for_path (list_path);
  GtkWidget *dialog =
    benk_import_dialog_new (window, benk_window_get_session (BENK_WINDOW (window)));
  GObject *stack =
    gtk_widget_get_template_child (dialog, BENK_TYPE_IMPORT_DIALOG, "stack");

  g_signal_connect (stack, "notify::visible-child-name", G_CALLBACK (on_import_page),
                    dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  longest_us = 0;
  busy_since_us = get_busy_us ();
  g_main_context_set_poll_func (NULL, look);
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), file);
}

/* What somebody does who comes for the devices. */
static void
on_shown (gpointer window)
{
  if (list_path != NULL)
    preview (window);
  if (!wants_rows)
    return;
  benk_window_show_page (window, "devices");
  benk_bench_screen_follow (screen, get_view (window));
  gtk_widget_activate_action (window, "win.search", NULL);
}

static void
on_window (GtkWindow *window)
{
  screen = benk_bench_screen_new (window);
  benk_bench_screen_set_shown (screen, on_shown, window);
}

/* STORE [rows | LIST]: with a list, its preview is measured */
int
main (int argc, char **argv)
{
  if (argc < 2)
    return 2;
  wants_rows = argc > 2 && g_str_equal (argv[2], "rows");
  list_path = argc > 2 && !wants_rows ? argv[2] : NULL;
  return benk_bench_program_run (argv[0], argv[1], on_window);
}
