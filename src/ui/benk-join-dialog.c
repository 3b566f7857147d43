/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-join-dialog.h"

#include <glib/gi18n.h>

#include "benk-device-card.h"
#include "benk-entry-rows.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-reading-bar.h"
#include "benk-toasts.h"

struct _BenkJoinDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkReading *reading;
  BenkDeviceCard *cards[2]; /* the one that was shown, and the other */
  BenkId shown;
  BenkId other; /* nil where it is asked for by number */
  GCancellable *looking;

  GtkWidget *number_row;
  GtkWidget *stays[2];
  GtkLabel *preview;
};

G_DEFINE_FINAL_TYPE (BenkJoinDialog, benk_join_dialog, ADW_TYPE_MESSAGE_DIALOG)

static BenkInventory *
get_inventory (BenkJoinDialog *self)
{
  return benk_session_get_inventory (self->session);
}

static guint
get_kept (BenkJoinDialog *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->stays[1])) ? 1 : 0;
}

static const char *
get_serial (BenkJoinDialog *self, guint which)
{
  return benk_device_get_serial (benk_device_card_get_device (self->cards[which]));
}

/* What each way would mean, before it is done. */
static void
update (BenkJoinDialog *self)
{
  gboolean both = self->cards[0] && self->cards[1];
  guint kept = get_kept (self);
  g_autofree char *text = NULL;

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "join", both);
  for (guint i = 0; i < G_N_ELEMENTS (self->stays); i++)
    {
      g_autofree char *label =
        self->cards[i] ? g_strdup_printf ("%s · %s", get_serial (self, i),
                                          benk_device_card_get_sentence (self->cards[i]))
                       : g_strdup ("–");

      gtk_check_button_set_label (GTK_CHECK_BUTTON (self->stays[i]), label);
      gtk_widget_set_sensitive (self->stays[i], both);
    }
  if (both)
    text = g_strdup_printf (
      /* Translators: two serials: the one that stays, the one that goes out of sight;
       * then how many proofs and runs that one has. */
      _ ("%1$s stays and is found by both numbers. %2$s goes out of sight; its %3$u "
         "proofs "
         "and runs stay its own and prove nothing for %1$s. Take Apart brings it back."),
      get_serial (self, kept), get_serial (self, 1 - kept),
      g_list_model_get_n_items (benk_device_card_get_proofs (self->cards[1 - kept])) +
        g_list_model_get_n_items (benk_device_card_get_runs (self->cards[1 - kept])));
  gtk_label_set_text (self->preview, text ? text : "");
}

/* Asked again since, or closed. */
static gboolean
is_stale (BenkJoinDialog *self, const GError *error)
{
  return !self->session || g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What one reading found does not take back that another failed. */
static void
take_card (BenkJoinDialog *self, guint which, BenkDeviceCard *card, const GError *error)
{
  if (is_stale (self, error))
    return;
  if (error)
    benk_reading_end (self->reading, error);
  g_set_object (&self->cards[which], card);
  update (self);
}

static void
on_shown_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkJoinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDeviceCard) card =
    benk_inventory_load_finish (BENK_INVENTORY (source), result, &error);

  take_card (self, 0, card, error);
}

static void
on_other_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkJoinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDeviceCard) card =
    benk_inventory_load_finish (BENK_INVENTORY (source), result, &error);

  take_card (self, 1, card, error);
}

/* Not found yet is nothing to tell: the number is still being typed. */
static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkJoinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (is_stale (self, error))
    return;
  if (!device && !g_error_matches (error, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    benk_reading_end (self->reading, error);
  if (device)
    benk_inventory_load_async (BENK_INVENTORY (source), benk_device_get_id (device),
                               self->looking, on_other_loaded, g_object_ref (self));
}

static void
read_other (BenkJoinDialog *self)
{
  g_autofree char *number = benk_entry_rows_get_text (self->number_row);

  take_card (self, 1, NULL, NULL);
  if (!benk_id_is_nil (&self->other))
    benk_inventory_load_async (get_inventory (self), &self->other, self->looking,
                               on_other_loaded, g_object_ref (self));
  else if (*number)
    benk_inventory_find_async (get_inventory (self), number, self->looking, on_found,
                               g_object_ref (self));
}

/* What failed before is asked for once more. */
static void
read_all (BenkJoinDialog *self)
{
  if (!self->session)
    return;
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  benk_reading_end (self->reading, NULL);
  if (!self->cards[0])
    benk_inventory_load_async (get_inventory (self), &self->shown, self->looking,
                               on_shown_loaded, g_object_ref (self));
  read_other (self);
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    benk_toasts_tell_change (parent, _ ("Two rows are one device now."), seq);
  else
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_join_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkJoinDialog *self = BENK_JOIN_DIALOG (dialog);
  guint kept = get_kept (self);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (g_strcmp0 (response, "join") != 0 || !self->cards[0] || !self->cards[1])
    return;
  benk_inventory_join_async (
    get_inventory (self),
    benk_device_get_id (benk_device_card_get_device (self->cards[1 - kept])),
    benk_device_get_id (benk_device_card_get_device (self->cards[kept])), NULL, on_joined,
    g_object_ref (parent));
}

static void
benk_join_dialog_dispose (GObject *object)
{
  BenkJoinDialog *self = BENK_JOIN_DIALOG (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->cards[0]);
  g_clear_object (&self->cards[1]);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_join_dialog_parent_class)->dispose (object);
}

static void
benk_join_dialog_class_init (BenkJoinDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_join_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_join_dialog_response;
}

static void
benk_join_dialog_init (BenkJoinDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = benk_entry_rows_new ();
  GtkWidget *preview = gtk_label_new (NULL);
  GtkWidget *bar = g_object_new (BENK_TYPE_READING_BAR, NULL);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Cancel"),
                                    "join", _ ("_Make One"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "join",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "join");
  self->preview = GTK_LABEL (preview);
  self->number_row = benk_entry_rows_add (list, _ ("Number of the other row"),
                                          G_CALLBACK (read_all), self);
  gtk_box_append (GTK_BOX (box), list);
  for (guint i = 0; i < G_N_ELEMENTS (self->stays); i++)
    {
      self->stays[i] = gtk_check_button_new ();
      gtk_box_append (GTK_BOX (box), self->stays[i]);
      g_signal_connect_swapped (self->stays[i], "toggled", G_CALLBACK (update), self);
    }
  gtk_check_button_set_group (GTK_CHECK_BUTTON (self->stays[1]),
                              GTK_CHECK_BUTTON (self->stays[0]));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->stays[0]), TRUE);
  gtk_label_set_wrap (self->preview, TRUE);
  gtk_label_set_xalign (self->preview, 0);
  /* A dialog does not grow: there is room for what is said later. */
  gtk_label_set_yalign (self->preview, 0);
  gtk_widget_set_size_request (preview, 480, 110);
  gtk_box_append (GTK_BOX (box), preview);
  gtk_box_append (GTK_BOX (box), bar);
  self->reading = benk_reading_new_saying (_ ("This could not be read:"));
  g_signal_connect_object (self->reading, "again", G_CALLBACK (read_all), self,
                           G_CONNECT_SWAPPED);
  benk_reading_bar_set_reading (BENK_READING_BAR (bar), self->reading);
  g_object_bind_property (bar, "visible", preview, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
}

/**
 * benk_join_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: the device that is shown
 * @other: (nullable): the row that may be the same, or asked for
 *
 * Returns: (transfer none): a dialog that makes two rows one, after a look at what that
 * means
 */
GtkWidget *
benk_join_dialog_new (GtkWindow *parent,
                      BenkSession *session,
                      const BenkId *device,
                      BenkDevice *other)
{
  BenkJoinDialog *self =
    g_object_new (BENK_TYPE_JOIN_DIALOG, "transient-for", parent, "modal", TRUE,
                  "heading", _ ("These Two Are One"), "body",
                  _ ("Which row stays? Nothing is deleted, and it can be taken back."),
                  NULL);

  self->session = g_object_ref (session);
  self->shown = *device;
  if (other)
    self->other = *benk_device_get_id (other);
  read_all (self);
  gtk_widget_set_visible (gtk_widget_get_parent (self->number_row), other == NULL);
  update (self);
  return GTK_WIDGET (self);
}
