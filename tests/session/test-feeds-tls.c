/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "benk-alarms-fixture.h"
#include "benk-error.h"

/* A source whose certificate is not right: nothing is asked, what is wrong is said where
 * a person looks for it, and there is no way round it. */

typedef struct
{
  const char *name;
  const char *holder;
  gboolean installed;  /* the issuer is known on this computer */
  BenkTrouble trouble; /* NONE: accepted */
  const char *happened;
} TlsRow;

static const TlsRow rows[] = {
  { "right", "IP:127.0.0.1", TRUE, BENK_TROUBLE_NONE, NULL },
  { "unknown-issuer", "IP:127.0.0.1", FALSE, BENK_TROUBLE_TLS_ISSUER,
    "The source's certificate was issued by somebody whom this computer does not trust. "
    "Nothing was sent. Nothing has come from it yet. " },
  { "another-host", "DNS:hub.example", TRUE, BENK_TROUBLE_TLS_NAME,
    "The certificate belongs to another host than the one in the source's address. "
    "Nothing was sent. Nothing has come from it yet. " },
};

typedef struct
{
  BenkAlarmsFixture base;
  BenkVirtualHub *hub;
  char *certificate;
  char *key;
} Fixture;

static void
make_certificate (Fixture *f, const TlsRow *row)
{
  g_autofree char *line = g_strdup_printf (
    "%s req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s"
    " -out %s -subj /CN=hub -days 2 -addext subjectAltName=%s",
    BENK_TEST_OPENSSL, f->key, f->certificate, row->holder);
  g_autofree char *told = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_command_line_sync (line, NULL, &told, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", line, told);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const TlsRow *row = data;
  const BenkVirtualAlarm alarm = { .serial = "EV-1", .code = "1.8" };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_set_up (&f->base, NULL);
  f->certificate = g_build_filename (f->base.base.dir, "hub.pem", NULL);
  f->key = g_build_filename (f->base.base.dir, "hub.key", NULL);
  make_certificate (f, row);
  certificate = g_tls_certificate_new_from_files (f->certificate, f->key, &error);
  g_assert_no_error (error);
  trusted = g_tls_file_database_new (f->certificate, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (),
                                      row->installed ? trusted : NULL);
  f->hub = benk_virtual_hub_new (f->base.base.clock, NULL);
  benk_virtual_hub_set_certificate (f->hub, certificate);
  g_free (benk_virtual_hub_raise (f->hub, &alarm));
  g_assert_true (benk_virtual_hub_start (f->hub, &error));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  benk_virtual_hub_stop (f->hub);
  g_object_unref (f->hub);
  g_unlink (f->certificate);
  g_unlink (f->key);
  g_free (f->certificate);
  g_free (f->key);
  benk_alarms_fixture_tear_down (&f->base, NULL);
}

static void
check_refused (Fixture *f, BenkFeed *feed, const TlsRow *row, const GError *error)
{
  g_auto (GStrv) log = benk_virtual_hub_dup_log (f->hub);
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM feed WHERE name = 'TLS' AND last_error = '%s 0'",
    benk_trouble_to_name (row->trouble));

  g_assert_error (error, BENK_ERROR, BENK_ERROR_TLS);
  g_assert_cmpstr (benk_trouble_to_name (benk_feed_get_trouble (feed)), ==,
                   benk_trouble_to_name (row->trouble));
  g_assert_true (g_str_has_prefix (benk_feed_get_problem (feed), row->happened));
  g_assert_cmpint (benk_session_fixture_count (&f->base.base, sql), ==, 1);
  g_assert_cmpuint (g_strv_length (log), ==, 0);
}

static void
test_tls (Fixture *f, gconstpointer data)
{
  const TlsRow *row = data;
  const BenkNewFeed new_feed = { .name = "TLS",
                                 .url = benk_virtual_hub_get_url (f->hub),
                                 .token_file = "" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = benk_alarms_fixture_add_feed (&f->base, &new_feed, &error);

  g_assert_no_error (error);
  benk_alarms_fixture_sync (&f->base, NULL, NULL, &error);
  g_assert_cmpint (benk_session_fixture_count (&f->base.base,
                                               "SELECT count (*) FROM alarm"),
                   ==, row->trouble == BENK_TROUBLE_NONE);
  if (row->trouble != BENK_TROUBLE_NONE)
    {
      check_refused (f, feed, row, error);
      return;
    }
  g_assert_no_error (error);
  g_assert_null (benk_feed_get_problem (feed));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/feeds/tls/%s", rows[i].name);

      g_test_add (path, Fixture, &rows[i], set_up, test_tls, tear_down);
    }
  return g_test_run ();
}
