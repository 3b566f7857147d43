/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-duty.h"
#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkDutyTeam:
 * @id: the team; nil = every team that has no rules of its own
 * @name: its name; %NULL for those
 * @own: somebody has written rules for it
 * @trial: the alarms of devices in trial are this team's
 * @hours: when its duties change
 * @owners: who owns the alarms, by #BenkDuty
 * @supporters: who supports, by #BenkDuty
 * @phones: (nullable): telephone number of a role, by #BenkDutyRole
 * @decided_by: (nullable): who decided the rules; "" if erased
 * @decided_ms: when, UTC milliseconds; 0 = nobody has
 *
 * How the duties of a team go.
 */
typedef struct
{
  BenkId id;
  char *name;
  gboolean own;
  gboolean trial;
  BenkDutyHours hours;
  BenkDutyRole owners[BENK_N_DUTIES];
  BenkDutyRole supporters[BENK_N_DUTIES];
  char *phones[BENK_N_DUTY_ROLES];
  char *decided_by;
  gint64 decided_ms;
} BenkDutyTeam;

BenkDutyTeam *benk_duty_team_new (void);
BenkDutyTeam *benk_duty_team_copy (const BenkDutyTeam *team);
void benk_duty_team_free (BenkDutyTeam *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDutyTeam, benk_duty_team_free)

/* No role. */
#define BENK_DUTY_ROLE_NONE (-1)

/**
 * BenkDutyOverride:
 * @id: birth name
 * @team: whom it is about; nil = every team
 * @team_name: (nullable): its name
 * @covering: the team that takes over; nil = none
 * @covering_name: (nullable): its name
 * @owner: a #BenkDutyRole that owns the alarms meanwhile, or %BENK_DUTY_ROLE_NONE
 * @supporter: a #BenkDutyRole that supports meanwhile, or %BENK_DUTY_ROLE_NONE
 * @from_ms: from then on, UTC milliseconds
 * @to_ms: until then, not included
 * @made_ms: when it was written
 * @ended: taken back
 *
 * Something else than usual for a time.
 */
typedef struct
{
  BenkId id;
  BenkId team;
  char *team_name;
  BenkId covering;
  char *covering_name;
  int owner;
  int supporter;
  gint64 from_ms;
  gint64 to_ms;
  gint64 made_ms;
  gboolean ended;
} BenkDutyOverride;

void benk_duty_override_free (BenkDutyOverride *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDutyOverride, benk_duty_override_free)

/**
 * BenkDutyRoster:
 * @common: how it goes where a team has no rules of its own
 * @teams: (element-type BenkDutyTeam): every team, by name; those without rules of their
 *   own have the common ones
 * @overrides: (element-type BenkDutyOverride): oldest first
 *
 * The duties of all teams. Not changed once it is shared.
 */
typedef struct
{
  BenkDutyTeam *common;
  GPtrArray *teams;
  GPtrArray *overrides;
  gatomicrefcount refs;
} BenkDutyRoster;

BenkDutyRoster *benk_duty_roster_new (void);
BenkDutyRoster *benk_duty_roster_ref (BenkDutyRoster *self);
void benk_duty_roster_unref (BenkDutyRoster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDutyRoster, benk_duty_roster_unref)

/**
 * BenkDutyNow:
 * @team: whose rules hold: the team's own, or those of the one that covers it
 * @changed: (nullable): why it is another than usual
 * @duty: which duty it is there
 * @owner: who owns the alarms
 * @supporter: who supports
 *
 * How it is at one moment.
 */
typedef struct
{
  const BenkDutyTeam *team;
  const BenkDutyOverride *changed;
  BenkDuty duty;
  BenkDutyRole owner;
  BenkDutyRole supporter;
} BenkDutyNow;

const BenkDutyTeam *benk_duty_roster_find (const BenkDutyRoster *self,
                                           const BenkId *team);
const BenkDutyTeam *benk_duty_roster_find_trial (const BenkDutyRoster *self);
void benk_duty_roster_look (const BenkDutyRoster *self,
                            const BenkId *team,
                            gint64 now_ms,
                            BenkDutyNow *now);
gint64 benk_duty_roster_next_change (const BenkDutyRoster *self,
                                     const BenkId *team,
                                     gint64 now_ms);
gboolean
benk_duty_roster_is_mine (const BenkDutyRoster *self, gint64 now_ms, gint64 *end_ms);
const char *benk_duty_roster_get_phone (const BenkDutyRoster *self,
                                        const BenkDutyTeam *team,
                                        BenkDutyRole role);

char *benk_duty_roster_describe_role (const BenkDutyRoster *self,
                                      const BenkDutyTeam *team,
                                      BenkDutyRole role);
char *benk_duty_roster_describe (const BenkDutyRoster *self, gint64 now_ms);
char *benk_duty_roster_describe_team (const BenkDutyRoster *self,
                                      const BenkId *team,
                                      gint64 now_ms);
char *benk_duty_override_describe (const BenkDutyOverride *self, gint64 now_ms);

G_END_DECLS
