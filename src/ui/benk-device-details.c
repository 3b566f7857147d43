/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-details.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-accessory-section.h"
#include "benk-call-dialog.h"
#include "benk-call-section.h"
#include "benk-device-card.h"
#include "benk-device-sections.h"
#include "benk-edit-device-dialog.h"
#include "benk-error.h"
#include "benk-join-dialog.h"
#include "benk-lifecycle.h"
#include "benk-next-row.h"
#include "benk-reason-dialog.h"
#include "benk-reservation-section.h"
#include "benk-reserve-dialog.h"
#include "benk-return-dialog.h"
#include "benk-rows.h"
#include "benk-toasts.h"
#include "benk-user-dialog.h"
#include "benk-visit.h"

struct _BenkDeviceDetails
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkDeviceCard *card;
  GCancellable *loading;
  GPtrArray *next_rows;
  GPtrArray *owed_rows;
  GPtrArray *identity_rows;
  GPtrArray *proof_rows;
  GPtrArray *history_rows;
  GPtrArray *same_rows;
  GPtrArray *case_rows;
  GPtrArray *reservation_rows;
  GPtrArray *accessory_rows;

  GtkStack *stack;
  GtkLabel *many;
  GtkLabel *asset;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkWidget *actions;
  GtkWidget *move_button;
  GtkWidget *reserve_button;
  GtkWidget *user_button;
  GtkWidget *plan_button;
  GtkWidget *return_button;
  GtkWidget *label_button;
  GtkWidget *visit_button;
  GtkWidget *swap_button;
  GtkWidget *call_button;
  AdwPreferencesGroup *next;
  AdwPreferencesGroup *owed;
  AdwPreferencesGroup *identity;
  AdwPreferencesGroup *proofs;
  AdwPreferencesGroup *history;
  AdwPreferencesGroup *same;
  AdwPreferencesGroup *cases;
  AdwPreferencesGroup *reservation;
  AdwPreferencesGroup *accessories;
  AdwPreferencesGroup *call;
  AdwPreferencesGroup *noted;
  GtkWidget *edit_button;
  GtkWidget *join_button;
};

G_DEFINE_FINAL_TYPE (BenkDeviceDetails, benk_device_details, GTK_TYPE_WIDGET)

/* Which next states stand open, so that signing one thing does not close the list. */
static guint32
get_expanded (BenkDeviceDetails *self)
{
  guint32 expanded = 0;

  for (guint i = 0; i < self->next_rows->len; i++)
    {
      AdwExpanderRow *row = g_ptr_array_index (self->next_rows, i);

      if (adw_expander_row_get_expanded (row))
        expanded |= 1u << benk_next_row_get_state (BENK_NEXT_ROW (row));
    }
  return expanded;
}

/* Where a device is worked on, the first way on that something is missing for is what a
 * person looks for; where it is used, who has it. */
static guint32
get_first_blocked (BenkDeviceState current, GListModel *states)
{
  if (current == BENK_DEVICE_STATE_TRIAL || current == BENK_DEVICE_STATE_OPERATION ||
      current == BENK_DEVICE_STATE_PAUSED || current >= BENK_DEVICE_STATE_SCRAPPED)
    return 0;
  for (guint i = 0; i < g_list_model_get_n_items (states); i++)
    {
      g_autoptr (BenkNextState) state = g_list_model_get_item (states, i);

      if (benk_next_state_is_open (state))
        return 0;
      if (g_list_model_get_n_items (benk_next_state_get_guards (state)) > 0)
        return 1u << benk_next_state_get_state (state);
    }
  return 0;
}

static void
add_next (BenkDeviceDetails *self, guint32 expanded)
{
  GListModel *states = benk_device_card_get_next (self->card);

  benk_rows_clear (self->next, self->next_rows);
  for (guint i = 0; i < g_list_model_get_n_items (states); i++)
    {
      g_autoptr (BenkNextState) state = g_list_model_get_item (states, i);
      GtkWidget *row =
        benk_next_row_new (self->session, benk_device_card_get_device (self->card),
                           state);

      if (expanded & (1u << benk_next_state_get_state (state)))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      adw_preferences_group_add (self->next, row);
      g_ptr_array_add (self->next_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->next), self->next_rows->len > 0);
}

/* Only a dispenser that stands with a user, or is ready for one, is visited or swapped.
 */
static void
update_visit (BenkDeviceDetails *self,
              BenkDevice *device,
              gboolean gives_doses,
              gboolean may_write)
{
  BenkDeviceState state = benk_device_get_state (device);
  BenkVisitKind kind;
  gboolean with_user =
    state == BENK_DEVICE_STATE_TRIAL || state == BENK_DEVICE_STATE_OPERATION ||
    state == BENK_DEVICE_STATE_PAUSED || state == BENK_DEVICE_STATE_FAULTY;

  gtk_widget_set_sensitive (self->visit_button, may_write);
  gtk_widget_set_sensitive (self->swap_button, may_write);
  gtk_widget_set_visible (gtk_widget_get_parent (self->visit_button),
                          gives_doses && benk_visits_guess_kind (state, &kind));
  gtk_widget_set_visible (gtk_widget_get_parent (self->swap_button),
                          gives_doses && with_user);
}

static void
show_sections (BenkDeviceDetails *self)
{
  benk_call_section_show (self->call, self->session, self->card);
  benk_call_section_show_calls (self->noted, self->session, self->card);
  benk_device_sections_add_same (self->same, self->same_rows, self->session, self->card);
  benk_reservation_section_show (self->reservation, self->reservation_rows, self->session,
                                 self->card);
  benk_device_sections_add_owed (self->owed, self->owed_rows, self->session, self->card);
  benk_accessory_section_show (self->accessories, self->accessory_rows, self->session,
                               self->card);
  benk_device_sections_add_identity (self->identity, self->identity_rows, self->session,
                                     self->card);
  benk_device_sections_add_proofs (self->proofs, self->proof_rows, self->session,
                                   self->card);
  benk_device_sections_add_cases (self->cases, self->case_rows, self->session,
                                  self->card);
  benk_device_sections_add_history (self->history, self->history_rows, self->session,
                                    self->card);
}

static void
show_card (BenkDeviceDetails *self, guint32 expanded)
{
  BenkDevice *device = benk_device_card_get_device (self->card);
  const char *asset = benk_device_get_asset (device);
  const char *name =
    benk_inventory_get_model_name (benk_session_get_inventory (self->session),
                                   benk_device_get_model_id (device));
  g_autofree char *title =
    g_strdup_printf ("%s · %s", name ? name : "", benk_device_get_serial (device));
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
  BenkModelKind kind =
    benk_inventory_get_model_kind (benk_session_get_inventory (self->session),
                                   benk_device_get_model_id (device));
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  gboolean may_return = benk_lifecycle_find (kind, benk_device_get_state (device),
                                             BENK_DEVICE_STATE_RMA_REQUESTED) != NULL;

  gtk_label_set_text (self->asset, asset ? asset : "");
  gtk_widget_set_visible (GTK_WIDGET (self->asset), asset != NULL);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, benk_device_card_get_sentence (self->card));
  gtk_widget_set_sensitive (self->move_button, may_write);
  gtk_widget_set_sensitive (self->edit_button, may_write);
  gtk_widget_set_sensitive (self->call_button, may_write);
  gtk_widget_set_sensitive (self->join_button, may_write);
  gtk_widget_set_sensitive (self->user_button, may_write);
  gtk_widget_set_sensitive (self->reserve_button, may_write);
  gtk_widget_set_visible (gtk_widget_get_parent (self->reserve_button),
                          !benk_device_card_get_reservation (self->card) &&
                            benk_reservation_state_holds (
                              benk_device_get_state (device)));
  /* A flow box shows what holds the button, not the button. */
  gtk_widget_set_visible (gtk_widget_get_parent (self->user_button),
                          benk_device_state_may_have_person (
                            benk_device_get_state (device)));
  gtk_widget_set_sensitive (self->plan_button, may_write);
  gtk_widget_set_visible (gtk_widget_get_parent (self->plan_button),
                          benk_model_kind_gives_doses (kind) &&
                            benk_device_get_person_ref (device) != NULL);
  gtk_widget_set_sensitive (self->return_button, may_write && may_return);
  gtk_widget_set_tooltip_text (
    self->return_button,
    may_return ? NULL : _ ("Only what is received, faulty or reset can be returned."));
  update_visit (self, device, benk_model_kind_gives_doses (kind), may_write);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->label_button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->label_button), "win.label");
  add_next (self, expanded);
  show_sections (self);
  gtk_stack_set_visible_child_name (self->stack, "device");
}

static gboolean
is_same (BenkDeviceCard *before, BenkDeviceCard *after)
{
  BenkDevice *one = benk_device_card_get_device (before);
  BenkDevice *other = benk_device_card_get_device (after);

  return benk_id_equal (benk_device_get_id (one), benk_device_get_id (other));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDeviceDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDeviceCard) card =
    benk_inventory_load_finish (BENK_INVENTORY (source), result, &error);

  if (card && self->session)
    {
      guint32 expanded =
        self->card && is_same (self->card, card)
          ? get_expanded (self)
          : get_first_blocked (benk_device_get_state (benk_device_card_get_device (card)),
                               benk_device_card_get_next (card));

      g_set_object (&self->card, card);
      show_card (self, expanded);
    }
  else if (self->session && g_error_matches (error, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    gtk_stack_set_visible_child_name (self->stack, "none");
  else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
on_accessories (GtkWidget *widget, const char *action, GVariant *parameter)
{
  benk_accessory_section_focus (BENK_DEVICE_DETAILS (widget)->accessory_rows);
}

static void
on_bench_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.bench-device", "s",
                              benk_device_get_serial (device));
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDeviceDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    benk_toasts_tell_change (GTK_WIDGET (self), _ ("Moved."), seq);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
move (const char *place, gpointer user_data)
{
  BenkDeviceDetails *self = user_data;
  BenkDevice *device = benk_device_card_get_device (self->card);

  benk_inventory_move_async (benk_session_get_inventory (self->session),
                             benk_device_get_id (device), 1, place, NULL, on_moved,
                             g_object_ref (self));
}

static void
on_move_clicked (BenkDeviceDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  benk_reason_dialog_ask (GTK_WINDOW (root), _ ("Where is it now?"),
                          _ ("A shelf, store, team or vendor. A new name is added."),
                          _ ("_Move"), move, G_OBJECT (self));
}

static void
on_reserve_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);

  gtk_window_present (
    GTK_WINDOW (benk_reserve_dialog_new (GTK_WIDGET (self), self->session,
                                         benk_device_get_id (device), 1)));
}

static void
on_user_clicked (BenkDeviceDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_user_dialog_new (GTK_WINDOW (root), self->session,
                                      benk_device_card_get_device (self->card))));
}

static void
on_plan_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.plan", "s",
                              benk_device_get_person_ref (device));
}

static void
on_return_clicked (BenkDeviceDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_return_dialog_new (GTK_WINDOW (root), self->session,
                                        benk_device_card_get_device (self->card))));
}

static void
on_vendor_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.call-vendor", "s", id);
}

static void
on_visit_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.visit", "s",
                              benk_device_get_serial (device));
}

static void
on_swap_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.swap", "s", id);
}

static void
on_join_clicked (BenkDeviceDetails *self)
{
  BenkDevice *device = benk_device_card_get_device (self->card);

  gtk_window_present (GTK_WINDOW (
    benk_join_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          self->session, benk_device_get_id (device), NULL)));
}

static void
benk_device_details_dispose (GObject *object)
{
  BenkDeviceDetails *self = BENK_DEVICE_DETAILS (object);
  GtkWidget *child;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->card);
  g_clear_object (&self->session);
  g_clear_pointer (&self->next_rows, g_ptr_array_unref);
  g_clear_pointer (&self->owed_rows, g_ptr_array_unref);
  g_clear_pointer (&self->identity_rows, g_ptr_array_unref);
  g_clear_pointer (&self->proof_rows, g_ptr_array_unref);
  g_clear_pointer (&self->history_rows, g_ptr_array_unref);
  g_clear_pointer (&self->same_rows, g_ptr_array_unref);
  g_clear_pointer (&self->case_rows, g_ptr_array_unref);
  g_clear_pointer (&self->reservation_rows, g_ptr_array_unref);
  g_clear_pointer (&self->accessory_rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_device_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, many);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, asset);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, title);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, sentence);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, actions);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, move_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, reserve_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, user_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, plan_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, return_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, label_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, visit_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, swap_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, call_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, call);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, noted);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, next);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, owed);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, identity);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, proofs);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, history);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, same);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, cases);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, reservation);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, accessories);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, edit_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDeviceDetails, join_button);
}

static void
benk_device_details_class_init (BenkDeviceDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_device_details_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-device-details.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "details.accessories", NULL,
                                   on_accessories);
  gtk_widget_class_bind_template_callback (widget_class, on_bench_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_move_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_join_clicked);
  gtk_widget_class_bind_template_callback (widget_class, benk_device_details_edit);
  gtk_widget_class_bind_template_callback (widget_class, benk_device_details_note_call);
  gtk_widget_class_bind_template_callback (widget_class, on_reserve_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_user_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_return_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_vendor_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_visit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_swap_clicked);
}

static void
benk_device_details_init (BenkDeviceDetails *self)
{
  self->next_rows = g_ptr_array_new ();
  self->owed_rows = g_ptr_array_new ();
  self->identity_rows = g_ptr_array_new ();
  self->proof_rows = g_ptr_array_new ();
  self->history_rows = g_ptr_array_new ();
  self->same_rows = g_ptr_array_new ();
  self->case_rows = g_ptr_array_new ();
  self->reservation_rows = g_ptr_array_new ();
  self->accessory_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (GtkWidget *child = gtk_widget_get_first_child (self->actions); child;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
}

/** benk_device_details_set_session: @session: the open session; given once */
void
benk_device_details_set_session (BenkDeviceDetails *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_DEVICE_DETAILS (self));
  g_set_object (&self->session, session);
}

/**
 * benk_device_details_show:
 * @self: the details
 * @device: which device
 *
 * Reads everything about @device and shows it.
 */
void
benk_device_details_show (BenkDeviceDetails *self, const BenkId *device)
{
  g_return_if_fail (BENK_IS_DEVICE_DETAILS (self));
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  benk_inventory_load_async (benk_session_get_inventory (self->session), device,
                             self->loading, on_loaded, g_object_ref (self));
}

/**
 * benk_device_details_show_many:
 * @self: the details
 * @n_devices: how many are selected
 *
 * Says that what is done next is done with several devices.
 */
void
benk_device_details_show_many (BenkDeviceDetails *self, guint n_devices)
{
  g_autofree char *text = g_strdup_printf (
    ngettext ("%u device is selected. What to do with it stands under the list.",
              "%u devices are selected. What to do with them stands under the list.",
              n_devices),
    n_devices);

  g_return_if_fail (BENK_IS_DEVICE_DETAILS (self));
  g_cancellable_cancel (self->loading);
  gtk_label_set_text (self->many, text);
  gtk_stack_set_visible_child_name (self->stack, "many");
}

/** benk_device_details_clear: Returns: whether no device is shown now; several stay */
gboolean
benk_device_details_clear (BenkDeviceDetails *self)
{
  g_return_val_if_fail (BENK_IS_DEVICE_DETAILS (self), FALSE);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "many") == 0)
    return FALSE;
  g_cancellable_cancel (self->loading);
  gtk_stack_set_visible_child_name (self->stack, "none");
  return TRUE;
}

/** benk_device_details_end_many: Says no longer that several are selected. */
void
benk_device_details_end_many (BenkDeviceDetails *self)
{
  g_return_if_fail (BENK_IS_DEVICE_DETAILS (self));
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "many") == 0)
    gtk_stack_set_visible_child_name (self->stack, "none");
}

/** benk_device_details_edit: Opens what is written about the device that is shown. */
void
benk_device_details_edit (BenkDeviceDetails *self)
{
  g_return_if_fail (BENK_IS_DEVICE_DETAILS (self));
  if (self->card && benk_session_get_staff (self->session) &&
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "device") == 0)
    gtk_window_present (GTK_WINDOW (
      benk_edit_device_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   self->session,
                                   benk_device_card_get_device (self->card))));
}

/**
 * benk_device_details_note_call:
 * @self: the details
 *
 * Opens where a call about the device that is shown is kept.
 *
 * Returns: whether one is shown, and somebody is chosen who can note it
 */
gboolean
benk_device_details_note_call (BenkDeviceDetails *self)
{
  BenkDevice *device;
  const char *asset;

  g_return_val_if_fail (BENK_IS_DEVICE_DETAILS (self), FALSE);
  if (!self->card || !benk_session_get_staff (self->session) ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "device") != 0)
    return FALSE;
  device = benk_device_card_get_device (self->card);
  asset = benk_device_get_asset (device);
  gtk_window_present (GTK_WINDOW (
    benk_call_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          self->session, benk_device_get_id (device),
                          asset ? asset : benk_device_get_serial (device))));
  return TRUE;
}
