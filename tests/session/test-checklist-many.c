/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-fixture.h"

#include <signal.h>
#include <string.h>

#include <glib/gstdio.h>

#include "benk-error.h"

static void
choose (BenkSession *session, const char *initials)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_choose_staff_async (session, initials, initials, NULL,
                                   benk_session_fixture_keep, &result);
  benk_session_choose_staff_finish (session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

/* Every tick has its own initials; what it attests is attested by who ticked it. */
static void
test_people_change_in_the_middle (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_RECEIVE, device, NULL);
  g_autoptr (GError) error = NULL;
  const BenkChecklistWork *work;

  benk_checklist_fixture_set (list, "label-read", TRUE);
  benk_checklist_fixture_set (list, "ce-mark", TRUE);
  choose (self->session, "TS");
  benk_checklist_fixture_set (list, "power-on-test", TRUE);
  benk_checklist_fixture_set (list, "accessories-complete", TRUE);
  work = benk_checklist_get_work (list);
  g_assert_cmpstr (
    benk_checklist_work_find_tick (work, "ce-mark", &BENK_ID_NIL)->initials, ==, "KA");
  g_assert_cmpstr (
    benk_checklist_work_find_tick (work, "power-on-test", &BENK_ID_NIL)->initials, ==,
    "TS");
  benk_checklist_fixture_complete (list, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     self, "SELECT count(*) FROM fact f JOIN staff s ON s.id = f.staff_id"
                           " WHERE (f.kind = 'ce-mark' AND s.initials = 'KA') OR (f.kind"
                           " = 'power-on-test' AND s.initials = 'TS')"),
                   ==, 2);
}

static BenkSession *
open_again (BenkSessionFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkSession *session;

  benk_session_open_async (self->path, BENK_SESSION_NONE, self->clock, NULL,
                           benk_session_fixture_keep, &result);
  session = benk_session_open_finish (BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  choose (session, "KA");
  return session;
}

static BenkChecklist *
resume (BenkSession *session, const BenkId *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkChecklist *list;

  benk_checklist_resume_async (session, id, NULL, benk_session_fixture_keep, &result);
  list = benk_checklist_start_finish (session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return list;
}

static gboolean
is_ticked (BenkChecklist *list, const char *step)
{
  return benk_checklist_work_find_tick (benk_checklist_get_work (list), step,
                                        &BENK_ID_NIL) != NULL;
}

/* Both see what the other ticks; one completes, the other is told. */
static void
test_two_windows (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_RECEIVED);
  g_autoptr (BenkSession) other = open_again (self);
  g_autoptr (BenkChecklist) here =
    benk_checklist_fixture_start (self->session, BENK_TASK_RECEIVE, device, NULL);
  g_autoptr (BenkChecklist) there = resume (other, &benk_checklist_get_work (here)->id);
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_checklist_fixture_try_start (other, BENK_TASK_RECEIVE, &device, 1,
                                                   NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);

  benk_checklist_fixture_set (here, "label-read", TRUE);
  benk_checklist_fixture_set (there, "ce-mark", TRUE);
  g_assert_true (is_ticked (there, "label-read"));
  benk_checklist_fixture_set (there, "power-on-test", TRUE);
  benk_checklist_fixture_set (here, "accessories-complete", TRUE);
  g_assert_true (benk_checklist_is_complete (here, NULL));
  benk_checklist_fixture_complete (there, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (benk_checklist_fixture_complete (here, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM run"), ==, 1);
}

#define KILLED_AT "BENK_TEST_CHECKLIST"

/* In a process of its own: ticks and is killed. */
static void
be_killed (void)
{
  BenkSessionFixture self = { .path = (char *) g_getenv (KILLED_AT),
                              .clock =
                                BENK_CLOCK (benk_fake_clock_new (FIXTURE_WALL_MS)) };
  g_autoptr (BenkDevice) device = NULL;
  BenkChecklist *list;

  self.session = open_again (&self);
  self.inventory = benk_session_get_inventory (self.session);
  device = benk_session_fixture_find (&self, "S-1");
  list = benk_checklist_fixture_start (self.session, BENK_TASK_RECEIVE, device, NULL);
  benk_checklist_fixture_set (list, "label-read", TRUE);
  benk_checklist_fixture_set (list, "ce-mark", TRUE);
  raise (SIGKILL);
}

/* What was ticked before the program was killed is there, and the list goes on. */
static void
test_killed_in_the_middle (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ())
    {
      be_killed ();
      return;
    }
  device = benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_RECEIVED);
  g_setenv (KILLED_AT, self->path, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_assert_false (g_test_trap_has_passed ());

  benk_checklist_list_async (self->session, FALSE, NULL, benk_session_fixture_keep,
                             &result);
  open = benk_checklist_list_finish (self->session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 1);
  list = resume (self->session, &((BenkChecklistWork *) open->pdata[0])->id);
  g_assert_true (is_ticked (list, "label-read"));
  g_assert_true (is_ticked (list, "ce-mark"));
  g_assert_false (is_ticked (list, "power-on-test"));
  benk_checklist_fixture_set (list, "power-on-test", TRUE);
  benk_checklist_fixture_set (list, "accessories-complete", TRUE);
  benk_checklist_fixture_complete (list, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-1"), ==,
                   BENK_DEVICE_STATE_STOCK);
}

static gboolean
leave_out (BenkChecklist *list, const BenkId *member, const char *reason)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_leave_out_async (list, member, TRUE, reason, NULL,
                                  benk_session_fixture_keep, &result);
  return benk_checklist_change_finish (list, BENK_AWAIT (result), NULL, NULL);
}

/* Twelve collected at once: one tick for all, one device unticked, one left out. */
static void
test_batch_of_twelve (BenkSessionFixture *self, gconstpointer unused)
{
  BenkDevice *devices[12];
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  BenkChecklistTick untick = { .step = (char *) "packed-dry" };
  BenkId one;

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%02u", i);

      devices[i] =
        benk_checklist_fixture_put (self, "medido", serial, BENK_DEVICE_STATE_TO_COLLECT);
    }
  list = benk_checklist_fixture_try_start (self->session, BENK_TASK_COLLECT, devices,
                                           G_N_ELEMENTS (devices), NULL, &error);
  g_assert_no_error (error);
  benk_checklist_fixture_tick_all (list);
  one = *benk_device_get_id (devices[3]);
  one = benk_checklist_work_find_member (benk_checklist_get_work (list), &one)->id;
  g_assert_true (benk_checklist_fixture_tick (list, &one, &untick, &error));
  g_assert_false (benk_checklist_fixture_complete (list, NULL, &error));
  g_assert_nonnull (strstr (error->message, "S-03"));
  g_clear_error (&error);
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM run"), ==, 0);

  g_assert_true (leave_out (list, &one, "still with the user"));
  benk_checklist_fixture_complete (list, &sentence, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (sentence, "11 devices:"));
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM run"), ==, 11);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-03"), ==,
                   BENK_DEVICE_STATE_TO_COLLECT);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-11"), ==,
                   BENK_DEVICE_STATE_QUARANTINE);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    g_object_unref (devices[i]);
}

/* If one of a batch may not go on, none of them is claimed to have. */
static void
test_batch_is_all_or_none (BenkSessionFixture *self, gconstpointer unused)
{
  BenkDevice *devices[2] = {
    benk_checklist_fixture_put (self, "medido", "S-0", BENK_DEVICE_STATE_QUARANTINE),
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_QUARANTINE)
  };
  g_autoptr (BenkDevice) other =
    benk_checklist_fixture_put (self, "pilly-sms", "P-1", BENK_DEVICE_STATE_QUARANTINE);
  BenkDevice *mixed[2] = { devices[0], other };
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_checklist_fixture_try_start (self->session, BENK_TASK_RESET, mixed,
                                                   2, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  list = benk_checklist_fixture_try_start (self->session, BENK_TASK_RESET, devices, 2,
                                           NULL, &error);
  g_assert_no_error (error);
  benk_checklist_fixture_tick_all (list);
  g_assert_true (benk_session_fixture_set_state (self, devices[1], BENK_DEVICE_STATE_LOST,
                                                 "gone", &error) ||
                 benk_session_fixture_attest (self, devices[1], BENK_FACT_SEARCH_DONE,
                                              NULL, NULL, NULL));
  g_clear_error (&error);
  if (benk_checklist_fixture_get_state (self, "S-1") == BENK_DEVICE_STATE_QUARANTINE)
    {
      benk_session_fixture_attest (self, devices[1], BENK_FACT_SIM_BLOCKED, NULL, NULL,
                                   NULL);
      benk_session_fixture_attest (self, devices[1], BENK_FACT_BREACH_ASSESSED, "ref",
                                   NULL, NULL);
      g_assert_true (benk_session_fixture_set_state (self, devices[1],
                                                     BENK_DEVICE_STATE_LOST, "gone",
                                                     NULL));
    }
  g_assert_false (benk_checklist_fixture_complete (list, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM proof"), ==,
                   0);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-0"), ==,
                   BENK_DEVICE_STATE_QUARANTINE);
  g_object_unref (devices[0]);
  g_object_unref (devices[1]);
}

/* A picture of one device is shown for no other, and a batch has none by it. */
static void
test_picture_of_one (BenkSessionFixture *self, gconstpointer unused)
{
  static const char jpeg[] = "\xff\xd8\xff\xdb\0\x04"
                             "ab\xff\xda\0\x02scan\xff\xd9";
  BenkDevice *devices[2] = {
    benk_checklist_fixture_put (self, "medido", "S-0", BENK_DEVICE_STATE_RECEIVED),
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_RECEIVED)
  };
  g_autofree char *path = g_build_filename (self->dir, "shot.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_try_start (self->session, BENK_TASK_RECEIVE, devices, 2, NULL,
                                      &error);
  const BenkChecklistWork *work;
  const BenkChecklistMember *members[2];
  BenkId first;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, jpeg, sizeof jpeg - 1, NULL));
  first = ((BenkChecklistMember *) benk_checklist_get_work (list)->members->pdata[0])->id;
  benk_checklist_add_photo_async (list, "ce-mark", &first, file, NULL,
                                  benk_session_fixture_keep, &added);
  g_assert_true (benk_checklist_change_finish (list, BENK_AWAIT (added), NULL, &error));
  work = benk_checklist_get_work (list);
  for (guint i = 0; i < 2; i++)
    members[i] = g_ptr_array_index (work->members, i);
  g_assert_nonnull (benk_checklist_work_find_photo (work, "ce-mark", &members[0]->id));
  g_assert_null (benk_checklist_work_find_photo (work, "ce-mark", &members[1]->id));
  g_assert_null (benk_checklist_work_find_photo (work, "ce-mark", &BENK_ID_NIL));
  g_unlink (path);
  g_object_unref (devices[0]);
  g_object_unref (devices[1]);
}

static void
tear_down (BenkSessionFixture *self, gconstpointer unused)
{
  benk_checklist_fixture_remove_photos (self);
  benk_session_fixture_tear_down (self, NULL);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/session/checklist/" name, BenkSessionFixture, NULL,                      \
              benk_session_fixture_set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("people-change-in-the-middle", test_people_change_in_the_middle);
  ADD ("two-windows", test_two_windows);
  ADD ("killed-in-the-middle", test_killed_in_the_middle);
  ADD ("batch-of-twelve", test_batch_of_twelve);
  ADD ("batch-is-all-or-none", test_batch_is_all_or_none);
  ADD ("picture-of-one", test_picture_of_one);

  return g_test_run ();
}
