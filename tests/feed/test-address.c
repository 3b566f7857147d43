/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-error.h"
#include "benk-fake-clock.h"
#include "benk-fhir-client.h"

#define START_MS G_GINT64_CONSTANT (1762153512000)

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    int code;
  } rows[] = {
    { "https://hub.example.invalid/fhir", -1 },
    { "http://127.0.0.1:8080/fhir", -1 },
    { "http://[::1]:8080/fhir", -1 },
    { "http://localhost/fhir", -1 },
    { "http://hub.example.invalid/fhir", BENK_ERROR_TLS },
    { "http://127.0.0.1.example.invalid/fhir", BENK_ERROR_TLS },
    { "ftp://hub.example.invalid/", BENK_ERROR_INVALID },
    { "https://someone:word@hub.example.invalid/", BENK_ERROR_INVALID },
    { "https://hub.example.invalid/fhir?x=1", BENK_ERROR_INVALID },
    { "hub.example.invalid", BENK_ERROR_INVALID },
    { "", BENK_ERROR_INVALID },
  };
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (START_MS);
  g_autoptr (BenkAuth) auth = benk_auth_new_none ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkFhirClient) client =
        benk_fhir_client_new (rows[i].address, auth, BENK_CLOCK (clock), &error);

      g_test_message ("%s", rows[i].address);
      if (rows[i].code < 0)
        g_assert_nonnull (client);
      else
        g_assert_error (error, BENK_ERROR, rows[i].code);
    }
}

static void
test_one_spelling (void)
{
  static const char *const same[] = { "https://Hub.Example.invalid/fhir",
                                      "https://hub.example.invalid:443/fhir/",
                                      "HTTPS://hub.example.invalid/fhir//" };
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (START_MS);
  g_autoptr (BenkAuth) auth = benk_auth_new_none ();

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (BenkFhirClient) client =
        benk_fhir_client_new (same[i], auth, BENK_CLOCK (clock), NULL);

      g_assert_cmpstr (benk_fhir_client_get_base (client), ==,
                       "https://hub.example.invalid/fhir");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/address/https-except-on-this-machine", test_addresses);
  g_test_add_func ("/feed/address/one-spelling", test_one_spelling);
  return g_test_run ();
}
