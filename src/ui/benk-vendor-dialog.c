/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-vendor-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-alarms-wait.h"
#include "benk-big-fact.h"
#include "benk-entry-rows.h"
#include "benk-plan.h"
#include "benk-sentence.h"
#include "benk-vendor-calls.h"
#include "benk-vendor-contact-dialog.h"
#include "benk-wording.h"

struct _BenkVendorDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkId alarm;
  BenkId device;
  BenkVendorCard *card;
  GPtrArray *checks;
  gint64 proposed_ms;
  char *go_to; /* (nullable): the action that comes after the note */

  GtkLabel *vendor;
  GtkWidget *contact_button;
  GtkBox *contact;
  GtkBox *facts;
  GtkBox *tried;
  GtkWidget *tried_title;
  AdwEntryRow *case_row;
  AdwEntryRow *spoke_row;
  AdwEntryRow *until_row;
  AdwComboRow *covered_row;
  AdwEntryRow *said_row;
  GtkLabel *until_said;
  GtkLabel *problem;
  GtkWidget *copy_button;
  GtkWidget *go_button;
  GtkButton *note_button;
};

G_DEFINE_FINAL_TYPE (BenkVendorDialog, benk_vendor_dialog, ADW_TYPE_WINDOW)

static gint64
get_now_ms (BenkVendorDialog *self)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (self->session));
}

/* (transfer full): the number of the case. One line does for both, as they are said: what
 * ends like a clock is until when. @until: (nullable): that. */
static char *
dup_case (BenkVendorDialog *self, char **until)
{
  g_autofree char *text = benk_entry_rows_get_text (self->case_row);

  *until = NULL;
  return gtk_widget_get_visible (GTK_WIDGET (self->until_row))
           ? benk_alarms_split_until (text, until)
           : g_steal_pointer (&text);
}

/* 0 where the alarm is not to wait. */
static gboolean
get_until (BenkVendorDialog *self, gint64 *until_ms, GError **error)
{
  g_autofree char *with_case = NULL;
  g_autofree char *number = dup_case (self, &with_case);
  g_autofree char *text =
    with_case ? g_strdup (with_case) : benk_entry_rows_get_text (self->until_row);

  *until_ms = 0;
  return *text == '\0' ||
         benk_alarms_parse_until_text (text, get_now_ms (self), until_ms, error);
}

static BenkCovered
get_covered (BenkVendorDialog *self)
{
  return (BenkCovered) adw_combo_row_get_selected (self->covered_row);
}

static GArray *
get_tried (BenkVendorDialog *self)
{
  GArray *tried = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_array_append_val (tried, i);
  return tried;
}

static gboolean
is_filled (BenkVendorDialog *self)
{
  g_autofree char *with_case = NULL;
  g_autofree char *number = dup_case (self, &with_case);
  g_autofree char *spoke = benk_entry_rows_get_text (self->spoke_row);
  g_autoptr (GArray) tried = get_tried (self);
  gint64 until_ms = 0;

  return *number || *spoke || tried->len > 0 || !get_until (self, &until_ms, NULL) ||
         until_ms != self->proposed_ms;
}

/* Only a taken alarm waits: the call takes one that nobody has. */
static gboolean
must_take (BenkVendorDialog *self, gint64 until_ms)
{
  return until_ms > 0 && !benk_id_is_nil (&self->card->alarm) &&
         self->card->status == BENK_ALARM_STATUS_NEW;
}

static void
say_until (BenkVendorDialog *self, gint64 until_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *when =
    until_ms > 0 ? benk_wording_instant (until_ms, get_now_ms (self), zone) : NULL;
  const char *proposed =
    until_ms > 0 && until_ms == self->proposed_ms
      ? _ ("Proposed by the program; without a time it does not wait. Another time may "
           "follow the case number: C-4711 14:00.")
      : "";
  g_autofree char *said =
    when ? g_strdup_printf (_ ("The alarm waits for the vendor until %s."), when)
         : g_strdup (_ ("Without a time the alarm does not wait."));
  g_autofree char *both = g_strconcat (said, *proposed ? " " : "", proposed, NULL);

  gtk_label_set_text (self->until_said, both);
}

/* A call about an alarm that one has mostly ends in a case that is waited for. */
static void
propose_until (BenkVendorDialog *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *text = NULL;

  if (benk_id_is_nil (&self->card->alarm) ||
      self->card->status != BENK_ALARM_STATUS_TAKEN)
    return;
  self->proposed_ms = benk_wait_propose_until (BENK_DISTRICT_ZONE, get_now_ms (self));
  utc = g_date_time_new_from_unix_utc (self->proposed_ms / 1000);
  local = g_date_time_to_timezone (utc, zone);
  text = g_date_time_format (local, "%Y-%m-%d %H:%M");
  gtk_editable_set_text (GTK_EDITABLE (self->until_row), text);
}

static void
on_changed (BenkVendorDialog *self)
{
  g_autofree char *said_by = benk_entry_rows_get_text (self->said_row);
  g_autoptr (GError) error = NULL;
  gint64 until_ms = 0;
  gboolean good, waits, covered;

  if (!self->card || !self->session)
    return;
  good = get_until (self, &until_ms, &error);
  waits = until_ms > 0;
  covered = waits && get_covered (self) == BENK_COVERED_YES;
  benk_sentence_show (self->problem, error ? error->message : NULL);
  say_until (self, good ? until_ms : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->covered_row), waits);
  gtk_widget_set_visible (GTK_WIDGET (self->said_row), covered);
  gtk_button_set_label (self->note_button, must_take (self, until_ms)
                                             ? _ ("_Take and Note Call")
                                             : _ ("_Note Call"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->note_button),
                            good && is_filled (self) && (!covered || *said_by) &&
                              benk_session_get_staff (self->session));
}

/* --- what is read out --- */

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
}

static void
on_contact_clicked (BenkVendorDialog *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_vendor_contact_dialog_new (GTK_WINDOW (self), self->session,
                                                &self->card->contact)));
}

static void
add_number (BenkVendorDialog *self, const char *title, const char *value)
{
  gboolean asked =
    !value && self->card->contact.vendor && benk_session_get_staff (self->session);

  gtk_box_append (self->contact,
                  asked ? benk_big_fact_new_asked (title, _ ("Enter the Number…"),
                                                   G_CALLBACK (on_contact_clicked), self)
                        : benk_big_fact_new (title, value));
}

static void
show_contact (BenkVendorDialog *self)
{
  const BenkVendorContact *contact = &self->card->contact;
  g_autofree char *unknown =
    contact->vendor && !self->card->vendor_known
      /* Translators: a maker or a make. */
      ? g_strdup_printf (_ ("Vendor not known (%s)"), contact->vendor)
      : NULL;

  gtk_label_set_text (self->vendor, unknown           ? unknown
                                    : contact->vendor ? contact->vendor
                                                      : _ ("Vendor not known"));
  clear (self->contact);
  add_number (self, _ ("Telephone"), contact->phone);
  if (contact->hours)
    gtk_box_append (self->contact,
                    benk_big_fact_new (_ ("When it answers"), contact->hours));
  add_number (self, _ ("Customer number"), contact->customer_number);
  gtk_widget_set_sensitive (self->contact_button,
                            contact->vendor && benk_session_get_staff (self->session));
}

static void
show_facts (BenkVendorDialog *self)
{
  const BenkVendorCard *card = self->card;
  g_autofree char *fault = benk_vendor_card_describe_fault (card);
  g_autofree char *since = benk_vendor_card_describe_since (card);
  g_autofree char *firmware = benk_vendor_card_describe_firmware (card);
  g_autofree char *terms = benk_vendor_card_describe_terms (card, get_now_ms (self));
  const char *number = card->case_number && *card->case_number ? card->case_number
                       : card->case_number                     ? _ ("erased")
                                                               : NULL;
  const struct
  {
    const char *title;
    const char *value;
    gboolean shown;
  } facts[] = {
    { _ ("Serial"), card->serial, TRUE },
    { _ ("Model"), card->model, TRUE },
    { _ ("Fault"), fault, fault != NULL },
    { _ ("Since"), since, since != NULL },
    { _ ("Roll batch"), card->roll_batch, card->roll_batch != NULL },
    { _ ("IMEI"), card->imei, TRUE },
    { _ ("Firmware"), firmware, TRUE },
    { _ ("Warranty and lease"), terms, TRUE },
    { _ ("Case number"), number, number != NULL },
  };

  clear (self->facts);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].shown)
      gtk_box_append (self->facts, benk_big_fact_new (facts[i].title, facts[i].value));
}

static void
show_steps (BenkVendorDialog *self)
{
  char **steps = self->card->steps;

  clear (self->tried);
  g_ptr_array_set_size (self->checks, 0);
  for (guint i = 0; steps && steps[i]; i++)
    {
      GtkWidget *check = gtk_check_button_new ();
      GtkWidget *label = gtk_label_new (steps[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_margin_start (label, 4);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, steps[i], -1);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
      gtk_box_append (self->tried, check);
      g_ptr_array_add (self->checks, check);
    }
  gtk_widget_set_visible (self->tried_title, self->checks->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tried), self->checks->len > 0);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkVendorDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkVendorCard *card =
    benk_vendor_calls_load_finish (BENK_SESSION (source), result, &error);
  gboolean first = !self->card;
  gboolean may_wait;

  if (!self->session || !card)
    {
      benk_vendor_card_free (card);
      if (self->session)
        benk_sentence_show (self->problem, error->message);
      return;
    }
  g_clear_pointer (&self->card, benk_vendor_card_free);
  self->card = card;
  may_wait = !benk_id_is_nil (&card->alarm) && benk_alarm_status_is_open (card->status);
  show_contact (self);
  gtk_widget_set_visible (GTK_WIDGET (self->until_row), may_wait);
  gtk_widget_set_visible (GTK_WIDGET (self->until_said), may_wait);
  gtk_widget_set_visible (self->go_button, !benk_id_is_nil (&card->device));
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  /* What was ticked or typed meanwhile stays. */
  if (first)
    {
      show_facts (self);
      show_steps (self);
      propose_until (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->case_row));
    }
  on_changed (self);
}

static void
load (BenkVendorDialog *self)
{
  benk_vendor_calls_load_async (self->session,
                                benk_id_is_nil (&self->alarm) ? NULL : &self->alarm,
                                benk_id_is_nil (&self->device) ? NULL : &self->device,
                                NULL, on_loaded, g_object_ref (self));
}

static void
on_kept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BenkVendorDialog *self = BENK_VENDOR_DIALOG (widget);
  const char *problem = g_variant_get_string (parameter, NULL);

  if (!self->session)
    return;
  if (*problem)
    benk_sentence_show (self->problem, problem);
  else
    load (self);
}

static void
on_copy_clicked (BenkVendorDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GArray) tried = get_tried (self);
  g_auto (GStrv) steps = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < tried->len; i++)
    g_strv_builder_add (builder, self->card->steps[g_array_index (tried, guint, i)]);
  steps = g_strv_builder_end (builder);
  text =
    benk_vendor_card_compose (self->card, (const char *const *) steps, get_now_ms (self));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _ ("Copied"));
}

/* --- what came of it --- */

/* On to where the work goes on: what is typed has been noted by then. */
static void
leave (BenkVendorDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *id = benk_id_to_string (&self->card->device);
  gboolean by_id = self->go_to && (g_str_equal (self->go_to, "win.show-device") ||
                                   g_str_equal (self->go_to, "win.swap"));

  g_object_ref (parent);
  g_object_ref (self);
  gtk_window_destroy (GTK_WINDOW (self));
  if (self->go_to)
    gtk_widget_activate_action (GTK_WIDGET (parent), self->go_to, "s",
                                by_id ? id : self->card->serial);
  g_object_unref (self);
  g_object_unref (parent);
}

static void
refuse (BenkVendorDialog *self, GError *error)
{
  g_clear_pointer (&self->go_to, g_free);
  on_changed (self);
  benk_sentence_show (self->problem, error->message);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkVendorDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done =
    benk_vendor_calls_change_finish (BENK_SESSION (source), result, NULL, &error);

  if (!self->session)
    return;
  if (!done)
    {
      refuse (self, error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (
                                gtk_window_get_transient_for (GTK_WINDOW (self))),
                              "win.tell", "s", _ ("The call is noted."));
  leave (self);
}

static void
note (BenkVendorDialog *self)
{
  g_autofree char *with_case = NULL;
  g_autofree char *number = dup_case (self, &with_case);
  g_autofree char *spoke = benk_entry_rows_get_text (self->spoke_row);
  g_autofree char *said_by = benk_entry_rows_get_optional (self->said_row);
  g_autoptr (GArray) tried = get_tried (self);
  BenkVendorCall call = { .case_number = number,
                          .spoke_with = spoke,
                          .tried = (const guint *) tried->data,
                          .n_tried = tried->len,
                          .covered = get_covered (self),
                          .said_by = said_by };

  get_until (self, &call.until_ms, NULL);
  benk_vendor_calls_note_async (self->session, self->card, &call, NULL, on_noted,
                                g_object_ref (self));
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkVendorDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = benk_alarms_take_finish (BENK_ALARMS (source), result, &error);

  if (!self->session)
    return;
  if (done)
    note (self);
  else
    refuse (self, error);
}

static void
on_note_clicked (BenkVendorDialog *self)
{
  gint64 until_ms = 0;

  if (!get_until (self, &until_ms, NULL))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->note_button), FALSE);
  if (must_take (self, until_ms))
    benk_alarms_take_async (benk_session_get_alarms (self->session), &self->card->alarm,
                            NULL, on_taken, g_object_ref (self));
  else
    note (self);
}

static void
on_go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BenkVendorDialog *self = BENK_VENDOR_DIALOG (widget);

  if (!self->card)
    return;
  g_free (self->go_to);
  self->go_to = g_variant_dup_string (parameter, NULL);
  if (!is_filled (self))
    leave (self);
  else if (gtk_widget_get_sensitive (GTK_WIDGET (self->note_button)))
    on_note_clicked (self);
}

/* --- the window --- */

static void
benk_vendor_dialog_dispose (GObject *object)
{
  BenkVendorDialog *self = BENK_VENDOR_DIALOG (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_vendor_dialog_parent_class)->dispose (object);
}

static void
benk_vendor_dialog_finalize (GObject *object)
{
  BenkVendorDialog *self = BENK_VENDOR_DIALOG (object);

  g_clear_pointer (&self->card, benk_vendor_card_free);
  g_ptr_array_unref (self->checks);
  g_free (self->go_to);
  G_OBJECT_CLASS (benk_vendor_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, vendor);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, contact_button);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, contact);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, tried);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, tried_title);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, case_row);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, spoke_row);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, until_row);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, covered_row);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, said_row);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, until_said);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, go_button);
  gtk_widget_class_bind_template_child (widget_class, BenkVendorDialog, note_button);
}

static void
benk_vendor_dialog_class_init (BenkVendorDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_vendor_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_vendor_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-vendor-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_note_clicked);
  gtk_widget_class_install_action (widget_class, "vendor.kept", "s", on_kept);
  gtk_widget_class_install_action (widget_class, "vendor.go", "s", on_go);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_vendor_dialog_init (BenkVendorDialog *self)
{
  g_autoptr (GtkStringList) answers = gtk_string_list_new (NULL);

  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (BenkCovered answer = BENK_COVERED_UNKNOWN; answer < BENK_N_COVEREDS; answer++)
    gtk_string_list_append (answers, benk_covered_get_label (answer));
  adw_combo_row_set_model (self->covered_row, G_LIST_MODEL (answers));
}

/**
 * benk_vendor_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarm: (nullable): the alarm to phone about
 * @device: (nullable): without an alarm, the device to phone about
 *
 * Returns: (transfer none): a window with what a vendor's support asks for, where what
 *   came of the call is noted
 */
GtkWidget *
benk_vendor_dialog_new (GtkWindow *parent,
                        BenkSession *session,
                        const BenkId *alarm,
                        const BenkId *device)
{
  BenkVendorDialog *self =
    g_object_new (BENK_TYPE_VENDOR_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->alarm = alarm ? *alarm : BENK_ID_NIL;
  self->device = device ? *device : BENK_ID_NIL;
  load (self);
  return GTK_WIDGET (self);
}
