/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-accessory-section.h"

#include <glib/gi18n.h>

#include "benk-accessory-row.h"
#include "benk-bulk-dialog.h"
#include "benk-entry-rows.h"
#include "benk-rows.h"
#include "benk-toasts.h"

/* What a row is about. */
typedef struct
{
  BenkSession *session;
  BenkId device;
} About;

static void
about_free (gpointer data)
{
  About *about = data;

  g_object_unref (about->session);
  g_free (about);
}

static BenkModel *
get_model (BenkSession *session, BenkDevice *device)
{
  return benk_model_find (benk_inventory_get_models (
                            benk_session_get_inventory (session)),
                          benk_device_get_model_id (device));
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAccessoryRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gint64 seq = 0;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    {
      BenkAccessoryStatus status = benk_accessory_row_get_status (row);

      sentence = g_strdup_printf ("%s: %s",
                                  benk_accessory_kind_get_label (
                                    benk_accessory_row_get_kind (row)),
                                  benk_accessory_status_get_label (status));
      benk_toasts_tell_change (GTK_WIDGET (row), sentence, seq);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (row), "win.tell-error", "s", error->message);
}

static void
on_said (BenkAccessoryRow *row)
{
  About *about = g_object_get_data (G_OBJECT (row), "benk-about");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) words = NULL;

  g_ptr_array_add (rows, row);
  words = benk_accessory_rows_get_words (rows, TRUE);
  benk_inventory_set_accessories_async (benk_session_get_inventory (about->session),
                                        &about->device, words, NULL, on_kept,
                                        g_object_ref (row));
}

static gboolean
shows (GPtrArray *rows, const BenkId *device, GPtrArray *known)
{
  for (guint i = 0; i < rows->len && rows->len == known->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (known, i);
      GObject *row = g_ptr_array_index (rows, i);
      About *about = g_object_get_data (row, "benk-about");

      if (!benk_id_equal (&about->device, device) ||
          !g_str_equal (benk_accessory_row_get_kind (BENK_ACCESSORY_ROW (row)),
                        one->kind))
        return FALSE;
    }
  return rows->len == known->len;
}

static void
make_rows (AdwPreferencesGroup *group,
           GPtrArray *rows,
           BenkSession *session,
           const BenkId *device,
           GPtrArray *known)
{
  benk_rows_clear (group, rows);
  for (guint i = 0; i < known->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (known, i);
      GtkWidget *row = benk_accessory_row_new (one->kind, one->status);
      About *about = g_new0 (About, 1);

      about->session = g_object_ref (session);
      about->device = *device;
      g_object_set_data_full (G_OBJECT (row), "benk-about", about, about_free);
      g_signal_connect (row, "said", G_CALLBACK (on_said), NULL);
      adw_preferences_group_add (group, row);
      g_ptr_array_add (rows, row);
    }
}

/**
 * benk_accessory_section_show:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Shows how the accessories of a device stand. What is said here is kept at once.
 */
void
benk_accessory_section_show (AdwPreferencesGroup *group,
                             GPtrArray *rows,
                             BenkSession *session,
                             BenkDeviceCard *card)
{
  BenkDevice *device = benk_device_card_get_device (card);
  GPtrArray *known = benk_device_card_get_accessories (card);
  BenkModel *model = get_model (session, device);
  gboolean proposed =
    model && known->len > 0 && benk_model_is_accessories_proposed (model);

  if (!shows (rows, benk_device_get_id (device), known))
    make_rows (group, rows, session, benk_device_get_id (device), known);
  for (guint i = 0; i < rows->len; i++)
    {
      const BenkAccessory *one = g_ptr_array_index (known, i);

      benk_accessory_row_set_status (g_ptr_array_index (rows, i), one->status);
      gtk_widget_set_sensitive (g_ptr_array_index (rows, i),
                                benk_session_get_staff (session) != NULL);
    }
  adw_preferences_group_set_description (group, proposed ? benk_proposed_label () : NULL);
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

/**
 * benk_accessory_section_focus:
 * @rows: the rows of the section
 *
 * Leads to the first accessory that is not there.
 */
void
benk_accessory_section_focus (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (benk_accessory_row_get_status (g_ptr_array_index (rows, i)) !=
        BENK_ACCESSORY_THERE)
      {
        gtk_widget_grab_focus (g_ptr_array_index (rows, i));
        return;
      }
}

/* What was asked of many, until it is answered. */
typedef struct
{
  GtkWidget *widget;
  BenkSession *session;
  GArray *devices;
  GPtrArray *rows;
  AdwMessageDialog *dialog; /* owns this */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->widget);
  g_object_unref (question->session);
  g_array_unref (question->devices);
  g_ptr_array_unref (question->rows);
  g_free (question);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autoptr (GPtrArray) words = benk_accessory_rows_get_words (question->rows, FALSE);
  g_autoptr (BenkBulk) bulk = NULL;

  if (g_strcmp0 (response, "go-on") != 0)
    return;
  bulk = benk_bulk_new_accessories (benk_session_get_inventory (question->session),
                                    (const BenkId *) (gpointer) question->devices->data,
                                    question->devices->len, words);
  benk_bulk_dialog_run (question->widget, question->session, bulk,
                        _ ("Accessories noted"));
}

static void
update_question (Question *question)
{
  g_autoptr (GPtrArray) words = benk_accessory_rows_get_words (question->rows, FALSE);

  adw_message_dialog_set_response_enabled (question->dialog, "go-on", words->len > 0);
}

/* Every kind that any model lists, each once. */
static GtkWidget *
list_kinds (Question *question)
{
  GPtrArray *models =
    benk_inventory_get_models (benk_session_get_inventory (question->session));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *list = benk_entry_rows_new ();

  for (guint i = 0; i < models->len; i++)
    {
      const char *const *kinds =
        benk_model_get_accessories (g_ptr_array_index (models, i));

      for (guint k = 0; kinds[k]; k++)
        {
          GtkWidget *row;

          if (!g_hash_table_add (seen, (gpointer) kinds[k]))
            continue;
          row = benk_accessory_row_new (kinds[k], BENK_ACCESSORY_NOT_LOOKED_AT);
          benk_accessory_row_set_silence (BENK_ACCESSORY_ROW (row), _ ("Stays as it is"));
          g_signal_connect_swapped (row, "said", G_CALLBACK (update_question), question);
          g_ptr_array_add (question->rows, row);
          gtk_list_box_append (GTK_LIST_BOX (list), row);
        }
    }
  return list;
}

/**
 * benk_accessory_section_ask_many:
 * @widget: a widget of the main window
 * @session: the open session
 * @devices: (element-type BenkId): devices
 *
 * Asks what was seen of their accessories. What nobody says anything about stays as it
 * is.
 */
void
benk_accessory_section_ask_many (GtkWidget *widget, BenkSession *session, GArray *devices)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("What came with %u device?", "What came with %u devices?",
                               devices->len),
                     devices->len);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                            _ ("The same is said of each of them. What you say nothing "
                               "about stays as it is."));

  question->widget = g_object_ref (widget);
  question->session = g_object_ref (session);
  question->devices = g_array_ref (devices);
  question->rows = g_ptr_array_new ();
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  g_object_set_data_full (G_OBJECT (dialog), "benk-question", question,
                          (GDestroyNotify) question_free);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "go-on",
                                    _ ("_Look"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "go-on",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (question->dialog, list_kinds (question));
  update_question (question);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), question);
  gtk_window_present (GTK_WINDOW (dialog));
}
