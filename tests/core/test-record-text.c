/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-record-text.h"

/* 2026-03-02 08:41 UTC, 09:41 in Oslo. */
#define AT_MS G_GINT64_CONSTANT (1772440860000)

static const struct
{
  const char *name;
  BenkRecordText text;
  const char *wanted;
} rows[] = {
  { "install",
    { .kind = BENK_VISIT_INSTALL,
      .device = "Medido D-037",
      .times = "08:00, 20:00",
      .known = BENK_SETTINGS_READ_BACK,
      .medicine = TRUE,
      .trained = TRUE,
      .goes_on = "Trial",
      .owed = "The baseline is not recorded." },
    "2 March 2026 at 09:41: Electronic medication dispenser installed in the home "
    "(Medido "
    "D-037). Dose times 08:00, 20:00: read back and equal. Medicine loaded by health "
    "personnel. The user has had training. From now on: Trial. To be done afterwards: "
    "The "
    "baseline is not recorded." },
  { "settings",
    { .kind = BENK_VISIT_SETTINGS,
      .device = "Medido D-037",
      .known = BENK_SETTINGS_UNCERTAIN },
    "2 March 2026 at 09:41: Settings of the electronic medication dispenser changed "
    "(Medido D-037). Settings: not known, must be read again." },
  { "swap",
    { .kind = BENK_VISIT_SWAP,
      .device = "Medido D-037",
      .other = "Medido D-052",
      .known = BENK_SETTINGS_BY_CHECKLIST,
      .medicine = TRUE,
      .goes_on = "In use" },
    "2 March 2026 at 09:41: Electronic medication dispenser swapped: Medido D-037 out, "
    "Medido D-052 in. Settings: by checklist, not read from the dispenser. Medicine "
    "moved "
    "by health personnel. From now on: In use." },
  { "swap-out-only",
    { .kind = BENK_VISIT_SWAP, .device = "Medido D-037" },
    "2 March 2026 at 09:41: Electronic medication dispenser taken out (Medido D-037)." },
  { "collect",
    { .kind = BENK_VISIT_COLLECT,
      .device = "Medido D-037",
      .medicine = TRUE,
      .collected = TRUE,
      .owed = "" },
    "2 March 2026 at 09:41: Electronic medication dispenser collected (Medido D-037). "
    "Medicine taken out, counted and handed over by health personnel. The accessories "
    "were counted." },
};

static void
test_says_what_was_done (gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  gsize i = GPOINTER_TO_SIZE (data);
  BenkRecordText text = rows[i].text;
  g_autofree char *composed = NULL;

  text.at_ms = AT_MS;
  text.zone = zone;
  composed = benk_record_text_compose (&text);
  g_assert_cmpstr (composed, ==, rows[i].wanted);
}

static void
test_names_come_back (void)
{
  for (guint i = 0; i < BENK_N_VISIT_KINDS; i++)
    {
      BenkVisitKind kind = BENK_N_VISIT_KINDS;

      g_assert_true (benk_visit_kind_from_name (benk_visit_kind_to_name (i), &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_nonnull (benk_visit_kind_get_label (i));
    }
  for (guint i = 0; i < BENK_N_SETTINGS_KNOWN; i++)
    {
      BenkSettingsKnown known = BENK_N_SETTINGS_KNOWN;

      g_assert_true (
        benk_settings_known_from_name (benk_settings_known_to_name (i), &known));
      g_assert_cmpuint (known, ==, i);
      g_assert_nonnull (benk_settings_known_get_label (i));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/core/record-text/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_says_what_was_done);
    }
  g_test_add_func ("/core/record-text/names-come-back", test_names_come_back);

  return g_test_run ();
}
