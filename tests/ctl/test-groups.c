/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

#include "benk-forecast.h"
#include "benk-clock.h"

#define DAY_MS (24 * 60 * 60 * 1000)

/* Alarms that are one thing to do, as a list tells them to a program and to a person. */

static void
add (BenkCtlRig *rig, const char *serial, const char *code, const char *at)
{
  g_autoptr (BenkCtlAnswer) device = NULL;
  g_autoptr (BenkCtlAnswer) alarm = NULL;

  device = benk_ctl_rig_do (rig, "device add %s --model medido", serial);
  alarm = benk_ctl_rig_do (rig, "alarm add --device %s --code %s --via phone --at %s",
                           serial, code, at);
}

static void
add_burst (BenkCtlRig *rig)
{
  add (rig, "MD0000001", "1.20", "2026-03-02T08:00:00Z");
  add (rig, "MD0000002", "1.8", "2026-03-02T08:02:00Z");
  add (rig, "MD0000003", "1.20", "2026-03-02T08:05:00Z");
  add (rig, "MD0000004", "1.20", "2026-03-02T08:15:00Z");
}

static void
test_program (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) list = NULL;
  JsonArray *alarms;
  guint n_faces = 0;

  add_burst (rig);
  list = benk_ctl_rig_do (rig, "alarm list");
  alarms = json_node_get_array (list->json);
  g_assert_cmpuint (json_array_get_length (alarms), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      JsonObject *alarm = json_array_get_object_element (alarms, i);
      gboolean burst =
        g_str_equal (json_object_get_string_member (alarm, "code"), "1.20");

      g_assert_cmpint (json_object_get_int_member (alarm, "group_size"), ==,
                       burst ? 3 : 1);
      g_assert_cmpint (json_object_get_null_member (alarm, "group"), ==, !burst);
      g_assert_cmpint (json_object_get_null_member (alarm, "group_id"), ==, !burst);
      if (!burst)
        continue;
      g_assert_cmpstr (json_object_get_string_member (alarm, "group"), ==, "incident");
      n_faces += g_str_equal (json_object_get_string_member (alarm, "group_id"),
                              json_object_get_string_member (alarm, "id"));
    }
  g_assert_cmpuint (n_faces, ==, 1);
}

/* One line says what it is, those of it follow, set in. */
static void
test_person (BenkCtlRig *rig, gconstpointer unused)
{
  const char *words[] = { "--store", rig->store, "alarm", "list", NULL };
  g_autoptr (BenkCtlAnswer) list = NULL;
  g_auto (GStrv) lines = NULL;
  guint first = 0;

  add_burst (rig);
  list = benk_ctl_rig_run_words (rig, words);
  g_assert_cmpint (list->status, ==, 0);
  lines = g_strsplit (list->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  while (strstr (lines[first], "1.20") == NULL)
    first++;
  g_assert_cmpuint (first, <=, 1);
  g_assert_nonnull (strstr (lines[first], "×3 (One incident)"));
  g_assert_false (g_str_has_prefix (lines[first], "  "));
  for (guint i = 1; i < 3; i++)
    {
      g_assert_true (g_str_has_prefix (lines[first + i], "  "));
      g_assert_nonnull (strstr (lines[first + i], "1.20"));
      g_assert_null (strstr (lines[first + i], "×"));
    }
}

/* Nobody has the last yet: none waits, and it is said which stands in the way. */
static void
test_as_one (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) list = NULL;
  g_autoptr (BenkCtlAnswer) after = NULL;
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  g_autofree char *tomorrow =
    benk_forecast_get_today (benk_clock_get_wall_ms (clock) + DAY_MS);
  g_autofree char *until = g_strconcat (tomorrow, "T10:00", NULL);
  const char *ids[3];
  guint n = 0;
  JsonArray *alarms;

  add_burst (rig);
  list = benk_ctl_rig_do (rig, "alarm list");
  alarms = json_node_get_array (list->json);
  for (guint i = 0; i < 4; i++)
    {
      JsonObject *alarm = json_array_get_object_element (alarms, i);

      if (g_str_equal (json_object_get_string_member (alarm, "code"), "1.20"))
        ids[n++] = json_object_get_string_member (alarm, "id");
    }
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BenkCtlAnswer) taken = benk_ctl_rig_do (rig, "alarm take %s", ids[i]);
      g_autoptr (BenkCtlAnswer) waits =
        benk_ctl_rig_run (rig, "alarm wait %s --also %s --also %s --for visit --until %s",
                          ids[0], ids[1], ids[2], until);

      g_assert_cmpint (waits->status == 0, ==, i == 2);
      if (i < 2)
        g_assert_nonnull (strstr (waits->err, "MD000000"));
    }
  after = benk_ctl_rig_do (rig,
                           "alarm close %s --also %s --also %s --cause coverage "
                           "--action none --why-late Utfall",
                           ids[0], ids[1], ids[2]);
  g_clear_pointer (&list, benk_ctl_answer_free);
  list = benk_ctl_rig_do (rig, "alarm list");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list->json)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ctl/groups/to-a-program", BenkCtlRig, NULL, benk_ctl_rig_set_up,
              test_program, benk_ctl_rig_tear_down);
  g_test_add ("/ctl/groups/to-a-person", BenkCtlRig, NULL, benk_ctl_rig_set_up,
              test_person, benk_ctl_rig_tear_down);
  g_test_add ("/ctl/groups/waits-and-is-closed-as-one", BenkCtlRig, NULL,
              benk_ctl_rig_set_up, test_as_one, benk_ctl_rig_tear_down);

  return g_test_run ();
}
