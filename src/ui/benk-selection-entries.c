/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-selection-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-accessory-section.h"
#include "benk-bulk-dialog.h"
#include "benk-bulk.h"
#include "benk-entry-rows.h"
#include "benk-label-dialog.h"
#include "benk-reason-dialog.h"
#include "benk-reserve-dialog.h"

/* What was asked for, until it is answered. */
typedef struct
{
  GtkWidget *widget;
  BenkSession *session;
  GArray *devices;
  GtkWidget *choice;
  GtkWidget *ref_row;
  GtkWidget *stated_row;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->widget);
  g_object_unref (question->session);
  g_array_unref (question->devices);
  g_free (question);
}

static Question *
question_new (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  Question *question = g_new0 (Question, 1);

  question->widget = g_object_ref (widget);
  question->session = g_object_ref (session);
  question->devices = g_array_ref (devices);
  return question;
}

static const BenkId *
get_ids (Question *question)
{
  return (const BenkId *) (gpointer) question->devices->data;
}

static BenkInventory *
get_inventory (Question *question)
{
  return benk_session_get_inventory (question->session);
}

/* @on_response: given the question, which lives as long as the dialog */
static AdwMessageDialog *
ask (Question *question,
     const char *heading,
     const char *body,
     const char *go_on,
     GtkWidget *child,
     GCallback on_response)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (question->widget)), heading,
                            body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "go-on", go_on, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go-on",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go-on");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), child);
  g_object_set_data_full (G_OBJECT (dialog), "benk-question", question,
                          (GDestroyNotify) question_free);
  g_signal_connect (dialog, "response", on_response, question);
  gtk_window_present (GTK_WINDOW (dialog));
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
on_move (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *place = benk_entry_rows_get_text (question->ref_row);
  g_autoptr (BenkBulk) bulk = NULL;
  g_autofree char *done = NULL;

  if (g_strcmp0 (response, "go-on") != 0)
    return;
  bulk = benk_bulk_new_move (get_inventory (question), get_ids (question),
                             question->devices->len, place);
  /* Translators: a place. */
  done = g_strdup_printf (_ ("Moved to %s"), *place ? place : "–");
  benk_bulk_dialog_run (question->widget, question->session, bulk, done);
}

static void
update_move (Question *question)
{
  g_autofree char *place = benk_entry_rows_get_optional (question->ref_row);
  GtkWidget *dialog =
    gtk_widget_get_ancestor (question->ref_row, ADW_TYPE_MESSAGE_DIALOG);

  if (dialog)
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go-on",
                                             place != NULL);
}

static void
start_move (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  Question *question = question_new (widget, session, devices);
  GtkWidget *list = benk_entry_rows_new ();
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Where is %u device now?", "Where are %u devices now?",
                               devices->len),
                     devices->len);

  question->ref_row =
    benk_entry_rows_add (list, _ ("Place"), G_CALLBACK (update_move), question);
  ask (question, heading, _ ("A shelf, store, team or vendor. A new name is added."),
       _ ("_Move"), list, G_CALLBACK (on_move));
  update_move (question);
  gtk_widget_grab_focus (question->ref_row);
}

/* States of a return are set by its steps only. */
static gboolean
is_chosen_by_hand (BenkDeviceState state)
{
  return !(BENK_DEVICE_STATES_BY_RETURN_CASE & BENK_DEVICE_STATE_MASK (state)) &&
         state != BENK_DEVICE_STATE_ORDERED;
}

static void
on_state (AdwMessageDialog *dialog, const char *response, Question *question)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (question->choice));
  g_autoptr (BenkBulk) bulk = NULL;

  if (g_strcmp0 (response, "go-on") != 0)
    return;
  for (guint state = 0; state < BENK_N_DEVICE_STATES; state++)
    {
      const char *label = benk_device_state_get_label ((BenkDeviceState) state, TRUE);
      g_autofree char *done = NULL;

      if (!is_chosen_by_hand ((BenkDeviceState) state) || chosen-- > 0)
        continue;
      done = g_strdup_printf (_ ("State: %s"), label);
      bulk = benk_bulk_new_set_state (get_inventory (question), get_ids (question),
                                      question->devices->len, (BenkDeviceState) state);
      benk_bulk_dialog_run (question->widget, question->session, bulk, done);
      return;
    }
}

static GtkWidget *
make_choice (const char *name)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  return choice;
}

static void
start_state (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  Question *question = question_new (widget, session, devices);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Which state is %u device in now?",
                               "Which state are %u devices in now?", devices->len),
                     devices->len);

  for (guint state = 0; state < BENK_N_DEVICE_STATES; state++)
    if (is_chosen_by_hand ((BenkDeviceState) state))
      gtk_string_list_append (names, benk_device_state_get_label ((BenkDeviceState) state,
                                                                  TRUE));
  question->choice = make_choice (_ ("State"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (question->choice), G_LIST_MODEL (names));
  ask (question, heading,
       _ (
         "Each device is asked by its own rules first. Nothing is changed before you see "
         "which cannot."),
       _ ("_Look"), question->choice, G_CALLBACK (on_state));
}

static BenkFactKind
get_chosen_fact (Question *question)
{
  return (BenkFactKind) (gtk_drop_down_get_selected (GTK_DROP_DOWN (question->choice)) +
                         BENK_FACT_NONE);
}

static void
on_attest (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *ref = benk_entry_rows_get_optional (question->ref_row);
  g_autofree char *stated_by = benk_entry_rows_get_optional (question->stated_row);
  BenkFactKind kind = get_chosen_fact (question);
  g_autoptr (BenkBulk) bulk = NULL;
  g_autofree char *done = NULL;

  if (g_strcmp0 (response, "go-on") != 0 || kind == BENK_FACT_NONE)
    return;
  bulk = benk_bulk_new_attest (get_inventory (question), get_ids (question),
                               question->devices->len, kind, ref, stated_by);
  done = g_strdup_printf (_ ("Signed: %s"), benk_fact_kind_get_label (kind));
  benk_bulk_dialog_run (question->widget, question->session, bulk, done);
}

static void
update_attest (Question *question)
{
  g_autofree char *ref = benk_entry_rows_get_optional (question->ref_row);
  g_autofree char *stated_by = benk_entry_rows_get_optional (question->stated_row);
  GtkWidget *dialog = gtk_widget_get_ancestor (question->choice, ADW_TYPE_MESSAGE_DIALOG);

  if (dialog)
    adw_message_dialog_set_response_enabled (
      ADW_MESSAGE_DIALOG (dialog), "go-on",
      get_chosen_fact (question) != BENK_FACT_NONE &&
        benk_fact_kind_check (get_chosen_fact (question), ref, stated_by, NULL));
}

static void
start_attest (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  Question *question = question_new (widget, session, devices);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = benk_entry_rows_new ();
  g_autofree char *heading =
    g_strdup_printf (ngettext ("What do you sign for %u device?",
                               "What do you sign for %u devices?", devices->len),
                     devices->len);

  /* Nothing is proposed that cannot be taken back. */
  gtk_string_list_append (names, _ ("Choose…"));
  /* A call, the last of them, is noted for one device, with who called. */
  for (guint kind = BENK_FACT_NONE + 1; kind < BENK_FACT_CALL; kind++)
    gtk_string_list_append (names, benk_fact_kind_get_label ((BenkFactKind) kind));
  question->choice = make_choice (_ ("What is signed"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (question->choice), G_LIST_MODEL (names));
  question->ref_row =
    benk_entry_rows_add (list, _ ("Reference"), G_CALLBACK (update_attest), question);
  question->stated_row = benk_entry_rows_add (list, _ ("Stated by: role and name"),
                                              G_CALLBACK (update_attest), question);
  gtk_box_append (GTK_BOX (box), question->choice);
  gtk_box_append (GTK_BOX (box), list);
  ask (question, heading,
       _ ("What is signed stays: it is corrected by signing again, not taken back."),
       _ ("_Sign"), box, G_CALLBACK (on_attest));
  g_signal_connect_swapped (question->choice, "notify::selected",
                            G_CALLBACK (update_attest), question);
  update_attest (question);
}

static void
start_label (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  gtk_window_present (GTK_WINDOW (
    benk_label_dialog_new (widget, session, (const BenkId *) (gpointer) devices->data,
                           devices->len)));
}

static void
start_reserve (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  if (devices->len > BENK_RESERVE_DIALOG_MAX)
    {
      g_autofree char *sentence =
        g_strdup_printf (_ ("At most %d devices are reserved at once."),
                         BENK_RESERVE_DIALOG_MAX);

      gtk_widget_activate_action (widget, "win.tell", "s", sentence);
      return;
    }
  gtk_window_present (GTK_WINDOW (
    benk_reserve_dialog_new (widget, session, (const BenkId *) (gpointer) devices->data,
                             devices->len)));
}

const BenkSelectionEntry benk_selection_entries[] = {
  { "move", N_ ("Move…"), start_move },
  { "state", N_ ("State…"), start_state },
  { "attest", N_ ("Sign…"), start_attest },
  { "accessories", N_ ("Accessories…"), benk_accessory_section_ask_many },
  { "reserve", N_ ("Reserve…"), start_reserve },
  { "label", N_ ("Label…"), start_label },
  { NULL },
};
