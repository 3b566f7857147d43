/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-background-group.h"

#include <glib/gi18n.h>

#include "benk-autostart.h"
#include "benk-background.h"
#include "benk-settings.h"

struct _BenkBackgroundGroup
{
  AdwPreferencesGroup parent_instance;

  BenkAutostart *autostart;
  GSettings *settings;
  GCancellable *asking;
  gboolean is_on;

  GtkWidget *background;
  AdwActionRow *login_row;
  GtkSwitch *login;
};

G_DEFINE_FINAL_TYPE (BenkBackgroundGroup,
                     benk_background_group,
                     ADW_TYPE_PREFERENCES_GROUP)

/* The switch stands where it is known to be, not where it was put. */
static void
show_login (BenkBackgroundGroup *self, gboolean is_on, const char *problem)
{
  const char *known =
    is_on ? _ ("On: the desktop starts Dosebenk without its window") : _ ("Off");

  if (is_on && benk_autostart_is_sandboxed (self->autostart))
    known = _ ("On, as the desktop answered last; its own settings may say otherwise");
  self->is_on = is_on;
  adw_action_row_set_subtitle (self->login_row, problem ? problem : known);
  gtk_switch_set_active (self->login, is_on);
  gtk_switch_set_state (self->login, is_on);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), TRUE);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkBackgroundGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_on = FALSE;

  if (benk_autostart_look_finish (BENK_AUTOSTART (source), result, &is_on, &error))
    show_login (self, is_on, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_login (self, FALSE, error->message);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkBackgroundGroup) self = user_data;
  gboolean wanted = !self->is_on;
  g_autoptr (GError) error = NULL;
  gboolean is_on = FALSE;

  if (benk_autostart_set_finish (BENK_AUTOSTART (source), result, &is_on, &error))
    show_login (self, is_on, is_on == wanted ? NULL : _ ("The desktop did not allow it"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_login (self, self->is_on, error->message);
}

static gboolean
on_login_set (BenkBackgroundGroup *self, gboolean wanted)
{
  if (wanted == self->is_on)
    return FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), FALSE);
  adw_action_row_set_subtitle (self->login_row, _ ("Asking the desktop…"));
  benk_autostart_set_async (self->autostart, wanted, self->asking, on_set,
                            g_object_ref (self));
  return TRUE;
}

static void
benk_background_group_dispose (GObject *object)
{
  BenkBackgroundGroup *self = BENK_BACKGROUND_GROUP (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->settings);
  g_clear_object (&self->autostart);
  G_OBJECT_CLASS (benk_background_group_parent_class)->dispose (object);
}

static void
benk_background_group_class_init (BenkBackgroundGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_background_group_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-background-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkBackgroundGroup, background);
  gtk_widget_class_bind_template_child (widget_class, BenkBackgroundGroup, login_row);
  gtk_widget_class_bind_template_child (widget_class, BenkBackgroundGroup, login);
  gtk_widget_class_bind_template_callback (widget_class, on_login_set);
}

static void
benk_background_group_init (BenkBackgroundGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->autostart = benk_autostart_new ();
  self->asking = g_cancellable_new ();
  self->settings = benk_settings_new ();
  if (self->settings)
    g_settings_bind (self->settings, BENK_BACKGROUND_KEY, self->background, "active",
                     G_SETTINGS_BIND_DEFAULT);
  else
    gtk_widget_set_sensitive (self->background, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), FALSE);
  benk_autostart_look_async (self->autostart, self->asking, on_looked,
                             g_object_ref (self));
}
