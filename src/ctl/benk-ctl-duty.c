/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarms-wait.h"
#include "benk-ctl.h"
#include "benk-duties.h"
#include "benk-error.h"
#include "benk-plan-words.h"

static gboolean
usage (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, sentence);
  return FALSE;
}

static BenkDutyRoster *
load (BenkCtl *ctl, GError **error)
{
  BenkDuties *duties = benk_session_get_duties (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_duties_load_async (duties, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_duties_load_finish (duties, result, error);
}

static const BenkDutyTeam *
find_team (const BenkDutyRoster *roster, const char *name, GError **error)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < roster->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (roster->teams, i);
      g_autofree char *there = g_utf8_casefold (team->name, -1);

      if (g_str_equal (there, wanted))
        return team;
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("There is no team called “%s”."), name);
  return NULL;
}

static void
add_minute (BenkCtl *ctl, const char *name, guint minute)
{
  g_autofree char *text = benk_plan_describe_minute (minute);

  benk_json_add_string (ctl->out, name, text);
}

static void
print_roles (BenkCtl *ctl, const char *name, const BenkDutyRole *roles)
{
  benk_json_begin_object (ctl->out, name);
  for (guint i = 0; i < BENK_N_DUTIES; i++)
    benk_json_add_string (ctl->out, benk_duty_to_name ((BenkDuty) i),
                          benk_duty_role_to_name (roles[i]));
  benk_json_end_object (ctl->out);
}

static void
print_team (BenkCtl *ctl, const BenkDutyRoster *roster, const BenkDutyTeam *team)
{
  const BenkDutyHours *hours = &team->hours;
  g_autofree char *start = benk_plan_describe_minute (hours->day_start);
  g_autofree char *end = benk_plan_describe_minute (hours->day_end);
  g_autofree char *evening = benk_plan_describe_minute (hours->evening_end);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "team", team->name);
  benk_json_add_bool (ctl->out, "own", team->own);
  benk_json_add_bool (ctl->out, "trial", team->trial);
  benk_json_add_bool (ctl->out, "proposed", hours->proposed);
  benk_json_add_string (ctl->out, "decided_by", team->decided_by);
  benk_json_add_instant (ctl->out, "decided_at", team->decided_ms);
  benk_json_add_string (ctl->out, "day_start", start);
  benk_json_add_string (ctl->out, "day_end", end);
  benk_json_add_string (ctl->out, "evening_end", evening);
  add_minute (ctl, "eve_end", hours->eve_end);
  add_minute (ctl, "late_eve_end", hours->late_end ? hours->late_end : hours->day_end);
  print_roles (ctl, "owners", team->owners);
  print_roles (ctl, "supporters", team->supporters);
  benk_json_begin_object (ctl->out, "phones");
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    {
      g_autofree char *key = g_strdup (benk_duty_role_to_name ((BenkDutyRole) i));

      benk_json_add_string (ctl->out, g_strdelimit (key, "-", '_'),
                            benk_duty_roster_get_phone (roster, team, (BenkDutyRole) i));
    }
  benk_json_end_object (ctl->out);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s: %s–%s, %s%s%s", team->name ? team->name : _ ("All teams"),
                start, end, evening, hours->proposed ? " · " : "",
                hours->proposed
                  ? _ ("Proposed by the program, not decided by the district")
                  : "");
}

static void
print_override (BenkCtl *ctl, const BenkDutyOverride *there, gint64 now_ms)
{
  g_autofree char *words = benk_duty_override_describe (there, now_ms);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "id", &there->id);
  benk_json_add_string (ctl->out, "team", there->team_name);
  benk_json_add_string (ctl->out, "covered_by", there->covering_name);
  benk_json_add_string (ctl->out, "owner",
                        there->owner < 0
                          ? NULL
                          : benk_duty_role_to_name ((BenkDutyRole) there->owner));
  benk_json_add_string (ctl->out, "supporter",
                        there->supporter < 0
                          ? NULL
                          : benk_duty_role_to_name ((BenkDutyRole) there->supporter));
  benk_json_add_instant (ctl->out, "from", there->from_ms);
  benk_json_add_instant (ctl->out, "to", there->to_ms);
  benk_json_add_bool (ctl->out, "ended", there->ended);
  benk_json_end_object (ctl->out);
  if (!there->ended)
    benk_ctl_say (ctl, "%s", words);
}

static gboolean
print_all (BenkCtl *ctl, GError **error)
{
  g_autoptr (BenkDutyRoster) roster = load (ctl, error);

  if (!roster)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_begin_array (ctl->out, "teams");
  print_team (ctl, roster, roster->common);
  for (guint i = 0; i < roster->teams->len; i++)
    print_team (ctl, roster, g_ptr_array_index (roster->teams, i));
  benk_json_end_array (ctl->out);
  benk_json_begin_array (ctl->out, "overrides");
  for (guint i = 0; i < roster->overrides->len; i++)
    print_override (ctl, g_ptr_array_index (roster->overrides, i),
                    benk_clock_get_wall_ms (ctl->clock));
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  return TRUE;
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) &&
         benk_ctl_open (ctl, BENK_SESSION_NONE, error) && print_all (ctl, error);
}

/* Without a zone it is a time of the district, as everywhere that it is said. */
static gboolean
parse_instant (const char *text, gint64 *ms, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "T ", 2);

  if (g_strv_length (parts) == 1)
    return benk_alarms_parse_until (parts[0], "00:00", ms, error);
  if (g_strv_length (parts) == 2 && strlen (parts[1]) <= strlen ("10:00"))
    return benk_alarms_parse_until (parts[0], parts[1], ms, error);
  return benk_ctl_parse_instant (text, ms, error);
}

static void
print_now (BenkCtl *ctl,
           const BenkDutyRoster *roster,
           const BenkDutyTeam *team,
           gint64 now_ms)
{
  g_autofree char *words = benk_duty_roster_describe_team (roster, &team->id, now_ms);
  gint64 change_ms = benk_duty_roster_next_change (roster, &team->id, now_ms);
  BenkDutyNow now;

  benk_duty_roster_look (roster, &team->id, now_ms, &now);
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "team", team->name);
  benk_json_add_string (ctl->out, "duty", benk_duty_to_name (now.duty));
  benk_json_add_string (ctl->out, "covered_by", now.team != team ? now.team->name : NULL);
  benk_json_add_string (ctl->out, "owner", benk_duty_role_to_name (now.owner));
  benk_json_add_string (ctl->out, "owner_phone",
                        benk_duty_roster_get_phone (roster, now.team, now.owner));
  benk_json_add_string (ctl->out, "supporter", benk_duty_role_to_name (now.supporter));
  benk_json_add_string (ctl->out, "supporter_phone",
                        benk_duty_roster_get_phone (roster, now.team, now.supporter));
  benk_json_add_instant (ctl->out, "next_change", MAX (change_ms, 0));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s\n%s", team->name ? team->name : _ ("All teams"), words);
}

static gboolean
run_now (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkDutyRoster) roster = NULL;
  gint64 now_ms = benk_clock_get_wall_ms (ctl->clock);

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) ||
      (at && !parse_instant (at, &now_ms, error)) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  roster = load (ctl, error);
  if (!roster)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  if (roster->teams->len == 0)
    print_now (ctl, roster, roster->common, now_ms);
  for (guint i = 0; i < roster->teams->len; i++)
    print_now (ctl, roster, g_ptr_array_index (roster->teams, i), now_ms);
  benk_json_end_array (ctl->out);
  return TRUE;
}

/* "day=coordinator": a duty and a role. */
static gboolean
set_roles (char **words, BenkDutyRole *roles, GError **error)
{
  for (guint i = 0; words && words[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      BenkDuty duty;
      BenkDutyRole role;

      if (g_strv_length (parts) != 2 || !benk_duty_from_name (parts[0], &duty) ||
          !benk_duty_role_from_name (parts[1], &role))
        return usage (_ ("A duty is day, evening, night or weekend, a role coordinator, "
                         "charge-nurse, technician or vendor: night=charge-nurse."),
                      error);
      roles[duty] = role;
    }
  return TRUE;
}

/* "charge-nurse=22 12 34 56"; nothing after the sign takes it away. */
static gboolean
set_phones (char **words, BenkDutyTeam *team, GError **error)
{
  for (guint i = 0; words && words[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      BenkDutyRole role;

      if (g_strv_length (parts) != 2 || !benk_duty_role_from_name (parts[0], &role))
        return usage (_ ("A telephone number belongs to a role: charge-nurse=22123456."),
                      error);
      g_free (team->phones[role]);
      team->phones[role] = g_strdup (g_strstrip (parts[1]));
    }
  return TRUE;
}

static gboolean
set_minute (const char *text, guint *minute, GError **error)
{
  return !text || benk_plan_parse_minute (text, minute) ||
         usage (_ ("The time is not a clock time such as 10:00."), error);
}

typedef struct
{
  char *day_start;
  char *day_end;
  char *evening_end;
  char *eve_end;
  char *late_end;
  char *decided_by;
  char **owners;
  char **supporters;
  char **phones;
  gboolean trial;
  gboolean no_trial;
  gboolean all;
  gboolean common;
} SetOptions;

static void
set_options_clear (SetOptions *options)
{
  g_free (options->day_start);
  g_free (options->day_end);
  g_free (options->evening_end);
  g_free (options->eve_end);
  g_free (options->late_end);
  g_free (options->decided_by);
  g_strfreev (options->owners);
  g_strfreev (options->supporters);
  g_strfreev (options->phones);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetOptions, set_options_clear)

static gboolean
apply (const SetOptions *options, BenkDutyTeam *team, GError **error)
{
  if (!set_minute (options->day_start, &team->hours.day_start, error) ||
      !set_minute (options->day_end, &team->hours.day_end, error) ||
      !set_minute (options->evening_end, &team->hours.evening_end, error) ||
      !set_minute (options->eve_end, &team->hours.eve_end, error) ||
      !set_minute (options->late_end, &team->hours.late_end, error) ||
      !set_roles (options->owners, team->owners, error) ||
      !set_roles (options->supporters, team->supporters, error) ||
      !set_phones (options->phones, team, error))
    return FALSE;
  team->own = !options->common;
  if (options->trial || options->no_trial)
    team->trial = options->trial;
  g_free (team->decided_by);
  team->decided_by = g_strdup (options->decided_by);
  return TRUE;
}

static gboolean
set_team (BenkCtl *ctl, const SetOptions *options, const char *name, GError **error)
{
  BenkDuties *duties = benk_session_get_duties (ctl->session);
  g_autoptr (BenkDutyRoster) roster = load (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDutyTeam) team = NULL;
  const BenkDutyTeam *before;

  if (!roster)
    return FALSE;
  /* A line that is wrong is wrong whatever the store holds. */
  team = benk_duty_team_copy (roster->common);
  if (!apply (options, team, error))
    return FALSE;
  g_clear_pointer (&team, benk_duty_team_free);
  before = name ? find_team (roster, name, error) : roster->common;
  if (!before)
    return FALSE;
  team = benk_duty_team_copy (before);
  if (!apply (options, team, error))
    return FALSE;
  benk_duties_set_team_async (duties, team, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_duties_change_finish (duties, result, error);
}

static gboolean
run_set (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkDutyTeam) tried = benk_duty_team_new ();
  g_auto (SetOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, NULL, NULL },
    { "day-start", 0, 0, G_OPTION_ARG_STRING, &options.day_start, NULL, NULL },
    { "day-end", 0, 0, G_OPTION_ARG_STRING, &options.day_end, NULL, NULL },
    { "evening-end", 0, 0, G_OPTION_ARG_STRING, &options.evening_end, NULL, NULL },
    { "eve-end", 0, 0, G_OPTION_ARG_STRING, &options.eve_end, NULL, NULL },
    { "late-eve-end", 0, 0, G_OPTION_ARG_STRING, &options.late_end, NULL, NULL },
    { "owner", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.owners, NULL, NULL },
    { "supporter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.supporters, NULL, NULL },
    { "phone", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.phones, NULL, NULL },
    { "trial", 0, 0, G_OPTION_ARG_NONE, &options.trial, NULL, NULL },
    { "no-trial", 0, 0, G_OPTION_ARG_NONE, &options.no_trial, NULL, NULL },
    { "common", 0, 0, G_OPTION_ARG_NONE, &options.common, NULL, NULL },
    { "decided-by", 0, 0, G_OPTION_ARG_STRING, &options.decided_by, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 1, error))
    return FALSE;
  if (options.all == (argc == 2) || (options.all && (options.trial || options.common)))
    return usage (_ ("Say one team, or --all for the rules that hold without."), error);
  /* What cannot be read is told before a store is looked at. */
  return apply (&options, tried, error) &&
         benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         set_team (ctl, &options, options.all ? NULL : argv[1], error) &&
         print_all (ctl, error);
}

static gboolean
run_team (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkDuties *duties;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  duties = benk_session_get_duties (ctl->session);
  benk_duties_add_team_async (duties, argv[1], NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_duties_change_finish (duties, result, error) && print_all (ctl, error);
}

static gboolean
read_role (const char *name, int *role, GError **error)
{
  BenkDutyRole found;

  if (!name)
    return TRUE;
  if (!benk_duty_role_from_name (name, &found))
    return usage (_ ("A role is coordinator, charge-nurse, technician or vendor."),
                  error);
  *role = (int) found;
  return TRUE;
}

static gboolean
add_override (BenkCtl *ctl,
              BenkDutyOverride *there,
              const char *name,
              const char *covered_by,
              GError **error)
{
  BenkDuties *duties = benk_session_get_duties (ctl->session);
  g_autoptr (BenkDutyRoster) roster = load (ctl, error);
  g_autoptr (GAsyncResult) result = NULL;
  const BenkDutyTeam *team = NULL;
  const BenkDutyTeam *covering = NULL;

  if (!roster || (name && !(team = find_team (roster, name, error))) ||
      (covered_by && !(covering = find_team (roster, covered_by, error))))
    return FALSE;
  if (team)
    there->team = team->id;
  if (covering)
    there->covering = covering->id;
  benk_duties_add_override_async (duties, there, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_duties_change_finish (duties, result, error);
}

static gboolean
end_override (BenkCtl *ctl, const char *text, GError **error)
{
  BenkDuties *duties = benk_session_get_duties (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  BenkId id;

  if (!benk_ctl_parse_id (text, &id, error))
    return FALSE;
  benk_duties_end_override_async (duties, &id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_duties_change_finish (duties, result, error);
}

static gboolean
run_override (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *covered_by = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *supporter = NULL;
  g_autofree char *end = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
    { "covered-by", 0, 0, G_OPTION_ARG_STRING, &covered_by, NULL, NULL },
    { "owner", 0, 0, G_OPTION_ARG_STRING, &owner, NULL, NULL },
    { "supporter", 0, 0, G_OPTION_ARG_STRING, &supporter, NULL, NULL },
    { "end", 0, 0, G_OPTION_ARG_STRING, &end, NULL, NULL },
    { NULL },
  };
  BenkDutyOverride there = { .owner = BENK_DUTY_ROLE_NONE,
                             .supporter = BENK_DUTY_ROLE_NONE };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 1, error))
    return FALSE;
  if (end)
    {
      if (argc > 1 || from || to || covered_by || owner || supporter)
        return usage (_ ("--end goes with nothing else."), error);
      return benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
             end_override (ctl, end, error) && print_all (ctl, error);
    }
  if (!from || !to)
    return usage (_ ("--from and --to are needed."), error);
  return parse_instant (from, &there.from_ms, error) &&
         parse_instant (to, &there.to_ms, error) &&
         read_role (owner, &there.owner, error) &&
         read_role (supporter, &there.supporter, error) &&
         benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         add_override (ctl, &there, argc > 1 ? argv[1] : NULL, covered_by, error) &&
         print_all (ctl, error);
}

const BenkCtlCommand benk_ctl_duty_commands[] = {
  { "duty", "list", "", run_list },
  { "duty", "now", "[--at TIME]", run_now },
  { "duty", "team", "NAME", run_team },
  { "duty", "set",
    "TEAM | --all [--day-start TIME] [--day-end TIME] [--evening-end TIME] "
    "[--eve-end TIME] [--late-eve-end TIME] [--owner DUTY=ROLE]… "
    "[--supporter DUTY=ROLE]… [--phone ROLE=NUMBER]… [--trial | --no-trial] [--common] "
    "[--decided-by TEXT]",
    run_set },
  { "duty", "override",
    "[TEAM] --from TIME --to TIME [--covered-by TEAM] [--owner ROLE] "
    "[--supporter ROLE] | --end ID",
    run_override },
  { NULL, NULL, NULL, NULL },
};
