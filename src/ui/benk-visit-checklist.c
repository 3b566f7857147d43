/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-checklist.h"

#include <glib/gi18n.h>

#include "benk-bench-checklist.h"
#include "benk-checklist-runner.h"

#define WIDTH 760
#define HEIGHT 680

/* What the button is about, owned by it. */
typedef struct
{
  BenkSession *session;
  BenkDevice *device;
} About;

static void
about_free (gpointer data, GClosure *closure)
{
  About *self = data;

  g_object_unref (self->session);
  g_object_unref (self->device);
  g_free (self);
}

static void
show_list (GtkRoot *parent, BenkChecklist *list)
{
  GtkWidget *runner = benk_checklist_runner_new (list);
  GtkWidget *window =
    g_object_new (GTK_TYPE_WINDOW, "transient-for", parent, "modal", TRUE, "title",
                  benk_checklist_get_title (list), "default-width", WIDTH,
                  "default-height", HEIGHT, "child", runner, NULL);

  g_signal_connect_object (runner, "closed", G_CALLBACK (gtk_window_close), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_child_focus (runner, GTK_DIR_TAB_FORWARD);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list =
    benk_checklist_start_finish (BENK_SESSION (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (button);

  /* The visit may have been left meanwhile. */
  if (!root)
    return;
  if (list)
    show_list (root, list);
  else
    gtk_widget_activate_action (button, "win.tell-error", "s", error->message);
}

static void
on_clicked (GtkWidget *button, About *about)
{
  BenkChecklistStart what = { .model_id = benk_device_get_model_id (about->device),
                              .task = BENK_TASK_SETTINGS,
                              .devices = benk_device_get_id (about->device),
                              .n_devices = 1,
                              .resume = TRUE };

  benk_checklist_start_async (about->session, &what, NULL, on_started,
                              g_object_ref (button));
}

/**
 * benk_visit_checklist_new_button:
 * @session: the open session
 * @device: a device that is with a user
 *
 * A button for the checklist by which the settings of @device are changed without a
 * cable, in a window of its own; one that is begun is gone on with.
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
benk_visit_checklist_new_button (BenkSession *session, BenkDevice *device)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("By Checklist…"));
  About *about = g_new0 (About, 1);

  about->session = g_object_ref (session);
  about->device = g_object_ref (device);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_clicked), about, about_free,
                         0);
  return button;
}
