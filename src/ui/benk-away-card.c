/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-away-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-alarms-away.h"
#include "benk-care-dialog.h"
#include "benk-feeds.h"
#include "benk-plan.h"
#include "benk-wording.h"

struct _BenkAwayCard
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkAbsence *absence;
  gboolean loading;
  gboolean again;

  GtkWidget *revealer;
  GtkLabel *title;
  GtkLabel *gaps;
  GtkMenuButton *open_button;
  GtkMenuButton *elsewhere_button;
  GtkMenuButton *settled_button;
  GtkWidget *care_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (BenkAwayCard, benk_away_card, GTK_TYPE_WIDGET)

static gint64
get_now_ms (BenkAwayCard *self)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (self->session));
}

/* --- The rows of a count --- */

static char *
describe (BenkAwayCard *self, BenkAlarm *alarm, BenkAwayKind kind)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  const char *device = benk_alarm_get_device_label (alarm);
  gint64 dose_ms = benk_alarm_get_next_dose_ms (alarm);
  gint64 at_ms = kind == BENK_AWAY_OPEN ? dose_ms : benk_alarm_get_closed_ms (alarm);
  g_autofree char *when =
    at_ms > 0 ? benk_wording_instant (at_ms, get_now_ms (self), zone) : NULL;
  g_autofree char *what = NULL;

  if (kind == BENK_AWAY_OPEN && when == NULL)
    what = g_strdup (_ ("next dose not known"));
  else if (kind == BENK_AWAY_OPEN)
    /* Translators: a time. */
    what = g_strdup_printf (_ ("next dose %s"), when);
  else if (kind == BENK_AWAY_SETTLED)
    /* Translators: a time. */
    what = g_strdup_printf (_ ("handed out %s"), when ? when : "–");
  else
    /* Translators: a time. */
    what = g_strdup_printf (_ ("ended %s"), when ? when : "–");
  return g_strdup_printf ("%s · %s", device ? device : _ ("Unknown device"), what);
}

static void
on_row_activated (GtkWidget *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "alarm");
  GtkWidget *popover = gtk_widget_get_ancestor (row, GTK_TYPE_POPOVER);

  gtk_widget_activate_action (row, "win.show-alarm", "s", id);
  if (popover)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
new_row (BenkAwayCard *self, BenkAlarm *alarm, BenkAwayKind kind)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *code = benk_wording_alarm (alarm);
  g_autofree char *subtitle = describe (self, alarm, kind);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), code);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (kind == BENK_AWAY_OPEN)
    {
      g_object_set_data_full (G_OBJECT (row), "alarm",
                              benk_id_to_string (benk_alarm_get_id (alarm)), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), NULL);
    }
  return row;
}

static GtkWidget *
new_popover (BenkAwayCard *self, BenkAwayKind kind)
{
  GListModel *alarms = benk_absence_get_alarms (self->absence, kind);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *area = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (alarms, i);

      gtk_list_box_append (GTK_LIST_BOX (list), new_row (self, alarm, kind));
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (area), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (area), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (area), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (area), list);
  gtk_widget_set_size_request (area, 400, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), area);
  return popover;
}

static void
show_count (BenkAwayCard *self,
            GtkMenuButton *button,
            BenkAwayKind kind,
            const char *text)
{
  guint n = benk_absence_count (self->absence, kind);

  gtk_menu_button_set_label (button, text);
  gtk_widget_set_visible (GTK_WIDGET (button), n > 0);
  gtk_menu_button_set_popover (button, n > 0 ? new_popover (self, kind) : NULL);
}

static void
show_counts (BenkAwayCard *self)
{
  guint n_open = benk_absence_count (self->absence, BENK_AWAY_OPEN);
  guint n_elsewhere = benk_absence_count (self->absence, BENK_AWAY_ELSEWHERE);
  guint n_settled = benk_absence_count (self->absence, BENK_AWAY_SETTLED);
  g_autofree char *open =
    g_strdup_printf (ngettext ("%u still open", "%u still open", n_open), n_open);
  g_autofree char *elsewhere =
    g_strdup_printf (ngettext ("%u closed in another system",
                               "%u closed in another system", n_elsewhere),
                     n_elsewhere);
  g_autofree char *settled =
    g_strdup_printf (ngettext ("%u settled by the dispenser",
                               "%u settled by the dispenser", n_settled),
                     n_settled);

  show_count (self, self->open_button, BENK_AWAY_OPEN, open);
  show_count (self, self->elsewhere_button, BENK_AWAY_ELSEWHERE, elsewhere);
  show_count (self, self->settled_button, BENK_AWAY_SETTLED, settled);
  gtk_widget_set_visible (self->care_button, n_open > 0);
}

/* --- Reading --- */

static void load (BenkAwayCard *self);

static void
show (BenkAwayCard *self)
{
  g_autofree char *title = NULL;
  g_autofree char *gaps = NULL;
  gboolean told =
    benk_absence_is_told (self->absence) && benk_absence_count_all (self->absence) > 0;

  gtk_widget_set_visible (self->revealer, told);
  if (!told)
    return;
  title = benk_absence_describe (self->absence);
  gaps = benk_absence_describe_gaps (self->absence, get_now_ms (self));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->gaps, gaps);
  show_counts (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAwayCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAbsence) absence =
    benk_alarms_load_absence_finish (BENK_ALARMS (source), result, &error);

  self->loading = FALSE;
  if (!self->session)
    return;
  if (absence != NULL)
    {
      g_set_object (&self->absence, absence);
      show (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  if (self->again)
    load (self);
}

/* One reading at a time; what changed meanwhile is read after it. */
static void
load (BenkAwayCard *self)
{
  self->again = self->loading;
  if (self->loading || !self->session)
    return;
  self->loading = TRUE;
  benk_alarms_load_absence_async (benk_session_get_alarms (self->session), NULL,
                                  on_loaded, g_object_ref (self));
}

/* An absence ends with a round of the sources. */
static void
on_round (BenkAwayCard *self)
{
  if (self->absence == NULL || !benk_absence_is_told (self->absence))
    load (self);
}

/* --- Buttons --- */

static void
on_care_clicked (BenkAwayCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
    benk_care_dialog_new (GTK_WINDOW (root), self->session,
                          benk_absence_get_alarms (self->absence, BENK_AWAY_OPEN))));
}

static void
on_put_away (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAwayCard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_put_absence_away_finish (BENK_ALARMS (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  load (self);
}

static void
on_done_clicked (BenkAwayCard *self)
{
  benk_alarms_put_absence_away_async (benk_session_get_alarms (self->session),
                                      self->absence, NULL, on_put_away,
                                      g_object_ref (self));
}

/* --- The widget --- */

static void
benk_away_card_dispose (GObject *object)
{
  BenkAwayCard *self = BENK_AWAY_CARD (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->absence);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_away_card_parent_class)->dispose (object);
}

#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkAwayCard, child)

static void
benk_away_card_class_init (BenkAwayCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_away_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-away-card.ui");
  BIND (revealer);
  BIND (title);
  BIND (gaps);
  BIND (open_button);
  BIND (elsewhere_button);
  BIND (settled_button);
  BIND (care_button);
  BIND (done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_care_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_done_clicked);
}

static void
benk_away_card_init (BenkAwayCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_away_card_set_session:
 * @self: the card
 * @session: the open session
 */
void
benk_away_card_set_session (BenkAwayCard *self, BenkSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (benk_alarms_get_queue (benk_session_get_alarms (session)),
                           "items-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_feeds (session), "round",
                           G_CALLBACK (on_round), self, G_CONNECT_SWAPPED);
  load (self);
}
