/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-session-fixture.h"

#include <glib/gstdio.h>

#include "benk-plan-file.h"
#include "benk-plan-proposal.h"
#include "benk-scope.h"
#include "benk-table-device.h"
#include "benk-table-plan.h"
#include "benk-table-proof.h"
#include "benk-table-run.h"

void
benk_session_fixture_keep (GObject *source, GAsyncResult *result, gpointer slot)
{
  g_set_object ((GAsyncResult **) slot, result);
}

/* Returns: (transfer none): the result, kept in @slot */
GAsyncResult *
benk_session_fixture_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *slot;
}

/* Opens the store again, as a program that is started; the staff KA works. */
void
benk_session_fixture_open (BenkSessionFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) chosen = NULL;

  benk_session_open_async (self->path, BENK_SESSION_NONE, self->clock, NULL,
                           benk_session_fixture_keep, &opened);
  self->session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  benk_session_choose_staff_async (self->session, "KA", "Kari Anker", NULL,
                                   benk_session_fixture_keep, &chosen);
  benk_session_choose_staff_finish (self->session, BENK_AWAIT (chosen), &error);
  g_assert_no_error (error);
  self->inventory = benk_session_get_inventory (self->session);
}

/* Closes the store, so that no other connection keeps what a killed program left. */
void
benk_session_fixture_close (BenkSessionFixture *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  self->inventory = NULL;
  g_clear_object (&self->session);
}

static void
set_up_in (BenkSessionFixture *self, char *dir, gboolean demo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) made = NULL;

  self->dir = dir;
  self->path = g_build_filename (self->dir, "test.dosebenk", NULL);
  self->clock = BENK_CLOCK (benk_fake_clock_new (FIXTURE_WALL_MS));
  benk_session_create_store_async (self->path, demo, self->clock, NULL,
                                   benk_session_fixture_keep, &made);
  benk_session_create_store_finish (BENK_AWAIT (made), &error);
  g_assert_no_error (error);
  benk_session_fixture_open (self);
}

static void
set_up (BenkSessionFixture *self, gboolean demo)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("benk-session-XXXXXX", &error);

  g_assert_no_error (error);
  set_up_in (self, dir, demo);
}

/* In a folder that is there, which goes at the end. */
void
benk_session_fixture_set_up_in (BenkSessionFixture *self, const char *dir)
{
  set_up_in (self, g_strdup (dir), FALSE);
}

void
benk_session_fixture_set_up (BenkSessionFixture *self, gconstpointer unused)
{
  set_up (self, FALSE);
}

void
benk_session_fixture_set_up_demo (BenkSessionFixture *self, gconstpointer unused)
{
  set_up (self, TRUE);
}

void
benk_session_fixture_tear_down (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  benk_session_fixture_close (self);
  g_clear_object (&self->clock);
  dir = g_dir_open (self->dir, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (self->dir, name, NULL);

      g_unlink (file);
    }
  g_rmdir (self->dir);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, g_free);
}

/* Returns: (transfer full): a connection of the test's own, for looking */
BenkDb *
benk_session_fixture_open_db (BenkSessionFixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkDb *db = benk_db_open (self->path, BENK_DB_READ_ONLY, self->clock, &error);

  g_assert_no_error (error);

  return db;
}

gint64
benk_session_fixture_count (BenkSessionFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (self);
  gint64 value;

  benk_db_get_int64 (db, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

void
benk_session_fixture_advance (BenkSessionFixture *self, gint64 ms)
{
  benk_fake_clock_advance (BENK_FAKE_CLOCK (self->clock), ms);
}

BenkDevice *
benk_session_fixture_find (BenkSessionFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkDevice *device;

  benk_inventory_find_async (self->inventory, name, NULL, benk_session_fixture_keep,
                             &result);
  device = benk_inventory_find_finish (self->inventory, BENK_AWAIT (result), &error);
  g_assert_no_error (error);

  return device;
}

BenkDevice *
benk_session_fixture_add (BenkSessionFixture *self,
                          const char *serial,
                          BenkDeviceState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkNewDevice device = { .model_id = "medido", .serial = serial, .state = state };

  benk_inventory_add_async (self->inventory, &device, NULL, benk_session_fixture_keep,
                            &result);
  benk_inventory_change_finish (self->inventory, BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);

  return benk_session_fixture_find (self, serial);
}

static BenkDb *
open_for_writing (BenkSessionFixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkDb *db = benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, &error);

  g_assert_no_error (error);

  return db;
}

/* Past the guards, as a change of another process. */
void
benk_session_fixture_insert (BenkSessionFixture *self, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_IMPORT, .account = "test" };
  g_autoptr (BenkDb) db = open_for_writing (self);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  benk_table_device_insert (db, device, NULL, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

BenkDevice *
benk_session_fixture_put (BenkSessionFixture *self,
                          const char *serial,
                          BenkDeviceState state)
{
  g_autoptr (BenkDevice) device = benk_device_new ();

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_origin (device, BENK_ORIGIN_IMPORTED);
  benk_device_set_state (device, state);
  benk_session_fixture_insert (self, device);

  return benk_session_fixture_find (self, serial);
}

static void
prove (BenkSessionFixture *self,
       BenkDevice *device,
       BenkProofKind kind,
       BenkLinkKind link_kind)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_PROOF, .account = "test" };
  g_autoptr (BenkDb) db = open_for_writing (self);
  g_autoptr (BenkProof) proof = benk_proof_new ();
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  benk_proof_set_device_id (proof, benk_device_get_id (device));
  benk_proof_set_kind (proof, kind);
  benk_proof_set_link_kind (proof, link_kind);
  benk_table_proof_insert (db, proof, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

void
benk_session_fixture_prove_reset (BenkSessionFixture *self,
                                  BenkDevice *device,
                                  BenkLinkKind link_kind)
{
  prove (self, device, BENK_PROOF_KIND_RESET, link_kind);
}

void
benk_session_fixture_prove_ready (BenkSessionFixture *self,
                                  BenkDevice *device,
                                  BenkLinkKind link_kind)
{
  prove (self, device, BENK_PROOF_KIND_READY, link_kind);
}

/* Past every guard: how another laptop, or an older program, may have left it. */
void
benk_session_fixture_force_state (BenkSessionFixture *self,
                                  BenkDevice *device,
                                  BenkDeviceState to)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_SET_STATE, .account = "test" };
  g_autoptr (BenkDb) db = open_for_writing (self);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  benk_table_device_set_state (db, benk_device_get_id (device), to, NULL, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

/* A reset that was tried and did not end well. */
void
benk_session_fixture_fail_reset (BenkSessionFixture *self,
                                 BenkDevice *device,
                                 BenkLinkKind link_kind)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_RUN, .account = "test" };
  g_autoptr (BenkDb) db = open_for_writing (self);
  g_autoptr (BenkRun) run = benk_run_new ();
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);

  g_assert_no_error (error);
  benk_run_set_device_id (run, benk_device_get_id (device));
  benk_run_set_kind (run, BENK_RUN_KIND_RESET);
  benk_run_set_link_kind (run, link_kind);
  benk_run_set_outcome (run, BENK_RUN_OUTCOME_UNKNOWN);
  benk_table_run_insert (db, run, NULL, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

/* Written, and read back. */
void
benk_session_fixture_write_plan (BenkSessionFixture *self,
                                 BenkDevice *device,
                                 const char *times)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = BENK_VERB_RUN, .account = "test" };
  g_autoptr (BenkDb) db = open_for_writing (self);
  g_autoptr (BenkRun) run = benk_run_new ();
  g_autoptr (BenkPlan) plan = benk_plan_propose (times, &error);
  g_autofree char *body = plan ? benk_plan_file_compose (plan) : NULL;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);
  BenkId id;

  g_assert_no_error (error);
  benk_table_plan_insert (db, &BENK_ID_NIL, body, 0, &id, &error);
  g_assert_no_error (error);
  benk_run_set_device_id (run, benk_device_get_id (device));
  benk_run_set_kind (run, BENK_RUN_KIND_PROVISION);
  benk_run_set_link_kind (run, BENK_LINK_KIND_USB);
  benk_run_set_outcome (run, BENK_RUN_OUTCOME_VERIFIED);
  benk_run_set_plan_id (run, &id);
  benk_run_set_ended_ms (run, benk_db_get_wall_ms (db));
  benk_table_run_insert (db, run, NULL, &error);
  g_assert_no_error (error);
  benk_scope_commit (scope, NULL, &error);
  g_assert_no_error (error);
}

gboolean
benk_session_fixture_attest (BenkSessionFixture *self,
                             BenkDevice *device,
                             BenkFactKind kind,
                             const char *ref,
                             const char *stated_by,
                             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_attest_async (self->inventory, benk_device_get_id (device), kind, ref,
                               stated_by, NULL, benk_session_fixture_keep, &result);

  return benk_inventory_change_finish (self->inventory, BENK_AWAIT (result), NULL, error);
}

gboolean
benk_session_fixture_set_state (BenkSessionFixture *self,
                                BenkDevice *device,
                                BenkDeviceState to,
                                const char *reason,
                                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_set_state_async (self->inventory, benk_device_get_id (device), to,
                                  reason, NULL, benk_session_fixture_keep, &result);

  return benk_inventory_change_finish (self->inventory, BENK_AWAIT (result), NULL, error);
}

gboolean
benk_session_fixture_undo (BenkSessionFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *sentence = NULL;

  benk_session_undo_async (self->session, 0, NULL, benk_session_fixture_keep, &result);
  sentence = benk_session_undo_finish (self->session, BENK_AWAIT (result), NULL, error);

  return sentence != NULL;
}

BenkImport *
benk_session_fixture_preview (BenkSessionFixture *self, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  benk_import_preview_async (self->inventory, file, NULL, benk_session_fixture_keep,
                             &result);

  return benk_import_preview_finish (BENK_AWAIT (result), error);
}
