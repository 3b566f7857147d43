/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-alarm-details.h"
#include "benk-alarm-group-details.h"
#include "benk-alarm-groups.h"
#include "benk-alarm-groups.h"
#include "benk-alarms-chooser.h"
#include "benk-alarms-none.h"
#include "benk-alarms-hold.h"
#include "benk-alarms-shown.h"
#include "benk-alarms.h"
#include "benk-duties.h"
#include "benk-attention-bar.h"
#include "benk-away-card.h"
#include "benk-feeds.h"
#include "benk-icon.h"
#include "benk-reading-bar.h"
#include "benk-reading-page.h"
#include "benk-wording.h"

#define TICK_MS 10000

struct _BenkAlarmsPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkTicker *ticker;
  BenkAlarmsShown *shown;
  BenkAlarmsChooser *chooser;
  BenkAlarm *current; /* of a group that is chosen the first */
  gboolean filling;
  gboolean unopened; /* @current was chosen so, and nobody has done anything since */
  guint after_input;
  BenkId team; /* nil: all */

  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkWidget *source_button;
  GtkWidget *list_area;
  GtkListView *list;
  GtkListView *strip;
  GtkWidget *strip_area;
  GtkWidget *flood_bar;
  GtkLabel *flood_label;
  GtkLabel *n_open;
  GtkDropDown *team_list;
  GtkStack *waiting_stack;
  GtkButton *waiting_button;
  GtkStack *details_stack;
  BenkAlarmDetails *details;
  BenkAlarmGroupDetails *group_details;
  BenkReadingBar *reading_bar;
  BenkAttentionBar *attention_bar;
  BenkAwayCard *away_card;
};

G_DEFINE_FINAL_TYPE (BenkAlarmsPage, benk_alarms_page, GTK_TYPE_WIDGET)

static BenkReading *
get_reading (BenkAlarmsPage *self)
{
  return benk_alarms_get_reading (benk_session_get_alarms (self->session));
}

static BenkReading *
get_feeds_reading (BenkAlarmsPage *self)
{
  return benk_feeds_get_reading (benk_session_get_feeds (self->session));
}

static guint
get_n_rows (BenkAlarmsPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown)) +
         g_list_model_get_n_items (benk_alarms_shown_get_strip (self->shown));
}

static const char *
choose_page (BenkAlarmsPage *self)
{
  /* Where one team has none, those of the others can be chosen still. */
  if (get_n_rows (self) > 0 ||
      (!benk_id_is_nil (&self->team) &&
       benk_alarms_get_n_open (benk_session_get_alarms (self->session)) > 0))
    return "queue";
  return benk_reading_has_ended (get_reading (self)) &&
             benk_reading_has_ended (get_feeds_reading (self))
           ? "empty"
           : "reading";
}

static void
update_empty (BenkAlarmsPage *self)
{
  GListModel *feeds = benk_feeds_get_list (benk_session_get_feeds (self->session));
  guint n_feeds = g_list_model_get_n_items (feeds);
  gboolean unread = benk_reading_get_problem (get_feeds_reading (self)) != NULL;

  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  gtk_widget_set_visible (self->source_button, n_feeds == 0 && !unread);
  /* An empty list without the age of what it rests on would be a claim. */
  if (benk_reading_get_problem (get_reading (self)))
    {
      adw_status_page_set_title (self->empty_page, _ ("The alarms could not be read"));
      adw_status_page_set_description (self->empty_page, NULL);
      return;
    }
  if (unread)
    {
      adw_status_page_set_title (self->empty_page,
                                 _ ("The alarm sources could not be read"));
      adw_status_page_set_description (self->empty_page, NULL);
      return;
    }
  if (n_feeds == 0)
    {
      adw_status_page_set_title (self->empty_page, _ ("No open alarms"));
      adw_status_page_set_description (
        self->empty_page, _ ("No alarm source yet. Register alarms yourself, import a "
                             "list, or add a source."));
      return;
    }
  benk_alarms_none_tell (self->empty_page, feeds, benk_ticker_get_now_ms (self->ticker));
}

/* Of what is one thing to do a person sees each, with its device, deadline and state; of
 * what is only gathered by a code, what they choose of it. */
static gboolean
opens (BenkAlarmEntry *entry)
{
  return entry && benk_alarm_entry_get_kind (entry) != BENK_ALARM_ENTRY_CODE;
}

/* That a person has opened an alarm stands in reports. One that the list shows by itself
 * counts only when somebody does something here and it is still the one. */
static void
mark_opened (BenkAlarmsPage *self)
{
  BenkAlarmEntry *entry = benk_alarms_chooser_get_entry (self->chooser);
  g_autoptr (GArray) ids = NULL;

  self->unopened = FALSE;
  if (!opens (entry))
    return;
  ids = benk_alarm_group_details_list_shown (entry);
  benk_alarms_mark_all_opened (benk_session_get_alarms (self->session),
                               (const BenkId *) (gpointer) ids->data, ids->len);
}

static gboolean
on_after_input (gpointer user_data)
{
  BenkAlarmsPage *self = user_data;

  self->after_input = 0;
  if (self->unopened && self->current)
    mark_opened (self);
  return G_SOURCE_REMOVE;
}

/* A row is chosen when the button is let go: until then it is not known which it will be.
 */
static gboolean
on_input (BenkAlarmsPage *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->unopened && self->after_input == 0 &&
      (type == GDK_BUTTON_RELEASE || type == GDK_KEY_RELEASE || type == GDK_TOUCH_END ||
       type == GDK_SCROLL))
    self->after_input = g_idle_add (on_after_input, self);
  return GDK_EVENT_PROPAGATE;
}

static void
show_chosen (BenkAlarmsPage *self)
{
  BenkAlarmEntry *entry = benk_alarms_chooser_get_entry (self->chooser);
  BenkAlarm *alarm = entry ? benk_alarm_entry_get_alarm (entry) : NULL;
  gboolean is_group = entry && benk_alarm_entry_is_group (entry);

  g_set_object (&self->current, alarm);
  benk_alarm_details_set_alarm (self->details, is_group ? NULL : alarm);
  benk_alarm_group_details_set_entry (self->group_details, is_group ? entry : NULL);
  gtk_stack_set_visible_child (self->details_stack, is_group
                                                      ? GTK_WIDGET (self->group_details)
                                                      : GTK_WIDGET (self->details));
  self->unopened = benk_alarms_chooser_is_by_itself (self->chooser) && opens (entry);
  if (alarm && !self->unopened)
    mark_opened (self);
}

static void
update_waiting (BenkAlarmsPage *self)
{
  const BenkAlarmsWaiting *waiting = benk_alarms_shown_get_waiting (self->shown);
  gboolean is_waiting = benk_alarms_shown_is_waiting (self->shown);
  g_autofree char *text = benk_alarms_hold_describe (waiting);

  if (is_waiting)
    gtk_button_set_label (self->waiting_button, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->waiting_button), "suggested-action");
  gtk_widget_remove_css_class (GTK_WIDGET (self->waiting_button), "destructive-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->waiting_button), waiting->n_critical > 0
                                                                 ? "destructive-action"
                                                                 : "suggested-action");
  gtk_stack_set_visible_child_name (self->waiting_stack, is_waiting ? "waiting" : "none");
}

static void
update_n_open (BenkAlarmsPage *self)
{
  guint n_open = benk_alarms_get_n_open (benk_session_get_alarms (self->session));
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u open", "%u open", n_open), n_open);

  gtk_label_set_text (self->n_open, text);
}

static BenkDutyRoster *
get_roster (BenkAlarmsPage *self)
{
  return benk_duties_get_roster (benk_session_get_duties (self->session));
}

static void
on_team_selected (BenkAlarmsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->team_list);

  if (!self->session || self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  self->team = selected > 0 && selected <= get_roster (self)->teams->len
                 ? ((BenkDutyTeam *) get_roster (self)->teams->pdata[selected - 1])->id
                 : BENK_ID_NIL;
  benk_alarms_shown_set_team (self->shown, &self->team);
  update_empty (self);
}

/* The choice stays where the teams change. */
static void
fill_teams (BenkAlarmsPage *self)
{
  BenkDutyRoster *roster = get_roster (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("All teams"));
  for (guint i = 0; i < roster->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (roster->teams, i);

      gtk_string_list_append (names, team->name);
      if (benk_id_equal (&team->id, &self->team))
        selected = i + 1;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->team_list, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->team_list, selected);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->team_list), roster->teams->len > 0);
  on_team_selected (self);
}

static void
on_waiting_clicked (BenkAlarmsPage *self)
{
  benk_alarms_shown_apply (self->shown);
}

static void
update_flood (BenkAlarmsPage *self)
{
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (self->session));
  gboolean is_flood = benk_alarms_shown_is_flood (self->shown);
  gint64 since_ms = benk_ticker_get_now_ms (self->ticker) - BENK_FLOOD_MS;
  guint n_critical = g_list_model_get_n_items (benk_alarms_shown_get_strip (self->shown));
  guint n_came = 0;
  g_autofree char *came = NULL;
  g_autofree char *critical =
    n_critical > 0
      ? g_strdup_printf (ngettext ("%u critical", "%u critical", n_critical), n_critical)
      : NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; is_flood && i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      n_came += benk_alarm_get_received_ms (alarm) > since_ms;
    }
  /* Some of them may be closed by now. */
  n_came = MAX (n_came, BENK_FLOOD_ALARMS + 1);
  came = g_strdup_printf (ngettext ("%u alarm in 10 minutes", "%u alarms in 10 minutes",
                                    n_came),
                          n_came);
  text = g_strjoin (" · ", came, critical, NULL);
  gtk_label_set_text (self->flood_label, text);
  gtk_widget_set_visible (self->flood_bar, is_flood);
  gtk_widget_set_visible (self->strip_area, n_critical > 0);
}

static void
on_applied (BenkAlarmsPage *self)
{
  update_empty (self);
  update_flood (self);
}

static void
toggle_group (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkAlarmsPage *self = BENK_ALARMS_PAGE (widget);
  BenkId id;

  if (benk_id_parse (g_variant_get_string (parameter, NULL), &id))
    benk_alarms_chooser_toggle (self->chooser, &id);
}

/* Who asked for an alarm sees it, whatever the pointer does. */
static void
on_queue_changed (BenkAlarmsPage *self)
{
  if (benk_alarms_chooser_is_wanting (self->chooser))
    benk_alarms_shown_apply (self->shown);
}

static void
on_staff_changed (BenkAlarmsPage *self)
{
  BenkStaff *staff = benk_session_get_staff (self->session);

  benk_alarms_shown_set_initials (self->shown,
                                  staff ? benk_staff_get_initials (staff) : NULL);
}

static void
on_tick (BenkAlarmsPage *self)
{
  benk_alarms_shown_follow (self->shown);
  update_empty (self);
  update_flood (self);
}

static void
on_flood_changed (BenkAlarmsPage *self)
{
  benk_alarms_shown_set_flood (self->shown, benk_alarms_is_flood (
                                              benk_session_get_alarms (self->session)));
}

static void
on_feeds_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_feeds_load_finish (BENK_FEEDS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
benk_alarms_page_dispose (GObject *object)
{
  BenkAlarmsPage *self = BENK_ALARMS_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->after_input, g_source_remove);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->chooser);
  g_clear_object (&self->current);
  g_clear_object (&self->shown);
  g_clear_object (&self->ticker);
  G_OBJECT_CLASS (benk_alarms_page_parent_class)->dispose (object);
}

#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmsPage, child)

static void
benk_alarms_page_class_init (BenkAlarmsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_alarms_page_dispose;
  g_type_ensure (BENK_TYPE_ALARM_DETAILS);
  g_type_ensure (BENK_TYPE_ALARM_GROUP_DETAILS);
  g_type_ensure (BENK_TYPE_ATTENTION_BAR);
  g_type_ensure (BENK_TYPE_AWAY_CARD);
  g_type_ensure (BENK_TYPE_READING_BAR);
  g_type_ensure (BENK_TYPE_READING_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-alarms-page.ui");
  gtk_widget_class_install_action (widget_class, "alarms.toggle-group", "s",
                                   toggle_group);
  BIND (reading_bar);
  BIND (attention_bar);
  BIND (away_card);
  BIND (stack);
  BIND (empty_page);
  BIND (source_button);
  BIND (list_area);
  BIND (list);
  BIND (strip);
  BIND (strip_area);
  BIND (flood_bar);
  BIND (flood_label);
  BIND (n_open);
  BIND (team_list);
  gtk_widget_class_bind_template_callback (widget_class, on_team_selected);
  BIND (waiting_stack);
  BIND (waiting_button);
  gtk_widget_class_bind_template_callback (widget_class, on_waiting_clicked);
  BIND (details_stack);
  BIND (details);
  BIND (group_details);
}

static void
benk_alarms_page_init (BenkAlarmsPage *self)
{
  GtkEventController *input = gtk_event_controller_legacy_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (input, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (input, "event", G_CALLBACK (on_input), self);
  gtk_widget_add_controller (GTK_WIDGET (self), input);
  benk_icon_show_on (self->empty_page, "alarms");
}

static void
set_up_list (BenkAlarmsPage *self)
{
  BenkAlarms *alarms = benk_session_get_alarms (self->session);
  GListModel *queue = benk_alarms_get_queue (alarms);

  self->shown = benk_alarms_shown_new (queue, benk_session_get_clock (self->session));
  self->chooser =
    benk_alarms_chooser_new (self->shown, self->list, self->strip, self->ticker);
  benk_alarms_hold_attach (self->list_area, GTK_WIDGET (self), self->shown);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "applied", G_CALLBACK (on_applied), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "waiting", G_CALLBACK (update_waiting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (on_queue_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (alarms, "notify::n-open", G_CALLBACK (update_n_open), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (alarms, "notify::flood", G_CALLBACK (on_flood_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::staff", G_CALLBACK (on_staff_changed),
                           self, G_CONNECT_SWAPPED);
  on_staff_changed (self);
  on_flood_changed (self);
  update_n_open (self);
}

/**
 * benk_alarms_page_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the page with the queue of open alarms
 */
GtkWidget *
benk_alarms_page_new (BenkSession *session)
{
  BenkAlarmsPage *self = g_object_new (BENK_TYPE_ALARMS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->ticker = benk_ticker_new (benk_session_get_clock (session), TICK_MS);
  benk_alarm_details_set_session (self->details, session, self->ticker);
  benk_alarm_group_details_set_session (self->group_details, session, self->ticker);
  set_up_list (self);
  g_signal_connect_object (self->ticker, "tick", G_CALLBACK (on_tick), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_feeds (session), "round",
                           G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_reading (self), "notify", G_CALLBACK (update_empty), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_feeds_reading (self), "notify", G_CALLBACK (update_empty),
                           self, G_CONNECT_SWAPPED);
  benk_reading_bar_set_reading (self->reading_bar, get_reading (self));
  benk_attention_bar_set_session (self->attention_bar, session);
  benk_away_card_set_session (self->away_card, session);
  g_signal_connect_object (benk_session_get_duties (session), "changed",
                           G_CALLBACK (fill_teams), self, G_CONNECT_SWAPPED);
  fill_teams (self);
  benk_alarms_shown_apply (self->shown);
  benk_feeds_load_async (benk_session_get_feeds (session), NULL, on_feeds_loaded,
                         g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * benk_alarms_page_show_alarm:
 * @self: the page
 * @id: an alarm's id as text
 *
 * Selects the alarm, now or when it comes to the queue.
 */
void
benk_alarms_page_show_alarm (BenkAlarmsPage *self, const char *id)
{
  BenkId wanted;

  g_return_if_fail (BENK_IS_ALARMS_PAGE (self));
  if (!benk_id_parse (id, &wanted))
    return;
  gtk_drop_down_set_selected (self->team_list, 0);
  benk_alarms_chooser_want (self->chooser, &wanted);
  benk_alarms_shown_apply (self->shown);
}

/**
 * benk_alarms_page_note_call:
 * @self: the page
 *
 * Opens where a call about the device of the chosen alarm is kept.
 *
 * Returns: whether one is chosen whose device is known
 */
gboolean
benk_alarms_page_note_call (BenkAlarmsPage *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_PAGE (self), FALSE);
  return benk_alarm_details_note_call (self->details);
}
