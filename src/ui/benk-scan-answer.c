/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-scan-answer.h"

#include <glib/gi18n.h>

#include "benk-inventory-scan.h"
#include "benk-new-device-dialog.h"

#define LAST "benk-last-scan"

/* A scan that names no device yet: the other barcode of the label may. */
typedef struct
{
  BenkScan *scan;
  gint64 ms;
} Last;

typedef struct
{
  BenkWindow *window;
  BenkScan *scan;
} Question;

static void
last_free (Last *last)
{
  benk_scan_free (last->scan);
  g_free (last);
}

static void
question_free (Question *question)
{
  g_object_unref (question->window);
  benk_scan_free (question->scan);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
question_new (BenkWindow *window, const BenkScan *scan)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (window);
  question->scan = benk_scan_copy (scan);
  return question;
}

/* Whoever has it in the hand is about to take it away. */
static void
tell_reserved (BenkWindow *window, BenkDevice *device)
{
  const char *reference = benk_device_get_reserved_ref (device);
  g_autofree char *sentence = NULL;

  if (!benk_device_get_reserved_date (device))
    return;
  /* Translators: the reference of a user. */
  sentence =
    g_strdup_printf (_ ("Reserved for %s"), reference ? reference : _ ("erased"));
  benk_window_tell (window, sentence);
}

static void
show_device (BenkWindow *window, BenkDevice *device)
{
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-device", "s", id);
  tell_reserved (window, device);
}

/* --- several --- */

static void
on_chosen (GtkListBox *list, GtkListBoxRow *row, GtkWindow *dialog)
{
  BenkDevice *device = g_object_get_data (G_OBJECT (row), "benk-device");
  GtkWindow *window = gtk_window_get_transient_for (dialog);

  show_device (BENK_WINDOW (window), device);
  gtk_window_destroy (dialog);
}

static void
add_choice (BenkWindow *window, GtkListBox *list, BenkDevice *device)
{
  GtkWidget *row = adw_action_row_new ();
  BenkInventory *inventory =
    benk_session_get_inventory (benk_window_get_session (window));
  const char *asset = benk_device_get_asset (device);
  const char *place = benk_device_get_place_name (device);
  g_autofree char *title =
    g_strdup_printf ("%s · %s", benk_device_get_serial (device),
                     benk_inventory_get_model_name (inventory,
                                                    benk_device_get_model_id (device)));
  g_autofree char *subtitle =
    g_strdup_printf ("%s%s%s%s%s", asset ? asset : "", asset ? " · " : "",
                     benk_device_describe_state (device), place ? " · " : "",
                     place ? place : "");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "benk-device", g_object_ref (device),
                          g_object_unref);
  gtk_list_box_append (list, row);
}

static void
ask_which (BenkWindow *window, const BenkScan *scan, GPtrArray *devices)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (window), _ ("Which one is it?"), NULL);
  GtkWidget *list = gtk_list_box_new ();

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u device has the number “%s”.",
                                            "%u devices have the number “%s”.",
                                            devices->len),
                                  devices->len, scan->text);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < devices->len; i++)
    add_choice (window, GTK_LIST_BOX (list), g_ptr_array_index (devices, i));
  g_signal_connect (list, "row-activated", G_CALLBACK (on_chosen), dialog);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- unknown --- */

static void
append_number (GString *text, const char *name, const char *value)
{
  if (value)
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", name, value);
}

static void
show_numbers (AdwMessageDialog *dialog, const BenkScan *scan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_number (text, _ ("Serial:"), scan->serial);
  append_number (text, _ ("IMEI:"), scan->imei);
  append_number (text, _ ("Asset number:"), scan->asset);
  append_number (text, _ ("Product (GTIN):"), scan->gtin);
  if (scan->findings & BENK_SCAN_IMEI_ODD)
    g_string_append_printf (text, "\n%s",
                            benk_scan_finding_get_label (BENK_SCAN_IMEI_ODD));
  adw_message_dialog_set_body (dialog, text->str);
  g_object_set_data_full (G_OBJECT (dialog), "benk-scan", benk_scan_copy (scan),
                          (GDestroyNotify) benk_scan_free);
}

static void
on_offer_response (AdwMessageDialog *dialog, const char *response)
{
  BenkScan *scan = g_object_get_data (G_OBJECT (dialog), "benk-scan");
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (g_strcmp0 (response, "register") == 0 && window)
    gtk_window_present (GTK_WINDOW (benk_new_device_dialog_new_scanned (
      window, benk_window_get_session (BENK_WINDOW (window)), scan)));
}

/* The other barcode of the label, or the next box. */
static void
on_scanned_meanwhile (GtkWidget *dialog,
                      const BenkScan *scan,
                      const BenkScanTyping *typing)
{
  BenkScan *before = g_object_get_data (G_OBJECT (dialog), "benk-scan");
  g_autoptr (BenkScan) both = benk_scan_join (before, scan);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autoptr (GtkWindow) window = parent ? g_object_ref (parent) : NULL;

  if (both)
    {
      show_numbers (ADW_MESSAGE_DIALOG (dialog), both);
      return;
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (window)
    benk_scan_answer (BENK_WINDOW (window), scan);
}

static void
offer_to_register (BenkWindow *window, const BenkScan *scan)
{
  GtkWidget *widget =
    adw_message_dialog_new (GTK_WINDOW (window), _ ("Not registered"), NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  gboolean may_write = benk_session_get_staff (benk_window_get_session (window)) != NULL;

  adw_message_dialog_add_responses (dialog, "close", _ ("_Close"), "register",
                                    _ ("_Register…"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "register", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "register", may_write);
  adw_message_dialog_set_default_response (dialog, "register");
  adw_message_dialog_set_close_response (dialog, "close");
  show_numbers (dialog, scan);
  benk_scan_take (widget, on_scanned_meanwhile);
  g_signal_connect (dialog, "response", G_CALLBACK (on_offer_response), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the answer --- */

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices =
    benk_inventory_scan_finish (BENK_INVENTORY (source), result, &error);

  if (!devices)
    benk_window_tell_error (question->window, error);
  else if (devices->len == 1)
    show_device (question->window, g_ptr_array_index (devices, 0));
  else if (devices->len > 1)
    ask_which (question->window, question->scan, devices);
  else
    offer_to_register (question->window, question->scan);
}

/* What names no device: the sentence says what to scan instead. */
static const char *
explain (const BenkScan *scan)
{
  if (scan->findings & (BENK_SCAN_NEWER | BENK_SCAN_TOO_LONG | BENK_SCAN_DAMAGED))
    return benk_scan_finding_get_label (scan->findings & BENK_SCAN_NEWER ? BENK_SCAN_NEWER
                                        : scan->findings & BENK_SCAN_TOO_LONG
                                          ? BENK_SCAN_TOO_LONG
                                          : BENK_SCAN_DAMAGED);
  if (scan->gtin)
    return _ ("This is the number of the product, the same on every box. Scan the one "
              "with the serial too.");
  return _ ("There is no serial in this code.");
}

/**
 * benk_scan_answer:
 * @window: the main window
 * @scan: what was scanned
 *
 * Opens the device that was scanned; asks which one where there are several; offers to
 * register one that is not known. The other barcode of the same label is joined.
 */
void
benk_scan_answer (BenkWindow *window, const BenkScan *scan)
{
  BenkSession *session = benk_window_get_session (window);
  gint64 ms = benk_clock_get_boot_ms (benk_session_get_clock (session));
  Last *last = g_object_get_data (G_OBJECT (window), LAST);
  g_autoptr (BenkScan) both =
    last && ms - last->ms <= BENK_SCAN_JOIN_MS ? benk_scan_join (last->scan, scan) : NULL;

  scan = both ? both : scan;
  if (benk_scan_names_device (scan))
    {
      g_object_set_data (G_OBJECT (window), LAST, NULL);
      benk_inventory_scan_async (benk_session_get_inventory (session), scan, NULL,
                                 on_found, question_new (window, scan));
      return;
    }
  last = g_new0 (Last, 1);
  last->scan = benk_scan_copy (scan);
  last->ms = ms;
  g_object_set_data_full (G_OBJECT (window), LAST, last, (GDestroyNotify) last_free);
  benk_window_tell (window, explain (scan));
}

static void
on_scanned (GtkWidget *widget, const BenkScan *scan, const BenkScanTyping *typing)
{
  benk_scan_answer (BENK_WINDOW (widget), scan);
}

/**
 * benk_scan_answer_in:
 * @window: the main window
 * @search: its search entry
 *
 * Returns: (transfer full): what listens to the scanner while it lives
 */
BenkScanDesk *
benk_scan_answer_in (BenkWindow *window, GtkWidget *search)
{
  return benk_scan_desk_new (GTK_WINDOW (window), search,
                             benk_session_get_clock (benk_window_get_session (window)),
                             on_scanned);
}
