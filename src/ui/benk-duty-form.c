/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-duty-form.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-error.h"
#include "benk-plan-words.h"

typedef enum
{
  DAY_START,
  DAY_END,
  EVENING_END,
  EVE_END,
  LATE_END,
  N_TIMES,
} Time;

struct _BenkDutyForm
{
  GtkWidget *times[N_TIMES];
  GtkWidget *owners[BENK_N_DUTIES];
  GtkWidget *supporters[BENK_N_DUTIES];
  GtkWidget *phones[BENK_N_DUTY_ROLES];
};

/**
 * benk_duty_form_list_roles:
 * @first: (nullable): what stands before them
 *
 * Returns: (transfer full): the roles in words, in their order
 */
GListModel *
benk_duty_form_list_roles (const char *first)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  if (first)
    gtk_string_list_append (names, first);
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    gtk_string_list_append (names, benk_duty_role_get_label ((BenkDutyRole) i));
  return G_LIST_MODEL (names);
}

static GtkWidget *
add_entry (AdwPreferencesGroup *group,
           const char *title,
           GCallback changed,
           gpointer data)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "changed", changed, data);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
add_combo (AdwPreferencesGroup *group,
           const char *title,
           GCallback changed,
           gpointer data)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GListModel) roles = benk_duty_form_list_roles (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), roles);
  g_signal_connect_swapped (row, "notify::selected", changed, data);
  adw_preferences_group_add (group, row);
  return row;
}

/**
 * benk_duty_form_new:
 * @hours: where the times are added
 * @roles: where the roles are added
 * @phones: where the telephone numbers are added
 * @changed: called with @user_data when something was typed or chosen
 * @user_data: for @changed
 *
 * Returns: (transfer full): the lines
 */
BenkDutyForm *
benk_duty_form_new (AdwPreferencesGroup *hours,
                    AdwPreferencesGroup *roles,
                    AdwPreferencesGroup *phones,
                    GCallback changed,
                    gpointer user_data)
{
  const char *const times[N_TIMES] = {
    [DAY_START] = _ ("The day begins"),
    [DAY_END] = _ ("The day ends"),
    [EVENING_END] = _ ("The evening ends"),
    [EVE_END] = _ ("Eves of Easter, Whitsun and Christmas: the day ends"),
    [LATE_END] = _ ("New Year’s Eve and the Wednesday before Easter: the day ends"),
  };
  BenkDutyForm *self = g_new0 (BenkDutyForm, 1);

  for (guint i = 0; i < N_TIMES; i++)
    self->times[i] = add_entry (hours, times[i], changed, user_data);
  for (guint i = 0; i < BENK_N_DUTIES; i++)
    {
      const char *duty = benk_duty_get_label ((BenkDuty) i);
      /* Translators: a shift: day, evening, night or weekend. */
      g_autofree char *owner = g_strdup_printf (_ ("%s: owns the alarms"), duty);
      g_autofree char *supporter = g_strdup_printf (_ ("%s: supports"), duty);

      self->owners[i] = add_combo (roles, owner, changed, user_data);
      self->supporters[i] = add_combo (roles, supporter, changed, user_data);
    }
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    self->phones[i] =
      add_entry (phones, benk_duty_role_get_label ((BenkDutyRole) i), changed, user_data);
  return self;
}

/** benk_duty_form_free: @self: (transfer full): the lines; the widgets stay */
void
benk_duty_form_free (BenkDutyForm *self)
{
  g_free (self);
}

static void
show_minute (GtkWidget *row, guint minute)
{
  g_autofree char *text = benk_plan_describe_minute (minute);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/**
 * benk_duty_form_show:
 * @self: the lines
 * @team: what they say
 */
void
benk_duty_form_show (BenkDutyForm *self, const BenkDutyTeam *team)
{
  const BenkDutyHours *hours = &team->hours;

  show_minute (self->times[DAY_START], hours->day_start);
  show_minute (self->times[DAY_END], hours->day_end);
  show_minute (self->times[EVENING_END], hours->evening_end);
  show_minute (self->times[EVE_END], hours->eve_end);
  show_minute (self->times[LATE_END], hours->late_end ? hours->late_end : hours->day_end);
  for (guint i = 0; i < BENK_N_DUTIES; i++)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->owners[i]), team->owners[i]);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->supporters[i]),
                                  team->supporters[i]);
    }
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->phones[i]),
                           team->phones[i] ? team->phones[i] : "");
}

static gboolean
read_minute (GtkWidget *row, guint *minute, GError **error)
{
  g_autofree char *text = benk_entry_rows_get_text (row);

  if (benk_plan_parse_minute (text, minute))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("%s: the time is not a clock time such as 10:00."),
               adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return FALSE;
}

/**
 * benk_duty_form_read:
 * @self: the lines
 * @team: gets what they say
 * @error: %BENK_ERROR_INVALID
 *
 * Returns: whether they can be read
 */
gboolean
benk_duty_form_read (BenkDutyForm *self, BenkDutyTeam *team, GError **error)
{
  BenkDutyHours *hours = &team->hours;

  if (!read_minute (self->times[DAY_START], &hours->day_start, error) ||
      !read_minute (self->times[DAY_END], &hours->day_end, error) ||
      !read_minute (self->times[EVENING_END], &hours->evening_end, error) ||
      !read_minute (self->times[EVE_END], &hours->eve_end, error) ||
      !read_minute (self->times[LATE_END], &hours->late_end, error))
    return FALSE;
  if (hours->late_end == hours->day_end)
    hours->late_end = 0;
  for (guint i = 0; i < BENK_N_DUTIES; i++)
    {
      team->owners[i] = adw_combo_row_get_selected (ADW_COMBO_ROW (self->owners[i]));
      team->supporters[i] =
        adw_combo_row_get_selected (ADW_COMBO_ROW (self->supporters[i]));
    }
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    {
      g_free (team->phones[i]);
      team->phones[i] = benk_entry_rows_get_optional (self->phones[i]);
    }
  return TRUE;
}
