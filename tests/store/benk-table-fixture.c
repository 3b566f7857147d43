/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-fixture.h"

#include "benk-table-fact.h"
#include "benk-table-proof.h"

BenkScope *
benk_table_fixture_begin (BenkStoreFixture *fixture, BenkVerb verb)
{
  g_autoptr (GError) error = NULL;
  BenkChange change = { .verb = verb, .account = "test" };
  BenkScope *scope = benk_scope_begin (fixture->db, &change, &error);

  g_assert_no_error (error);

  return scope;
}

gint64
benk_table_fixture_commit (BenkScope *scope)
{
  g_autoptr (GError) error = NULL;
  gint64 seq;

  benk_scope_commit (scope, &seq, &error);
  g_assert_no_error (error);
  benk_scope_free (scope);

  return seq;
}

BenkDevice *
benk_table_fixture_new_device (const char *serial, BenkDeviceState state)
{
  BenkDevice *device = benk_device_new ();

  benk_device_set_model_id (device, "medido");
  benk_device_set_serial (device, serial);
  benk_device_set_state (device, state);

  return device;
}

BenkDevice *
benk_table_fixture_add_device (BenkStoreFixture *fixture,
                               const char *serial,
                               BenkDeviceState state)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_REGISTER);
  BenkDevice *device = benk_table_fixture_new_device (serial, state);

  benk_table_device_insert (fixture->db, device, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  return device;
}

BenkDevice *
benk_table_fixture_read_device (BenkStoreFixture *fixture, const char *serial)
{
  g_autoptr (GError) error = NULL;
  BenkDevice *device = benk_table_device_find (fixture->db, serial, &error);

  g_assert_no_error (error);

  return device;
}

void
benk_table_fixture_attest (BenkStoreFixture *fixture,
                           BenkDevice *device,
                           BenkFactKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFactRecord) fact = benk_fact_record_new ();
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_ATTEST);

  benk_fact_record_set_device_id (fact, benk_device_get_id (device));
  benk_fact_record_set_kind (fact, kind);
  benk_fact_record_set_ref (fact, DOCUMENT);
  benk_fact_record_set_stated_by (fact, STATED_BY);
  benk_table_fact_insert (fixture->db, fact, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

void
benk_table_fixture_prove_ready (BenkStoreFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkProof) proof = benk_proof_new ();
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_PROOF);

  benk_proof_set_device_id (proof, benk_device_get_id (device));
  benk_proof_set_kind (proof, BENK_PROOF_KIND_READY);
  benk_proof_set_link_kind (proof, BENK_LINK_KIND_CHECKLIST);
  benk_table_proof_insert (fixture->db, proof, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

BenkAlarm *
benk_table_fixture_add_alarm (BenkStoreFixture *fixture, BenkDevice *device)
{
  g_autoptr (GError) error = NULL;
  BenkAlarm *alarm = benk_alarm_new ();
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_INTAKE);

  if (device != NULL)
    benk_alarm_set_device_id (alarm, benk_device_get_id (device));
  benk_alarm_set_code (alarm, "1.8");
  benk_alarm_set_code_text (alarm, SOURCE_TEXT);
  benk_alarm_set_severity (alarm, 30);
  benk_alarm_set_via (alarm, BENK_ALARM_VIA_PORTAL);
  benk_alarm_set_raised_ms (alarm, FIXTURE_WALL_MS - 60000);
  benk_alarm_set_take_deadline_ms (alarm, FIXTURE_WALL_MS + 60000);
  benk_alarm_set_deadlines_proposed (alarm, TRUE);
  benk_table_alarm_insert (fixture->db, alarm, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  return alarm;
}

guint
benk_table_fixture_count_found (BenkStoreFixture *fixture, const char *search)
{
  g_autoptr (GError) error = NULL;
  BenkDeviceFilter filter = { .search = search };
  g_autoptr (GArray) ids = benk_table_device_query (fixture->db, &filter, &error);

  g_assert_no_error (error);

  return ids->len;
}
