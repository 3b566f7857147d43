/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-edit-device-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-serial.h"
#include "benk-toasts.h"
#include "benk-twin-check.h"

enum
{
  SERIAL,
  IMEI,
  ASSET,
  VENDOR,
  RECEIVED,
  WARRANTY,
  LEASE,
  NOTE,
  N_ENTRIES,
};

struct _BenkEditDeviceDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkDevice *device;
  char *taken; /* serial that was refused */
  GtkWidget *entries[N_ENTRIES];

  GtkWidget *box;
  AdwComboRow *owner_row;
  GtkListBox *owner_list;
  GtkLabel *warning;
  GtkLabel *problem;
  BenkTwinCheck *another;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (BenkEditDeviceDialog, benk_edit_device_dialog, ADW_TYPE_WINDOW)

static void
say (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (label), *sentence != '\0');
}

static gboolean
is_other_serial (BenkEditDeviceDialog *self, const char *serial)
{
  g_autofree char *before = benk_serial_normalise (benk_device_get_serial (self->device));
  g_autofree char *now = benk_serial_normalise (serial);

  return g_strcmp0 (before, now) != 0;
}

/* Said once and refused all the same, it is not the serial that is taken. */
static void
offer_another (BenkEditDeviceDialog *self, const GError *error)
{
  g_autofree char *serial = benk_entry_rows_get_text (self->entries[SERIAL]);

  if (!g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT) ||
      benk_twin_check_is_said (self->another) || !is_other_serial (self, serial))
    return;
  g_free (self->taken);
  self->taken = g_steal_pointer (&serial);
  benk_twin_check_offer (self->another, TRUE);
}

/* A label may be unusual and right: the checks warn, none refuses. */
static void
update (BenkEditDeviceDialog *self)
{
  g_autofree char *serial = benk_entry_rows_get_text (self->entries[SERIAL]);
  g_autofree char *imei = benk_entry_rows_get_text (self->entries[IMEI]);
  g_autoptr (GString) text = g_string_new (NULL);
  BenkImeiCheck check = benk_imei_check (imei);
  BenkModel *model;

  if (!self->session)
    return;
  model = benk_model_find (benk_inventory_get_models (
                             benk_session_get_inventory (self->session)),
                           benk_device_get_model_id (self->device));
  if (*serial && model && !benk_model_is_serial_usual (model, serial))
    g_string_append_printf (text,
                            _ ("An unusual serial for %s. Look at the label again."),
                            benk_model_get_name (model));
  if (*imei && check != BENK_IMEI_OK)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            benk_imei_check_get_label (check));
  say (self->warning, text->str);
  say (self->problem, "");
  if (g_strcmp0 (serial, self->taken) != 0)
    benk_twin_check_offer (self->another, FALSE);
  gtk_widget_set_sensitive (self->save_button,
                            *serial && benk_session_get_staff (self->session));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkEditDeviceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gint64 seq = 0;

  if (!benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    {
      say (self->problem, error->message);
      gtk_widget_set_sensitive (self->save_button, TRUE);
      if (self->session)
        offer_another (self, error);
      return;
    }
  if (!self->session)
    return;
  sentence =
    g_strdup_printf (_ ("%s is corrected."), benk_device_get_serial (self->device));
  if (parent)
    benk_toasts_tell_change (GTK_WIDGET (parent), sentence, seq);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_save_clicked (BenkEditDeviceDialog *self)
{
  g_auto (GStrv) texts = g_new0 (char *, N_ENTRIES + 1);
  BenkDeviceEdit edit;

  for (guint i = 0; i < N_ENTRIES; i++)
    texts[i] = benk_entry_rows_get_text (self->entries[i]);
  edit = (BenkDeviceEdit){
    .serial = texts[SERIAL],
    .imei = texts[IMEI],
    .asset = texts[ASSET],
    .vendor = texts[VENDOR],
    .received_date = texts[RECEIVED],
    .warranty_date = texts[WARRANTY],
    .lease_end_date = texts[LEASE],
    .note = texts[NOTE],
    .owner = (int) adw_combo_row_get_selected (self->owner_row),
    .another = benk_twin_check_is_said (self->another),
  };
  gtk_widget_set_sensitive (self->save_button, FALSE);
  benk_inventory_edit_async (benk_session_get_inventory (self->session),
                             benk_device_get_id (self->device), &edit, NULL, on_saved,
                             g_object_ref (self));
}

static void
benk_edit_device_dialog_dispose (GObject *object)
{
  BenkEditDeviceDialog *self = BENK_EDIT_DEVICE_DIALOG (object);

  g_clear_object (&self->device);
  g_clear_pointer (&self->taken, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_edit_device_dialog_parent_class)->dispose (object);
}

static void
benk_edit_device_dialog_class_init (BenkEditDeviceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_edit_device_dialog_dispose;
  g_type_ensure (BENK_TYPE_TWIN_CHECK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-edit-device-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, box);
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, owner_row);
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, owner_list);
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, another);
  gtk_widget_class_bind_template_child (widget_class, BenkEditDeviceDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_edit_device_dialog_init (BenkEditDeviceDialog *self)
{
  const char *const titles[N_ENTRIES] = {
    [SERIAL] = _ ("Serial"),
    [IMEI] = _ ("IMEI"),
    [ASSET] = _ ("Asset number"),
    [VENDOR] = _ ("Vendor"),
    [RECEIVED] = _ ("Received (2026-03-31)"),
    [WARRANTY] = _ ("Warranty until (2026-03-31)"),
    [LEASE] = _ ("Lease until (2026-03-31)"),
    [NOTE] = _ ("Note"),
  };
  g_autoptr (GtkStringList) owners = gtk_string_list_new (NULL);
  GtkWidget *list = benk_entry_rows_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_ENTRIES; i++)
    self->entries[i] = benk_entry_rows_add (list, titles[i], G_CALLBACK (update), self);
  gtk_box_prepend (GTK_BOX (self->box), list);
  for (guint i = 0; i < BENK_N_OWNERS; i++)
    gtk_string_list_append (owners, benk_owner_get_label ((BenkOwner) i));
  adw_combo_row_set_model (self->owner_row, G_LIST_MODEL (owners));
}

/**
 * benk_edit_device_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: what to correct
 *
 * Returns: (transfer none): a window with what is written about @device
 */
GtkWidget *
benk_edit_device_dialog_new (GtkWindow *parent, BenkSession *session, BenkDevice *device)
{
  BenkEditDeviceDialog *self =
    g_object_new (BENK_TYPE_EDIT_DEVICE_DIALOG, "transient-for", parent, NULL);
  const char *const texts[N_ENTRIES] = {
    [SERIAL] = benk_device_get_serial (device),
    [IMEI] = benk_device_get_imei (device),
    [ASSET] = benk_device_get_asset (device),
    [VENDOR] = benk_device_get_vendor (device),
    [RECEIVED] = benk_device_get_received_date (device),
    [WARRANTY] = benk_device_get_warranty_date (device),
    [LEASE] = benk_device_get_lease_end_date (device),
    [NOTE] = benk_device_get_note (device),
  };

  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), texts[i] ? texts[i] : "");
  adw_combo_row_set_selected (self->owner_row, benk_device_get_owner (device));
  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  gtk_widget_grab_focus (self->entries[SERIAL]);
  update (self);
  return GTK_WIDGET (self);
}
