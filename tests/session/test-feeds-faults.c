/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-fixture.h"

/* What a source gives that cannot be read is counted and shown, without what stands in
 * it, until it is right. */

#define HEAD "{\"resourceType\":\"DetectedIssue\","
#define META(version, time)                                                              \
  "\"meta\":{\"versionId\":\"" version "\",\"lastUpdated\":\"2026-03-02T08:0" time       \
  ":00Z\"}"
#define CODE                                                                             \
  "\"code\":{\"coding\":[{\"code\":\"1.8\"}]},\"patient\":{\"display\":\"" NAME "\"},"   \
  "\"author\":{\"identifier\":{\"value\":\"" SERIAL "\"}}"

static BenkFeed *
get_feed (BenkAlarmsFixture *f)
{
  return g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
}

static void
put (BenkAlarmsFixture *f, const char *text)
{
  g_free (benk_virtual_hub_put_text (f->hub, text));
}

static void
check (BenkAlarmsFixture *f, guint n_unread, guint n_in_part)
{
  g_autoptr (BenkFeed) feed = get_feed (f);

  g_assert_cmpuint (benk_feed_get_n_unread (feed), ==, n_unread);
  g_assert_cmpuint (benk_feed_get_n_in_part (feed), ==, n_in_part);
  g_assert_cmpuint (benk_feed_get_faults (feed)->len, ==, n_unread + n_in_part);
  g_assert_null (benk_feed_get_problem (feed));
}

static void
check_words (BenkAlarmsFixture *f, const char *expected)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  g_autofree char *words = benk_feed_describe_faults (feed);

  if (expected == NULL)
    {
      g_assert_null (words);
      return;
    }
  g_assert_true (g_str_has_prefix (words, expected));
  g_assert_null (strstr (words, NAME));
  g_assert_null (strstr (words, NUMBER));
}

static void
test_counted (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkFeed) feed = NULL;
  const BenkFeedFault *fault;

  benk_alarms_fixture_must_sync (f);
  check (f, 0, 0);
  check_words (f, NULL);
  put (f, HEAD "\"id\":7,\"status\":\"preliminary\"," CODE "}");
  put (f, "\"" NAME " " NUMBER "\"");
  put (f, HEAD "\"id\":\"odd\",\"status\":\"preliminary\"," META ("1", "0") "}");
  g_free (benk_alarms_fixture_raise (f, "1.17"));
  benk_session_fixture_advance (&f->base, 60 * 1000);
  benk_alarms_fixture_must_sync (f);
  check (f, 2, 1);
  check_words (f, "2 alarms could not be read. 1 alarm could be read only in part. Tell "
                  "those who run the source.\n09:01  $.entry[");
  feed = get_feed (f);
  g_assert_true (benk_feed_has_new_faults (feed));
  for (guint i = 0; i < 3; i++)
    {
      fault = g_ptr_array_index (benk_feed_get_faults (feed), i);
      g_assert_cmpuint (strlen (fault->sha256), ==, 64);
      g_assert_cmpint (fault->length, >, 10);
      g_assert_cmpint (fault->seen_ms, ==, FIXTURE_WALL_MS + 60 * 1000);
    }
  /* Seen again, it is the same. */
  benk_alarms_fixture_must_sync (f);
  check (f, 2, 1);
  benk_session_fixture_advance (&f->base, 25 * 60 * 60 * 1000);
  benk_alarms_fixture_must_sync (f);
  check (f, 2, 1);
  g_assert_false (benk_feed_has_new_faults (feed));
}

/* What is not read in one version and is in the next counts no more. */
static void
test_repaired (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *odd = benk_virtual_hub_put_text (
    f->hub, HEAD "\"id\":\"odd\",\"status\":\"preliminary\"," META ("1", "0") "}");

  benk_alarms_fixture_must_sync (f);
  check (f, 0, 1);
  check_words (f, "1 alarm could be read only in part. ");
  if (data)
    g_assert_true (benk_virtual_hub_remove (f->hub, odd, NULL));
  benk_session_fixture_advance (&f->base, 60 * 1000);
  put (f, HEAD "\"id\":\"odd\",\"status\":\"preliminary\"," META (
            "2", "1") "," CODE ",\"identifiedDateTime\":\"2026-03-02T08:00:00Z\"}");
  benk_alarms_fixture_must_sync (f);
  check (f, 0, 0);
  check_words (f, NULL);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/feeds/faults/are-counted-and-shown", NULL, test_counted);
  BENK_ALARMS_TEST ("/session/feeds/faults/end-with-a-later-version", "gone",
                    test_repaired);
  BENK_ALARMS_TEST ("/session/feeds/faults/end-beside-an-older-version", NULL,
                    test_repaired);
  return g_test_run ();
}
