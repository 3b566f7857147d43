/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-code.h"

#define OSLO "Europe/Oslo"
#define MIN_MS G_GINT64_CONSTANT (60000)
/* Friday 20 November 2026, 10:00 in Oslo. */
#define START_MS G_GINT64_CONSTANT (1795165200000)

static void
test_national_list (void)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  g_assert_cmpuint (n_codes, ==, 24);
  for (guint i = 0; i < 23; i++)
    {
      g_autofree char *code = g_strdup_printf ("1.%u", i + 1);

      g_assert_cmpstr (codes[i].code, ==, code);
      g_assert_true (benk_alarm_code_find (code) == &codes[i]);
      g_assert_nonnull (benk_alarm_code_get_label (&codes[i]));
      g_assert_true (codes[i].severity % 10 == 0 && codes[i].severity <= 40);
    }
  g_assert_cmpstr (codes[23].code, ==, "1");
  g_assert_cmpstr (benk_alarm_code_find ("1.8")->national, ==, "Rull sitter fast");
  g_assert_cmpstr (benk_alarm_code_get_label (benk_alarm_code_find ("1.22")), ==,
                   "Forced open");
}

static void
test_responsibility (void)
{
  static const char *const care[] = { "1.1", "1.3", "1.4", "1.10" };
  static const char *const medicine[] = { "1.2",  "1.7",  "1.9",  "1.11",
                                          "1.12", "1.13", "1.15", "1.16" };
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);
  guint n_technical = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (care); i++)
    g_assert_cmpint (benk_alarm_code_find (care[i])->responsibility, ==,
                     BENK_RESPONSIBILITY_CARE);
  for (gsize i = 0; i < G_N_ELEMENTS (medicine); i++)
    g_assert_cmpint (benk_alarm_code_find (medicine[i])->responsibility, ==,
                     BENK_RESPONSIBILITY_MEDICINE);
  for (gsize i = 0; i < n_codes; i++)
    n_technical += codes[i].responsibility == BENK_RESPONSIBILITY_TECHNICAL ? 1 : 0;
  g_assert_cmpuint (n_technical, ==, 12);
}

static void
test_unknown_codes (void)
{
  static const char *const unknown[] = { NULL, "",    "1.24", "1.01", "01.1",
                                         "3",  "4.1", "rull", "1 " };

  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_assert_null (benk_alarm_code_find (unknown[i]));
      g_assert_cmpstr (benk_alarm_code_resolve (unknown[i])->code, ==,
                       BENK_ALARM_CODE_OTHER);
    }
  g_assert_cmpstr (benk_alarm_code_resolve ("1.10")->code, ==, "1.10");
}

static void
test_older_codes (void)
{
  g_assert_cmpstr (benk_alarm_code_from_v06 ("2")->code, ==, "1.1");
  g_assert_cmpstr (benk_alarm_code_from_v06 ("medisin_ikke_utlevert")->code, ==, "1.1");
  g_assert_cmpstr (benk_alarm_code_from_v06 ("4")->code, ==, "1.5");
  g_assert_cmpstr (benk_alarm_code_from_v06 ("melding_til_bruker")->code, ==, "1.4");
  g_assert_null (benk_alarm_code_from_v06 ("1.1"));
  g_assert_null (benk_alarm_code_from_v06 (NULL));
}

static void
assert_first (const char *text, const char *code)
{
  g_autoptr (GPtrArray) found = benk_alarm_code_match (text);

  g_assert_cmpuint (found->len, >, 0);
  g_assert_cmpstr (((const BenkAlarmCode *) g_ptr_array_index (found, 0))->code, ==,
                   code);
}

static void
test_typed_text (void)
{
  g_autoptr (GPtrArray) rolls = benk_alarm_code_match ("rul");
  g_autoptr (GPtrArray) all = benk_alarm_code_match ("  ");
  g_autoptr (GPtrArray) none = benk_alarm_code_match ("zzz");
  g_autoptr (GPtrArray) garbage = benk_alarm_code_match ("\xff\xfe");

  g_assert_cmpuint (rolls->len, ==, 3);
  g_assert_cmpuint (all->len, ==, 24);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (garbage->len, ==, 0);
  assert_first ("rul", "1.8");
  assert_first ("STRØM", "1.19");
  assert_first ("jam", "1.8");
  assert_first ("1.2", "1.2");
  assert_first ("1", "1");
  assert_first ("1.10", "1.10");
}

static void
test_deadlines (void)
{
  static const struct
  {
    const char *code;
    const char *model;
    gint64 next_dose_min;
    gint64 take_min;
    gint64 resolve_min;
  } rows[] = {
    { "1.1", "medido", -1, 15, 60 },  { "1.5", "medido", 40, 15, 40 },
    { "1.5", "medido", -1, 15, 60 },  { "1.18", NULL, 240, 10, 240 },
    { "1.4", NULL, -1, 240, 330 },    { "1.16", NULL, 40, 0, 0 },
    { "1.20", NULL, 40, 60, 0 },      { "1.12", NULL, 40, 0, 3 * 1440 + 330 },
    { "1.17", "medido", 40, 0, 330 }, { "1.17", "pilly-sms", 40, 0, 5 * 1440 + 330 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 dose_ms =
        rows[i].next_dose_min < 0 ? -1 : START_MS + rows[i].next_dose_min * MIN_MS;
      gint64 take_ms = -1, resolve_ms = -1;

      benk_alarm_code_get_deadlines (benk_alarm_code_find (rows[i].code), rows[i].model,
                                     START_MS, dose_ms, OSLO, &take_ms, &resolve_ms);
      g_assert_cmpint (take_ms, ==,
                       rows[i].take_min > 0 ? START_MS + rows[i].take_min * MIN_MS : 0);
      g_assert_cmpint (resolve_ms, ==,
                       rows[i].resolve_min > 0 ? START_MS + rows[i].resolve_min * MIN_MS
                                               : 0);
    }
}

static void
test_battery_severity (void)
{
  const BenkAlarmCode *low = benk_alarm_code_find ("1.17");

  g_assert_cmpint (benk_alarm_code_get_severity (low, "medido"), ==, 20);
  g_assert_cmpint (benk_alarm_code_get_severity (low, NULL), ==, 20);
  g_assert_cmpint (benk_alarm_code_get_severity (low, "pilly-sms"), ==, 10);
}

static void
test_grows_graver (void)
{
  const BenkAlarmCode *power = benk_alarm_code_find ("1.19");
  const BenkAlarmCode *contact = benk_alarm_code_find ("1.20");
  const BenkAlarmCode *lid = benk_alarm_code_find ("1.21");
  gint64 hour_ms = 60 * MIN_MS;

#define AT(code, dose, now)                                                              \
  benk_alarm_code_get_severity_now (code, NULL, START_MS, dose, START_MS + (now))
  g_assert_cmpint (AT (power, -1, hour_ms - 1), ==, 20);
  g_assert_cmpint (AT (power, -1, hour_ms), ==, 30);
  g_assert_cmpint (AT (contact, START_MS + hour_ms, hour_ms - 1), ==, 20);
  g_assert_cmpint (AT (contact, START_MS + hour_ms, hour_ms), ==, 30);
  g_assert_cmpint (AT (contact, -1, 100 * hour_ms), ==, 20);
  g_assert_cmpint (AT (lid, START_MS, 100 * hour_ms), ==, 20);
#undef AT
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/alarm-code/national-list-is-complete", test_national_list);
  g_test_add_func ("/core/alarm-code/responsibility", test_responsibility);
  g_test_add_func ("/core/alarm-code/unknown-codes-are-other-alarms", test_unknown_codes);
  g_test_add_func ("/core/alarm-code/older-codes", test_older_codes);
  g_test_add_func ("/core/alarm-code/typed-text", test_typed_text);
  g_test_add_func ("/core/alarm-code/deadlines", test_deadlines);
  g_test_add_func ("/core/alarm-code/battery-by-model", test_battery_severity);
  g_test_add_func ("/core/alarm-code/two-grow-graver-while-open", test_grows_graver);

  return g_test_run ();
}
