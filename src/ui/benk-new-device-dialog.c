/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-new-device-dialog.h"

#include <glib/gi18n.h>

#include "benk-accessory-row.h"
#include "benk-entry-rows.h"
#include "benk-inventory-scan.h"
#include "benk-labels.h"
#include "benk-model-dialog.h"
#include "benk-models.h"
#include "benk-rows.h"
#include "benk-scan-desk.h"
#include "benk-sentence.h"
#include "benk-serial.h"
#include "benk-twin-check.h"

struct _BenkNewDeviceDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GCancellable *lookup;
  BenkId known_id;
  char *proposed; /* asset number that nobody typed */
  gboolean next;
  GPtrArray *accessory_rows;
  char *shown_model; /* whose accessories they are */
  char *guessed;     /* the model that the serial looks like */

  GPtrArray *models; /* those that the row names, in its order */
  AdwComboRow *model_row;
  GtkWidget *add_model_button;
  AdwEntryRow *serial_row;
  AdwEntryRow *imei_row;
  AdwEntryRow *asset_row;
  AdwEntryRow *vendor_row;
  AdwEntryRow *place_row;
  AdwComboRow *state_row;
  AdwComboRow *owner_row;
  AdwEntryRow *lease_row;
  AdwPreferencesGroup *accessories;
  GtkWidget *known_box;
  BenkTwinCheck *another;
  GtkLabel *known;
  GtkLabel *asset_big;
  GtkWidget *next_button;
  GtkLabel *warning;
  GtkLabel *done;
  GtkLabel *problem;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (BenkNewDeviceDialog, benk_new_device_dialog, ADW_TYPE_WINDOW)

/* What a device may be when it is registered by hand, in the order of the list. */
static const BenkDeviceState states[] = {
  BENK_DEVICE_STATE_RECEIVED,
  BENK_DEVICE_STATE_ORDERED,
};

static void update (BenkNewDeviceDialog *self);

static BenkModel *
get_model (BenkNewDeviceDialog *self)
{
  guint i = adw_combo_row_get_selected (self->model_row);

  return self->models && i < self->models->len ? g_ptr_array_index (self->models, i)
                                               : NULL;
}

/* The chosen one stays; one that was just added is meant. */
static void
list_models (BenkNewDeviceDialog *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->models);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = adw_combo_row_get_selected (self->model_row);
  BenkModel *kept = before && chosen < before->len ? before->pdata[chosen] : NULL;
  gboolean added = FALSE;
  guint select = GTK_INVALID_LIST_POSITION;

  self->models = g_ptr_array_ref (
    benk_inventory_get_models (benk_session_get_inventory (self->session)));
  for (guint i = 0; i < self->models->len; i++)
    {
      const char *id = benk_model_get_id (self->models->pdata[i]);

      gtk_string_list_append (names, benk_model_get_name (self->models->pdata[i]));
      if (before && !benk_model_find (before, id))
        {
          select = i;
          added = TRUE;
        }
      else if (kept && !added && g_str_equal (id, benk_model_get_id (kept)))
        select = i;
    }
  g_clear_pointer (&self->shown_model, g_free);
  adw_combo_row_set_model (self->model_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->model_row, select);
}

static void
on_models_changed (BenkNewDeviceDialog *self)
{
  if (self->session)
    list_models (self);
}

static void
on_add_model_clicked (BenkNewDeviceDialog *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_model_dialog_new (GTK_WINDOW (self), self->session, NULL)));
}

/* What the model lists; nothing is ticked for anybody, for the next box neither. */
static void
show_accessories (BenkNewDeviceDialog *self)
{
  BenkModel *model = get_model (self);
  const char *const *kinds = model ? benk_model_get_accessories (model) : NULL;

  g_free (self->shown_model);
  self->shown_model = model ? g_strdup (benk_model_get_id (model)) : NULL;
  benk_rows_clear (self->accessories, self->accessory_rows);
  for (guint i = 0; kinds && kinds[i]; i++)
    {
      GtkWidget *row = benk_accessory_row_new (kinds[i], BENK_ACCESSORY_NOT_LOOKED_AT);

      adw_preferences_group_add (self->accessories, row);
      g_ptr_array_add (self->accessory_rows, row);
    }
  adw_preferences_group_set_description (
    self->accessories,
    model && benk_model_is_accessories_proposed (model) ? benk_proposed_label () : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->accessories), self->accessory_rows->len > 0);
}

/* A label may be unusual and right: both checks warn, neither refuses. */
static void
update_warning (BenkNewDeviceDialog *self, const char *serial)
{
  BenkModel *model = get_model (self);
  g_autofree char *imei = benk_entry_rows_get_text (self->imei_row);
  BenkImeiCheck check = benk_imei_check (imei);
  g_autoptr (GString) text = g_string_new (NULL);

  if (*serial && model && !benk_model_is_serial_usual (model, serial))
    g_string_append_printf (text,
                            _ ("An unusual serial for %s. Look at the label again."),
                            benk_model_get_name (model));
  if (*imei && check != BENK_IMEI_OK)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            benk_imei_check_get_label (check));
  benk_sentence_show (self->warning, text->str);
}

/* --- already there --- */

static void
on_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNewDeviceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices =
    benk_inventory_scan_finish (BENK_INVENTORY (source), result, &error);
  BenkDevice *device =
    devices && devices->len > 0 ? g_ptr_array_index (devices, 0) : NULL;
  g_autofree char *text = NULL;

  if (!self->session || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_visible (self->known_box, device != NULL);
  benk_twin_check_offer (self->another, device != NULL);
  if (!device)
    return;
  self->known_id = *benk_device_get_id (device);
  text =
    g_strdup_printf (_ ("Already registered: %s, %s, %s"),
                     benk_inventory_get_model_name (BENK_INVENTORY (source),
                                                    benk_device_get_model_id (device)),
                     benk_device_get_asset (device) ? benk_device_get_asset (device)
                                                    : benk_device_get_serial (device),
                     benk_device_describe_state (device));
  gtk_label_set_text (self->known, text);
}

static void
look_up (BenkNewDeviceDialog *self)
{
  g_autofree char *serial = benk_entry_rows_get_text (self->serial_row);
  g_autofree char *imei = benk_entry_rows_get_text (self->imei_row);
  g_autoptr (BenkScan) scan = benk_scan_read (serial, BENK_SCAN_CAPS_OFF);

  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  gtk_widget_set_visible (self->known_box, FALSE);
  benk_twin_check_offer (self->another, FALSE);
  if (!scan->imei && *imei)
    scan->imei = g_strdup (imei);
  if (!self->session || !benk_scan_names_device (scan))
    return;
  self->lookup = g_cancellable_new ();
  benk_inventory_scan_async (benk_session_get_inventory (self->session), scan,
                             self->lookup, on_known, g_object_ref (self));
}

static void
on_show_known (BenkNewDeviceDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *id = benk_id_to_string (&self->known_id);

  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-device", "s", id);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* --- the number that is proposed --- */

static void
on_asset_changed (BenkNewDeviceDialog *self)
{
  g_autofree char *asset = benk_entry_rows_get_text (self->asset_row);

  gtk_label_set_text (self->asset_big, *asset ? asset : "–");
}

static void
on_proposed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNewDeviceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *asset =
    benk_labels_next_asset_finish (BENK_INVENTORY (source), result, &error);
  g_autofree char *typed = NULL;

  if (!self->session)
    return;
  if (!asset)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  typed = benk_entry_rows_get_text (self->asset_row);
  if (!*typed || g_strcmp0 (typed, self->proposed) == 0)
    gtk_editable_set_text (GTK_EDITABLE (self->asset_row), asset);
  g_free (self->proposed);
  self->proposed = g_steal_pointer (&asset);
}

static void
propose (BenkNewDeviceDialog *self)
{
  benk_labels_next_asset_async (benk_session_get_inventory (self->session), NULL,
                                on_proposed, g_object_ref (self));
}

static BenkOwner
get_owner (BenkNewDeviceDialog *self)
{
  return (BenkOwner) MIN (adw_combo_row_get_selected (self->owner_row),
                          BENK_N_OWNERS - 1);
}

static void
set_may_add (BenkNewDeviceDialog *self, gboolean may)
{
  gtk_widget_set_sensitive (self->add_button, may);
  gtk_widget_set_sensitive (self->next_button, may);
}

static void
on_number_changed (BenkNewDeviceDialog *self)
{
  look_up (self);
  update (self);
}

/* What a person has chosen stays while the serial is typed. */
static void
guess_model (BenkNewDeviceDialog *self, const char *serial, gboolean typed)
{
  BenkModel *now = get_model (self);
  BenkModel *guess = benk_model_guess (self->models, serial);
  guint position;

  if (!guess ||
      (typed && now && g_strcmp0 (self->guessed, benk_model_get_id (now)) != 0) ||
      !g_ptr_array_find (self->models, guess, &position))
    return;
  g_free (self->guessed);
  self->guessed = g_strdup (benk_model_get_id (guess));
  adw_combo_row_set_selected (self->model_row, position);
}

static void
update (BenkNewDeviceDialog *self)
{
  g_autofree char *serial = benk_entry_rows_get_text (self->serial_row);

  if (!self->session)
    return;
  if (*serial)
    guess_model (self, serial, TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->model_row),
                               get_model (self) ? "" : _ ("Choose…"));
  update_warning (self, serial);
  if (get_model (self) &&
      g_strcmp0 (self->shown_model, benk_model_get_id (get_model (self))) != 0)
    show_accessories (self);
  benk_sentence_show (self->problem, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->lease_row),
                          get_owner (self) == BENK_OWNER_LEASE);
  set_may_add (self,
               *serial && get_model (self) && benk_session_get_staff (self->session));
}

static void
prepare_next (BenkNewDeviceDialog *self, const char *serial)
{
  g_autofree char *text = g_strdup_printf (_ ("%s is registered."), serial);

  gtk_editable_set_text (GTK_EDITABLE (self->serial_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->imei_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->asset_row), "");
  propose (self);
  show_accessories (self);
  benk_sentence_show (self->done, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->serial_row));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNewDeviceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *serial = benk_entry_rows_get_text (self->serial_row);
  g_autofree char *added = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  BenkId id;

  if (!benk_inventory_add_finish (BENK_INVENTORY (source), result, &id, &error))
    {
      benk_sentence_show (self->problem, error->message);
      set_may_add (self, TRUE);
      return;
    }
  if (!self->session)
    return;
  if (self->next)
    {
      prepare_next (self, serial);
      return;
    }
  added = benk_id_to_string (&id);
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-device", "s", added);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add (BenkNewDeviceDialog *self, gboolean next)
{
  g_autofree char *serial = benk_entry_rows_get_text (self->serial_row);
  g_autofree char *imei = benk_entry_rows_get_text (self->imei_row);
  g_autofree char *asset = benk_entry_rows_get_text (self->asset_row);
  g_autofree char *vendor = benk_entry_rows_get_text (self->vendor_row);
  g_autofree char *place = benk_entry_rows_get_text (self->place_row);
  g_autofree char *lease = benk_entry_rows_get_text (self->lease_row);
  g_autoptr (GPtrArray) accessories =
    benk_accessory_rows_get_words (self->accessory_rows, FALSE);
  BenkModel *model = get_model (self);
  BenkNewDevice device = { .accessories = accessories };

  if (!model || !*serial)
    return;
  device.model_id = benk_model_get_id (model);
  device.serial = serial;
  device.imei = *imei ? imei : NULL;
  device.asset = *asset ? asset : NULL;
  device.vendor = *vendor ? vendor : NULL;
  device.place = *place ? place : NULL;
  device.owner = get_owner (self);
  if (device.owner == BENK_OWNER_LEASE && *lease)
    device.lease_end_date = lease;
  device.another = benk_twin_check_is_said (self->another);
  device.state =
    states[MIN (adw_combo_row_get_selected (self->state_row), G_N_ELEMENTS (states) - 1)];
  set_may_add (self, FALSE);
  self->next = next;
  benk_inventory_add_async (benk_session_get_inventory (self->session), &device, NULL,
                            on_added, g_object_ref (self));
}

static void
on_add_clicked (BenkNewDeviceDialog *self)
{
  add (self, FALSE);
}

/* Model, vendor, owner and place stay: a pile of boxes is alike. */
static void
on_next_clicked (BenkNewDeviceDialog *self)
{
  add (self, TRUE);
}

/* A scanner ends with Enter: it leads on to the next row, the last one registers. */
static void
on_row_activated (BenkNewDeviceDialog *self, AdwEntryRow *row)
{
  AdwEntryRow *const rows[] = { self->serial_row, self->imei_row,  self->asset_row,
                                self->vendor_row, self->lease_row, self->place_row };

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (rows); i++)
    if (rows[i] == row)
      {
        i += gtk_widget_get_visible (GTK_WIDGET (rows[i + 1])) ? 1 : 2;
        gtk_widget_grab_focus (GTK_WIDGET (rows[i]));
        return;
      }
  if (gtk_widget_get_sensitive (self->add_button))
    on_add_clicked (self);
}

/* Each number goes into its own row, whichever row has the focus. */
static void
fill_in (BenkNewDeviceDialog *self, const BenkScan *scan)
{
  if (scan->serial)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->serial_row), scan->serial);
      guess_model (self, scan->serial, FALSE);
    }
  if (scan->imei)
    gtk_editable_set_text (GTK_EDITABLE (self->imei_row), scan->imei);
  if (scan->asset)
    gtk_editable_set_text (GTK_EDITABLE (self->asset_row), scan->asset);
  if (!scan->serial)
    gtk_widget_grab_focus (GTK_WIDGET (self->serial_row));
}

static void
on_scanned (GtkWidget *widget, const BenkScan *scan, const BenkScanTyping *typing)
{
  fill_in (BENK_NEW_DEVICE_DIALOG (widget), scan);
}

static void
benk_new_device_dialog_dispose (GObject *object)
{
  BenkNewDeviceDialog *self = BENK_NEW_DEVICE_DIALOG (object);

  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  g_clear_pointer (&self->proposed, g_free);
  g_clear_pointer (&self->accessory_rows, g_ptr_array_unref);
  g_clear_pointer (&self->guessed, g_free);
  g_clear_pointer (&self->shown_model, g_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_new_device_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, model_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog,
                                        add_model_button);
  gtk_widget_class_bind_template_callback (widget_class, on_add_model_clicked);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, serial_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, imei_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, asset_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, vendor_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, place_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, state_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, owner_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, lease_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, accessories);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, known_box);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, another);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, known);
  gtk_widget_class_bind_template_child_full (widget_class, "known_button", FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, asset_big);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, done);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkNewDeviceDialog, add_button);
}

static void
benk_new_device_dialog_class_init (BenkNewDeviceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_new_device_dialog_dispose;
  g_type_ensure (BENK_TYPE_TWIN_CHECK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-new-device-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_number_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_asset_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_known);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_new_device_dialog_init (BenkNewDeviceDialog *self)
{
  g_autoptr (GtkStringList) owners = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->accessory_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_string_list_append (names, benk_device_state_get_label (states[i], FALSE));
  adw_combo_row_set_model (self->state_row, G_LIST_MODEL (names));
  for (guint owner = 0; owner < BENK_N_OWNERS; owner++)
    gtk_string_list_append (owners, benk_owner_get_label ((BenkOwner) owner));
  adw_combo_row_set_model (self->owner_row, G_LIST_MODEL (owners));
  benk_scan_take (GTK_WIDGET (self), on_scanned);
}

/**
 * benk_new_device_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @serial: (nullable): what to fill in for the serial
 *
 * Returns: (transfer none): a window that registers devices
 */
GtkWidget *
benk_new_device_dialog_new (GtkWindow *parent, BenkSession *session, const char *serial)
{
  BenkNewDeviceDialog *self =
    g_object_new (BENK_TYPE_NEW_DEVICE_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  list_models (self);
  gtk_widget_set_sensitive (self->add_model_button,
                            benk_session_get_staff (session) != NULL);
  g_signal_connect_object (benk_session_get_models (session), "changed",
                           G_CALLBACK (on_models_changed), self, G_CONNECT_SWAPPED);
  if (serial)
    gtk_editable_set_text (GTK_EDITABLE (self->serial_row), serial);
  gtk_widget_grab_focus (GTK_WIDGET (self->serial_row));
  update (self);
  propose (self);
  return GTK_WIDGET (self);
}

/**
 * benk_new_device_dialog_new_scanned:
 * @parent: the main window
 * @session: the open session
 * @scan: what was scanned
 *
 * Returns: (transfer none): the same, with what was scanned filled in
 */
GtkWidget *
benk_new_device_dialog_new_scanned (GtkWindow *parent,
                                    BenkSession *session,
                                    const BenkScan *scan)
{
  GtkWidget *self = benk_new_device_dialog_new (parent, session, NULL);

  fill_in (BENK_NEW_DEVICE_DIALOG (self), scan);
  return self;
}
