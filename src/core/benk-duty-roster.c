/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-duty-roster.h"

#include "benk-plan.h"

#define ZONE BENK_DISTRICT_ZONE

/* The longest row of duties without another in charge is Easter: four a day for six
 * days; changes of a few teams come between. */
#define MAX_CHANGES 400

/** benk_duty_team_new: Returns: (transfer full): the rules that the program proposes */
BenkDutyTeam *
benk_duty_team_new (void)
{
  BenkDutyTeam *self = g_new0 (BenkDutyTeam, 1);

  self->hours = BENK_DUTY_HOURS_PROPOSED;
  for (guint i = 0; i < BENK_N_DUTIES; i++)
    {
      self->owners[i] = benk_duty_get_owner ((BenkDuty) i);
      self->supporters[i] = benk_duty_get_supporter ((BenkDuty) i);
    }

  return self;
}

/** benk_duty_team_copy: Returns: (transfer full): the same again */
BenkDutyTeam *
benk_duty_team_copy (const BenkDutyTeam *team)
{
  BenkDutyTeam *self = g_new0 (BenkDutyTeam, 1);

  *self = *team;
  self->name = g_strdup (team->name);
  self->decided_by = g_strdup (team->decided_by);
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    self->phones[i] = g_strdup (team->phones[i]);

  return self;
}

/** benk_duty_team_free: @self: (nullable) (transfer full): a team */
void
benk_duty_team_free (BenkDutyTeam *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->decided_by);
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    g_free (self->phones[i]);
  g_free (self);
}

/** benk_duty_override_free: @self: (nullable) (transfer full): a change for a time */
void
benk_duty_override_free (BenkDutyOverride *self)
{
  if (self == NULL)
    return;

  g_free (self->team_name);
  g_free (self->covering_name);
  g_free (self);
}

/** benk_duty_roster_new: Returns: (transfer full): one without teams, as proposed */
BenkDutyRoster *
benk_duty_roster_new (void)
{
  BenkDutyRoster *self = g_new0 (BenkDutyRoster, 1);

  g_atomic_ref_count_init (&self->refs);
  self->common = benk_duty_team_new ();
  self->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_duty_team_free);
  self->overrides =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_duty_override_free);

  return self;
}

/** benk_duty_roster_ref: Returns: (transfer full): @self */
BenkDutyRoster *
benk_duty_roster_ref (BenkDutyRoster *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/** benk_duty_roster_unref: @self: (nullable) (transfer full): a roster */
void
benk_duty_roster_unref (BenkDutyRoster *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;

  benk_duty_team_free (self->common);
  g_ptr_array_unref (self->teams);
  g_ptr_array_unref (self->overrides);
  g_free (self);
}

/**
 * benk_duty_roster_find:
 * @self: the duties
 * @team: (nullable): a team; nil for none
 *
 * Returns: (transfer none): its rules; the common ones where it is not known
 */
const BenkDutyTeam *
benk_duty_roster_find (const BenkDutyRoster *self, const BenkId *team)
{
  for (guint i = 0; team != NULL && i < self->teams->len; i++)
    {
      const BenkDutyTeam *there = g_ptr_array_index (self->teams, i);

      if (benk_id_equal (&there->id, team))
        return there;
    }

  return self->common;
}

/**
 * benk_duty_roster_find_trial:
 * @self: the duties
 *
 * Returns: (transfer none) (nullable): the team that owns the alarms of devices in trial
 */
const BenkDutyTeam *
benk_duty_roster_find_trial (const BenkDutyRoster *self)
{
  for (guint i = 0; i < self->teams->len; i++)
    {
      const BenkDutyTeam *there = g_ptr_array_index (self->teams, i);

      if (there->trial)
        return there;
    }

  return NULL;
}

static gboolean
holds (const BenkDutyOverride *self, const BenkId *team, gint64 now_ms)
{
  return !self->ended && self->from_ms <= now_ms && now_ms < self->to_ms &&
         (benk_id_is_nil (&self->team) || benk_id_equal (&self->team, team));
}

/* The one that was written last wins. */
static const BenkDutyOverride *
find_override (const BenkDutyRoster *self, const BenkId *team, gint64 now_ms)
{
  for (guint i = self->overrides->len; i > 0; i--)
    {
      const BenkDutyOverride *there = g_ptr_array_index (self->overrides, i - 1);

      if (holds (there, team, now_ms))
        return there;
    }

  return NULL;
}

/**
 * benk_duty_roster_look:
 * @self: the duties
 * @team: (nullable): a team; nil for none
 * @now_ms: UTC milliseconds
 * @now: (out caller-allocates): how it is then
 *
 * Follows a team to the one that covers it, and that one to the next; where they cover
 * each other it ends.
 */
void
benk_duty_roster_look (const BenkDutyRoster *self,
                       const BenkId *team,
                       gint64 now_ms,
                       BenkDutyNow *now)
{
  const BenkDutyOverride *there;
  int owner = BENK_DUTY_ROLE_NONE;
  int supporter = BENK_DUTY_ROLE_NONE;

  now->team = benk_duty_roster_find (self, team);
  now->changed = NULL;
  for (guint i = 0; i <= self->teams->len; i++)
    {
      there = find_override (self, &now->team->id, now_ms);
      if (there == NULL)
        break;
      if (now->changed == NULL)
        now->changed = there;
      if (owner == BENK_DUTY_ROLE_NONE)
        owner = there->owner;
      if (supporter == BENK_DUTY_ROLE_NONE)
        supporter = there->supporter;
      if (benk_id_is_nil (&there->covering) ||
          benk_id_equal (&there->covering, &now->team->id))
        break;
      now->team = benk_duty_roster_find (self, &there->covering);
    }
  now->duty = benk_duty_at (&now->team->hours, ZONE, now_ms);
  now->owner =
    owner == BENK_DUTY_ROLE_NONE ? now->team->owners[now->duty] : (BenkDutyRole) owner;
  now->supporter = supporter == BENK_DUTY_ROLE_NONE ? now->team->supporters[now->duty]
                                                    : (BenkDutyRole) supporter;
}

/* The next moment at which anything may change. */
static gint64
find_edge (const BenkDutyRoster *self, const BenkDutyTeam *team, gint64 now_ms)
{
  gint64 edge_ms = benk_duty_next_change (&team->hours, ZONE, now_ms);

  for (guint i = 0; i < self->overrides->len; i++)
    {
      const BenkDutyOverride *there = g_ptr_array_index (self->overrides, i);

      if (there->ended)
        continue;
      if (there->from_ms > now_ms && (edge_ms < 0 || there->from_ms < edge_ms))
        edge_ms = there->from_ms;
      if (there->to_ms > now_ms && (edge_ms < 0 || there->to_ms < edge_ms))
        edge_ms = there->to_ms;
    }

  return edge_ms;
}

/**
 * benk_duty_roster_next_change:
 * @self: the duties
 * @team: (nullable): a team; nil for none
 * @now_ms: UTC milliseconds
 *
 * Returns: UTC ms of the next moment at which somebody else owns, supports or covers, or
 *   -1 if nobody ever does
 */
gint64
benk_duty_roster_next_change (const BenkDutyRoster *self,
                              const BenkId *team,
                              gint64 now_ms)
{
  BenkDutyNow now, then;
  gint64 edge_ms = now_ms;

  benk_duty_roster_look (self, team, now_ms, &now);
  then = now;
  for (guint i = 0; i < MAX_CHANGES; i++)
    {
      edge_ms = find_edge (self, then.team, edge_ms);
      if (edge_ms < 0)
        return -1;
      benk_duty_roster_look (self, team, edge_ms, &then);
      if (then.team != now.team || then.owner != now.owner ||
          then.supporter != now.supporter)
        return edge_ms;
    }

  return -1;
}

static gboolean
supports_any (const BenkDutyRoster *self, gint64 now_ms)
{
  BenkDutyNow now;

  if (self->teams->len == 0)
    {
      benk_duty_roster_look (self, NULL, now_ms, &now);
      return now.supporter == BENK_DUTY_ROLE_TECHNICIAN;
    }
  for (guint i = 0; i < self->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (self->teams, i);

      benk_duty_roster_look (self, &team->id, now_ms, &now);
      if (now.supporter == BENK_DUTY_ROLE_TECHNICIAN)
        return TRUE;
    }

  return FALSE;
}

static gint64
find_any_change (const BenkDutyRoster *self, gint64 now_ms)
{
  gint64 first_ms = -1;

  if (self->teams->len == 0)
    return benk_duty_roster_next_change (self, NULL, now_ms);
  for (guint i = 0; i < self->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (self->teams, i);
      gint64 change_ms = benk_duty_roster_next_change (self, &team->id, now_ms);

      if (change_ms >= 0 && (first_ms < 0 || change_ms < first_ms))
        first_ms = change_ms;
    }

  return first_ms;
}

/**
 * benk_duty_roster_is_mine:
 * @self: the duties
 * @now_ms: UTC milliseconds
 * @end_ms: (out) (optional): until when it is so; -1 = for good
 *
 * Returns: whether the technical resource person supports any team now
 */
gboolean
benk_duty_roster_is_mine (const BenkDutyRoster *self, gint64 now_ms, gint64 *end_ms)
{
  gboolean mine = supports_any (self, now_ms);
  gint64 change_ms = now_ms;

  for (guint i = 0; end_ms != NULL && i < MAX_CHANGES; i++)
    {
      change_ms = find_any_change (self, change_ms);
      if (change_ms < 0 || supports_any (self, change_ms) != mine)
        break;
    }
  if (end_ms != NULL)
    *end_ms = change_ms;

  return mine;
}

/**
 * benk_duty_roster_get_phone:
 * @self: the duties
 * @team: a team of it
 * @role: a role
 *
 * Returns: (transfer none) (nullable): the team's number of it, else that of all teams
 */
const char *
benk_duty_roster_get_phone (const BenkDutyRoster *self,
                            const BenkDutyTeam *team,
                            BenkDutyRole role)
{
  const char *phone = team->phones[role];

  return phone != NULL && *phone != '\0' ? phone : self->common->phones[role];
}
