/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-return-step-dialog.h"

#include <glib/gi18n.h>

#include "benk-accessory-row.h"
#include "benk-device-card.h"
#include "benk-entry-rows.h"
#include "benk-returns.h"

struct _BenkReturnStepDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkReturnCase *return_case;
  BenkReturnState state;

  GtkWidget *list;
  /* NULL where the step does not ask for it. */
  GtkWidget *rma_row;
  GtkWidget *no_rma_check;
  GtkWidget *serial_row;
  GtkWidget *counted_check;
  GPtrArray *accessory_rows; /* instead of the check, where the model lists any */
  GtkWidget *no_names_check;
  GtkWidget *tracking_row;
  GtkWidget *outcome_row;
  GtkWidget *replacement_row;
  GtkWidget *stated_row;
};

G_DEFINE_FINAL_TYPE (BenkReturnStepDialog,
                     benk_return_step_dialog,
                     ADW_TYPE_MESSAGE_DIALOG)

static const struct
{
  const char *button;
  const char *heading;
  const char *body;
  const char *go_on;
} steps[BENK_N_RETURN_STATES] = {
  [BENK_RETURN_STATE_REGISTERED] = { NULL, NULL, NULL, NULL },
  [BENK_RETURN_STATE_ANSWERED] = { N_ ("Vendor Has Answered…"),
                                   N_ ("The vendor has answered"),
                                   N_ ("Write the return number, or say that this vendor "
                                       "uses none."),
                                   N_ ("_Keep Answer") },
  [BENK_RETURN_STATE_PACKED] = { N_ ("Pack…"), N_ ("Pack for return"),
                                 N_ ("Scan the device that lies in the box."),
                                 N_ ("_Packed") },
  [BENK_RETURN_STATE_SENT] = { N_ ("Send…"), N_ ("Send to the vendor"),
                               N_ ("Write the tracking number, or who took the box."),
                               N_ ("_Sent") },
  [BENK_RETURN_STATE_RECEIVED] = { N_ ("Vendor Has It…"), N_ ("The vendor has it"),
                                   N_ ("The vendor has confirmed that it arrived."),
                                   N_ ("_Keep") },
  [BENK_RETURN_STATE_OUTCOME] = { N_ ("Outcome…"), N_ ("What came of it?"),
                                  N_ ("A replacement is registered with its own serial."),
                                  N_ ("_Keep Outcome") },
  [BENK_RETURN_STATE_CLOSED] = { N_ ("Close Return…"), N_ ("Close the return?"),
                                 N_ ("Nothing more is awaited from the vendor."),
                                 N_ ("_Close Return") },
  [BENK_RETURN_STATE_CANCELLED] = { N_ ("Cancel Return…"), N_ ("Cancel the return?"),
                                    N_ ("The device stays here: in quarantine, or reset "
                                        "where that is proven."),
                                    N_ ("Cancel _Return") },
};

static const struct
{
  const char *name;
  const char *label;
} outcomes[] = {
  { "repaired", N_ ("Repaired") },
  { "replaced", N_ ("Replaced by another device") },
  { "credited", N_ ("Credited") },
  { "lease-ended", N_ ("Lease ended") },
  { "refused", N_ ("Refused by the vendor") },
};

static gboolean
is_checked (GtkWidget *check)
{
  return check && gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

static const char *
get_outcome (BenkReturnStepDialog *self)
{
  guint i = self->outcome_row
              ? adw_combo_row_get_selected (ADW_COMBO_ROW (self->outcome_row))
              : 0;

  return i > 0 && i <= G_N_ELEMENTS (outcomes) ? outcomes[i - 1].name : NULL;
}

/* Each is there or missing; none is left unlooked at. */
static gboolean
is_counted (BenkReturnStepDialog *self)
{
  for (guint i = 0; i < self->accessory_rows->len; i++)
    if (benk_accessory_row_get_status (g_ptr_array_index (self->accessory_rows, i)) ==
        BENK_ACCESSORY_NOT_LOOKED_AT)
      return FALSE;

  return self->accessory_rows->len > 0 || is_checked (self->counted_check);
}

static gboolean
is_complete (BenkReturnStepDialog *self)
{
  g_autofree char *rma = benk_entry_rows_get_text (self->rma_row);
  g_autofree char *serial = benk_entry_rows_get_text (self->serial_row);
  g_autofree char *tracking = benk_entry_rows_get_text (self->tracking_row);
  g_autofree char *replacement = benk_entry_rows_get_text (self->replacement_row);
  g_autofree char *stated_by = benk_entry_rows_get_text (self->stated_row);

  switch (self->state)
    {
    case BENK_RETURN_STATE_ANSWERED:
      return (*rma != '\0') != is_checked (self->no_rma_check);
    case BENK_RETURN_STATE_PACKED:
      return *serial && is_counted (self) && is_checked (self->no_names_check);
    case BENK_RETURN_STATE_SENT:
      return *tracking || *stated_by;
    case BENK_RETURN_STATE_OUTCOME:
      return get_outcome (self) &&
             (!g_str_equal (get_outcome (self), "replaced") || *replacement);
    default:
      return TRUE;
    }
}

static void
on_changed (BenkReturnStepDialog *self)
{
  if (self->replacement_row)
    gtk_widget_set_visible (self->replacement_row,
                            g_strcmp0 (get_outcome (self), "replaced") == 0);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "go-on",
                                           is_complete (self));
}

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_returns_step_finish (BENK_RETURNS (source), result, NULL, &error))
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_return_step_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkReturnStepDialog *self = BENK_RETURN_STEP_DIALOG (dialog);
  g_autofree char *rma = benk_entry_rows_get_text (self->rma_row);
  g_autofree char *serial = benk_entry_rows_get_text (self->serial_row);
  g_autofree char *tracking = benk_entry_rows_get_text (self->tracking_row);
  g_autofree char *replacement = benk_entry_rows_get_text (self->replacement_row);
  g_autofree char *stated_by = benk_entry_rows_get_text (self->stated_row);
  g_autoptr (GPtrArray) accessories =
    benk_accessory_rows_get_words (self->accessory_rows, FALSE);
  BenkReturnDetails details = { .accessories = accessories };

  if (g_strcmp0 (response, "go-on") != 0)
    return;
  details.rma_number = *rma ? rma : NULL;
  details.no_rma = is_checked (self->no_rma_check);
  details.scanned_serial = *serial ? serial : NULL;
  details.tracking = *tracking ? tracking : NULL;
  details.outcome = get_outcome (self);
  details.stated_by = *stated_by ? stated_by : NULL;
  details.accessories_counted = is_checked (self->counted_check);
  details.no_names = is_checked (self->no_names_check);
  details.replacement_serial = *replacement ? replacement : NULL;
  benk_returns_step_async (benk_session_get_returns (self->session),
                           benk_return_case_get_id (self->return_case), self->state,
                           &details, NULL, on_stepped,
                           g_object_ref (
                             gtk_window_get_transient_for (GTK_WINDOW (self))));
}

static void
benk_return_step_dialog_dispose (GObject *object)
{
  BenkReturnStepDialog *self = BENK_RETURN_STEP_DIALOG (object);

  g_clear_object (&self->return_case);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_return_step_dialog_parent_class)->dispose (object);
}

static void
benk_return_step_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_RETURN_STEP_DIALOG (object)->accessory_rows);
  G_OBJECT_CLASS (benk_return_step_dialog_parent_class)->finalize (object);
}

static void
benk_return_step_dialog_class_init (BenkReturnStepDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_return_step_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_return_step_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_return_step_dialog_response;
}

static void
benk_return_step_dialog_init (BenkReturnStepDialog *self)
{
  self->list = benk_entry_rows_new ();
  self->accessory_rows = g_ptr_array_new ();
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Not Now"));
}

static GtkWidget *
add_check (BenkReturnStepDialog *self, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return check;
}

static void
add_outcomes (BenkReturnStepDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  /* What the vendor did is not known until somebody says it. */
  gtk_string_list_append (labels, _ ("Choose…"));
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    gtk_string_list_append (labels, _ (outcomes[i].label));
  self->outcome_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->outcome_row), _ ("Outcome"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->outcome_row), G_LIST_MODEL (labels));
  g_signal_connect_swapped (self->outcome_row, "notify::selected",
                            G_CALLBACK (on_changed), self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->outcome_row);
  self->replacement_row = benk_entry_rows_add (self->list, _ ("Serial of the new device"),
                                               G_CALLBACK (on_changed), self);
}

static void
on_device (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReturnStepDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDeviceCard) card =
    benk_inventory_load_finish (BENK_INVENTORY (source), result, &error);
  GPtrArray *known = card ? benk_device_card_get_accessories (card) : NULL;
  GtkWidget *check;
  int position;

  if (!card && self->session)
    gtk_widget_activate_action (GTK_WIDGET (
                                  gtk_window_get_transient_for (GTK_WINDOW (self))),
                                "win.tell-error", "s", error->message);
  /* Without an answer, or a list, they are counted in one tick. */
  if (!self->session || !known || known->len == 0)
    return;
  check = gtk_widget_get_ancestor (self->counted_check, GTK_TYPE_LIST_BOX_ROW);
  position = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (check));
  gtk_widget_set_visible (check, FALSE);
  for (guint i = 0; i < known->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (known, i);
      GtkWidget *row = benk_accessory_row_new (one->kind, BENK_ACCESSORY_NOT_LOOKED_AT);

      g_signal_connect_swapped (row, "said", G_CALLBACK (on_changed), self);
      g_ptr_array_add (self->accessory_rows, row);
      gtk_list_box_insert (GTK_LIST_BOX (self->list), row, ++position);
    }
  on_changed (self);
}

static void
add_rows (BenkReturnStepDialog *self)
{
  switch (self->state)
    {
    case BENK_RETURN_STATE_ANSWERED:
      self->rma_row = benk_entry_rows_add (self->list, _ ("Return number (RMA)"),
                                           G_CALLBACK (on_changed), self);
      self->no_rma_check = add_check (self, _ ("The vendor uses no number"));
      self->stated_row =
        benk_entry_rows_add (self->list, _ ("Stated by, at the vendor (optional)"),
                             G_CALLBACK (on_changed), self);
      break;
    case BENK_RETURN_STATE_PACKED:
      self->serial_row =
        benk_entry_rows_add (self->list, _ ("Serial, scanned off the device"),
                             G_CALLBACK (on_changed), self);
      self->counted_check = add_check (self, _ ("Accessories are counted"));
      self->no_names_check =
        add_check (self, _ ("No name or address of a user on list or box"));
      benk_inventory_load_async (benk_session_get_inventory (self->session),
                                 benk_return_case_get_device_id (self->return_case), NULL,
                                 on_device, g_object_ref (self));
      break;
    case BENK_RETURN_STATE_SENT:
      self->tracking_row = benk_entry_rows_add (self->list, _ ("Tracking number"),
                                                G_CALLBACK (on_changed), self);
      self->stated_row = benk_entry_rows_add (self->list, _ ("Handed over to"),
                                              G_CALLBACK (on_changed), self);
      break;
    case BENK_RETURN_STATE_RECEIVED:
      self->stated_row =
        benk_entry_rows_add (self->list, _ ("Stated by, at the vendor (optional)"),
                             G_CALLBACK (on_changed), self);
      break;
    case BENK_RETURN_STATE_OUTCOME:
      add_outcomes (self);
      self->stated_row =
        benk_entry_rows_add (self->list, _ ("Stated by, at the vendor (optional)"),
                             G_CALLBACK (on_changed), self);
      break;
    case BENK_RETURN_STATE_REGISTERED:
    case BENK_RETURN_STATE_CLOSED:
    case BENK_RETURN_STATE_CANCELLED:
    default:
      return;
    }
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), self->list);
}

/**
 * benk_return_step_get_label:
 * @state: a state of a return
 *
 * Returns: (transfer none) (nullable): what the button is called that leads there
 */
const char *
benk_return_step_get_label (BenkReturnState state)
{
  return steps[state].button ? _ (steps[state].button) : NULL;
}

/**
 * benk_return_outcome_get_label:
 * @outcome: (nullable): the stable name of an outcome
 *
 * Returns: (transfer none) (nullable): its name for a person; an unknown one as it is
 */
const char *
benk_return_outcome_get_label (const char *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_strcmp0 (outcomes[i].name, outcome) == 0)
      return _ (outcomes[i].label);
  return outcome;
}

/**
 * benk_return_step_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @return_case: the return
 * @state: the step it comes to
 *
 * Returns: (transfer none): a dialog that asks for what the step needs
 */
GtkWidget *
benk_return_step_dialog_new (GtkWindow *parent,
                             BenkSession *session,
                             BenkReturnCase *return_case,
                             BenkReturnState state)
{
  BenkReturnStepDialog *self =
    g_object_new (BENK_TYPE_RETURN_STEP_DIALOG, "transient-for", parent, "modal", TRUE,
                  "heading", _ (steps[state].heading), "body", _ (steps[state].body),
                  NULL);
  gboolean cancels = state == BENK_RETURN_STATE_CANCELLED;

  self->session = g_object_ref (session);
  self->return_case = g_object_ref (return_case);
  self->state = state;
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "go-on",
                                   _ (steps[state].go_on));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "go-on",
                                              cancels ? ADW_RESPONSE_DESTRUCTIVE
                                                      : ADW_RESPONSE_SUGGESTED);
  if (!cancels)
    adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "go-on");
  add_rows (self);
  on_changed (self);
  return GTK_WIDGET (self);
}
