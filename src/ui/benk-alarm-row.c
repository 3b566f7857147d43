/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-row.h"

#include <glib/gi18n.h>

#include "benk-alarm-words.h"
#include "benk-wording.h"

struct _BenkAlarmRow
{
  GtkWidget parent_instance;

  BenkTicker *ticker;
  BenkAlarmEntry *entry;
  BenkAlarm *alarm; /* the first of @entry */
  gulong changed_handler;
  gulong notify_handler;

  GtkLabel *section;
  GtkButton *expander;
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

/* Its own state, for who hears the list; others have none. */
static void
show_expander (BenkAlarmRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean is_group = benk_alarm_entry_is_group (self->entry);
  gboolean expanded = benk_alarm_entry_get_expanded (self->entry);
  gboolean member = benk_alarm_entry_get_kind (self->entry) == BENK_ALARM_ENTRY_MEMBER;

  gtk_widget_set_visible (GTK_WIDGET (self->expander), is_group);
  gtk_button_set_icon_name (self->expander,
                            expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->expander),
                               expanded ? _ ("Hide what is in it (Left)")
                                        : _ ("Show what is in it (Right)"));
  set_css_class (GTK_WIDGET (self), "member", member);
  if (!row)
    return;
  if (is_group)
    gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 expanded, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  member ? 2 : 1, -1);
}

static void
show_severity (BenkAlarmRow *self, int severity)
{
  static const char *const classes[] = { "critical", "severe", "moderate", "normal" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    set_css_class (self->bar, classes[i],
                   g_str_equal (classes[i], get_severity_class (severity)));
  gtk_image_set_from_icon_name (self->icon, get_severity_icon (severity));
  set_css_class (GTK_WIDGET (self->icon), "error", severity >= 40);
  set_css_class (GTK_WIDGET (self->icon), "warning", severity >= 20 && severity < 40);
}

static void
update (BenkAlarmRow *self)
{
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  gboolean overdue = FALSE;
  gboolean over;
  g_autofree char *deadline = NULL;
  g_autofree char *state = NULL;
  g_autofree char *title = NULL;
  g_autofree char *device = NULL;

  if (!self->entry)
    return;
  show_section (self);
  show_expander (self);
  show_severity (self, benk_alarm_words_get_severity (self->entry));
  title = benk_alarm_words_describe_title (self->entry);
  gtk_label_set_text (self->title, title);
  deadline = benk_wording_deadline (self->alarm, now_ms, &overdue);
  over = benk_alarm_words_is_over (self->entry);
  gtk_label_set_text (self->deadline, deadline && !over ? deadline : "");
  set_css_class (GTK_WIDGET (self->deadline), "overdue", overdue && !over);
  set_css_class (GTK_WIDGET (self), "gone", over);
  device = benk_alarm_words_describe_devices (self->entry);
  gtk_label_set_text (self->device, device);
  state = benk_alarm_words_describe_state (self->entry, now_ms);
  gtk_label_set_text (self->state, state);
  name_row (self);
}

/* Of a group the list says when something has become of one of it. */
static void
follow_alarm (BenkAlarmRow *self)
{
  BenkAlarm *alarm = self->entry ? benk_alarm_entry_get_alarm (self->entry) : NULL;

  if (self->alarm)
    g_clear_signal_handler (&self->notify_handler, self->alarm);
  g_set_object (&self->alarm, alarm);
  if (alarm && !benk_alarm_entry_is_group (self->entry))
    self->notify_handler =
      g_signal_connect_swapped (alarm, "notify", G_CALLBACK (update), self);
}

static void
on_entry_changed (BenkAlarmRow *self)
{
  if (self->alarm != benk_alarm_entry_get_alarm (self->entry))
    follow_alarm (self);
  update (self);
}

static void
on_expander_clicked (BenkAlarmRow *self)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (self->alarm));

  gtk_widget_activate_action (GTK_WIDGET (self), "alarms.toggle-group", "s", id);
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
  gtk_widget_class_bind_template_child (widget_class, BenkAlarmRow, expander);
  gtk_widget_class_bind_template_callback (widget_class, on_expander_clicked);
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
  follow_alarm (self);
  if (!entry)
    return;
  self->changed_handler =
    g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_entry_changed), self);
  update (self);
}

/**
 * benk_alarm_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
BenkAlarmEntry *
benk_alarm_row_get_entry (BenkAlarmRow *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ROW (self), NULL);
  return self->entry;
}
