/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-sections.h"

#include <glib/gi18n.h>

#include "benk-alarm.h"
#include "benk-guard-link.h"
#include "benk-join-dialog.h"
#include "benk-models.h"
#include "benk-plan.h"
#include "benk-proof.h"
#include "benk-return-case.h"
#include "benk-rows.h"
#include "benk-run.h"
#include "benk-save-reset.h"
#include "benk-toasts.h"
#include "benk-wording.h"

/* What a button in a row is about. */
typedef struct
{
  BenkSession *session;
  BenkDevice *device;
  BenkId id;
  gint64 seq;
} About;

static void
about_free (gpointer data)
{
  About *about = data;

  g_object_unref (about->session);
  g_clear_object (&about->device);
  g_free (about);
}

static About *
get_about (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), "benk-about");
}

static gint64
get_now_ms (BenkSession *session)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (session));
}

/* A button is read aloud alone: the row that it stands in belongs to its name. */
static About *
add_button (GtkWidget *row, const char *label, BenkSession *session, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name =
    g_strdup_printf ("%s: %s", label,
                     adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  About *about = g_new0 (About, 1);

  about->session = g_object_ref (session);
  g_object_set_data_full (G_OBJECT (button), "benk-about", about, about_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, benk_session_get_staff (session) != NULL);
  g_signal_connect (button, "clicked", clicked, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return about;
}

/* @date: (nullable): as it is kept, 2025-12-03; how near it is in words, for @ends */
static char *
say_date (const char *date, gint64 now_ms, gboolean ends)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *midnight = date ? g_strdup_printf ("%sT00:00:00", date) : NULL;
  g_autoptr (GDateTime) day =
    midnight ? g_date_time_new_from_iso8601 (midnight, zone) : NULL;
  /* Translators: a date in full. */
  g_autofree char *said =
    day ? g_date_time_format (day, _ ("%-d %b %Y")) : g_strdup (date);

  switch (ends ? benk_ending_of (date, now_ms, zone) : BENK_ENDING_NONE)
    {
    case BENK_ENDING_SOON:
      return g_strdup_printf (_ ("%s · ends soon"), said);
    case BENK_ENDING_OVER:
      return g_strdup_printf (_ ("%s · over"), said);
    case BENK_ENDING_NONE:
    case BENK_ENDING_LATER:
    default:
      return g_steal_pointer (&said);
    }
}

/* Whom to phone about it, as the district wrote it down for the model. */
static void
add_support (AdwPreferencesGroup *group,
             GPtrArray *rows,
             BenkSession *session,
             BenkDevice *device)
{
  BenkModel *model = benk_models_find (benk_session_get_models (session),
                                       benk_device_get_model_id (device));
  const char *const *phones = model ? benk_model_get_phones (model) : NULL;
  g_autofree char *numbers = phones ? g_strjoinv (", ", (char **) phones) : NULL;
  g_autofree char *text =
    numbers && *numbers ? g_strjoin (" · ", numbers, benk_model_get_hours (model), NULL)
                        : NULL;

  if (text)
    benk_rows_add_fact (group, rows, _ ("Vendor’s support"), text);
}

/**
 * benk_device_sections_add_identity:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds what is written about the device, to be read out or copied.
 */
void
benk_device_sections_add_identity (AdwPreferencesGroup *group,
                                   GPtrArray *rows,
                                   BenkSession *session,
                                   BenkDeviceCard *card)
{
  BenkDevice *device = benk_device_card_get_device (card);
  const char *const *former = benk_device_get_former_serials (device);
  gint64 now_ms = get_now_ms (session);
  g_autofree char *formers = former ? g_strjoinv (", ", (char **) former) : NULL;
  g_autofree char *received =
    say_date (benk_device_get_received_date (device), now_ms, FALSE);
  g_autofree char *warranty =
    say_date (benk_device_get_warranty_date (device), now_ms, TRUE);
  g_autofree char *lease =
    say_date (benk_device_get_lease_end_date (device), now_ms, TRUE);
  BenkOwner owner = benk_device_get_owner (device);
  const struct
  {
    const char *title;
    const char *value;
  } facts[] = {
    { _ ("Serial"), benk_device_get_serial (device) },
    { _ ("Former serials"), formers },
    { _ ("IMEI"), benk_device_get_imei (device) },
    { _ ("Place"), benk_device_get_place_name (device) },
    { _ ("User"), benk_device_get_person_ref (device) },
    { _ ("Team"), benk_device_get_team (device) },
    { _ ("Vendor"), benk_device_get_vendor (device) },
    { _ ("Owner"), owner != BENK_OWNER_UNKNOWN ? benk_owner_get_label (owner) : NULL },
    { _ ("Lease until"), lease },
    { _ ("Received"), received },
    { _ ("Warranty until"), warranty },
    { _ ("Note"), benk_device_get_note (device) },
  };

  benk_rows_clear (group, rows);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].value && *facts[i].value)
      benk_rows_add_fact (group, rows, facts[i].title, facts[i].value);
  add_support (group, rows, session, device);
}

static void
on_join_clicked (GtkButton *button)
{
  About *about = get_about (button);

  gtk_window_present (GTK_WINDOW (
    benk_join_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))),
                          about->session, &about->id, about->device)));
}

static void
on_parted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, &seq, &error))
    benk_toasts_tell_change (widget, _ ("Taken apart: two rows again."), seq);
  else
    gtk_widget_activate_action (widget, "win.tell-error", "s", error->message);
}

/* The row with the button goes when the answer comes; the window stays. */
static void
on_part_clicked (GtkButton *button)
{
  About *about = get_about (button);

  benk_inventory_part_async (benk_session_get_inventory (about->session), &about->id,
                             NULL, on_parted,
                             g_object_ref (gtk_widget_get_root (GTK_WIDGET (button))));
}

static char *
call_device (BenkSession *session, BenkDevice *device)
{
  const char *asset = benk_device_get_asset (device);
  const char *name = benk_inventory_get_model_name (benk_session_get_inventory (session),
                                                    benk_device_get_model_id (device));

  return g_strdup_printf ("%s%s%s · %s", asset ? asset : "", asset ? " · " : "",
                          name ? name : "", benk_device_get_serial (device));
}

/**
 * benk_device_sections_add_same:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds the rows that were found to be this device, and other devices with its serial.
 */
void
benk_device_sections_add_same (AdwPreferencesGroup *group,
                               GPtrArray *rows,
                               BenkSession *session,
                               BenkDeviceCard *card)
{
  BenkDevice *shown = benk_device_card_get_device (card);
  GListModel *joined = benk_device_card_get_joined (card);
  GListModel *doubles = benk_device_card_get_doubles (card);

  benk_rows_clear (group, rows);
  for (guint i = 0; i < g_list_model_get_n_items (joined); i++)
    {
      g_autoptr (BenkDevice) device = g_list_model_get_item (joined, i);
      g_autofree char *title = call_device (session, device);
      GtkWidget *row =
        benk_rows_add (group, rows, title, _ ("Another row of this device"));

      add_button (row, _ ("Take Apart"), session, G_CALLBACK (on_part_clicked))->id =
        *benk_device_get_id (device);
    }
  for (guint i = 0; i < g_list_model_get_n_items (doubles); i++)
    {
      g_autoptr (BenkDevice) device = g_list_model_get_item (doubles, i);
      g_autofree char *title = call_device (session, device);
      GtkWidget *row =
        benk_rows_add (group, rows, title, _ ("Two devices have this serial."));
      About *about =
        add_button (row, _ ("These Two Are One…"), session, G_CALLBACK (on_join_clicked));

      about->id = *benk_device_get_id (shown);
      about->device = g_object_ref (device);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

/**
 * benk_device_sections_add_owed:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds what was put off, with its day, its reason and the way to where it is done.
 */
void
benk_device_sections_add_owed (AdwPreferencesGroup *group,
                               GPtrArray *rows,
                               BenkSession *session,
                               BenkDeviceCard *card)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  GListModel *tasks = benk_device_card_get_owed (card);

  benk_rows_clear (group, rows);
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (BenkNextGuard) task = g_list_model_get_item (tasks, i);
      const char *reason = benk_next_guard_get_reason (task);
      g_autofree char *due = benk_wording_instant (benk_next_guard_get_due_ms (task),
                                                   get_now_ms (session), zone);
      g_autofree char *before = g_strdup_printf (_ ("Before %s"), due);
      g_autofree char *subtitle = reason && *reason
                                    ? g_strdup_printf ("%s · %s", before, reason)
                                    : g_strdup (before);

      GtkWidget *row =
        benk_rows_add (group, rows, benk_next_guard_get_text (task), subtitle);
      GtkWidget *link =
        benk_guard_link_new (session, benk_device_card_get_device (card), task);

      if (link)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), link);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

static void
on_save_clicked (GtkButton *button)
{
  About *about = get_about (button);

  benk_save_reset_ask (GTK_WIDGET (button), about->session,
                       benk_device_get_id (about->device), 1,
                       benk_device_get_serial (about->device));
}

static void
add_proof (AdwPreferencesGroup *group,
           GPtrArray *rows,
           BenkSession *session,
           BenkDevice *device,
           BenkProof *proof)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *at =
    benk_wording_instant (benk_proof_get_at_ms (proof), get_now_ms (session), zone);
  g_autofree char *title =
    g_strdup_printf ("%s · %s", at,
                     benk_proof_kind_get_label (benk_proof_get_kind (proof)));
  GtkWidget *row =
    benk_rows_add (group, rows, title,
                   benk_link_kind_get_label (benk_proof_get_link_kind (proof)));

  /* Only one that still holds can be confirmed on paper. */
  if (benk_proof_get_kind (proof) == BENK_PROOF_KIND_RESET &&
      benk_proof_get_valid (proof) && benk_device_get_reset_proven (device))
    add_button (row, _ ("Save Confirmation…"), session, G_CALLBACK (on_save_clicked))
      ->device = g_object_ref (device);
}

static void
add_run (AdwPreferencesGroup *group, GPtrArray *rows, BenkSession *session, BenkRun *run)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *at =
    benk_wording_instant (benk_run_get_started_ms (run), get_now_ms (session), zone);
  g_autofree char *title =
    g_strdup_printf ("%s · %s · %s", at,
                     benk_run_kind_get_label (benk_run_get_kind (run)),
                     benk_run_outcome_get_label (benk_run_get_outcome (run)));

  benk_rows_add (group, rows, title,
                 benk_link_kind_get_label (benk_run_get_link_kind (run)));
}

/**
 * benk_device_sections_add_proofs:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds proofs and runs with the way they were made.
 */
void
benk_device_sections_add_proofs (AdwPreferencesGroup *group,
                                 GPtrArray *rows,
                                 BenkSession *session,
                                 BenkDeviceCard *card)
{
  GListModel *proofs = benk_device_card_get_proofs (card);
  GListModel *runs = benk_device_card_get_runs (card);

  benk_rows_clear (group, rows);
  for (guint i = 0; i < g_list_model_get_n_items (proofs); i++)
    {
      g_autoptr (BenkProof) proof = g_list_model_get_item (proofs, i);

      add_proof (group, rows, session, benk_device_card_get_device (card), proof);
    }
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (BenkRun) run = g_list_model_get_item (runs, i);

      add_run (group, rows, session, run);
    }
  if (rows->len == 0)
    benk_rows_add (group, rows, _ ("Nothing is proven yet."), NULL);
}

static void
make_link (GtkWidget *row, const char *action, const BenkId *id)
{
  g_autofree char *text = benk_id_to_string (id);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
}

/**
 * benk_device_sections_add_cases:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds its returns and its alarms, each a link to where it is worked on.
 */
void
benk_device_sections_add_cases (AdwPreferencesGroup *group,
                                GPtrArray *rows,
                                BenkSession *session,
                                BenkDeviceCard *card)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  GListModel *returns = benk_device_card_get_returns (card);
  GListModel *alarms = benk_device_card_get_alarms (card);
  gint64 now_ms = get_now_ms (session);

  benk_rows_clear (group, rows);
  for (guint i = 0; i < g_list_model_get_n_items (returns); i++)
    {
      g_autoptr (BenkReturnCase) one = g_list_model_get_item (returns, i);
      BenkReturnState state = benk_return_case_get_state (one);
      g_autofree char *title =
        g_strdup_printf ("%s · %s", _ ("Return"), benk_return_state_get_label (state));

      make_link (benk_rows_add (group, rows, title, benk_return_case_get_vendor (one)),
                 "win.show-return", benk_return_case_get_id (one));
    }
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (BenkAlarm) one = g_list_model_get_item (alarms, i);
      g_autofree char *words = benk_wording_alarm (one);
      g_autofree char *at =
        benk_wording_instant (benk_alarm_get_raised_ms (one), now_ms, zone);
      g_autofree char *title = g_strdup_printf ("%s · %s", at, words);

      make_link (benk_rows_add (group, rows, title,
                                benk_alarm_status_get_label (
                                  benk_alarm_get_status (one))),
                 "win.show-alarm", benk_alarm_get_id (one));
    }
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

static void
on_undo_clicked (GtkButton *button)
{
  gtk_widget_activate_action (GTK_WIDGET (button), "win.undo-change", "x",
                              get_about (button)->seq);
}

/**
 * benk_device_sections_add_history:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Adds what happened to it, the newest first; what can be taken back has a button.
 */
void
benk_device_sections_add_history (AdwPreferencesGroup *group,
                                  GPtrArray *rows,
                                  BenkSession *session,
                                  BenkDeviceCard *card)
{
  GListModel *items = benk_device_card_get_history (card);

  benk_rows_clear (group, rows);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkHistoryItem) item = g_list_model_get_item (items, i);
      GtkWidget *row = benk_rows_add_history (group, rows, item, get_now_ms (session));

      if (benk_history_item_get_undoable (item))
        add_button (row, _ ("Undo"), session, G_CALLBACK (on_undo_clicked))->seq =
          benk_history_item_get_seq (item);
    }
}
