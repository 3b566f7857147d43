/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-status-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-hand.h"
#include "benk-attention.h"
#include "benk-bench.h"
#include "benk-checklist.h"
#include "benk-duties.h"
#include "benk-duty-line.h"
#include "benk-feeds-clock.h"
#include "benk-hand-over-dialog.h"
#include "benk-plan.h"
#include "benk-ticker.h"
#include "benk-visit.h"
#include "benk-wording.h"

#define TICK_MS 5000

struct _BenkStatusLine
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkTicker *ticker;

  GtkLabel *duty_label;
  GtkMenuButton *duty_button;
  GtkButton *hand_button;
  GtkLabel *feed_label;
  GtkLabel *quiet_label;
  GtkLabel *unsent_label;
  GtkLabel *usb_label;
  GtkLabel *staff_label;
};

G_DEFINE_FINAL_TYPE (BenkStatusLine, benk_status_line, GTK_TYPE_WIDGET)

static void
update_duty (BenkStatusLine *self)
{
  g_autofree char *text =
    benk_duty_line_describe (self->session, benk_feeds_get_now_ms (
                                              benk_session_get_feeds (self->session)));

  gtk_label_set_text (self->duty_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->duty_button), text);
}

/* What one has at the end of one's duty is handed over, never silently left. */
static void
update_hand (BenkStatusLine *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 end_ms = 0;
  guint n = 0;
  gboolean must =
    benk_alarms_must_hand_over (benk_session_get_alarms (self->session), &end_ms, &n);
  g_autofree char *end =
    benk_wording_instant (end_ms, benk_ticker_get_now_ms (self->ticker), zone);
  g_autofree char *text =
    end_ms > 0
      ? g_strdup_printf (ngettext ("Your duty ends at %s: hand over %u alarm…",
                                   "Your duty ends at %s: hand over %u alarms…", n),
                         end, n)
      : g_strdup_printf (ngettext ("Your duty has ended: hand over %u alarm…",
                                   "Your duty has ended: hand over %u alarms…", n),
                         n);

  if (must)
    gtk_button_set_label (self->hand_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hand_button), must);
}

static void
on_hand_clicked (BenkStatusLine *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_hand_over_dialog_new (GTK_WINDOW (root), self->session, NULL)));
}

static void
create_popover (GtkMenuButton *button, gpointer user_data)
{
  BenkStatusLine *self = user_data;

  gtk_menu_button_set_popover (button, benk_duty_line_create_popover (self->session));
}

/* Calm: a laptop in a home without a network is as it should be. */
static char *
describe_offline (BenkStatusLine *self, BenkFeed *feed)
{
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *since =
    benk_wording_instant (benk_feed_get_trouble_number (feed), now_ms, zone);

  return g_strdup_printf (_ ("No network since %s. New alarms are not shown here."),
                          since);
}

static char *
describe_feed (BenkStatusLine *self, BenkFeed *feed, gboolean *silent)
{
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  gint64 answered_ms = benk_feed_get_answered_ms (feed);
  BenkTrouble trouble = benk_feed_get_trouble (feed);
  g_autofree char *age = benk_wording_age (answered_ms, now_ms);

  if (trouble == BENK_TROUBLE_OFFLINE)
    return describe_offline (self, feed);
  if (benk_feed_is_silent (feed) || benk_feed_get_problem (feed))
    *silent = TRUE;
  if (trouble != BENK_TROUBLE_NONE && answered_ms <= 0)
    /* Translators: the name of a source, and what is wrong with it. */
    return g_strdup_printf (_ ("%s: %s. Has not answered yet."),
                            benk_feed_get_name (feed), benk_trouble_get_label (trouble));
  if (trouble != BENK_TROUBLE_NONE && benk_feed_is_silent (feed))
    /* Translators: the name of a source, what is wrong with it, and for how long. */
    return g_strdup_printf (_ ("%s: %s, for %s. Alarms may be missing."),
                            benk_feed_get_name (feed), benk_trouble_get_label (trouble),
                            age);
  if (trouble != BENK_TROUBLE_NONE)
    return g_strdup_printf ("%s %s: %s", benk_feed_get_name (feed), age,
                            benk_trouble_get_label (trouble));
  if (answered_ms <= 0)
    return g_strdup_printf (_ ("%s has not answered yet"), benk_feed_get_name (feed));
  if (benk_feed_is_silent (feed))
    return g_strdup_printf (_ ("%s has not answered for %s. Alarms may be missing."),
                            benk_feed_get_name (feed), age);
  if (benk_feed_has_new_faults (feed))
    {
      guint n = benk_feed_get_n_unread (feed) + benk_feed_get_n_in_part (feed);

      *silent = TRUE;
      /* Translators: the name of a source, for how long it has not been asked, and how
       * many of its alarms are not as they should be. */
      return g_strdup_printf (ngettext ("%s %s: %u alarm not read in full",
                                        "%s %s: %u alarms not read in full", n),
                              benk_feed_get_name (feed), age, n);
    }
  return g_strdup_printf ("%s %s", benk_feed_get_name (feed), age);
}

/* Without a network the same is true of every source, and is said once. */
static void
add_part (GString *text, const char *part)
{
  if (strstr (text->str, part) == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* What ages and deadlines rest on. */
static gboolean
add_clock (BenkStatusLine *self, GString *text, GString *problems)
{
  BenkFeeds *feeds = benk_session_get_feeds (self->session);
  g_autofree char *what = benk_feeds_describe_clock (feeds);
  g_autofree char *why = benk_feeds_explain_clock (feeds);

  if (what == NULL)
    return FALSE;
  add_part (text, what);
  g_string_append_printf (problems, "%s%s: %s", problems->len > 0 ? "\n" : "", what, why);
  return TRUE;
}

static void
add_problem (GString *problems, BenkFeed *feed, const char *problem)
{
  if (problem)
    g_string_append_printf (problems, "%s%s: %s", problems->len > 0 ? "\n" : "",
                            benk_feed_get_name (feed), problem);
}

/* An age is never left out: silence is itself told. */
static void
update_feeds (BenkStatusLine *self)
{
  GListModel *feeds = benk_feeds_get_list (benk_session_get_feeds (self->session));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) problems = g_string_new (NULL);
  BenkReading *reading = benk_feeds_get_reading (benk_session_get_feeds (self->session));
  const char *unread = _ ("The alarm sources could not be read");
  const char *unsaved =
    benk_attention_get_save_problem (benk_session_get_attention (self->session));
  gboolean silent = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);
      g_autofree char *one = describe_feed (self, feed, &silent);
      g_autofree char *faults = benk_feed_describe_faults (feed);

      add_part (text, one);
      add_problem (problems, feed, benk_feed_get_problem (feed));
      add_problem (problems, feed, faults);
    }
  silent = add_clock (self, text, problems) || silent;
  if (unsaved)
    {
      add_part (text, _ ("Not everything can be saved"));
      g_string_append_printf (problems, "%s%s", problems->len > 0 ? "\n" : "", unsaved);
    }
  if (benk_visits_get_current (benk_session_get_visits (self->session)))
    g_string_assign (text, _ ("Home visit: alarms are held back here"));
  else if (benk_reading_get_problem (reading))
    g_string_assign (problems, benk_reading_get_problem (reading));
  gtk_label_set_text (self->feed_label, text->len > 0       ? text->str
                                        : problems->len > 0 ? unread
                                        : benk_reading_has_ended (reading)
                                          ? _ ("No alarm source")
                                          : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->feed_label),
                               problems->len > 0 ? problems->str : text->str);
  if (silent || unsaved || benk_reading_get_problem (reading))
    gtk_widget_add_css_class (GTK_WIDGET (self->feed_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->feed_label), "warning");
}

static void
update_quiet (BenkStatusLine *self)
{
  BenkAttention *attention = benk_session_get_attention (self->session);
  g_autofree char *text = benk_attention_describe_quiet (attention);

  gtk_label_set_text (self->quiet_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->quiet_label), text != NULL);
}

static void
update_unsent (BenkStatusLine *self)
{
  guint n = benk_alarms_get_n_unsent (benk_session_get_alarms (self->session));
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u follow-up not sent", "%u follow-ups not sent", n), n);

  gtk_label_set_text (self->unsent_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->unsent_label), n > 0);
}

static void
update_plugged (BenkStatusLine *self)
{
  BenkBench *bench = benk_session_get_bench (self->session);
  GListModel *devices = benk_bench_get_devices (bench);
  guint n = g_list_model_get_n_items (devices);
  gboolean known = n > 0 || benk_bench_knows_plugged (bench);
  g_autofree char *text = known ? g_strdup_printf (_ ("USB %u"), n) : g_strdup ("USB –");
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "",
                              benk_bench_device_get_label (device));
    }
  gtk_label_set_text (self->usb_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->usb_label),
                               n > 0   ? names->str
                               : known ? _ ("Nothing is plugged in")
                                       : benk_bench_get_usb_problem (bench));
}

static void
on_tick (BenkStatusLine *self)
{
  update_duty (self);
  update_hand (self);
  update_feeds (self);
  update_quiet (self);
}

static void
update_staff (BenkStatusLine *self)
{
  BenkStaff *staff = benk_session_get_staff (self->session);
  g_autofree char *text = NULL;

  if (staff)
    text = g_strdup_printf (_ ("Done by: %s"), benk_staff_get_initials (staff));
  gtk_label_set_text (self->staff_label, text ? text : _ ("Looking only"));
}

static void
benk_status_line_dispose (GObject *object)
{
  BenkStatusLine *self = BENK_STATUS_LINE (object);
  GtkWidget *child;

  g_clear_object (&self->ticker);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_status_line_parent_class)->dispose (object);
}

static void
benk_status_line_class_init (BenkStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = benk_status_line_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, duty_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, duty_button);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, hand_button);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_clicked);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, feed_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, quiet_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, unsent_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, usb_label);
  gtk_widget_class_bind_template_child (widget_class, BenkStatusLine, staff_label);
  gtk_widget_class_set_css_name (widget_class, "statusline");
}

static void
benk_status_line_init (BenkStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_status_line_set_session:
 * @self: the line
 * @session: the open session
 *
 * Shows who owns alarms and supports now, each feed's age, and what is plugged in.
 */
void
benk_status_line_set_session (BenkStatusLine *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_STATUS_LINE (self));
  g_set_object (&self->session, session);
  self->ticker = benk_ticker_new (benk_session_get_clock (session), TICK_MS);
  g_signal_connect_object (self->ticker, "tick", G_CALLBACK (on_tick), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (update_staff), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_feeds_get_list (benk_session_get_feeds (session)),
                           "items-changed", G_CALLBACK (update_feeds), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_feeds (session), "round",
                           G_CALLBACK (update_feeds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_feeds_get_reading (benk_session_get_feeds (session)),
                           "notify", G_CALLBACK (update_feeds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_bench_get_devices (benk_session_get_bench (session)),
                           "items-changed", G_CALLBACK (update_plugged), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_bench (session), "usb-changed",
                           G_CALLBACK (update_plugged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_alarms (session), "notify::n-unsent",
                           G_CALLBACK (update_unsent), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_visits (session), "notify::current",
                           G_CALLBACK (update_feeds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_attention (session), "notify::quiet-until-ms",
                           G_CALLBACK (update_quiet), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_attention (session), "notify::save-problem",
                           G_CALLBACK (update_feeds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_duties (session), "changed",
                           G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_alarms_get_queue (benk_session_get_alarms (session)),
                           "items-changed", G_CALLBACK (update_hand), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->duty_button, create_popover, self, NULL);
  update_staff (self);
  update_unsent (self);
  update_plugged (self);
  on_tick (self);
  /* Not left to the page of alarms: another may be shown first. What fails is told by the
   * reading. */
  benk_feeds_load_async (benk_session_get_feeds (session), NULL, NULL, NULL);
}
