/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reserve-dialog.h"

#include <glib/gi18n.h>

#include "benk-bulk-dialog.h"
#include "benk-bulk.h"
#include "benk-error.h"
#include "benk-forecast.h"
#include "benk-sentence.h"
#include "benk-toasts.h"

/* A device with the user it is for; the day is that of all where none is written. */
typedef struct
{
  BenkId device;
  GtkWidget *user;
  GtkWidget *date;
} Line;

struct _BenkReserveDialog
{
  AdwWindow parent_instance;

  GtkWidget *widget; /* of the window behind, which tells what was done */
  BenkSession *session;
  GArray *lines;
  gboolean changes;

  GtkWidget *go_on_button;
  GtkLabel *intro;
  GtkWidget *date_row;
  GtkCalendar *calendar;
  GtkWidget *date_button;
  GtkLabel *problem;
  AdwPreferencesGroup *devices;
};

G_DEFINE_FINAL_TYPE (BenkReserveDialog, benk_reserve_dialog, ADW_TYPE_WINDOW)

static char *
take_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* The day of a line, or of all. */
static char *
take_date (BenkReserveDialog *self, const Line *line)
{
  g_autofree char *own = take_text (line->date);

  return *own ? g_steal_pointer (&own) : take_text (self->date_row);
}

static char *
dup_today (BenkReserveDialog *self)
{
  return benk_forecast_get_today (
    benk_clock_get_wall_ms (benk_session_get_clock (self->session)));
}

/* What is typed so far is only called wrong once it is whole. */
static gboolean
check_line (
  BenkReserveDialog *self, const Line *line, const char *today, guint *n, char **problem)
{
  g_autofree char *user = take_text (line->user);
  g_autofree char *date = take_date (self, line);
  g_autoptr (GError) error = NULL;

  if (!*user)
    return TRUE;
  (*n)++;
  if (benk_reservation_check_date (date, today, &error))
    return TRUE;
  if (strlen (date) >= strlen ("2026-12-03") && !*problem)
    *problem = g_strdup (error->message);
  return FALSE;
}

static void
update (BenkReserveDialog *self)
{
  g_autofree char *today = dup_today (self);
  g_autofree char *problem = NULL;
  gboolean good = TRUE;
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    if (!check_line (self, &g_array_index (self->lines, Line, i), today, &n, &problem))
      good = FALSE;
  gtk_widget_set_sensitive (self->go_on_button, good && n > 0);
  benk_sentence_show (self->problem, problem);
}

static void
on_day_selected (BenkReserveDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->date_row), text);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->date_button));
}

/* The month that is shown begins with the day of the program's clock. */
static void
show_today (BenkReserveDialog *self)
{
  g_autofree char *today = dup_today (self);
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00Z", today);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, NULL);

  g_signal_handlers_block_by_func (self->calendar, on_day_selected, self);
  if (day)
    gtk_calendar_select_day (self->calendar, day);
  g_signal_handlers_unblock_by_func (self->calendar, on_day_selected, self);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    benk_toasts_tell_change (widget, _ ("Reservation changed."), seq);
  else
    gtk_widget_activate_action (widget, "win.tell-error", "s", error->message);
}

static void
change (BenkReserveDialog *self)
{
  const Line *line = &g_array_index (self->lines, Line, 0);
  g_autofree char *user = take_text (line->user);
  g_autofree char *date = take_date (self, line);

  benk_inventory_change_reservation_async (benk_session_get_inventory (self->session),
                                           &line->device, user, date, NULL, on_changed,
                                           g_object_ref (self->widget));
}

static void
reserve (BenkReserveDialog *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (BenkWish));
  g_autoptr (BenkBulk) bulk = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
      char *user = take_text (line->user);
      char *date = take_date (self, line);
      BenkWish wish = { line->device, user, date };

      g_ptr_array_add (texts, user);
      g_ptr_array_add (texts, date);
      if (*user)
        g_array_append_val (wishes, wish);
    }
  bulk = benk_bulk_new_reserve (benk_session_get_inventory (self->session),
                                (const BenkWish *) (gpointer) wishes->data, wishes->len);
  benk_bulk_dialog_run (self->widget, self->session, bulk, _ ("Reserved"));
}

static void
on_go_on_clicked (BenkReserveDialog *self)
{
  if (self->changes)
    change (self);
  else
    reserve (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static GtkWidget *
add_entry (BenkReserveDialog *self,
           GtkWidget *row,
           const char *what,
           const char *text,
           guint chars)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *name =
    g_strdup_printf ("%s: %s", what,
                     adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), what);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), (int) chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), (int) chars);
  gtk_editable_set_text (GTK_EDITABLE (entry), text ? text : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
  return entry;
}

static void
add_line (BenkReserveDialog *self, BenkDevice *device, const char *user)
{
  GtkWidget *row = adw_action_row_new ();
  const char *asset = benk_device_get_asset (device);
  g_autofree char *title =
    g_strdup_printf ("%s%s%s", asset ? asset : "", asset ? " · " : "",
                     benk_device_get_serial (device));
  g_autofree char *subtitle =
    g_strdup_printf ("%s · %s",
                     benk_inventory_get_model_name (benk_session_get_inventory (
                                                      self->session),
                                                    benk_device_get_model_id (device)),
                     benk_device_describe_state (device));
  Line line = { .device = *benk_device_get_id (device) };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  line.user = add_entry (self, row, _ ("User"), user, 12);
  line.date = add_entry (self, row, _ ("Another day"), NULL, 12);
  adw_preferences_group_add (self->devices, row);
  g_array_append_val (self->lines, line);
  /* For one the day of all is its own. */
  gtk_widget_set_visible (g_array_index (self->lines, Line, 0).date,
                          self->lines->len > 1);
  if (self->lines->len == 1)
    gtk_widget_grab_focus (line.user);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReserveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices =
    benk_inventory_get_many_finish (BENK_INVENTORY (source), result, &error);

  if (!self->session)
    return;
  if (!devices)
    {
      gtk_widget_activate_action (self->widget, "win.tell-error", "s", error->message);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  for (guint i = 0; i < devices->len; i++)
    if (g_ptr_array_index (devices, i))
      add_line (self, g_ptr_array_index (devices, i), NULL);
  update (self);
}

static void
benk_reserve_dialog_dispose (GObject *object)
{
  BenkReserveDialog *self = BENK_RESERVE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->widget);
  G_OBJECT_CLASS (benk_reserve_dialog_parent_class)->dispose (object);
}

static void
benk_reserve_dialog_finalize (GObject *object)
{
  g_array_unref (BENK_RESERVE_DIALOG (object)->lines);
  G_OBJECT_CLASS (benk_reserve_dialog_parent_class)->finalize (object);
}

static void
benk_reserve_dialog_class_init (BenkReserveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_reserve_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_reserve_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-reserve-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, go_on_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, date_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkReserveDialog, devices);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_reserve_dialog_init (BenkReserveDialog *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static BenkReserveDialog *
make (GtkWidget *widget, BenkSession *session)
{
  BenkReserveDialog *self =
    g_object_new (BENK_TYPE_RESERVE_DIALOG, "transient-for", gtk_widget_get_root (widget),
                  "modal", TRUE, NULL);

  self->widget = g_object_ref (widget);
  self->session = g_object_ref (session);
  show_today (self);
  return self;
}

/**
 * benk_reserve_dialog_new:
 * @widget: a widget of the main window
 * @session: the open session
 * @devices: (array length=n_devices): devices
 * @n_devices: their number
 *
 * Returns: (transfer none): a dialog that keeps each for a user, as one change
 */
GtkWidget *
benk_reserve_dialog_new (GtkWidget *widget,
                         BenkSession *session,
                         const BenkId *devices,
                         guint n_devices)
{
  BenkReserveDialog *self = make (widget, session);

  gtk_label_set_text (
    self->intro,
    n_devices > 1
      ? _ ("Say for each device which user it is for. One without a user is not "
           "reserved. All are reserved as one change.")
      : _ ("No name and no national number: only the reference that the patient record "
           "uses."));
  benk_inventory_get_many_async (benk_session_get_inventory (session), devices, n_devices,
                                 NULL, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * benk_reserve_dialog_new_change:
 * @widget: a widget of the main window
 * @session: the open session
 * @card: a device that is reserved
 *
 * Returns: (transfer none): a dialog that says for whom and for when it is kept instead
 */
GtkWidget *
benk_reserve_dialog_new_change (GtkWidget *widget,
                                BenkSession *session,
                                BenkDeviceCard *card)
{
  const BenkReservation *reservation = benk_device_card_get_reservation (card);
  BenkReserveDialog *self = make (widget, session);

  self->changes = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _ ("Change Reservation"));
  gtk_button_set_label (GTK_BUTTON (self->go_on_button), _ ("_Change"));
  gtk_label_set_text (
    self->intro, _ ("No name and no national number: only the reference that the patient "
                    "record uses."));
  gtk_editable_set_text (GTK_EDITABLE (self->date_row), reservation->wanted_date);
  add_line (self, benk_device_card_get_device (card), reservation->reference);
  update (self);
  return GTK_WIDGET (self);
}
