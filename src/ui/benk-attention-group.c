/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attention-group.h"

#include <glib/gi18n.h>

#include "benk-attention.h"
#include "benk-quiet-dialog.h"
#include "benk-settings.h"

struct _BenkAttentionGroup
{
  AdwPreferencesGroup parent_instance;

  BenkSession *session;
  BenkAttention *attention;
  GSettings *settings;

  AdwActionRow *quiet_row;
  GtkWidget *critical;
  GtkWidget *serious;
  GtkWidget *other;
};

G_DEFINE_FINAL_TYPE (BenkAttentionGroup, benk_attention_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_quiet (BenkAttentionGroup *self)
{
  g_autofree char *until = benk_attention_describe_quiet (self->attention);

  adw_action_row_set_subtitle (self->quiet_row, until ? until : _ ("Not quiet now"));
}

/* A switch that is on where nothing can sound would be a claim. */
static void
show_problem (BenkAttentionGroup *self)
{
  const char *problem = benk_attention_get_problem (self->attention);
  const char *silent = benk_attention_get_sound_problem (self->attention);
  g_autofree char *text = NULL;

  if (problem || silent)
    text = g_strdup_printf ("%s%s%s", problem ? problem : "",
                            problem && silent ? "\n" : "", silent ? silent : "");
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
on_quiet_activated (BenkAttentionGroup *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (benk_quiet_dialog_new (window, self->session)));
}

static void
benk_attention_group_dispose (GObject *object)
{
  BenkAttentionGroup *self = BENK_ATTENTION_GROUP (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->attention);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_attention_group_parent_class)->dispose (object);
}

static void
benk_attention_group_class_init (BenkAttentionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_attention_group_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-attention-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionGroup, quiet_row);
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionGroup, critical);
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionGroup, serious);
  gtk_widget_class_bind_template_child (widget_class, BenkAttentionGroup, other);
  gtk_widget_class_bind_template_callback (widget_class, on_quiet_activated);
}

static void
benk_attention_group_init (BenkAttentionGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_attention_group_set_session:
 * @self: a part of Preferences
 * @session: the open session
 *
 * Shows until when it is quiet, which alarms sound, and what hinders it.
 */
void
benk_attention_group_set_session (BenkAttentionGroup *self, BenkSession *session)
{
  GtkWidget *const switches[] = {
    [BENK_SOUND_CRITICAL] = self->critical,
    [BENK_SOUND_SERIOUS] = self->serious,
    [BENK_SOUND_OTHER] = self->other,
  };

  g_return_if_fail (BENK_IS_ATTENTION_GROUP (self));
  self->session = g_object_ref (session);
  self->attention = g_object_ref (benk_session_get_attention (session));
  self->settings = benk_settings_new ();
  for (int i = 0; i < BENK_N_SOUND_LEVELS; i++)
    if (self->settings)
      g_settings_bind (self->settings, benk_attention_get_sound_key ((BenkSoundLevel) i),
                       switches[i], "active", G_SETTINGS_BIND_DEFAULT);
    else
      gtk_widget_set_sensitive (switches[i], FALSE);
  g_signal_connect_object (self->attention, "notify::quiet-until-ms",
                           G_CALLBACK (show_quiet), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attention, "notify", G_CALLBACK (show_problem), self,
                           G_CONNECT_SWAPPED);
  show_quiet (self);
  show_problem (self);
}
