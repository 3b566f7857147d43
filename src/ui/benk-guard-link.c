/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-guard-link.h"

#include <glib/gi18n.h>

#include "benk-attest-dialog.h"
#include "benk-edit-device-dialog.h"

typedef struct
{
  BenkSession *session;
  BenkDevice *device;
  BenkNextGuard *guard;
} About;

typedef void (*Way) (GtkWidget *button, const About *about);

static void
about_free (gpointer data)
{
  About *about = data;

  g_object_unref (about->session);
  g_object_unref (about->device);
  g_object_unref (about->guard);
  g_free (about);
}

static gboolean
is_called (BenkNextGuard *guard, const char *id)
{
  return g_str_equal (benk_next_guard_get_id (guard), id);
}

static void
sign (GtkWidget *button, const About *about)
{
  gtk_window_present (GTK_WINDOW (
    benk_attest_dialog_new (GTK_WINDOW (gtk_widget_get_root (button)), about->session,
                            about->device,
                            (BenkFactKind) benk_next_guard_get_fact (about->guard))));
}

/* The day of a lease stands among what is written about the device. */
static void
edit (GtkWidget *button, const About *about)
{
  gtk_window_present (
    GTK_WINDOW (benk_edit_device_dialog_new (GTK_WINDOW (gtk_widget_get_root (button)),
                                             about->session, about->device)));
}

static void
list_of_user (GtkWidget *button, const About *about)
{
  gtk_widget_activate_action (button, "shelf.list", "(uss)", 0, "",
                              benk_device_get_person_ref (about->device));
}

static void
work_at_bench (GtkWidget *button, const About *about)
{
  gtk_widget_activate_action (button, "win.bench-device", "s",
                              benk_device_get_serial (about->device));
}

static void
show_page (GtkWidget *button, const About *about)
{
  gtk_widget_activate_action (button, "win.show-page", "s",
                              benk_next_guard_get_page (about->guard));
}

static void
say_accessories (GtkWidget *button, const About *about)
{
  gtk_widget_activate_action (button, "details.accessories", NULL);
}

/* Where its model lists any, each is said by itself, on the same page. */
static gboolean
has_accessories (BenkSession *session, BenkDevice *device)
{
  BenkModel *model =
    benk_model_find (benk_inventory_get_models (benk_session_get_inventory (session)),
                     benk_device_get_model_id (device));

  return model && benk_model_get_accessories (model)[0];
}

/* How to get to the place where it is done; NULL where there is none. */
static Way
find_way (BenkSession *session, BenkDevice *device, BenkNextGuard *guard)
{
  const char *page = benk_next_guard_get_page (guard);

  if (benk_next_guard_is_about_accessories (guard) &&
      (has_accessories (session, device) || benk_next_guard_get_fact (guard) < 0))
    return say_accessories;
  if (benk_next_guard_get_fact (guard) >= 0)
    return sign;
  if (is_called (guard, "lease-active"))
    return edit;
  if (is_called (guard, "one-active-device") && benk_device_get_person_ref (device))
    return list_of_user;
  if (g_strcmp0 (page, "bench") == 0)
    return work_at_bench;
  return page ? show_page : NULL;
}

static void
on_clicked (GtkButton *button)
{
  About *about = g_object_get_data (G_OBJECT (button), "benk-about");

  find_way (about->session, about->device, about->guard) (GTK_WIDGET (button), about);
}

/**
 * benk_guard_link_new:
 * @session: the open session
 * @device: the device
 * @guard: what is missing before a next state, or is owed after one
 *
 * Returns: (transfer floating) (nullable): a button that leads to where it is done; %NULL
 *   where there is no such place
 */
GtkWidget *
benk_guard_link_new (BenkSession *session, BenkDevice *device, BenkNextGuard *guard)
{
  GtkWidget *button;
  About *about;
  g_autofree char *name = NULL;

  if (!find_way (session, device, guard))
    return NULL;
  button = gtk_button_new_with_label (_ ("Do It…"));
  /* A button is read aloud alone: what it is about belongs to its name. */
  name = g_strdup_printf ("%s: %s", _ ("Do It…"), benk_next_guard_get_text (guard));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, benk_session_get_staff (session) != NULL);
  about = g_new0 (About, 1);
  about->session = g_object_ref (session);
  about->device = g_object_ref (device);
  about->guard = g_object_ref (guard);
  g_object_set_data_full (G_OBJECT (button), "benk-about", about, about_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), NULL);
  return button;
}
