/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-duties.h"
#include "benk-error.h"
#include "benk-session-fixture.h"
#include "benk-verify.h"

#include <string.h>

#define HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)
#define DAY (24 * HOUR)
#define TEAM "District 1"
#define OTHER "District 2"

typedef struct
{
  BenkSessionFixture base;
  BenkDuties *duties;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  benk_session_fixture_set_up (&f->base, NULL);
  f->duties = benk_session_get_duties (f->base.session);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  benk_session_fixture_tear_down (&f->base, NULL);
}

static BenkDutyRoster *
load (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkDutyRoster *roster;

  benk_duties_load_async (f->duties, NULL, benk_session_fixture_keep, &result);
  roster = benk_duties_load_finish (f->duties, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return roster;
}

static gboolean
add_team (Fixture *f, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_duties_add_team_async (f->duties, name, NULL, benk_session_fixture_keep, &result);
  return benk_duties_change_finish (f->duties, BENK_AWAIT (result), error);
}

static gboolean
set_team (Fixture *f, const BenkDutyTeam *team, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_duties_set_team_async (f->duties, team, NULL, benk_session_fixture_keep, &result);
  return benk_duties_change_finish (f->duties, BENK_AWAIT (result), error);
}

static gboolean
add_override (Fixture *f, const BenkDutyOverride *there, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_duties_add_override_async (f->duties, there, NULL, benk_session_fixture_keep,
                                  &result);
  return benk_duties_change_finish (f->duties, BENK_AWAIT (result), error);
}

static gboolean
end_override (Fixture *f, const BenkId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_duties_end_override_async (f->duties, id, NULL, benk_session_fixture_keep,
                                  &result);
  return benk_duties_change_finish (f->duties, BENK_AWAIT (result), error);
}

static void
must (gboolean done, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
}

#define MUST(call)                                                                       \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autoptr (GError) error = NULL;                                                     \
    gboolean done = (call);                                                              \
    must (done, error);                                                                  \
  }                                                                                      \
  G_STMT_END

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static const BenkDutyTeam *
find (const BenkDutyRoster *roster, const char *name)
{
  for (guint i = 0; i < roster->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (roster->teams, i);

      if (g_str_equal (team->name, name))
        return team;
    }
  g_assert_not_reached ();
}

static BenkDutyTeam *
copy (Fixture *f, const char *name)
{
  g_autoptr (BenkDutyRoster) roster = load (f);

  return benk_duty_team_copy (name ? find (roster, name) : roster->common);
}

static void
test_nothing_is_decided_at_first (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkDutyRoster) roster = load (f);

  g_assert_cmpint (roster->teams->len, ==, 0);
  g_assert_true (roster->common->hours.proposed);
  g_assert_cmpint (roster->common->hours.day_end, ==, 930);
  g_assert_null (roster->common->decided_by);
}

/* A team follows all until somebody says more of it; a name decides, no name proposes. */
static void
test_rules_of_all_and_of_one (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkDutyTeam) team = NULL;
  g_autoptr (BenkDutyTeam) common = NULL;
  g_autoptr (BenkDutyRoster) roster = NULL;

  MUST (add_team (f, TEAM, &error));
  MUST (add_team (f, OTHER, &error));
  common = copy (f, NULL);
  common->own = TRUE;
  common->hours.day_start = 450;
  set_text (&common->phones[BENK_DUTY_ROLE_CHARGE_NURSE], "22 00 00 01");
  MUST (set_team (f, common, &error));
  team = copy (f, OTHER);
  g_assert_false (team->own);
  g_assert_cmpint (team->hours.day_start, ==, 450);
  team->own = TRUE;
  team->trial = TRUE;
  team->hours.day_end = 960;
  team->owners[BENK_DUTY_NIGHT] = BENK_DUTY_ROLE_COORDINATOR;
  set_text (&team->decided_by, "avdelingsleder Berit");
  set_text (&team->phones[BENK_DUTY_ROLE_CHARGE_NURSE], "+47 22 00 00 02");
  MUST (set_team (f, team, &error));

  roster = load (f);
  g_assert_cmpint (find (roster, TEAM)->hours.day_start, ==, 450);
  g_assert_true (find (roster, TEAM)->hours.proposed);
  g_assert_cmpstr (benk_duty_roster_get_phone (roster, find (roster, TEAM),
                                               BENK_DUTY_ROLE_CHARGE_NURSE),
                   ==, "22 00 00 01");
  g_assert_cmpint (find (roster, OTHER)->hours.day_end, ==, 960);
  g_assert_cmpint (find (roster, OTHER)->owners[BENK_DUTY_NIGHT], ==,
                   BENK_DUTY_ROLE_COORDINATOR);
  g_assert_false (find (roster, OTHER)->hours.proposed);
  g_assert_cmpstr (find (roster, OTHER)->decided_by, ==, "avdelingsleder Berit");
  g_assert_cmpint (find (roster, OTHER)->decided_ms, ==, FIXTURE_WALL_MS);
  g_assert_true (benk_duty_roster_find_trial (roster) == find (roster, OTHER));
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM duty_team"),
                   ==, 2);
}

static void
test_one_team_at_most_owns_the_trial (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { TEAM, OTHER };
  g_autoptr (BenkDutyRoster) roster = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BenkDutyTeam) team = NULL;

      MUST (add_team (f, names[i], &error));
      team = copy (f, names[i]);
      team->own = TRUE;
      team->trial = TRUE;
      MUST (set_team (f, team, &error));
    }
  roster = load (f);
  g_assert_false (find (roster, TEAM)->trial);
  g_assert_true (find (roster, OTHER)->trial);
}

static void
test_what_cannot_be_is_refused (Fixture *f, gconstpointer data)
{
  static const char *const phones[] = {
    "Anne 22000001",
    "ring meg",
    "+-()",
    "0123456789012345678901234567890123456789012",
  };
  g_autoptr (BenkDutyTeam) team = NULL;
  g_autoptr (GError) name_error = NULL;
  g_autoptr (GError) again_error = NULL;

  MUST (add_team (f, TEAM, &error));
  g_assert_false (add_team (f, TEAM, &again_error));
  g_assert_error (again_error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_false (add_team (f, "  ", &name_error));
  g_assert_error (name_error, BENK_ERROR, BENK_ERROR_INVALID);
  team = copy (f, TEAM);
  team->own = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autoptr (GError) error = NULL;

      set_text (&team->phones[BENK_DUTY_ROLE_VENDOR], phones[i]);
      g_assert_false (set_team (f, team, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  set_text (&team->phones[BENK_DUTY_ROLE_VENDOR], NULL);
  team->hours.day_end = 100;
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (set_team (f, team, &error));
    g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  }
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM duty_team"),
                   ==, 0);
}

static void
test_changes_can_be_undone_and_verified (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkDutyTeam) team = NULL;
  g_autoptr (BenkDutyRoster) roster = NULL;
  g_autoptr (BenkDb) db = NULL;
  g_autoptr (BenkVerifyResult) verified = NULL;
  g_autoptr (GError) verify_error = NULL;

  MUST (add_team (f, TEAM, &error));
  team = copy (f, TEAM);
  team->own = TRUE;
  MUST (set_team (f, team, &error));
  team->hours.day_start = 420;
  set_text (&team->decided_by, "leder");
  MUST (set_team (f, team, &error));
  MUST (benk_session_fixture_undo (&f->base, &error));
  roster = load (f);
  g_assert_cmpint (find (roster, TEAM)->hours.day_start, ==, 480);
  g_assert_true (find (roster, TEAM)->hours.proposed);
  MUST (benk_session_fixture_undo (&f->base, &error));
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM duty_team"),
                   ==, 0);

  db = benk_session_fixture_open_db (&f->base);
  verified = benk_verify (db, 0, NULL, NULL, &verify_error);
  g_assert_no_error (verify_error);
  g_assert_true (verified->intact);
}

static void
test_a_change_for_a_time (Fixture *f, gconstpointer data)
{
  BenkDutyOverride there = { .owner = BENK_DUTY_ROLE_NONE,
                             .supporter = BENK_DUTY_ROLE_NONE };
  g_autoptr (BenkDutyRoster) roster = NULL;
  g_autoptr (BenkDutyRoster) ended = NULL;
  const BenkDutyOverride *kept;
  BenkDutyNow now;

  MUST (add_team (f, TEAM, &error));
  MUST (add_team (f, OTHER, &error));
  roster = load (f);
  there.team = find (roster, TEAM)->id;
  there.covering = find (roster, OTHER)->id;
  there.from_ms = FIXTURE_WALL_MS + HOUR;
  there.to_ms = FIXTURE_WALL_MS + 3 * DAY;
  MUST (add_override (f, &there, &error));

  g_clear_pointer (&roster, benk_duty_roster_unref);
  roster = load (f);
  g_assert_cmpint (roster->overrides->len, ==, 1);
  kept = g_ptr_array_index (roster->overrides, 0);
  g_assert_cmpstr (kept->team_name, ==, TEAM);
  g_assert_cmpstr (kept->covering_name, ==, OTHER);
  benk_duty_roster_look (roster, &there.team, FIXTURE_WALL_MS + DAY, &now);
  g_assert_cmpstr (now.team->name, ==, OTHER);

  MUST (end_override (f, &kept->id, &error));
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (end_override (f, &kept->id, &error));
    g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  }
  ended = load (f);
  benk_duty_roster_look (ended, &there.team, FIXTURE_WALL_MS + DAY, &now);
  g_assert_cmpstr (now.team->name, ==, TEAM);
  MUST (benk_session_fixture_undo (&f->base, &error));
}

static void
test_a_change_that_cannot_be_is_refused (Fixture *f, gconstpointer data)
{
  static const struct
  {
    gint64 from_ms;
    gint64 to_ms;
    guint8 team;
    guint8 covering;
    int owner;
    int code;
  } rows[] = {
    { FIXTURE_WALL_MS, FIXTURE_WALL_MS, 0, 0, 0, BENK_ERROR_INVALID },
    { FIXTURE_WALL_MS - DAY, FIXTURE_WALL_MS, 0, 0, 0, BENK_ERROR_INVALID },
    { FIXTURE_WALL_MS, FIXTURE_WALL_MS + 367 * DAY, 0, 0, 0, BENK_ERROR_INVALID },
    { FIXTURE_WALL_MS, FIXTURE_WALL_MS + DAY, 0, 0, -1, BENK_ERROR_INVALID },
    { FIXTURE_WALL_MS, FIXTURE_WALL_MS + DAY, 7, 7, -1, BENK_ERROR_INVALID },
    { FIXTURE_WALL_MS, FIXTURE_WALL_MS + DAY, 7, 0, 0, BENK_ERROR_NOT_FOUND },
    { FIXTURE_WALL_MS, FIXTURE_WALL_MS + DAY, 0, 7, -1, BENK_ERROR_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkDutyOverride there = { .owner = rows[i].owner,
                                 .supporter = BENK_DUTY_ROLE_NONE,
                                 .from_ms = rows[i].from_ms,
                                 .to_ms = rows[i].to_ms };
      g_autoptr (GError) error = NULL;

      memset (&there.team, rows[i].team, sizeof there.team);
      memset (&there.covering, rows[i].covering, sizeof there.covering);
      g_assert_false (add_override (f, &there, &error));
      g_assert_error (error, BENK_ERROR, rows[i].code);
    }
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM duty_override"),
                   ==, 0);
}

/* Who decided is a name, and can be erased; a number is of a desk. */
static void
test_a_name_is_in_no_journalled_row (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkDutyTeam) common = copy (f, NULL);
  g_autoptr (BenkDutyRoster) roster = NULL;

  common->own = TRUE;
  set_text (&common->decided_by, "Berit Decider");
  MUST (set_team (f, common, &error));
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM journal WHERE"
                               " instr (changeset, CAST ('Berit Decider' AS BLOB)) > 0"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM note WHERE text = 'Berit Decider'"),
                   ==, 1);
}

#define TEST(name, func)                                                                 \
  g_test_add ("/session/duties/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("nothing-is-decided-at-first", test_nothing_is_decided_at_first);
  TEST ("rules-of-all-and-of-one", test_rules_of_all_and_of_one);
  TEST ("one-team-at-most-owns-the-trial", test_one_team_at_most_owns_the_trial);
  TEST ("what-cannot-be-is-refused", test_what_cannot_be_is_refused);
  TEST ("changes-can-be-undone-and-verified", test_changes_can_be_undone_and_verified);
  TEST ("a-change-for-a-time", test_a_change_for_a_time);
  TEST ("a-change-that-cannot-be-is-refused", test_a_change_that_cannot_be_is_refused);
  TEST ("a-name-is-in-no-journalled-row", test_a_name_is_in_no_journalled_row);

  return g_test_run ();
}
