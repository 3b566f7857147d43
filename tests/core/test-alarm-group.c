/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-group.h"

#include <string.h>

#define MOST 16
#define NOW_MS G_GINT64_CONSTANT (1772000000000)
#define T BENK_RESPONSIBILITY_TECHNICAL
#define CARE BENK_RESPONSIBILITY_CARE
#define MEDICINE BENK_RESPONSIBILITY_MEDICINE

/* @at: seconds. @device: 0 = not known. @user: 0 = none. @who: has it, or NULL. @batch:
 * of the roll, or NULL. */
typedef struct
{
  const char *code;
  int at;
  char device;
  char user;
  BenkResponsibility responsibility;
  const char *who;
  int severity;
  int waits; /* minutes from now */
  const char *call;
  gboolean handed;
  gboolean gone;
  const char *batch;
  const char *packer;
} Spec;

/* Of each alarm in the order of the queue: "." in no group, a capital in that incident, a
 * small letter in that user's, a digit in that batch. */
static const struct
{
  const char *name;
  const char *groups;
  Spec alarms[MOST];
} cases[] = {
  { "none", "", { { 0 } } },
  { "one", ".", { { "1.20", 0, 'a' } } },
  { "two without contact are two", "..", { { "1.20", 0, 'a' }, { "1.20", 0, 'b' } } },
  { "three are one incident",
    "AAA",
    { { "1.20", 0, 'a' }, { "1.20", 60, 'b' }, { "1.20", 120, 'c' } } },
  { "fourteen are one",
    "AAAAAAAAAAAAAA",
    { { "1.20", 9, 'a' },
      { "1.20", 8, 'b' },
      { "1.20", 7, 'c' },
      { "1.20", 6, 'd' },
      { "1.20", 5, 'e' },
      { "1.20", 4, 'f' },
      { "1.20", 3, 'g' },
      { "1.20", 2, 'h' },
      { "1.20", 1, 'i' },
      { "1.20", 0, 'j' },
      { "1.20", 10, 'k' },
      { "1.20", 11, 'l' },
      { "1.20", 12, 'm' },
      { "1.20", 13, 'n' } } },
  { "within 15 min",
    "AAA",
    { { "1.20", 0, 'a' }, { "1.20", 1, 'b' }, { "1.20", 899, 'c' } } },
  { "of just 15 min",
    "AAA",
    { { "1.20", 0, 'a' }, { "1.20", 1, 'b' }, { "1.20", 900, 'c' } } },
  { "not of a second more",
    "...",
    { { "1.20", 0, 'a' }, { "1.20", 1, 'b' }, { "1.20", 901, 'c' } } },
  { "what follows by 15 min belongs to it",
    "AAAA",
    { { "1.20", 0, 'a' },
      { "1.20", 1, 'b' },
      { "1.20", 2, 'c' },
      { "1.20", 902, 'd' } } },
  { "what follows by more does not",
    "AAA.",
    { { "1.20", 0, 'a' },
      { "1.20", 1, 'b' },
      { "1.20", 2, 'c' },
      { "1.20", 903, 'd' } } },
  { "what came 15 min before belongs to it",
    "AAAA",
    { { "1.20", 0, 'd' },
      { "1.20", 900, 'a' },
      { "1.20", 901, 'b' },
      { "1.20", 902, 'c' } } },
  { "one now and then is none",
    "....",
    { { "1.20", 0, 'a' },
      { "1.20", 600, 'b' },
      { "1.20", 1200, 'c' },
      { "1.20", 1800, 'd' } } },
  { "two outages are two",
    "AABABB",
    { { "1.20", 0, 'a' },
      { "1.20", 1, 'b' },
      { "1.20", 5000, 'd' },
      { "1.20", 2, 'c' },
      { "1.20", 5001, 'e' },
      { "1.20", 5002, 'f' } } },
  { "one device many times is no incident",
    "...",
    { { "1.20", 0, 'a' }, { "1.20", 1, 'a' }, { "1.20", 2, 'a' } } },
  { "power goes with contact",
    "AAAA",
    { { "1.19", 0, 'a' }, { "1.20", 1, 'b' }, { "1.19", 2, 'c' }, { "1.20", 3, 'a' } } },
  { "two devices by power and contact are two",
    "....",
    { { "1.19", 0, 'a' }, { "1.20", 1, 'a' }, { "1.19", 2, 'b' }, { "1.20", 3, 'b' } } },
  { "other codes are other faults",
    "...",
    { { "1.8", 0, 'a' }, { "1.8", 1, 'b' }, { "1.8", 2, 'c' } } },
  { "devices that are not known count each",
    "AAA",
    { { "1.20", 0, 0 }, { "1.20", 1, 0 }, { "1.20", 2, 0 } } },
  { "a critical one stands alone, and counts for none",
    "...",
    { { "1.20", 0, 'a', .severity = 40 }, { "1.20", 1, 'b' }, { "1.20", 2, 'c' } } },
  { "a critical one stands alone beside an incident",
    ".AAA",
    { { "1.20", 0, 'a', .severity = 40 },
      { "1.20", 1, 'b' },
      { "1.20", 2, 'c' },
      { "1.20", 3, 'd' } } },
  { "what is taken and what is not are two groups of one outage",
    "AABB",
    { { "1.20", 0, 'a' },
      { "1.20", 1, 'b' },
      { "1.20", 2, 'c', .who = "KA" },
      { "1.20", 3, 'd', .who = "KA" } } },
  { "what each has is theirs",
    "A.A.",
    { { "1.20", 0, 'a', .who = "KA" },
      { "1.20", 1, 'b' },
      { "1.20", 2, 'c', .who = "KA" },
      { "1.20", 3, 'd', .who = "OL" } } },
  { "owners are not mixed in an incident",
    "AAA.",
    { { "1.20", 0, 'a' },
      { "1.20", 1, 'b' },
      { "1.20", 2, 'c' },
      { "1.20", 3, 'd', .responsibility = CARE } } },
  { "whom to phone is not mixed",
    "AABB",
    { { "1.20", 0, 'a', .call = "22 1" },
      { "1.20", 1, 'b', .call = "22 1" },
      { "1.20", 2, 'c', .call = "22 2" },
      { "1.20", 3, 'd', .call = "22 2" } } },
  { "of one user", "aa", { { "1.8", 0, 'a', 'u' }, { "1.17", 9000, 'a', 'u' } } },
  { "of one user with two devices",
    "aa",
    { { "1.8", 0, 'a', 'u' }, { "1.17", 9000, 'b', 'u' } } },
  { "of two users", "..", { { "1.8", 0, 'a', 'u' }, { "1.8", 1, 'b', 'v' } } },
  { "of no user", "..", { { "1.8", 0, 'a' }, { "1.17", 1, 'a' } } },
  { "owners are not mixed for a user",
    "a.a.",
    { { "1.8", 0, 'a', 'u' },
      { "1.1", 1, 'a', 'u', CARE },
      { "1.17", 2, 'a', 'u' },
      { "1.13", 3, 'a', 'u', MEDICINE } } },
  { "care's of one user",
    "aa",
    { { "1.1", 0, 'a', 'u', CARE }, { "1.3", 1, 'a', 'u', CARE } } },
  { "a user's critical one stands alone",
    ".aa",
    { { "1.18", 0, 'a', 'u', T, NULL, 40 },
      { "1.8", 1, 'a', 'u' },
      { "1.17", 2, 'a', 'u' } } },
  { "a user's taken one hides none",
    "..",
    { { "1.8", 0, 'a', 'u', T, "KA" }, { "1.17", 2, 'a', 'u' } } },
  { "what waits stands aside",
    "...",
    { { "1.8", 0, 'a', 'u', T, "KA" },
      { "1.17", 2, 'a', 'u', T, "KA", .waits = 10 },
      { "1.5", 2, 'a', 'u' } } },
  { "what has waited is back",
    "aa",
    { { "1.8", 0, 'a', 'u', T, "KA" }, { "1.17", 2, 'a', 'u', T, "KA", .waits = -1 } } },
  { "what is handed over waits for an answer",
    "..",
    { { "1.8", 0, 'a', 'u', T, "KA" },
      { "1.17", 2, 'a', 'u', T, "KA", .handed = TRUE } } },
  { "what its source does not know any more is to be looked at",
    "..",
    { { "1.8", 0, 'a', 'u' }, { "1.17", 2, 'a', 'u', .gone = TRUE } } },
  { "an incident comes before a user",
    "AA.Aaa",
    { { "1.20", 0, 'a', 'u' },
      { "1.20", 1, 'b', 'v' },
      { "1.8", 2, 'a', 'u' },
      { "1.20", 3, 'c', 'w' },
      { "1.8", 4, 'c', 'x' },
      { "1.5", 5, 'c', 'x' } } },
  { "what is left of an incident is its user's",
    "AAaBBa",
    { { "1.20", 0, 'a', 'u' },
      { "1.20", 1, 'b', 'v' },
      { "1.20", 2, 'c', 'w', T, NULL, 20, 0, "22 9" },
      { "1.20", 3, 'd', 'x', T, "KA" },
      { "1.20", 4, 'e', 'y', T, "KA" },
      { "1.8", 5, 'c', 'w', T, NULL, 30, 0, "22 9" } } },
  { "two devices at rolls of one batch",
    "11",
    { { "1.8", 0, 'a', .batch = "4711" }, { "1.6", 9000, 'b', .batch = "4711" } } },
  { "one device twice is no batch",
    "..",
    { { "1.8", 0, 'a', .batch = "4711" }, { "1.6", 9000, 'a', .batch = "4711" } } },
  { "a batch is read whatever its case and blanks",
    "11",
    { { "1.8", 0, 'a', .batch = "L47-b", .packer = "Pakkeriet Å" },
      { "1.8", 1, 'b', .batch = " l47-B ", .packer = "pakkeriet  å" } } },
  { "another packer's is another batch",
    "..",
    { { "1.8", 0, 'a', .batch = "4711", .packer = "One" },
      { "1.8", 1, 'b', .batch = "4711", .packer = "Two" } } },
  { "a packer that is not noted may be another",
    "..",
    { { "1.8", 0, 'a', .batch = "4711", .packer = "One" },
      { "1.8", 1, 'b', .batch = "4711" } } },
  { "a packer and a batch that run together are not others",
    "..",
    { { "1.8", 0, 'a', .batch = "47", .packer = "11" },
      { "1.8", 1, 'b', .batch = "4711" } } },
  { "two batches are two",
    "1212",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.8", 1, 'b', .batch = "2" },
      { "1.8", 2, 'c', .batch = "1" },
      { "1.6", 3, 'd', .batch = "2" } } },
  { "without a batch none",
    "11.",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.8", 1, 'b', .batch = "1" },
      { "1.8", 2, 'c' } } },
  { "of just a fortnight",
    "11",
    { { "1.8", -14 * 86400, 'a', .batch = "1" }, { "1.8", 0, 'b', .batch = "1" } } },
  { "not of a second more",
    "..",
    { { "1.8", -14 * 86400 - 1, 'a', .batch = "1" }, { "1.8", 0, 'b', .batch = "1" } } },
  { "what follows a batch by a fortnight belongs to it",
    "111",
    { { "1.8", -24 * 86400, 'a', .batch = "1" },
      { "1.8", -12 * 86400, 'b', .batch = "1" },
      { "1.8", 0, 'c', .batch = "1" } } },
  { "other codes are not about the roll",
    "...",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.5", 1, 'b', .batch = "1" },
      { "1.16", 2, 'c', .batch = "1" } } },
  { "a wrong roll is the nurse's, and a batch of its own",
    "1212",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.7", 1, 'b', 0, MEDICINE, .batch = "1" },
      { "1.6", 2, 'c', .batch = "1" },
      { "1.7", 3, 'd', 0, MEDICINE, .batch = "1" } } },
  { "a critical one stands alone beside a batch",
    ".11",
    { { "1.8", 0, 'a', .severity = 40, .batch = "1" },
      { "1.8", 1, 'b', .batch = "1" },
      { "1.8", 2, 'c', .batch = "1" } } },
  { "what is taken is another group of its batch",
    "1122",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.8", 1, 'b', .batch = "1" },
      { "1.8", 2, 'c', .who = "KA", .batch = "1" },
      { "1.8", 3, 'd', .who = "KA", .batch = "1" } } },
  { "what is left of a batch may be one device",
    "...",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.6", 1, 'a', .batch = "1" },
      { "1.8", 2, 'c', .who = "KA", .batch = "1" } } },
  { "a batch comes before a user",
    "1a1a",
    { { "1.8", 0, 'a', 'u', .batch = "1" },
      { "1.17", 1, 'a', 'u' },
      { "1.8", 2, 'b', 'v', .batch = "1" },
      { "1.5", 3, 'a', 'u' } } },
  { "what is no batch is its user's",
    "aa.",
    { { "1.8", 0, 'a', 'u', .batch = "1" },
      { "1.6", 1, 'a', 'u', .batch = "1" },
      { "1.8", 2, 'b', 'v', .batch = "2" } } },
  { "an incident beside a batch",
    "1A1AA",
    { { "1.8", 0, 'a', .batch = "1" },
      { "1.20", 1, 'a' },
      { "1.8", 2, 'b', .batch = "1" },
      { "1.20", 3, 'b' },
      { "1.20", 4, 'c' } } },
};

static BenkId
make_id (char name, guint8 kind)
{
  BenkId id = BENK_ID_NIL;

  id.b[0] = kind;
  id.b[1] = (guint8) name;
  return id;
}

static BenkAlarm *
make_alarm (const Spec *spec, guint number)
{
  BenkAlarm *alarm = benk_alarm_new ();
  BenkId id = make_id ((char) (number + 1), 1);
  BenkId device = spec->device ? make_id (spec->device, 2) : BENK_ID_NIL;
  BenkId user = spec->user ? make_id (spec->user, 3) : BENK_ID_NIL;

  benk_alarm_set_id (alarm, &id);
  benk_alarm_set_device_id (alarm, &device);
  benk_alarm_set_person_id (alarm, &user);
  benk_alarm_set_code (alarm, spec->code);
  benk_alarm_set_severity (alarm, spec->severity);
  benk_alarm_set_raised_ms (alarm, NOW_MS - 86400000 + spec->at * 1000);
  benk_alarm_set_responsibility (alarm, spec->responsibility);
  benk_alarm_set_call (alarm, spec->call);
  if (spec->who)
    benk_alarm_set_status (alarm, BENK_ALARM_STATUS_TAKEN);
  benk_alarm_set_taken_by (alarm, spec->who);
  benk_alarm_set_handed_ms (alarm, spec->handed ? NOW_MS : 0);
  benk_alarm_set_roll_batch (alarm, spec->batch);
  benk_alarm_set_roll_packer (alarm, spec->packer);
  benk_alarm_set_gone_ms (alarm, spec->gone ? NOW_MS : 0);
  if (spec->waits)
    benk_alarm_set_waiting_for (alarm, BENK_WAIT_VENDOR);
  benk_alarm_set_waiting_until_ms (alarm, NOW_MS + spec->waits * 60000);
  return alarm;
}

/* (transfer full): what the marks say, in the letters of the table. */
static char *
describe (GPtrArray *alarms)
{
  GString *text = g_string_new (NULL);
  char incident = 'A';
  char user = 'a';
  char batch = '1';

  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);
      BenkAlarmGroup kind = benk_alarm_get_group_kind (alarm);
      char letter = '.';
      int n = 0;

      for (guint k = 0; k < alarms->len; k++)
        n += kind != BENK_ALARM_GROUP_NONE &&
             benk_id_equal (benk_alarm_get_group_face (alarms->pdata[k]),
                            benk_alarm_get_group_face (alarm));
      g_assert_cmpint (benk_alarm_get_n_group (alarm), ==, n);
      g_assert_cmpint (kind == BENK_ALARM_GROUP_NONE, ==,
                       benk_id_is_nil (benk_alarm_get_group_face (alarm)));
      if (kind != BENK_ALARM_GROUP_NONE &&
          benk_id_equal (benk_alarm_get_group_face (alarm), benk_alarm_get_id (alarm)))
        letter = kind == BENK_ALARM_GROUP_INCIDENT ? incident++
                 : kind == BENK_ALARM_GROUP_BATCH  ? batch++
                                                   : user++;
      for (guint k = 0; letter == '.' && k < i; k++)
        if (kind != BENK_ALARM_GROUP_NONE &&
            benk_id_equal (benk_alarm_get_id (alarms->pdata[k]),
                           benk_alarm_get_group_face (alarm)))
          letter = text->str[k];
      g_string_append_c (text, letter);
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
make_alarms (const Spec *specs, guint n)
{
  GPtrArray *alarms = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (alarms, make_alarm (&specs[i], i));
  return alarms;
}

static void
mark (GPtrArray *alarms)
{
  benk_alarm_group_mark ((BenkAlarm *const *) alarms->pdata, alarms->len, NOW_MS);
}

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = (guint) strlen (cases[i].groups);
      g_autoptr (GPtrArray) alarms = make_alarms (cases[i].alarms, n);
      g_autofree char *got = NULL;

      mark (alarms);
      got = describe (alarms);
      if (!g_str_equal (got, cases[i].groups))
        g_error ("%s: %s, not %s", cases[i].name, got, cases[i].groups);
    }
  g_test_message ("%u cases", (guint) G_N_ELEMENTS (cases));
}

/* Which are together does not depend on where they stand; marked again they are the
 * same. */
static void
test_any_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260305);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = (guint) strlen (cases[i].groups);
      g_autoptr (GPtrArray) alarms = make_alarms (cases[i].alarms, n);
      g_autoptr (GPtrArray) before = g_ptr_array_new ();

      for (guint k = 0; k < n; k++)
        g_ptr_array_add (before, alarms->pdata[k]);
      for (guint round = 0; round < 8; round++)
        {
          g_autofree char *got = NULL;

          for (guint k = n; k > 1; k--)
            {
              guint other = (guint) g_rand_int_range (rand, 0, (gint32) k);
              gpointer there = alarms->pdata[other];

              alarms->pdata[other] = alarms->pdata[k - 1];
              alarms->pdata[k - 1] = there;
            }
          mark (alarms);
          g_free (describe (alarms));
          for (guint k = 0; k < n; k++)
            for (guint m = 0; m < n; m++)
              g_assert_cmpint (
                cases[i].groups[k] != '.' && cases[i].groups[k] == cases[i].groups[m], ==,
                benk_alarm_get_group_kind (before->pdata[k]) != BENK_ALARM_GROUP_NONE &&
                  benk_id_equal (benk_alarm_get_group_face (before->pdata[k]),
                                 benk_alarm_get_group_face (before->pdata[m])));
          mark (before);
          got = describe (before);
          g_assert_cmpstr (got, ==, cases[i].groups);
        }
    }
}

/* Once it is said to be one, what follows belongs to it, also where the others are done
 * with. */
static void
test_known (void)
{
  const BenkOutageSign signs[] = {
    { "a", 0, TRUE },
    { "b", BENK_OUTAGE_MS, FALSE },
    { "c", 2 * BENK_OUTAGE_MS + 1, FALSE },
  };
  guint outages[G_N_ELEMENTS (signs)] = { 9, 9, 9 };

  benk_outage_find (signs, G_N_ELEMENTS (signs), outages);
  g_assert_cmpuint (outages[0], ==, 1);
  g_assert_cmpuint (outages[1], ==, 1);
  g_assert_cmpuint (outages[2], ==, 0);
}

static void
test_critical_is_no_sign (void)
{
  const Spec spec = { "1.20", 0, 'a', .severity = 30 };
  g_autoptr (BenkAlarm) alarm = make_alarm (&spec, 0);

  g_assert_true (benk_alarm_is_outage_sign (alarm));
  benk_alarm_set_severity (alarm, BENK_SEVERITY_CRITICAL);
  g_assert_false (benk_alarm_is_outage_sign (alarm));
}

/* n log n: ten times as many take nowhere near a hundred times as long. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_in_groups = 0;

  for (guint i = 0; i < 10000; i++)
    {
      const Spec spec = { i % 3 ? "1.20" : "1.8", (int) (i / 5), 'a' };
      BenkAlarm *alarm = make_alarm (&spec, 0);
      BenkId id = BENK_ID_NIL;

      id.b[0] = (guint8) (i >> 8);
      id.b[1] = (guint8) i;
      id.b[2] = 1;
      benk_alarm_set_id (alarm, &id);
      benk_alarm_set_device_id (alarm, &id);
      id.b[1] &= 0xfe;
      benk_alarm_set_person_id (alarm, &id);
      g_ptr_array_add (alarms, alarm);
    }
  g_test_timer_start ();
  mark (alarms);
  g_test_message ("10000 alarms marked in %.0f ms", g_test_timer_elapsed () * 1000);
  for (guint i = 0; i < alarms->len; i++)
    n_in_groups += benk_alarm_get_n_group (alarms->pdata[i]) > 0;
  g_assert_cmpint (benk_alarm_get_n_group (alarms->pdata[1]), ==, 6666);
  g_assert_cmpuint (n_in_groups, >=, 6666);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/alarm-group/table", test_table);
  g_test_add_func ("/core/alarm-group/order-makes-no-difference", test_any_order);
  g_test_add_func ("/core/alarm-group/what-follows-a-known-outage", test_known);
  g_test_add_func ("/core/alarm-group/what-is-critical-is-no-sign",
                   test_critical_is_no_sign);
  g_test_add_func ("/core/alarm-group/ten-thousand", test_many);

  return g_test_run ();
}
