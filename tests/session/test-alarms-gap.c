/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"

#include <string.h>

#define MINUTE (60 * 1000)

static gint64
count_gone (BenkAlarmsFixture *f)
{
  return benk_session_fixture_count (
    &f->base, "SELECT count (*) FROM alarm_step WHERE kind = 'gone'");
}

/* What was taken away at its source while nobody asked is told, once, and stays open: it
 * says nothing of the dispenser. */
static void
test_taken_away (BenkAlarmsFixture *f, gconstpointer data)
{
  BenkHubManners manners = (BenkHubManners) GPOINTER_TO_UINT (data);
  g_autofree char *gone = benk_alarms_fixture_raise (f, "1.8");
  g_autofree char *stays = benk_alarms_fixture_raise (f, "1.17");
  g_autoptr (GListModel) list = NULL;
  guint n_gone = 0;

  benk_virtual_hub_set_manners (f->hub, manners);
  benk_alarms_fixture_must_sync (f);
  g_assert_true (benk_virtual_hub_remove (f->hub, gone, NULL));
  benk_session_fixture_advance (&f->base, 5 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (count_gone (f), ==, 0);

  for (guint i = 0; i < 2; i++)
    {
      benk_session_fixture_advance (&f->base, 11 * MINUTE);
      benk_alarms_fixture_must_sync (f);
      g_assert_cmpint (count_gone (f), ==, 1);
    }
  list = benk_alarms_fixture_list (f, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      n_gone += benk_alarm_get_gone_ms (alarm) != 0;
      g_assert_cmpint (benk_alarm_get_gone_ms (alarm) != 0, ==,
                       g_str_equal (benk_alarm_get_remote_id (alarm), gone));
    }
  g_assert_cmpuint (n_gone, ==, 1);
}

/* A closing whose stamp was older than what had been read is found after a gap. */
static void
test_closed_with_an_old_stamp (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const char *const resource =
    "{\"resourceType\":\"DetectedIssue\",\"id\":\"x\",\"status\":\"%s\",\"meta\":"
    "{\"versionId\":\"%d\",\"lastUpdated\":\"2026-03-02T07:0%d:00Z\"},\"code\":{"
    "\"coding\":[{\"code\":\"1.8\"}]},\"author\":{\"identifier\":{\"value\":\"" SERIAL
    "\"}}}";
  g_autofree char *later = NULL;
  g_autofree char *opened = g_strdup_printf (resource, "preliminary", 1, 1);
  g_autofree char *closed = g_strdup_printf (resource, "final", 2, 2);

  g_free (benk_virtual_hub_put_text (f->hub, opened));
  later = benk_alarms_fixture_raise (f, "1.17");
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 2);
  g_free (benk_virtual_hub_put_text (f->hub, closed));
  benk_session_fixture_advance (&f->base, 11 * MINUTE);
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 1);
  g_assert_cmpint (count_gone (f), ==, 0);
}

/* An answer that is no alarm is told, and the others are asked for all the same. What the
 * hub serves under the name of the first is what is put there third. */
static void
test_one_without_an_answer (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *other = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (GError) error = NULL;

  g_free (benk_virtual_hub_put_text (
    f->hub, "{\"resourceType\":\"DetectedIssue\",\"id\":\"di-3\",\"status\":"
            "\"preliminary\",\"meta\":{\"versionId\":\"1\",\"lastUpdated\":"
            "\"2026-03-02T07:01:00Z\"},\"code\":{\"coding\":[{\"code\":\"1.8\"}]},"
            "\"author\":{\"identifier\":{\"value\":\"" SERIAL "\"}}}"));
  gone = benk_alarms_fixture_raise (f, "1.17");
  benk_alarms_fixture_must_sync (f);
  benk_alarms_fixture_wait_queue (f, 2);
  other =
    benk_virtual_hub_put_text (f->hub, "{\"resourceType\":\"Basic\",\"id\":\"di-3\"}");
  g_assert_cmpstr (other, ==, "di-3");
  g_assert_true (benk_virtual_hub_remove (f->hub, gone, NULL));
  benk_session_fixture_advance (&f->base, 11 * MINUTE);
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "resourceType"));
  g_assert_cmpint (count_gone (f), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/alarms-gap/taken-away-is-told-once-and-stays-open/410",
                    GUINT_TO_POINTER (0), test_taken_away);
  BENK_ALARMS_TEST ("/session/alarms-gap/taken-away-is-told-once-and-stays-open/404",
                    GUINT_TO_POINTER (BENK_HUB_MANNER_GONE_IS_404), test_taken_away);
  BENK_ALARMS_TEST ("/session/alarms-gap/a-closing-with-an-old-stamp-is-found", NULL,
                    test_closed_with_an_old_stamp);
  BENK_ALARMS_TEST ("/session/alarms-gap/one-without-an-answer-does-not-stop-the-others",
                    NULL, test_one_without_an_answer);

  return g_test_run ();
}
