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

  GtkLabel *section;   /* (nullable): until it heads one */
  GtkButton *expander; /* (nullable): until it stands for several */
  GtkWidget *body;
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
    if (parts[i] && *gtk_label_get_text (parts[i]) != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "",
                              gtk_label_get_text (parts[i]));
  name = words->str;
  if (row)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    name, -1);
}

static GtkLabel *
new_section (BenkAlarmRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "alarm-section");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_insert_before (label, GTK_WIDGET (self), self->body);
  return GTK_LABEL (label);
}

static void
show_section (BenkAlarmRow *self)
{
  BenkAlarmSection section = benk_alarm_entry_get_section (self->entry);
  const char *heading = benk_alarm_entry_get_heads (self->entry)
                          ? benk_alarm_section_get_heading (section)
                          : NULL;

  if (heading && !self->section)
    self->section = new_section (self);
  if (self->section)
    {
      gtk_label_set_text (self->section, heading ? heading : "");
      gtk_widget_set_visible (GTK_WIDGET (self->section), heading != NULL);
    }
  set_css_class (GTK_WIDGET (self), "quiet", section != BENK_ALARM_SECTION_MINE);
}

static void
on_expander_clicked (BenkAlarmRow *self)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (self->alarm));

  gtk_widget_activate_action (GTK_WIDGET (self), "alarms.toggle-group", "s", id);
}

static GtkButton *
new_expander (BenkAlarmRow *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_can_focus (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_expander_clicked), self);
  gtk_box_insert_child_after (GTK_BOX (self->body), button, self->bar);
  return GTK_BUTTON (button);
}

static void
show_button (BenkAlarmRow *self, gboolean is_group, gboolean expanded)
{
  if (is_group && !self->expander)
    self->expander = new_expander (self);
  if (!self->expander)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->expander), is_group);
  gtk_button_set_icon_name (self->expander,
                            expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->expander),
                               expanded ? _ ("Hide what is in it (Left)")
                                        : _ ("Show what is in it (Right)"));
}

/* Its own state, for who hears the list; others have none. */
static void
show_expander (BenkAlarmRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean is_group = benk_alarm_entry_is_group (self->entry);
  gboolean expanded = benk_alarm_entry_get_expanded (self->entry);
  gboolean member = benk_alarm_entry_get_kind (self->entry) == BENK_ALARM_ENTRY_MEMBER;

  show_button (self, is_group, expanded);
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
  G_OBJECT_CLASS (klass)->dispose = benk_alarm_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BOX_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_heading (BenkAlarmRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->icon));
  self->title = add_label (line, "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->deadline = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->deadline), "numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->deadline));
  return line;
}

/* Without a template, and with only what most rows have: a list makes two hundred at a
 * time, in one piece of work. */
static void
benk_alarm_row_init (BenkAlarmRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (
                                    gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->body, "alarm-body");
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->bar, "severity-bar");
  gtk_box_append (GTK_BOX (self->body), self->bar);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_margin_top (words, 6);
  gtk_widget_set_margin_bottom (words, 6);
  gtk_box_append (GTK_BOX (self->body), words);
  gtk_box_append (GTK_BOX (words), new_heading (self));
  self->device = add_label (words, "gone-part");
  self->state = add_label (words, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "caption");
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
