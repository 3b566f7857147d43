/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-preferences.h"

#include <glib/gi18n.h>

#include "benk-attention-group.h"
#include "benk-background-group.h"
#include "benk-feeds-dialog.h"
#include "benk-guidance-dialog.h"
#include "benk-scan-test-dialog.h"
#include "benk-settings.h"
#include "benk-staff-dialog.h"
#include "benk-stock-summary.h"

#define DAYS_KEY "stock-ending-days"

struct _BenkPreferences
{
  AdwPreferencesWindow parent_instance;

  BenkSession *session;
  GSettings *settings;

  AdwActionRow *staff_row;
  AdwActionRow *days_row;
  GtkSpinButton *days;
  GtkWidget *proposed_button;
  BenkAttentionGroup *attention_group;
};

G_DEFINE_FINAL_TYPE (BenkPreferences, benk_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
show_staff (BenkPreferences *self)
{
  BenkStaff *staff = benk_session_get_staff (self->session);
  const char *name = staff ? benk_staff_get_name (staff) : NULL;

  if (staff && !name)
    name = benk_staff_get_initials (staff);
  adw_action_row_set_subtitle (self->staff_row, name ? name : _ ("Nobody is chosen"));
}

static void
on_staff_activated (BenkPreferences *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_staff_dialog_new (GTK_WINDOW (self), self->session)));
}

static void
on_scanner_activated (BenkPreferences *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_scan_test_dialog_new (GTK_WINDOW (self),
                                           benk_session_get_clock (self->session))));
}

static void
on_feeds_activated (BenkPreferences *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_feeds_dialog_new (GTK_WINDOW (self), self->session)));
}

static void
on_guidance_activated (BenkPreferences *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_guidance_dialog_new (GTK_WINDOW (self), self->session, NULL)));
}

/* They stand beside what there is; only there it shows whether they fit. */
static void
on_limits_activated (BenkPreferences *self)
{
  g_autoptr (GtkWindow) parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  g_object_ref (parent);
  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-stock", NULL);
}

/* Who changes it has decided it. */
static void
show_days (BenkPreferences *self)
{
  g_autoptr (GVariant) chosen =
    self->settings ? g_settings_get_user_value (self->settings, DAYS_KEY) : NULL;

  adw_action_row_set_subtitle (
    self->days_row,
    chosen ? "" : _ ("Proposed by the program, not decided by the district"));
  gtk_widget_set_visible (self->proposed_button, chosen != NULL);
  gtk_spin_button_set_value (self->days, self->settings
                                           ? g_settings_get_int (self->settings, DAYS_KEY)
                                           : BENK_STOCK_ENDING_DAYS_PROPOSED);
}

static void
on_days_changed (BenkPreferences *self)
{
  int days = gtk_spin_button_get_value_as_int (self->days);

  if (self->settings && days != g_settings_get_int (self->settings, DAYS_KEY))
    g_settings_set_int (self->settings, DAYS_KEY, days);
}

static void
on_proposed_clicked (BenkPreferences *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->days));
  g_settings_reset (self->settings, DAYS_KEY);
}

static void
benk_preferences_dispose (GObject *object)
{
  BenkPreferences *self = BENK_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_preferences_parent_class)->dispose (object);
}

static void
benk_preferences_class_init (BenkPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_preferences_dispose;
  g_type_ensure (BENK_TYPE_ATTENTION_GROUP);
  g_type_ensure (BENK_TYPE_BACKGROUND_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkPreferences, staff_row);
  gtk_widget_class_bind_template_child (widget_class, BenkPreferences, days_row);
  gtk_widget_class_bind_template_child (widget_class, BenkPreferences, days);
  gtk_widget_class_bind_template_child (widget_class, BenkPreferences, proposed_button);
  gtk_widget_class_bind_template_child (widget_class, BenkPreferences, attention_group);
  gtk_widget_class_bind_template_callback (widget_class, on_staff_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_scanner_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_feeds_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_limits_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_guidance_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_days_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_proposed_clicked);
}

static void
benk_preferences_init (BenkPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_preferences_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): what is set for this computer, and the way to what is set
 *   elsewhere
 */
GtkWidget *
benk_preferences_new (GtkWindow *parent, BenkSession *session)
{
  BenkPreferences *self =
    g_object_new (BENK_TYPE_PREFERENCES, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->settings = benk_settings_new ();
  benk_attention_group_set_session (self->attention_group, session);
  gtk_widget_set_sensitive (GTK_WIDGET (self->days_row), self->settings != NULL);
  if (self->settings)
    g_signal_connect_object (self->settings, "changed::" DAYS_KEY, G_CALLBACK (show_days),
                             self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (show_staff), self,
                           G_CONNECT_SWAPPED);
  show_days (self);
  show_staff (self);
  return GTK_WIDGET (self);
}
