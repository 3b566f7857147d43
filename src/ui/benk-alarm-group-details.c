/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-group-details.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-alarm-groups.h"
#include "benk-alarm-hand-bar.h"
#include "benk-alarm-words.h"
#include "benk-alarms-wait.h"
#include "benk-close-alarm-dialog.h"
#include "benk-hand-over-dialog.h"
#include "benk-plan.h"
#include "benk-roll-batch.h"
#include "benk-rows.h"
#include "benk-wait-dialog.h"
#include "benk-wording.h"

/* More rows nobody reads; the list has all of them. */
#define MAX_ROWS 30

/**
 * BenkAlarmGroupDetails:
 *
 * What several alarms are that are one thing to do, and what can be done about all.
 */
struct _BenkAlarmGroupDetails
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkTicker *ticker;
  BenkAlarmEntry *entry;
  gulong changed_handler;
  GPtrArray *rows;

  GtkLabel *title;
  GtkLabel *next_dose;
  GtkLabel *deadline;
  GtkLabel *why;
  GtkWidget *packer_box;
  GtkWidget *proposed;
  AdwPreferencesGroup *members;
  GtkLabel *more;
  GtkButton *take_button;
  GtkWidget *wait_button;
  GtkWidget *stop_button;
  GtkWidget *hand_button;
  GtkWidget *close_button;
  GtkLabel *each;
};

G_DEFINE_FINAL_TYPE (BenkAlarmGroupDetails, benk_alarm_group_details, GTK_TYPE_WIDGET)

static char *
describe_batch (BenkAlarmGroupDetails *self)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);
  guint n =
    benk_roll_batch_count_devices ((BenkAlarm *const *) alarms->pdata, alarms->len);

  return g_strdup_printf (
    ngettext ("%u device stopped at a roll of this batch within a fortnight: rather a "
              "fault of the batch than of the device. Report it to the packer.",
              "%u devices stopped at rolls of this batch within a fortnight: rather a "
              "fault of the batch than of each device. Report it to the packer.",
              n),
    n);
}

static char *
describe_why (BenkAlarmGroupDetails *self)
{
  switch (benk_alarm_entry_get_kind (self->entry))
    {
    case BENK_ALARM_ENTRY_INCIDENT:
      return g_strdup (
        _ ("Several devices say so within a quarter of an hour: rather one "
           "outage, of the network or the power, than a fault in each."));
    case BENK_ALARM_ENTRY_USER:
      return g_strdup (_ ("One person, so one call or one visit: see them together."));
    case BENK_ALARM_ENTRY_BATCH:
      return describe_batch (self);
    case BENK_ALARM_ENTRY_CODE:
      return g_strdup (_ ("Gathered by what they say while many come at once. They need "
                          "not have the same cause."));
    case BENK_ALARM_ENTRY_ONE:
    case BENK_ALARM_ENTRY_MEMBER:
    default:
      return g_strdup ("");
    }
}

/* The first dose that any of them may miss. */
static void
update_next_dose (BenkAlarmGroupDetails *self, gint64 now_ms)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 first_ms = G_MAXINT64;
  g_autofree char *at = NULL;
  g_autofree char *in = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < alarms->len; i++)
    {
      gint64 dose_ms = benk_alarm_get_next_dose_ms (g_ptr_array_index (alarms, i));

      if (dose_ms > now_ms)
        first_ms = MIN (first_ms, dose_ms);
    }
  if (first_ms < G_MAXINT64)
    {
      at = benk_wording_instant (first_ms, now_ms, zone);
      in = benk_wording_duration (first_ms - now_ms);
      text = g_strdup_printf (_ ("Next dose at %s, in %s"), at, in);
    }
  gtk_label_set_text (self->next_dose,
                      text ? text
                           : _ ("Next dose not known: no settings are kept here."));
}

static void
on_member_activated (AdwActionRow *row, BenkAlarmGroupDetails *self)
{
  const char *id = g_object_get_data (G_OBJECT (row), "benk-alarm");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-alarm", "s", id);
}

static void
add_member (BenkAlarmGroupDetails *self, BenkAlarm *alarm, gint64 now_ms)
{
  g_autoptr (BenkAlarmEntry) one = benk_alarm_entry_new (alarm);
  g_autofree char *code = benk_alarm_words_describe_title (one);
  g_autofree char *device = benk_alarm_words_describe_devices (one);
  g_autofree char *state = benk_alarm_words_describe_state (one, now_ms);
  g_autofree char *deadline = benk_wording_deadline (alarm, now_ms, NULL);
  gboolean open = benk_alarm_status_is_open (benk_alarm_get_status (alarm));
  g_autofree char *title = g_strdup_printf ("%s · %s", device, code);
  g_autofree char *subtitle =
    deadline && open ? g_strdup_printf ("%s · %s", deadline, state) : g_strdup (state);
  GtkWidget *row = benk_rows_add (self->members, self->rows, title, subtitle);

  g_object_set_data_full (G_OBJECT (row), "benk-alarm",
                          benk_id_to_string (benk_alarm_get_id (alarm)), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_member_activated), self, 0);
}

static void
update_members (BenkAlarmGroupDetails *self, gint64 now_ms)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);
  guint n_more = alarms->len > MAX_ROWS ? alarms->len - MAX_ROWS : 0;
  g_autofree char *more = NULL;

  benk_rows_clear (self->members, self->rows);
  for (guint i = 0; i < alarms->len - n_more; i++)
    add_member (self, g_ptr_array_index (alarms, i), now_ms);
  more = g_strdup_printf (ngettext ("and %u more, below its row in the list",
                                    "and %u more, below their row in the list", n_more),
                          n_more);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
}

static GArray *
list_new (BenkAlarmGroupDetails *self)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < alarms->len; i++)
    if (benk_alarm_get_status (g_ptr_array_index (alarms, i)) == BENK_ALARM_STATUS_NEW)
      g_array_append_vals (ids, benk_alarm_get_id (g_ptr_array_index (alarms, i)), 1);
  return ids;
}

static gboolean
are_mine (BenkAlarmGroupDetails *self)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);

  for (guint i = 0; i < alarms->len; i++)
    if (benk_alarm_get_responsibility (g_ptr_array_index (alarms, i)) !=
        BENK_RESPONSIBILITY_TECHNICAL)
      return FALSE;
  return TRUE;
}

/* (transfer full): those of it that have not ended. */
static GPtrArray *
list_open (BenkAlarmGroupDetails *self)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);
  GPtrArray *open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < alarms->len; i++)
    if (benk_alarm_status_is_open (benk_alarm_get_status (alarms->pdata[i])))
      g_ptr_array_add (open, g_object_ref (alarms->pdata[i]));
  return open;
}

static gboolean
is_taken (BenkAlarmGroupDetails *self, BenkAlarm *alarm)
{
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN;
}

static gboolean
waits (BenkAlarmGroupDetails *self, BenkAlarm *alarm)
{
  return is_taken (self, alarm) && benk_alarm_get_waiting_for (alarm) != BENK_WAIT_NONE;
}

static gboolean
may_hand_over (BenkAlarmGroupDetails *self, BenkAlarm *alarm)
{
  return benk_alarm_hand_bar_may_hand_over (self->session, alarm);
}

typedef gboolean (*May) (BenkAlarmGroupDetails *self, BenkAlarm *alarm);

/* What is done with all of them must be possible with each. */
static gboolean
may_all (BenkAlarmGroupDetails *self, GPtrArray *open, May may)
{
  for (guint i = 0; i < open->len; i++)
    if (!may (self, open->pdata[i]))
      return FALSE;
  return open->len > 0 &&
         benk_alarm_entry_get_kind (self->entry) != BENK_ALARM_ENTRY_CODE;
}

/* What a button acts on is said on it, or is all. */
static void
update_buttons (BenkAlarmGroupDetails *self)
{
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  gboolean one_thing = benk_alarm_entry_get_kind (self->entry) != BENK_ALARM_ENTRY_CODE;
  g_autoptr (GPtrArray) open = list_open (self);
  g_autoptr (GArray) ids = list_new (self);
  g_autofree char *take =
    are_mine (self)
      ? g_strdup_printf (ngettext ("Take %u Alarm", "Take %u Alarms", ids->len), ids->len)
      : g_strdup_printf (ngettext ("Help with %u Alarm", "Help with %u Alarms", ids->len),
                         ids->len);

  gtk_button_set_label (self->take_button, take);
  gtk_widget_set_visible (GTK_WIDGET (self->take_button), ids->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_button), may_write);
  gtk_widget_set_visible (self->wait_button, may_all (self, open, is_taken));
  gtk_widget_set_sensitive (self->wait_button, may_write);
  gtk_widget_set_visible (self->stop_button, may_all (self, open, waits));
  gtk_widget_set_sensitive (self->stop_button, may_write);
  gtk_widget_set_visible (self->hand_button, may_all (self, open, may_hand_over));
  gtk_widget_set_visible (self->close_button, one_thing);
  gtk_widget_set_sensitive (self->close_button, may_write && open->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->each), !one_thing);
}

/* Without the rows of the members: somebody may be at one. */
static void
on_tick (BenkAlarmGroupDetails *self)
{
  gint64 now_ms;
  gboolean overdue = FALSE;
  g_autofree char *title = NULL;
  g_autofree char *deadline = NULL;
  g_autofree char *why = NULL;

  if (!self->entry)
    return;
  now_ms = benk_ticker_get_now_ms (self->ticker);
  title = benk_alarm_words_describe_title (self->entry);
  gtk_label_set_text (self->title, title);
  update_next_dose (self, now_ms);
  if (!benk_alarm_words_is_over (self->entry))
    deadline =
      benk_wording_deadline (benk_alarm_entry_get_alarm (self->entry), now_ms, &overdue);
  gtk_label_set_text (self->deadline, deadline ? deadline : "");
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), deadline != NULL);
  if (overdue)
    gtk_widget_add_css_class (GTK_WIDGET (self->deadline), "overdue");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->deadline), "overdue");
  why = describe_why (self);
  gtk_label_set_text (self->why, why);
  gtk_widget_set_visible (self->proposed, benk_alarm_entry_get_kind (self->entry) !=
                                            BENK_ALARM_ENTRY_USER);
  gtk_widget_set_visible (self->packer_box, benk_alarm_entry_get_kind (self->entry) ==
                                              BENK_ALARM_ENTRY_BATCH);
  update_buttons (self);
}

static void
update (BenkAlarmGroupDetails *self)
{
  on_tick (self);
  if (self->entry)
    update_members (self, benk_ticker_get_now_ms (self->ticker));
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmGroupDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_take_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  update (self);
}

static void
on_take_clicked (BenkAlarmGroupDetails *self)
{
  g_autoptr (GArray) ids = list_new (self);

  if (ids->len == 0)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_button), FALSE);
  benk_alarms_take_group_async (benk_session_get_alarms (self->session),
                                (const BenkId *) (gpointer) ids->data, ids->len, NULL,
                                on_taken, g_object_ref (self));
}

static void
on_copy_clicked (BenkAlarmGroupDetails *self)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (self->entry);
  g_autofree char *text =
    benk_roll_batch_compose_report ((BenkAlarm *const *) alarms->pdata, alarms->len);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                              _ ("The text for the packer is copied."));
}

typedef GtkWidget *(*Ask) (GtkWindow *parent, BenkSession *session, GPtrArray *alarms);

static void
ask (BenkAlarmGroupDetails *self, Ask dialog)
{
  g_autoptr (GPtrArray) open = list_open (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (open->len > 0)
    gtk_window_present (GTK_WINDOW (dialog (GTK_WINDOW (root), self->session, open)));
}

static void
on_close_clicked (BenkAlarmGroupDetails *self)
{
  ask (self, benk_close_alarm_dialog_new_for_all);
}

static void
on_wait_clicked (BenkAlarmGroupDetails *self)
{
  ask (self, benk_wait_dialog_new_for_all);
}

static void
on_hand_clicked (BenkAlarmGroupDetails *self)
{
  ask (self, benk_hand_over_dialog_new_for_all);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmGroupDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_stop_waiting_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                                _ ("The alarms wait no longer."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  update (self);
}

static void
on_stop_clicked (BenkAlarmGroupDetails *self)
{
  g_autoptr (GPtrArray) open = list_open (self);
  g_autoptr (GArray) ids = benk_alarms_list_ids (open);

  if (ids->len > 0)
    benk_alarms_stop_waiting_async (benk_session_get_alarms (self->session),
                                    (const BenkId *) (gpointer) ids->data, ids->len, NULL,
                                    on_stopped, g_object_ref (self));
}

static void
benk_alarm_group_details_dispose (GObject *object)
{
  BenkAlarmGroupDetails *self = BENK_ALARM_GROUP_DETAILS (object);
  GtkWidget *child;

  benk_alarm_group_details_set_entry (self, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->ticker);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_alarm_group_details_parent_class)->dispose (object);
}

#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmGroupDetails, child)

static void
benk_alarm_group_details_class_init (BenkAlarmGroupDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_alarm_group_details_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-alarm-group-details.ui");
  BIND (title);
  BIND (next_dose);
  BIND (deadline);
  BIND (why);
  BIND (packer_box);
  BIND (proposed);
  BIND (members);
  BIND (more);
  BIND (take_button);
  BIND (wait_button);
  BIND (stop_button);
  BIND (hand_button);
  BIND (close_button);
  BIND (each);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
benk_alarm_group_details_init (BenkAlarmGroupDetails *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_alarm_group_details_set_session:
 * @self: the details
 * @session: the open session
 * @ticker: says when relative times are to be said anew
 *
 * Gives the details what they work with; once.
 */
void
benk_alarm_group_details_set_session (BenkAlarmGroupDetails *self,
                                      BenkSession *session,
                                      BenkTicker *ticker)
{
  g_return_if_fail (BENK_IS_ALARM_GROUP_DETAILS (self));
  g_set_object (&self->session, session);
  g_set_object (&self->ticker, ticker);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * benk_alarm_group_details_set_entry:
 * @self: the details
 * @entry: (nullable): the row of a group
 *
 * Shows what @entry stands for, and follows it.
 */
void
benk_alarm_group_details_set_entry (BenkAlarmGroupDetails *self, BenkAlarmEntry *entry)
{
  g_return_if_fail (BENK_IS_ALARM_GROUP_DETAILS (self));
  if (self->entry)
    g_clear_signal_handler (&self->changed_handler, self->entry);
  g_set_object (&self->entry, entry);
  if (!entry)
    return;
  self->changed_handler =
    g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * benk_alarm_group_details_list_shown:
 * @entry: a row
 *
 * Returns: (transfer full) (element-type BenkId): of what it stands for, what the details
 *   show
 */
GArray *
benk_alarm_group_details_list_shown (BenkAlarmEntry *entry)
{
  GArray *ids = benk_alarms_list_ids (benk_alarm_entry_get_alarms (entry));

  return g_array_set_size (ids, MIN (ids->len, MAX_ROWS));
}
