/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "benk-config.h"
#include "benk-record-text.h"

/* 2026-03-02 08:41 UTC, 09:41 in Oslo. */
#define AT_MS G_GINT64_CONSTANT (1772440860000)
#define MIN_MS G_GINT64_CONSTANT (60000)

static const struct
{
  const char *name;
  BenkRecordText text;
  const char *wanted;
  const char *norwegian;
} rows[] = {
  { "install",
    { .kind = BENK_RECORD_INSTALL,
      .device = "Medido D-037",
      .times = "08:00, 20:00",
      .known = BENK_SETTINGS_READ_BACK,
      .medicine = TRUE,
      .trained = TRUE,
      .goes_on = "Trial",
      .owed = "The baseline is not recorded." },
    "2 March 2026 at 09:41: Electronic medication dispenser installed in the home "
    "(Medido D-037). Dose times 08:00, 20:00: read back and equal. Medicine loaded by "
    "health personnel. The user has had training. From now on: Trial. To be done "
    "afterwards: The baseline is not recorded.",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er installert i hjemmet "
    "(Medido D-037). Dosetider 08:00, 20:00: lest tilbake og stemmer. Medisinen er lagt "
    "i "
    "av helsepersonell. Brukeren har fått opplæring. Status fra nå: Trial. Gjenstår "
    "etterpå: The baseline is not recorded." },
  { "settings",
    { .kind = BENK_RECORD_SETTINGS,
      .device = "Medido D-037",
      .known = BENK_SETTINGS_UNCERTAIN },
    "2 March 2026 at 09:41: Settings of the electronic medication dispenser changed "
    "(Medido D-037). Settings: not known, must be read again.",
    "2. mars 2026 kl. 09:41: Innstillingene i den elektroniske medisindispenseren er "
    "endret (Medido D-037). Innstillinger: ikke avklart, må leses på nytt." },
  { "swap",
    { .kind = BENK_RECORD_SWAP,
      .device = "Medido D-037",
      .other = "Medido D-052",
      .known = BENK_SETTINGS_BY_CHECKLIST,
      .medicine = TRUE,
      .goes_on = "In use" },
    "2 March 2026 at 09:41: Electronic medication dispenser swapped: Medido D-037 out, "
    "Medido D-052 in. Settings: by checklist, not read from the dispenser. Medicine "
    "moved by health personnel. From now on: In use.",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er byttet: Medido D-037 ut, "
    "Medido D-052 inn. Innstillinger: med sjekkliste, ikke lest fra dispenseren. "
    "Medisinen er flyttet av helsepersonell. Status fra nå: In use." },
  { "swap-out-only",
    { .kind = BENK_RECORD_SWAP, .device = "Medido D-037" },
    "2 March 2026 at 09:41: Electronic medication dispenser taken out (Medido D-037).",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er tatt ut (Medido D-037)." },
  { "collect",
    { .kind = BENK_RECORD_COLLECT,
      .device = "Medido D-037",
      .medicine = TRUE,
      .collected = TRUE,
      .owed = "" },
    "2 March 2026 at 09:41: Electronic medication dispenser collected (Medido D-037). "
    "Medicine taken out, counted and handed over by health personnel. The accessories "
    "were counted.",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er hentet (Medido D-037). "
    "Medisinen er tatt ut, telt og overlevert av helsepersonell. Tilbehøret er telt." },
  { "collect-unchecked",
    { .kind = BENK_RECORD_COLLECT, .device = "Medido D-037", .unchecked = TRUE },
    "2 March 2026 at 09:41: Electronic medication dispenser collected (Medido D-037). It "
    "was not checked by its number that this was the device in hand.",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er hentet (Medido D-037). Det "
    "er ikke kontrollert mot nummeret at det var denne enheten." },
  { "close-alarm",
    { .kind = BENK_RECORD_CLOSE_ALARM,
      .device = "Medido D-037",
      .alarm = "Roll jammed",
      .raised_ms = AT_MS - 36 * MIN_MS,
      .cause = "Roll or pouch",
      .action = "Phoned",
      .called = TRUE,
      .confirmed_by = "coordinator, Berit",
      .confirmed_ms = AT_MS - MIN_MS },
    "2 March 2026 at 09:41: Alarm “Roll jammed” from the electronic medication "
    "dispenser (Medido D-037), raised 09:05. Cause: Roll or pouch. What was done: "
    "Phoned. "
    "Spoke with the user by telephone. Confirmed by coordinator, Berit, 09:40.",
    "2. mars 2026 kl. 09:41: Varsel «Roll jammed» fra elektronisk medisindispenser "
    "(Medido D-037), utløst 09:05. Årsak: Roll or pouch. Dette ble gjort: Phoned. "
    "Snakket med brukeren på telefon. Bekreftet av coordinator, Berit, 09:40." },
  { "close-alarm-of-yesterday",
    { .kind = BENK_RECORD_CLOSE_ALARM,
      .device = "Medido D-037",
      .alarm = "No contact",
      .raised_ms = AT_MS - 24 * 60 * MIN_MS,
      .confirmed_by = "nurse, Berit" },
    "2 March 2026 at 09:41: Alarm “No contact” from the electronic medication "
    "dispenser (Medido D-037), raised 1 Mar 09:41. Confirmed by nurse, Berit, time not "
    "told.",
    "2. mars 2026 kl. 09:41: Varsel «No contact» fra elektronisk medisindispenser "
    "(Medido D-037), utløst 09:41, 1. mars. Bekreftet av nurse, Berit, tidspunkt ikke "
    "oppgitt." },
  { "pause",
    { .kind = BENK_RECORD_PAUSE,
      .device = "Medido D-037",
      .until = "2026-03-24",
      .reason = "Short stay" },
    "2 March 2026 at 09:41: Electronic medication dispenser stopped for a time (Medido "
    "D-037). Planned until 24 March 2026. Reason: Short stay",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er stoppet midlertidig (Medido "
    "D-037). Planlagt til 24. mars 2026. Begrunnelse: Short stay" },
  { "resume",
    { .kind = BENK_RECORD_RESUME, .device = "Medido D-037" },
    "2 March 2026 at 09:41: Electronic medication dispenser in use again after a stop "
    "(Medido D-037).",
    "2. mars 2026 kl. 09:41: Elektronisk medisindispenser er i drift igjen etter et "
    "stopp "
    "(Medido D-037)." },
  { "evaluation",
    { .kind = BENK_RECORD_EVALUATION,
      .device = "Medido D-037",
      .result = "The service goes on as it is" },
    "2 March 2026 at 09:41: Use of the electronic medication dispenser evaluated (Medido "
    "D-037). Result: The service goes on as it is.",
    "2. mars 2026 kl. 09:41: Bruken av elektronisk medisindispenser er evaluert (Medido "
    "D-037). Resultat: The service goes on as it is." },
  { "end",
    { .kind = BENK_RECORD_END, .device = "Medido D-037" },
    "2 March 2026 at 09:41: Service with electronic medication dispenser ended (Medido "
    "D-037).",
    "2. mars 2026 kl. 09:41: Tjenesten med elektronisk medisindispenser er avsluttet "
    "(Medido "
    "D-037)." },
};

static void
set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "");
}

static char *
compose (gsize row)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  BenkRecordText text = rows[row].text;

  text.at_ms = AT_MS;
  text.zone = zone;
  return benk_record_text_compose (&text);
}

/* Names of months come from the system, which may know no Norwegian. */
static char *
compose_norwegian (gsize row)
{
  g_autofree char *composed = NULL;
  GString *text;

  set_language ("nb");
  composed = compose (row);
  set_language ("");
  text = g_string_new (composed);
  g_string_replace (text, "March", "mars", 0);
  g_string_replace (text, " Mar", " mars", 0);
  return g_string_free (text, FALSE);
}

static void
test_says_what_was_done (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *english = compose (i);
  g_autofree char *norwegian = NULL;

  g_assert_cmpstr (english, ==, rows[i].wanted);
  norwegian = compose_norwegian (i);
  g_assert_cmpstr (norwegian, ==, rows[i].norwegian);
}

static void
test_every_verb_is_told (void)
{
  for (guint verb = 0; verb < BENK_N_RECORD_VERBS; verb++)
    {
      BenkRecordVerb back = BENK_N_RECORD_VERBS;
      guint n = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        n += rows[i].text.kind == verb ? 1 : 0;
      g_assert_cmpuint (n, >, 0);
      g_assert_true (benk_record_verb_from_name (benk_record_verb_to_name (verb), &back));
      g_assert_cmpuint (back, ==, verb);
      g_assert_nonnull (benk_record_verb_get_label (verb));
    }
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
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("BENK_TEST_WORDS"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/core/record-text/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_says_what_was_done);
    }
  g_test_add_func ("/core/record-text/every-verb-is-told", test_every_verb_is_told);
  g_test_add_func ("/core/record-text/names-come-back", test_names_come_back);

  return g_test_run ();
}
