/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "benk-import-value.h"
#include "benk-import-words.h"
#include "benk-national-number.h"

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    const char *date;
  } rows[] = {
    { "15.07.2025", "2025-07-15" },
    { "3.2.24", "2024-02-03" },
    { "03.02.24", "2024-02-03" },
    { "15/7-25", "2025-07-15" },
    { "15-07-2025", "2025-07-15" },
    { "2025-07-15", "2025-07-15" },
    { " 15. 7. 2025 ", "2025-07-15" },
    { "15.07.2025 00:00", "2025-07-15" },
    { "2025-07-15T00:00:00", "2025-07-15" },
    { "29.02.2024", "2024-02-29" },
    { "29.02.2025", NULL },
    { "31.02.2025", NULL },
    { "00.01.2025", NULL },
    { "01.13.2025", NULL },
    { "15.07", NULL },
    { "15.07.202", NULL },
    { "15.07.2025 12:30", NULL },
    { "15.07.20255", NULL },
    { "45853", NULL },
    { "i fjor", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *date = benk_import_read_date (rows[i].text);

      g_assert_cmpstr (date, ==, rows[i].date);
    }
}

static void
test_states (void)
{
  static const struct
  {
    const char *text;
    BenkDeviceState state;
  } rows[] = {
    { "I drift", BENK_DEVICE_STATE_OPERATION },
    { "i  DRIFT.", BENK_DEVICE_STATE_OPERATION },
    { "Karantene", BENK_DEVICE_STATE_QUARANTINE },
    { "På lager", BENK_DEVICE_STATE_STOCK },
    { "Midlertidig stopp", BENK_DEVICE_STATE_PAUSED },
    { "Test", BENK_DEVICE_STATE_TRIAL },
    { "Skal hentes", BENK_DEVICE_STATE_TO_COLLECT },
    { "Klargjort", BENK_DEVICE_STATE_READY },
    { "Sendt leverandør", BENK_DEVICE_STATE_SENT },
    { "Defekt", BENK_DEVICE_STATE_FAULTY },
    { "Kassert", BENK_DEVICE_STATE_SCRAPPED },
    { "In stock", BENK_DEVICE_STATE_STOCK },
    { "with-vendor", BENK_DEVICE_STATE_WITH_VENDOR },
    { "Being made ready", BENK_DEVICE_STATE_PREPARING },
    /* No list proves a reset. */
    { "Nullstilt", BENK_DEVICE_STATE_STOCK },
  };
  BenkDeviceState state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (benk_import_guess_state (rows[i].text, &state));
      g_assert_cmpint (state, ==, rows[i].state);
    }
  g_assert_false (benk_import_guess_state ("Utlånt", &state));
  g_assert_false (benk_import_guess_state ("", &state));
}

static void
test_owners (void)
{
  static const struct
  {
    const char *text;
    BenkOwner owner;
  } rows[] = {
    { "Eget", BENK_OWNER_OWN },
    { "eid", BENK_OWNER_OWN },
    { "Kjøpt", BENK_OWNER_OWN },
    { "Oslo kommune", BENK_OWNER_OWN },
    { "Bydel Vestre Aker", BENK_OWNER_OWN },
    { "Owned", BENK_OWNER_OWN },
    { "Leid", BENK_OWNER_LEASE },
    { "LEASING", BENK_OWNER_LEASE },
    { "Rental", BENK_OWNER_LEASE },
    { "Hjelpemiddelsentralen Oslo", BENK_OWNER_AIDS_STORE },
    { "Lånt fra hjelpemiddellageret", BENK_OWNER_AIDS_STORE },
    { "NAV", BENK_OWNER_AIDS_STORE },
    { "Aids store", BENK_OWNER_AIDS_STORE },
    { "Ukjent", BENK_OWNER_UNKNOWN },
  };
  BenkOwner owner;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      owner = BENK_N_OWNERS;
      g_assert_true (benk_import_guess_owner (rows[i].text, &owner));
      g_assert_cmpint (owner, ==, rows[i].owner);
    }
  for (int i = 0; i < BENK_N_OWNERS; i++)
    {
      g_assert_true (benk_import_guess_owner (benk_owner_get_label (i), &owner));
      g_assert_cmpint (owner, ==, i);
      g_assert_true (benk_import_guess_owner (benk_owner_to_name (i), &owner));
      g_assert_cmpint (owner, ==, i);
    }
  g_assert_false (benk_import_guess_owner ("Evondos AS", &owner));
  g_assert_false (benk_import_guess_owner ("", &owner));
}

static void
test_headings (void)
{
  static const struct
  {
    const char *heading;
    BenkImportField field;
  } rows[] = {
    { "Type", BENK_IMPORT_FIELD_MODEL },
    { "Leverandør", BENK_IMPORT_FIELD_VENDOR },
    { "Serienr", BENK_IMPORT_FIELD_SERIAL },
    { "Serie nr.", BENK_IMPORT_FIELD_SERIAL },
    { "S/N", BENK_IMPORT_FIELD_SERIAL },
    { "IMEI", BENK_IMPORT_FIELD_IMEI },
    { "Status", BENK_IMPORT_FIELD_STATE },
    { "Plassering", BENK_IMPORT_FIELD_PLACE },
    { "Mottatt", BENK_IMPORT_FIELD_RECEIVED },
    { "Garanti til", BENK_IMPORT_FIELD_WARRANTY },
    { "Kommentar", BENK_IMPORT_FIELD_COMMENT },
    { "Serial number", BENK_IMPORT_FIELD_SERIAL },
    { "Serienr. (på etikett)", BENK_IMPORT_FIELD_SERIAL },
    { "IMEI-nummer modem", BENK_IMPORT_FIELD_IMEI },
    { "Brukernavn", BENK_IMPORT_FIELD_NONE },
    { "Statusdato", BENK_IMPORT_FIELD_NONE },
    { "Eier", BENK_IMPORT_FIELD_OWNER },
    { "Eie/leie", BENK_IMPORT_FIELD_OWNER },
    { "Ownership", BENK_IMPORT_FIELD_OWNER },
    { "Leie til", BENK_IMPORT_FIELD_LEASE_END },
    { "Leieavtale utløper (dato)", BENK_IMPORT_FIELD_LEASE_END },
    { "Lease end date", BENK_IMPORT_FIELD_LEASE_END },
    { "Bydel", BENK_IMPORT_FIELD_TEAM },
    { "Distrikt", BENK_IMPORT_FIELD_TEAM },
    { "Ansvarlig team", BENK_IMPORT_FIELD_TEAM },
    { "District", BENK_IMPORT_FIELD_TEAM },
    { "Leiepris", BENK_IMPORT_FIELD_NONE },
    { "Farge", BENK_IMPORT_FIELD_NONE },
    { "", BENK_IMPORT_FIELD_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (benk_import_guess_field (rows[i].heading), ==, rows[i].field);
  for (guint i = 0; i < BENK_N_IMPORT_FIELDS; i++)
    {
      BenkImportField field;

      g_assert_true (benk_import_field_from_name (benk_import_field_to_name (i), &field));
      g_assert_cmpint (field, ==, i);
      if (i != BENK_IMPORT_FIELD_NONE)
        g_assert_cmpint (benk_import_guess_field (benk_import_field_get_label (i)), ==,
                         i);
    }
}

/* Made up: the check digits are right, the months are not. */
static void
test_national_numbers (void)
{
  const char *yes[] = { "15507600090", "nr 155076 00090.", "155076-00090",
                        "15 50 76 000 90", "tlf 22 15 15507600090" };
  const char *no[] = { "15507600091",
                       "155076000901",
                       "1550-7600090",
                       "15  507600090",
                       "4711",
                       "356938085884014",
                       "",
                       "00000000000",
                       NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (benk_text_holds_national_number (yes[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (benk_text_holds_national_number (no[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/import/reads-norwegian-dates", test_dates);
  g_test_add_func ("/session/import/knows-the-offices-words-for-states", test_states);
  g_test_add_func ("/session/import/knows-the-offices-words-for-owners", test_owners);
  g_test_add_func ("/session/import/tells-columns-by-their-headings", test_headings);
  g_test_add_func ("/session/import/recognises-a-national-number", test_national_numbers);

  return g_test_run ();
}
