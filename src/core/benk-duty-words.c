/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-duty-roster.h"

#include "benk-config.h"
#include "benk-plan.h"
#include "benk-wording.h"

#include <glib/gi18n.h>

static char *
say_instant (gint64 ms, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  return benk_wording_instant (ms, now_ms, zone);
}

/**
 * benk_duty_roster_describe_role:
 * @self: the duties
 * @team: a team of it
 * @role: a role
 *
 * Returns: (transfer full): the role, with its telephone number where one is known
 */
char *
benk_duty_roster_describe_role (const BenkDutyRoster *self,
                                const BenkDutyTeam *team,
                                BenkDutyRole role)
{
  const char *phone = benk_duty_roster_get_phone (self, team, role);
  const char *label = benk_duty_role_get_label (role);

  return phone != NULL && *phone != '\0' ? g_strdup_printf ("%s %s", label, phone)
                                         : g_strdup (label);
}

/* Who supports where the technical resource person does not: of the first team. */
static BenkDutyRole
get_supporter (const BenkDutyRoster *self, gint64 now_ms)
{
  const BenkDutyTeam *team =
    self->teams->len > 0 ? g_ptr_array_index (self->teams, 0) : self->common;
  BenkDutyNow now;

  benk_duty_roster_look (self, &team->id, now_ms, &now);

  return now.supporter;
}

static char *
describe_support (const BenkDutyRoster *self, gint64 now_ms)
{
  gint64 end_ms = -1;
  gboolean mine = benk_duty_roster_is_mine (self, now_ms, &end_ms);
  BenkDutyRole role = get_supporter (self, mine && end_ms >= 0 ? end_ms : now_ms);
  const char *label = benk_duty_role_get_label (role);
  g_autofree char *end = end_ms >= 0 ? say_instant (end_ms, now_ms) : NULL;

  if (end == NULL)
    return mine ? g_strdup (_ ("Support: you"))
                : g_strdup_printf (_ ("Support: %s"), label);
  if (role == BENK_DUTY_ROLE_VENDOR)
    return g_strdup_printf (mine ? _ ("Support: you until %s, then the vendor")
                                 : _ ("Support: the vendor until %s"),
                            end);
  if (mine)
    /* Translators: a time, then a role. */
    return g_strdup_printf (_ ("Support: you until %s, then %s"), end, label);

  /* Translators: a role, then a time. */
  return g_strdup_printf (_ ("Support: %s until %s"), label, end);
}

/* Whose alarms are with this role now, by name; all of them if @n is the number of teams.
 */
static char *
list_teams_of (const BenkDutyRoster *self, BenkDutyRole role, gint64 now_ms, guint *n)
{
  g_autoptr (GString) names = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < self->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (self->teams, i);
      BenkDutyNow now;

      benk_duty_roster_look (self, &team->id, now_ms, &now);
      if (now.owner != role)
        continue;
      g_string_append_printf (names, "%s%s", *n > 0 ? ", " : "", team->name);
      (*n)++;
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
describe_owners (const BenkDutyRoster *self, gint64 now_ms)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->teams->len == 0)
    {
      BenkDutyNow now;

      benk_duty_roster_look (self, NULL, now_ms, &now);
      return g_strdup (benk_duty_role_get_label (now.owner));
    }
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    {
      guint n = 0;
      g_autofree char *names = list_teams_of (self, (BenkDutyRole) i, now_ms, &n);

      if (n == 0)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                              benk_duty_role_get_label ((BenkDutyRole) i));
      if (n < self->teams->len || n == 1)
        g_string_append_printf (text, ", %s", names);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * benk_duty_roster_describe:
 * @self: the duties
 * @now_ms: UTC milliseconds
 *
 * Returns: (transfer full): who supports and who owns the alarms now, in one line
 */
char *
benk_duty_roster_describe (const BenkDutyRoster *self, gint64 now_ms)
{
  g_autofree char *support = describe_support (self, now_ms);
  g_autofree char *owners = describe_owners (self, now_ms);
  g_autofree char *alarms = g_strdup_printf (_ ("Alarms: %s"), owners);

  return g_strdup_printf ("%s · %s", support, alarms);
}

static char *
describe_next (const BenkDutyRoster *self, const BenkId *team, gint64 now_ms)
{
  gint64 change_ms = benk_duty_roster_next_change (self, team, now_ms);
  g_autofree char *when = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *supporter = NULL;
  BenkDutyNow then;

  if (change_ms < 0)
    return NULL;
  benk_duty_roster_look (self, team, change_ms, &then);
  when = say_instant (change_ms, now_ms);
  owner = benk_duty_roster_describe_role (self, then.team, then.owner);
  supporter = benk_duty_roster_describe_role (self, then.team, then.supporter);

  /* Translators: a time, then who owns the alarms and who supports, with telephone
   * numbers. */
  return g_strdup_printf (_ ("From %s: %s; support: %s"), when, owner, supporter);
}

/**
 * benk_duty_roster_describe_team:
 * @self: the duties
 * @team: (nullable): a team; nil for none
 * @now_ms: UTC milliseconds
 *
 * Says who owns the alarms of a team and who supports it, with telephone numbers, and
 * what comes next.
 *
 * Returns: (transfer full): a few lines that name no person
 */
char *
benk_duty_roster_describe_team (const BenkDutyRoster *self,
                                const BenkId *team,
                                gint64 now_ms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *owner = NULL;
  g_autofree char *supporter = NULL;
  g_autofree char *next = describe_next (self, team, now_ms);
  BenkDutyNow now;

  benk_duty_roster_look (self, team, now_ms, &now);
  owner = benk_duty_roster_describe_role (self, now.team, now.owner);
  supporter = benk_duty_roster_describe_role (self, now.team, now.supporter);
  g_string_append_printf (text, _ ("Alarms: %s"), owner);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Support: %s"), supporter);
  if (now.changed != NULL)
    {
      g_autofree char *why = benk_duty_override_describe (now.changed, now_ms);

      g_string_append_printf (text, "\n%s", why);
    }
  if (next != NULL)
    g_string_append_printf (text, "\n%s", next);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_one_day (gint64 a_ms, gint64 b_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) a = g_date_time_new_from_unix_utc (a_ms / 1000);
  g_autoptr (GDateTime) b = g_date_time_new_from_unix_utc (b_ms / 1000);
  g_autoptr (GDateTime) here_a = a ? g_date_time_to_timezone (a, zone) : NULL;
  g_autoptr (GDateTime) here_b = b ? g_date_time_to_timezone (b, zone) : NULL;

  return here_a && here_b &&
         g_date_time_get_year (here_a) == g_date_time_get_year (here_b) &&
         g_date_time_get_day_of_year (here_a) == g_date_time_get_day_of_year (here_b);
}

/* Of two days each end has its own: a time alone would be read as of the other's day. */
static char *
say_span (gint64 from_ms, gint64 to_ms, gint64 now_ms)
{
  gboolean one_day = is_one_day (from_ms, to_ms);
  g_autofree char *from =
    say_instant (from_ms, !one_day && is_one_day (from_ms, now_ms) ? to_ms : now_ms);
  g_autofree char *to =
    say_instant (to_ms, one_day || is_one_day (to_ms, now_ms) ? from_ms : now_ms);

  return g_strdup_printf ("%s – %s", from, to);
}

/**
 * benk_duty_override_describe:
 * @self: a change for a time
 * @now_ms: UTC milliseconds
 *
 * Returns: (transfer full): what is another than usual, from when until when
 */
char *
benk_duty_override_describe (const BenkDutyOverride *self, gint64 now_ms)
{
  g_autofree char *span = say_span (self->from_ms, self->to_ms, now_ms);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *team = self->team_name != NULL ? self->team_name : _ ("All teams");

  g_string_append (text, team);
  if (self->covering_name != NULL)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("covered by %s"), self->covering_name);
    }
  if (self->owner != BENK_DUTY_ROLE_NONE)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("alarms: %s"),
                              benk_duty_role_get_label ((BenkDutyRole) self->owner));
    }
  if (self->supporter != BENK_DUTY_ROLE_NONE)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("support: %s"),
                              benk_duty_role_get_label ((BenkDutyRole) self->supporter));
    }
  g_string_append_printf (text, " · %s", span);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
