/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-row.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-alarms-hand.h"
#include "benk-plan.h"
#include "benk-wording.h"

struct _BenkAlarmRow
{
  GtkWidget parent_instance;

  BenkTicker *ticker;
  BenkAlarmEntry *entry;
  BenkAlarm *alarm; /* of @entry */
  gulong changed_handler;

  GtkLabel *section;
  GtkWidget *bar;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *deadline;
  GtkLabel *device;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (BenkAlarmRow, benk_alarm_row, GTK_TYPE_WIDGET)

static const char *
get_severity_class (int severity)
{
  if (severity >= 40)
    return "critical";
  if (severity >= 30)
    return "severe";
  return severity >= 20 ? "moderate" : "normal";
}

static const char *
get_severity_icon (int severity)
{
  if (severity >= 40)
    return "dialog-error-symbolic";
  return severity >= 20 ? "dialog-warning-symbolic" : "dialog-information-symbolic";
}

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static char *
describe_end (BenkAlarmRow *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  const char *how = benk_alarm_status_get_label (benk_alarm_get_status (self->alarm));
  g_autofree char *when =
    benk_wording_instant (benk_alarm_get_closed_ms (self->alarm), now_ms, zone);

  return g_strdup_printf ("%s · %s", how, when);
}

/* Who has accepted it has had it since then. */
static gint64
get_with_ms (BenkAlarm *alarm)
{
  return MAX (benk_alarm_get_taken_ms (alarm), benk_alarm_get_accepted_ms (alarm));
}

static char *
describe_state (BenkAlarmRow *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  const char *severity = benk_wording_severity (benk_alarm_get_severity (self->alarm));
  g_autofree char *since = NULL;
  g_autofree char *who = benk_alarm_describe_waiting (self->alarm, now_ms);

  if (!benk_alarm_status_is_open (benk_alarm_get_status (self->alarm)))
    return describe_end (self);
  if (benk_alarm_get_gone_ms (self->alarm) != 0)
    {
      g_free (who);
      who = g_strdup (_ ("Its source does not know it any more: is it over?"));
    }
  else if (benk_alarm_is_handed_over (self->alarm))
    {
      g_free (who);
      who = g_strdup_printf (_ ("Handed over to %s, not accepted yet"),
                             benk_alarm_get_handed_to (self->alarm));
    }
  if (who == NULL && benk_alarm_get_status (self->alarm) == BENK_ALARM_STATUS_TAKEN)
    {
      since = benk_wording_instant (get_with_ms (self->alarm), now_ms, zone);
      who = g_strdup_printf (_ ("With %s since %s"),
                             benk_alarm_get_taken_by (self->alarm)
                               ? benk_alarm_get_taken_by (self->alarm)
                               : _ ("somebody else"),
                             since);
    }
  else if (who == NULL)
    who = g_strdup_printf (_ ("Responsible: %s"),
                           benk_responsibility_get_label (
                             benk_alarm_get_responsibility (self->alarm)));
  return g_strdup_printf ("%s · %s", severity, who);
}

/* The list's row has the focus, so it is what is read aloud. */
static void
name_row (BenkAlarmRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkLabel *const parts[] = { self->section, self->title, self->device, self->deadline,
                              self->state };
  g_autoptr (GString) words = g_string_new (NULL);
  const char *name;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*gtk_label_get_text (parts[i]) != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "",
                              gtk_label_get_text (parts[i]));
  name = words->str;
  if (row)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    name, -1);
}

static char *
describe_title (BenkAlarm *alarm)
{
  g_autofree char *title = benk_wording_alarm (alarm);

  if (benk_alarm_get_n_joined (alarm) == 0)
    return g_steal_pointer (&title);
  /* Translators: what the alarm is, then how often it was raised while it was open. */
  return g_strdup_printf (_ ("%s ×%d"), title, benk_alarm_get_n_joined (alarm) + 1);
}

static void
show_section (BenkAlarmRow *self)
{
  BenkAlarmSection section = benk_alarm_entry_get_section (self->entry);
  const char *heading = benk_alarm_entry_get_heads (self->entry)
                          ? benk_alarm_section_get_heading (section)
                          : NULL;

  gtk_label_set_text (self->section, heading ? heading : "");
  gtk_widget_set_visible (GTK_WIDGET (self->section), heading != NULL);
  set_css_class (GTK_WIDGET (self), "quiet", section != BENK_ALARM_SECTION_MINE);
}

static void
update (BenkAlarmRow *self)
{
  static const char *const classes[] = { "critical", "severe", "moderate", "normal" };
  int severity;
  gboolean overdue = FALSE;
  gboolean over;
  g_autofree char *deadline = NULL;
  g_autofree char *state = NULL;
  g_autofree char *title = NULL;
  g_autofree char *device = NULL;

  if (!self->alarm)
    return;
  show_section (self);
  severity = benk_alarm_get_severity (self->alarm);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    set_css_class (self->bar, classes[i],
                   g_str_equal (classes[i], get_severity_class (severity)));
  gtk_image_set_from_icon_name (self->icon, get_severity_icon (severity));
  set_css_class (GTK_WIDGET (self->icon), "error", severity >= 40);
  set_css_class (GTK_WIDGET (self->icon), "warning", severity >= 20 && severity < 40);

  title = describe_title (self->alarm);
  gtk_label_set_text (self->title, title);
  deadline =
    benk_wording_deadline (self->alarm, benk_ticker_get_now_ms (self->ticker), &overdue);
  over = !benk_alarm_status_is_open (benk_alarm_get_status (self->alarm));
  gtk_label_set_text (self->deadline, deadline && !over ? deadline : "");
  set_css_class (GTK_WIDGET (self->deadline), "overdue", overdue && !over);
  set_css_class (GTK_WIDGET (self), "gone", over);
  device = g_strjoin (" · ",
                      benk_alarm_get_device_label (self->alarm)
                        ? benk_alarm_get_device_label (self->alarm)
                        : _ ("Unknown device, not registered"),
                      benk_alarm_get_team_name (self->alarm), NULL);
  gtk_label_set_text (self->device, device);
  state = describe_state (self);
  gtk_label_set_text (self->state, state);
  name_row (self);
}

static void
benk_alarm_row_dispose (GObject *object)
{
  BenkAlarmRow *self = BENK_ALARM_ROW (object);
  GtkWidget *child;

  benk_alarm_row_set_entry (self, NULL);
  g_clear_object (&self->ticker);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_alarm_row_parent_class)->dispose (object);
}

static void
benk_alarm_row_class_init (BenkAlarmRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_alarm_row_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-alarm-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, section);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, bar);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, title);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, deadline);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, device);
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, state);
}

static void
benk_alarm_row_init (BenkAlarmRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_alarm_row_new:
 * @ticker: says when relative times are to be said anew
 *
 * Returns: (transfer floating): a row without an alarm
 */
BenkAlarmRow *
benk_alarm_row_new (BenkTicker *ticker)
{
  BenkAlarmRow *self = g_object_new (BENK_TYPE_ALARM_ROW, NULL);

  self->ticker = g_object_ref (ticker);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_alarm_row_set_entry:
 * @self: a row
 * @entry: (nullable): what it shows from now on
 *
 * Shows @entry and follows its changes.
 */
void
benk_alarm_row_set_entry (BenkAlarmRow *self, BenkAlarmEntry *entry)
{
  g_return_if_fail (BENK_IS_ALARM_ROW (self));
  if (self->entry)
    g_clear_signal_handler (&self->changed_handler, self->entry);
  g_set_object (&self->entry, entry);
  self->alarm = entry ? benk_alarm_entry_get_alarm (entry) : NULL;
  if (!entry)
    return;
  self->changed_handler =
    g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  update (self);
}
