/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-window-actions.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-pages.h"
#include "benk-plan-dialog.h"
#include "benk-record-actions.h"
#include "benk-undo-dialog.h"
#include "benk-window.h"

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
    benk_session_undo_finish (BENK_SESSION (source), result, NULL, &error);

  if (sentence)
    benk_window_tell (self, sentence);
  else if (strchr (error->message, '\n'))
    benk_undo_dialog_refused (GTK_WINDOW (self), error);
  else
    benk_window_tell_error (self, error);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkWindow *self = BENK_WINDOW (widget);

  benk_session_undo_async (benk_window_get_session (self),
                           parameter ? g_variant_get_int64 (parameter) : 0, NULL,
                           on_undone, g_object_ref (self));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *sentence = NULL;
  gint64 seq = 0;

  if (!benk_session_verify_finish (BENK_SESSION (source), result, &seq, &hash, &error))
    {
      benk_window_tell_error (self, error);
      return;
    }
  sentence = g_strdup_printf (_ ("The change log is intact up to row %d."), (int) seq);
  benk_window_tell (self, sentence);
}

static void
verify_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkWindow *self = BENK_WINDOW (widget);

  benk_session_verify_async (benk_window_get_session (self), 0, NULL, NULL, on_verified,
                             g_object_ref (self));
}

static void
tell_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  benk_window_tell (BENK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
tell_error_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  benk_window_refuse (BENK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  benk_window_show_page (BENK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
choose_staff_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  benk_window_choose_staff (BENK_WINDOW (widget));
}

/* Actions that other pages' windows open: a page says what, the window knows where. */
static void
routed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkWindow *self = BENK_WINDOW (widget);

  benk_pages_route (self, name + strlen ("win."),
                    parameter ? g_variant_get_string (parameter, NULL) : NULL);
}

/* In a text the key belongs to the text, also when that has nothing to take back. */
static gboolean
on_undo_key (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_activate_action (widget, "win.undo", NULL);
}

/* The settings of the user with that reference; without one it is asked for. */
static void
plan_action (GtkWidget *widget, const char *action, GVariant *target)
{
  BenkWindow *self = BENK_WINDOW (widget);
  const char *reference = g_variant_get_string (target, NULL);

  gtk_window_present (
    GTK_WINDOW (benk_plan_dialog_new (GTK_WINDOW (self), benk_window_get_session (self),
                                      NULL, *reference ? reference : NULL)));
}

/**
 * benk_window_actions_install:
 * @widget_class: the class of the main window
 *
 * Adds the actions that need nothing of the window but what everybody may ask of it.
 */
void
benk_window_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.undo-change", "x", undo_action);
  gtk_widget_class_install_action (widget_class, "win.verify", NULL, verify_action);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", tell_action);
  gtk_widget_class_install_action (widget_class, "win.tell-error", "s",
                                   tell_error_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.choose-staff", NULL,
                                   choose_staff_action);
  gtk_widget_class_install_action (widget_class, "win.new-alarm", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.note-call", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.import-alarms", NULL,
                                   routed_action);
  gtk_widget_class_install_action (widget_class, "win.new-device", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.feeds", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.duty", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.deadlines", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.closed-alarms", NULL,
                                   routed_action);
  benk_record_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "win.show-stock", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.plan", "s", plan_action);
  gtk_widget_class_install_action (widget_class, "win.show-device", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.show-alarm", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.show-return", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.bench-device", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.swap", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.change-settings", "s",
                                   routed_action);
  gtk_widget_class_install_action (widget_class, "win.reset-device", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.return-device", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.call-vendor", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.guidance", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.visit", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.find-visit", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.label", "s", routed_action);
  gtk_widget_class_install_action (widget_class, "win.scanner-test", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.quiet", NULL, routed_action);
  gtk_widget_class_install_action (widget_class, "win.models", NULL, routed_action);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, on_undo_key,
                                NULL);
}
