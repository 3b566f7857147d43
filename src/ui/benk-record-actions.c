/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-record-actions.h"

#include <glib/gi18n.h>

#include "benk-record-texts.h"
#include "benk-toasts.h"
#include "benk-window.h"

static void
on_composed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
    benk_record_texts_load_finish (BENK_SESSION (source), result, &error);

  if (!text)
    {
      benk_window_tell_error (self, error);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  benk_window_tell (self, _ ("The text for the patient record is copied."));
}

static void
copy_alarm_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkWindow *self = BENK_WINDOW (widget);
  BenkId id;

  if (benk_id_parse (g_variant_get_string (parameter, NULL), &id))
    benk_record_texts_load_alarm_async (benk_window_get_session (self), &id, NULL,
                                        on_composed, g_object_ref (self));
}

static void
copy_device_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkWindow *self = BENK_WINDOW (widget);
  BenkRecordAsked asked = { 0 };
  const char *verb;

  g_variant_get (parameter, "(&s&s)", &verb, &asked.device);
  if (benk_record_verb_from_name (verb, &asked.verb))
    benk_record_texts_load_async (benk_window_get_session (self), &asked, NULL,
                                  on_composed, g_object_ref (self));
}

/* Closed, and at once the words for the patient record. */
static void
tell_closed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *action = g_strdup_printf ("win.copy-alarm-record('%s')",
                                             g_variant_get_string (parameter, NULL));

  benk_window_add_toast (BENK_WINDOW (widget),
                         benk_toast_new_record (_ ("The alarm is closed."), action));
}

static void
offer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *printed = g_variant_print (parameter, FALSE);
  g_autofree char *action = g_strconcat ("win.copy-device-record", printed, NULL);

  benk_window_add_toast (BENK_WINDOW (widget),
                         benk_toast_new_record (_ ("Write it in the patient record too."),
                                                action));
}

/**
 * benk_record_actions_install:
 * @widget_class: the class of the main window
 *
 * Adds the actions that copy a text for the patient record.
 */
void
benk_record_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.copy-alarm-record", "s",
                                   copy_alarm_action);
  gtk_widget_class_install_action (widget_class, "win.copy-device-record", "(ss)",
                                   copy_device_action);
  gtk_widget_class_install_action (widget_class, "win.offer-record", "(ss)",
                                   offer_action);
  gtk_widget_class_install_action (widget_class, "win.tell-closed", "s",
                                   tell_closed_action);
}
