/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm.h"
#include "benk-device.h"
#include "benk-fact-record.h"
#include "benk-history-item.h"
#include "benk-place.h"
#include "benk-proof.h"
#include "benk-return-case.h"
#include "benk-run.h"
#include "benk-staff.h"

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  GString *seen = data;

  g_string_append_printf (seen, "%s ", pspec->name);
}

static void
test_notifies_when_changed (void)
{
  g_autoptr (BenkDevice) device = benk_device_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  static const char *const former[] = { "MD1", "MD2", NULL };
  BenkId id = benk_id_new_named ("test", "a");

  g_signal_connect (device, "notify", G_CALLBACK (on_notify), seen);
  benk_device_set_serial (device, "MD0001003");
  benk_device_set_serial (device, "MD0001003");
  benk_device_set_state (device, BENK_DEVICE_STATE_READY);
  benk_device_set_state (device, BENK_DEVICE_STATE_READY);
  benk_device_set_state_since_ms (device, 12);
  benk_device_set_person_id (device, &id);
  benk_device_set_person_id (device, &id);
  benk_device_set_former_serials (device, former);
  benk_device_set_former_serials (device, former);
  benk_device_set_note (device, NULL);

  g_assert_cmpstr (seen->str, ==,
                   "serial state state-since-ms person-id former-serials ");
}

static void
test_own_value_may_be_set_again (void)
{
  g_autoptr (BenkDevice) device = benk_device_new ();

  benk_device_set_serial (device, "A");
  benk_device_set_serial (device, benk_device_get_serial (device));
  g_assert_cmpstr (benk_device_get_serial (device), ==, "A");
  benk_device_set_serial (device, benk_device_get_serial (device) + 1);
  g_assert_cmpstr (benk_device_get_serial (device), ==, "");
}

static void
test_starts_unknown (void)
{
  g_autoptr (BenkAlarm) alarm = benk_alarm_new ();

  g_assert_cmpint (benk_alarm_get_next_dose_ms (alarm), ==, -1);
  g_assert_true (benk_id_is_nil (benk_alarm_get_device_id (alarm)));
  g_assert_null (benk_alarm_get_code (alarm));
  g_assert_cmpint (benk_alarm_get_status (alarm), ==, BENK_ALARM_STATUS_NEW);
  g_assert_cmpint (benk_alarm_get_followup (alarm), ==, BENK_FOLLOWUP_NONE);
}

static const char *const other_texts[] = { "x", NULL };

static void
make_other_value (GParamSpec *pspec, GValue *value)
{
  BenkId id = benk_id_new_named ("test", "b");
  GType type = G_PARAM_SPEC_VALUE_TYPE (pspec);

  g_value_init (value, type);
  if (type == G_TYPE_STRING)
    g_value_set_string (value, "x");
  else if (type == G_TYPE_INT)
    g_value_set_int (value, 2);
  else if (type == G_TYPE_INT64)
    g_value_set_int64 (value, G_MAXINT64);
  else if (type == G_TYPE_BOOLEAN)
    g_value_set_boolean (value, TRUE);
  else if (type == G_TYPE_STRV)
    g_value_set_boxed (value, other_texts);
  else
    g_value_set_boxed (value, &id);
}

static void
expect_value (gpointer object, GParamSpec *pspec, const GValue *value)
{
  g_auto (GValue) back = G_VALUE_INIT;
  GType type = G_PARAM_SPEC_VALUE_TYPE (pspec);

  g_value_init (&back, type);
  g_object_get_property (G_OBJECT (object), pspec->name, &back);
  if (type == BENK_TYPE_ID)
    g_assert_true (benk_id_equal (g_value_get_boxed (&back), g_value_get_boxed (value)));
  else if (type == G_TYPE_STRV)
    g_assert_true (g_strv_equal (g_value_get_boxed (&back), g_value_get_boxed (value)));
  else
    g_assert_cmpint (g_param_values_cmp (pspec, value, &back), ==, 0);
}

/* Sets every property to something else through GObject and reads it back. */
static void
check_properties (GType type)
{
  g_autoptr (GObject) object = g_object_new (type, NULL);
  guint n_pspecs;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_pspecs);

  g_assert_cmpuint (n_pspecs, >, 2);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      make_other_value (pspecs[i], &value);
      g_object_set_property (object, pspecs[i]->name, &value);
      expect_value (object, pspecs[i], &value);
    }

  g_assert_finalize_object (g_steal_pointer (&object));
}

static void
test_properties (void)
{
  check_properties (BENK_TYPE_ALARM);
  check_properties (BENK_TYPE_DEVICE);
  check_properties (BENK_TYPE_FACT_RECORD);
  check_properties (BENK_TYPE_HISTORY_ITEM);
  check_properties (BENK_TYPE_PLACE);
  check_properties (BENK_TYPE_PROOF);
  check_properties (BENK_TYPE_RETURN_CASE);
  check_properties (BENK_TYPE_RUN);
  check_properties (BENK_TYPE_STAFF);
}

#define CHECK_NAMES(prefix, Type, n)                                                     \
  for (guint i = 0; i < (n); i++)                                                        \
    {                                                                                    \
      Type value = (Type) (n);                                                           \
      g_assert_true (prefix##_from_name (prefix##_to_name ((Type) i), &value));          \
      g_assert_cmpuint (value, ==, i);                                                   \
      g_assert_nonnull (prefix##_get_label ((Type) i));                                  \
    }                                                                                    \
  g_assert_null (prefix##_to_name ((Type) (n)));                                         \
  g_assert_null (prefix##_get_label ((Type) (n)))

/* One property after the other is made different, and no other. */
static void
test_follows (void)
{
  g_autofree GParamSpec **props = NULL;
  g_autoptr (BenkAlarm) from = benk_alarm_new ();
  g_autoptr (BenkAlarm) self = benk_alarm_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  guint n_props;

  props = g_object_class_list_properties (G_OBJECT_GET_CLASS (from), &n_props);
  g_signal_connect (self, "notify", G_CALLBACK (on_notify), seen);
  for (guint i = 0; i < n_props; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_autofree char *name = g_strdup_printf ("%s ", props[i]->name);

      make_other_value (props[i], &value);
      g_object_set_property (G_OBJECT (from), props[i]->name, &value);
      g_string_truncate (seen, 0);
      benk_alarm_copy (self, from);
      g_assert_cmpstr (seen->str, ==, name);
      expect_value (self, props[i], &value);
    }
  g_assert_cmpuint (n_props, >, 40);
  g_string_truncate (seen, 0);
  benk_alarm_copy (self, from);
  g_assert_cmpstr (seen->str, ==, "");
}

static void
test_names (void)
{
  CHECK_NAMES (benk_origin, BenkOrigin, BENK_N_ORIGINS);
  CHECK_NAMES (benk_alarm_via, BenkAlarmVia, BENK_N_ALARM_VIAS);
  CHECK_NAMES (benk_alarm_status, BenkAlarmStatus, BENK_N_ALARM_STATUSES);
  CHECK_NAMES (benk_responsibility, BenkResponsibility, BENK_N_RESPONSIBILITIES);
  CHECK_NAMES (benk_followup, BenkFollowup, BENK_N_FOLLOWUPS);
  CHECK_NAMES (benk_return_state, BenkReturnState, BENK_N_RETURN_STATES);
  CHECK_NAMES (benk_run_kind, BenkRunKind, BENK_N_RUN_KINDS);
  CHECK_NAMES (benk_run_outcome, BenkRunOutcome, BENK_N_RUN_OUTCOMES);
  CHECK_NAMES (benk_proof_kind, BenkProofKind, BENK_N_PROOF_KINDS);
  CHECK_NAMES (benk_place_kind, BenkPlaceKind, BENK_N_PLACE_KINDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/record/notifies-exactly-when-changed",
                   test_notifies_when_changed);
  g_test_add_func ("/core/record/own-value-may-be-set-again",
                   test_own_value_may_be_set_again);
  g_test_add_func ("/core/record/starts-unknown", test_starts_unknown);
  g_test_add_func ("/core/record/properties-go-there-and-back", test_properties);
  g_test_add_func ("/core/record/follows-another-and-tells-what-changed", test_follows);
  g_test_add_func ("/core/record/names-go-there-and-back", test_names);

  return g_test_run ();
}
