/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-guidance.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-error.h"
#include "benk-guidances.h"
#include "benk-models.h"
#include "benk-rows.h"

struct _BenkAlarmGuidance
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;
  GtkWidget *edit_button;

  /* What is shown, so that nothing is made anew for nothing. */
  GPtrArray *current;
  GPtrArray *models;
  char *place;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (BenkAlarmGuidance, benk_alarm_guidance, ADW_TYPE_PREFERENCES_GROUP)

static void
on_edit_clicked (BenkAlarmGuidance *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.guidance", "s",
                              self->place ? self->place : "");
}

static void
stop_reading (BenkAlarmGuidance *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
benk_alarm_guidance_finalize (GObject *object)
{
  BenkAlarmGuidance *self = BENK_ALARM_GUIDANCE (object);

  stop_reading (self);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->current, g_ptr_array_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_free (self->place);
  G_OBJECT_CLASS (benk_alarm_guidance_parent_class)->finalize (object);
}

static void
benk_alarm_guidance_class_init (BenkAlarmGuidanceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_alarm_guidance_finalize;
}

static void
benk_alarm_guidance_init (BenkAlarmGuidance *self)
{
  self->rows = g_ptr_array_new ();
  self->edit_button = gtk_button_new_with_label (_ ("Edit…"));
  gtk_widget_add_css_class (self->edit_button, "flat");
  gtk_widget_set_valign (self->edit_button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Edit What to Do…"),
                                  -1);
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (on_edit_clicked),
                            self);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self),
                                           self->edit_button);
}

/* Whom to phone, as the district wrote it down. */
static void
add_phones (BenkAlarmGuidance *self, BenkModel *model)
{
  const char *hours = model ? benk_model_get_hours (model) : NULL;
  g_autofree char *phones =
    model ? g_strjoinv (", ", (char **) benk_model_get_phones (model)) : NULL;
  g_autofree char *text = g_strjoin (" · ", phones && *phones ? phones : "", hours, NULL);

  if (phones && *phones)
    benk_rows_add (ADW_PREFERENCES_GROUP (self), self->rows, _ ("Vendor’s support"),
                   text);
}

static void
fill (BenkAlarmGuidance *self, const char *title, const BenkGuidanceVersion *version)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  g_auto (GStrv) steps = version ? benk_guidance_version_dup_steps (version) : NULL;
  g_autofree char *decided = version ? benk_guidance_version_describe (version) : NULL;
  g_autofree char *plain = g_markup_escape_text (title, -1);
  g_autofree char *below = g_markup_escape_text (decided ? decided : "", -1);

  adw_preferences_group_set_title (group, plain);
  adw_preferences_group_set_description (group, below);
  benk_rows_clear (group, self->rows);
  for (guint i = 0; steps && steps[i]; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      benk_rows_add_numbered (group, self->rows, number, steps[i]);
    }
}

static void
show_current (BenkAlarmGuidance *self,
              BenkSession *session,
              BenkAlarm *alarm,
              BenkGuidancePart part)
{
  const char *model_id = benk_alarm_get_model_id (alarm);
  BenkModel *model =
    model_id ? benk_models_find (benk_session_get_models (session), model_id) : NULL;
  const char *when = benk_guidance_part_get_label (part);
  /* Translators: a make, then a part of the week. */
  g_autofree char *title = model ? g_strdup_printf (_ ("What to do · %s · %s"),
                                                    benk_model_get_name (model), when)
                                 : g_strdup_printf (_ ("What to do · %s"), when);
  g_autoptr (BenkGuidanceVersion) version =
    benk_guidances_resolve (benk_session_get_guidances (session), model_id,
                            benk_alarm_code_resolve (benk_alarm_get_code (alarm))->code,
                            part);

  fill (self, title, version);
  add_phones (self, model);
}

static void
on_shown_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmGuidance) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkGuidanceVersion) version =
    benk_guidances_load_shown_finish (BENK_GUIDANCES (source), result, &error);

  if (g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  fill (self, _ ("What to do, as it stood when the alarm ended"), version);
  if (error)
    benk_rows_add (ADW_PREFERENCES_GROUP (self), self->rows, _ ("Could not be read"),
                   error->message);
}

/* What has been written since was not on anybody's screen then. */
static void
show_ended (BenkAlarmGuidance *self, BenkSession *session, BenkAlarm *alarm)
{
  fill (self, _ ("What to do, as it stood when the alarm ended"), NULL);
  self->reading = g_cancellable_new ();
  benk_guidances_load_shown_async (benk_session_get_guidances (session),
                                   benk_alarm_get_id (alarm), self->reading,
                                   on_shown_read, g_object_ref (self));
}

/**
 * benk_alarm_guidance_show:
 * @self: what to do
 * @session: the open session
 * @alarm: an alarm
 *
 * Shows what to do at @alarm in this part of the week, and who decided that; at one that
 * has ended, what was shown then.
 */
void
benk_alarm_guidance_show (BenkAlarmGuidance *self, BenkSession *session, BenkAlarm *alarm)
{
  BenkGuidances *guidances = benk_session_get_guidances (session);
  BenkModels *models = benk_session_get_models (session);
  const char *model_id = benk_alarm_get_model_id (alarm);
  const char *code = benk_alarm_code_resolve (benk_alarm_get_code (alarm))->code;
  BenkGuidancePart part =
    benk_guidances_get_part (guidances, benk_alarm_get_team_id (alarm));
  gboolean is_open = benk_alarm_status_is_open (benk_alarm_get_status (alarm));
  g_autofree char *place = is_open ? g_strjoin ("|", model_id ? model_id : "", code,
                                                benk_guidance_part_to_name (part), NULL)
                                   : benk_id_to_string (benk_alarm_get_id (alarm));

  if (self->current == benk_guidances_get_current (guidances) &&
      self->models == benk_models_get_all (models) && g_strcmp0 (self->place, place) == 0)
    return;
  stop_reading (self);
  g_clear_pointer (&self->current, g_ptr_array_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  self->current = g_ptr_array_ref (benk_guidances_get_current (guidances));
  self->models = g_ptr_array_ref (benk_models_get_all (models));
  g_free (self->place);
  self->place = g_steal_pointer (&place);
  gtk_widget_set_visible (self->edit_button, is_open);
  if (is_open)
    show_current (self, session, alarm, part);
  else
    show_ended (self, session, alarm);
}
