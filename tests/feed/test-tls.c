/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "benk-doorbell.h"
#include "benk-error.h"
#include "benk-fake-clock.h"
#include "benk-fhir-client.h"
#include "benk-virtual-hub.h"

#define START_MS G_GINT64_CONSTANT (1762153512000)
#define TOKEN "very-secret-token"
#define OPENSSL BENK_TEST_OPENSSL

/* Certificates of our own, made here and thrown away; over real TLS. */
typedef struct
{
  char *dir;
} Office;

static const char config[] =
  "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\ndefault_md=sha256\n"
  "policy=p\nunique_subject=no\nrand_serial=yes\n[p]\ncommonName=supplied\n"
  "[req]\ndistinguished_name=n\n[n]\n";

static void
run (Office *office, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strdup_printf ("%s %s", OPENSSL, words);
  g_auto (GStrv) argv = NULL;
  g_autofree char *told = NULL;
  int status = 0;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  g_assert_true (
    g_spawn_sync (office->dir, argv, NULL, 0, NULL, NULL, NULL, &told, &status, &error));
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", line, told);
}

static void
put (Office *office, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (office->dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_issuer (Office *office, const char *name)
{
  g_autofree char *words = g_strdup_printf (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config config"
    " -keyout %s.key -out %s.pem -subj /CN=%s -days 2"
    " -addext basicConstraints=critical,CA:TRUE",
    name, name, name);

  run (office, words);
}

static void
open_office (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autofree char *path = NULL;

  office->dir = g_dir_make_tmp ("benk-tls-XXXXXX", &error);
  g_assert_no_error (error);
  put (office, "config", config);
  put (office, "index.txt", "");
  make_issuer (office, "trusted");
  make_issuer (office, "stranger");
  path = g_build_filename (office->dir, "trusted.pem", NULL);
  trusted = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  /* As if the district's own issuer were installed on this computer. */
  g_tls_backend_set_default_database (g_tls_backend_get_default (), trusted);
}

static void
close_office (Office *office)
{
  g_autoptr (GDir) dir = g_dir_open (office->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (office->dir, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (office->dir), ==, 0);
  g_free (office->dir);
}

typedef struct
{
  const char *name;
  const char *issuer;
  const char *holder;
  const char *from;
  const char *to;
  BenkTrouble trouble; /* NONE: accepted */
} TlsRow;

#define LATER "20990101000000Z"

static const TlsRow rows[] = {
  { "trusted", "trusted", "IP:127.0.0.1", "20200101000000Z", LATER, BENK_TROUBLE_NONE },
  { "unknown-issuer", "stranger", "IP:127.0.0.1", "20200101000000Z", LATER,
    BENK_TROUBLE_TLS_ISSUER },
  { "another-host", "trusted", "DNS:hub.example", "20200101000000Z", LATER,
    BENK_TROUBLE_TLS_NAME },
  { "expired", "trusted", "IP:127.0.0.1", "20200101000000Z", "20210101000000Z",
    BENK_TROUBLE_TLS_EXPIRED },
  { "not-valid-yet", "trusted", "IP:127.0.0.1", LATER, "20991231000000Z",
    BENK_TROUBLE_TLS_EARLY },
  { "unknown-issuer-and-another-host", "stranger", "DNS:login.example", "20200101000000Z",
    LATER, BENK_TROUBLE_TLS_ISSUER },
};

static GTlsCertificate *
make_certificate (Office *office, const TlsRow *row)
{
  g_autofree char *holder = g_strdup_printf ("subjectAltName=%s\n", row->holder);
  g_autofree char *sign =
    g_strdup_printf ("ca -batch -notext -config config -cert %s.pem -keyfile %s.key"
                     " -in hub.csr -out hub.pem -startdate %s -enddate %s -extfile ext",
                     row->issuer, row->issuer, row->from, row->to);
  g_autofree char *certificate = g_build_filename (office->dir, "hub.pem", NULL);
  g_autofree char *key = g_build_filename (office->dir, "hub.key", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *made;

  put (office, "ext", holder);
  run (office, "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config"
               " config -keyout hub.key -out hub.csr -subj /CN=hub");
  run (office, sign);
  made = g_tls_certificate_new_from_files (certificate, key, &error);
  g_assert_no_error (error);
  return made;
}

static void
note_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static BenkFhirPage *
search (BenkFhirClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_fhir_client_search_async (client, -1, NULL, note_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return benk_fhir_client_search_finish (client, result, error);
}

static char *
write_token (Office *office)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (office->dir, "token", NULL);

  g_file_set_contents_full (path, TOKEN, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  return path;
}

static void
open_hub (BenkVirtualHub *hub, Office *office, const TlsRow *row)
{
  const BenkVirtualAlarm alarm = { .serial = "EV-1", .code = "1.8" };
  g_autoptr (GTlsCertificate) certificate = make_certificate (office, row);
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_set_certificate (hub, certificate);
  g_free (benk_virtual_hub_raise (hub, &alarm));
  g_assert_true (benk_virtual_hub_start (hub, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (benk_virtual_hub_get_url (hub), "https://"));
}

/* Refused: nothing was asked, and least of all was the token shown. */
static void
check_refused (BenkVirtualHub *hub, const TlsRow *row, const GError *error)
{
  BenkTroubleNote note = benk_error_get_trouble (error);
  g_auto (GStrv) log = benk_virtual_hub_dup_log (hub);

  g_assert_error (error, BENK_ERROR, BENK_ERROR_TLS);
  g_assert_cmpstr (benk_trouble_to_name (note.trouble), ==,
                   benk_trouble_to_name (row->trouble));
  g_assert_true (
    g_str_has_prefix (error->message, benk_trouble_get_happened (row->trouble)));
  g_assert_cmpuint (g_strv_length (log), ==, 0);
}

static void
test_tls (gconstpointer data)
{
  const TlsRow *row = data;
  Office office = { NULL };
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (START_MS);
  g_autoptr (BenkVirtualHub) hub = benk_virtual_hub_new (BENK_CLOCK (clock), TOKEN);
  g_autoptr (BenkFhirClient) client = NULL;
  g_autoptr (BenkAuth) auth = NULL;
  g_autoptr (BenkFhirPage) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  open_office (&office);
  token = write_token (&office);
  auth = benk_auth_new_file (token);
  open_hub (hub, &office, row);
  client = benk_fhir_client_new (benk_virtual_hub_get_url (hub), auth, BENK_CLOCK (clock),
                                 &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_error (&error);
      g_clear_pointer (&page, benk_fhir_page_free);
      page = search (client, &error);
      if (row->trouble != BENK_TROUBLE_NONE)
        {
          g_assert_null (page);
          check_refused (hub, row, error);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (page->issues->len, ==, 1);
    }
  benk_virtual_hub_stop (hub);
  close_office (&office);
}

/* A server that offers its line at an address it is told, and nothing else. */
static void
offer_line (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer url)
{
  g_autofree char *body = NULL;

  if (g_str_equal (path, "/metadata"))
    body = g_strdup_printf (
      "{\"resourceType\":\"CapabilityStatement\",\"rest\":[{\"mode\":\"server\","
      "\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/"
      "capabilitystatement-websocket\",\"valueUri\":\"%s\"}]}]}",
      (const char *) url);
  else
    body =
      g_strdup ("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":"
                "{\"resourceType\":\"Subscription\",\"id\":\"one\",\"status\":\"active\","
                "\"criteria\":\"DetectedIssue?\",\"channel\":{\"type\":\"websocket\"}}}"
                "]}");
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/fhir+json", SOUP_MEMORY_COPY,
                                    body, strlen (body));
}

static char *
make_line_url (BenkVirtualHub *hub)
{
  const char *url = benk_virtual_hub_get_url (hub);

  g_assert_true (g_str_has_prefix (url, "https:"));
  return g_strconcat ("wss:", url + strlen ("https:"), "/websocket", NULL);
}

static char *
start_offering (SoupServer *server, char *line)
{
  GSList *uris;
  g_autoptr (GError) error = NULL;
  char *url;

  soup_server_add_handler (server, NULL, offer_line, line, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

static void
count_ring (BenkDoorbell *door, gboolean gap, guint *n)
{
  (*n)++;
}

static void
drop_door (BenkDoorbell *door)
{
  benk_doorbell_stop (door);
  g_object_add_weak_pointer (G_OBJECT (door), (gpointer *) &door);
  g_object_unref (door);
  while (door != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The line is as well protected as the questions: one whose certificate is not right is
 * not spoken into, however right that of the source is. */
static void
test_line (gconstpointer data)
{
  const TlsRow *row = data;
  Office office = { NULL };
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (START_MS);
  g_autoptr (BenkVirtualHub) hub = benk_virtual_hub_new (BENK_CLOCK (clock), TOKEN);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (20251103);
  g_autoptr (BenkFhirClient) client = NULL;
  g_autoptr (BenkAuth) auth = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *line = NULL;
  g_autofree char *url = NULL;
  BenkDoorbell *door;
  BenkDoorbellState wanted =
    row->trouble == BENK_TROUBLE_NONE ? BENK_DOORBELL_BOUND : BENK_DOORBELL_WAITING;
  guint n_rings = 0;

  open_office (&office);
  token = write_token (&office);
  auth = benk_auth_new_file (token);
  benk_virtual_hub_set_door (hub, BENK_HUB_DOOR_BIND);
  open_hub (hub, &office, row);
  line = make_line_url (hub);
  url = row->trouble == BENK_TROUBLE_NONE ? g_strdup (benk_virtual_hub_get_url (hub))
                                          : start_offering (server, line);
  client = benk_fhir_client_new (url, auth, BENK_CLOCK (clock), &error);
  g_assert_no_error (error);
  door = benk_doorbell_new (client, random);
  g_signal_connect (door, "ring", G_CALLBACK (count_ring), &n_rings);
  benk_doorbell_start (door);
  while (benk_doorbell_get_state (door) != wanted)
    g_main_context_iteration (NULL, TRUE);

  if (row->trouble == BENK_TROUBLE_NONE)
    while (n_rings == 0)
      g_main_context_iteration (NULL, TRUE);
  else
    {
      g_assert_true (g_str_has_prefix (benk_doorbell_get_problem (door),
                                       benk_trouble_get_happened (row->trouble)));
      g_assert_cmpuint (benk_virtual_hub_get_n_knocks (hub), ==, 0);
      g_assert_cmpuint (n_rings, ==, 0);
    }
  drop_door (door);
  soup_server_disconnect (server);
  benk_virtual_hub_stop (hub);
  close_office (&office);
}

static gboolean
answer_plainly (GThreadedSocketService *service,
                GSocketConnection *connection,
                GObject *source,
                gpointer heard)
{
  static const char words[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  char buffer[512] = "";

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                       sizeof buffer - 1, NULL, NULL);
  g_string_append_len (heard, buffer, sizeof buffer);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             words, sizeof words - 1, NULL, NULL, NULL);
  return TRUE;
}

/* What answers there speaks no TLS at all: nothing is said in the open instead. */
static void
test_no_tls (void)
{
  Office office = { NULL };
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (START_MS);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (1);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (BenkFhirClient) client = NULL;
  g_autoptr (BenkFhirPage) page = NULL;
  g_autoptr (BenkAuth) auth = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *url = NULL;
  guint16 port;

  open_office (&office);
  token = write_token (&office);
  auth = benk_auth_new_file (token);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (answer_plainly), heard);
  url = g_strdup_printf ("https://127.0.0.1:%u", port);
  client = benk_fhir_client_new (url, auth, BENK_CLOCK (clock), &error);
  g_assert_no_error (error);
  page = search (client, &error);
  g_assert_null (page);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_TLS);
  g_assert_cmpint (benk_error_get_trouble (error).trouble, ==, BENK_TROUBLE_TLS_OTHER);
  g_assert_true (g_str_has_prefix (error->message,
                                   benk_trouble_get_happened (BENK_TROUBLE_TLS_OTHER)));
  g_assert_cmpuint (heard->len, >, 0);
  g_assert_null (memmem (heard->str, heard->len, TOKEN, strlen (TOKEN)));
  g_assert_null (memmem (heard->str, heard->len, "GET", strlen ("GET")));
  g_socket_service_stop (service);
  close_office (&office);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/feed/tls/%s", rows[i].name);
      g_autofree char *line = g_strdup_printf ("/feed/tls/line/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_tls);
      g_test_add_data_func (line, &rows[i], test_line);
    }
  g_test_add_func ("/feed/tls/no-tls", test_no_tls);
  g_test_message ("%u certificates", (guint) G_N_ELEMENTS (rows));
  return g_test_run ();
}
