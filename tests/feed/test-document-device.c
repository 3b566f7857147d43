/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <json-glib/json-glib.h>

#include "benk-fhir-document.h"

/* The Device of a follow-up document: the dispenser, never who sent the alarm. */

#define AUTHOR "7c5f9a02-1a0b-4a57-8b43-9a3f0a1d2c11"
#define STEP "4f1d7a3e-33b1-4c0a-8a1f-6b0f2e7f9a01"
#define PERSONS "urn:oid:2.16.578.1.12.4.1.4.4"
#define SERIALS "https://example.invalid/serial"

#define PERSON                                                                           \
  "\"author\":{\"type\":\"Practitioner\",\"identifier\":{\"system\":\"" PERSONS          \
  "\",\"value\":\"9144900\"},\"display\":\"Sykepleier\"}"
#define DEVICE(member)                                                                   \
  member "{\"type\":\"Device\",\"identifier\":{\"system\":\"" SERIALS                    \
         "\",\"value\":\"EV-1\"}}"

typedef struct
{
  const char *name;
  const char *members; /* of the alarm */
  const char *known;   /* the serial that we have, or NULL */
  const char *system;  /* wanted; NULL = no identifier */
  const char *serial;  /* wanted; NULL = none */
} Row;

static const Row rows[] = {
  { "a-device-wrote-it", DEVICE ("\"author\":"), NULL, SERIALS, "EV-1" },
  { "a-person-wrote-it", PERSON, NULL, NULL, NULL },
  { "a-person-wrote-it-of-a-known-device", PERSON, "EV-1", NULL, "EV-1" },
  { "a-person-wrote-it-about-a-device", PERSON "," DEVICE ("\"implicated\":[") "]", NULL,
    SERIALS, "EV-1" },
  { "the-same-of-a-known-device", PERSON "," DEVICE ("\"implicated\":[") "]", "EV-1",
    SERIALS, "EV-1" },
  { "another-device-is-known", DEVICE ("\"author\":"), "EV-2", NULL, "EV-2" },
  { "a-contained-one",
    "\"author\":{\"type\":\"Device\",\"reference\":\"#d\"},\"contained\":[{"
    "\"resourceType\":\"Device\",\"id\":\"d\",\"serialNumber\":\"EV-1\"}]",
    NULL, NULL, "EV-1" },
  { "nobody-says", "\"code\":{}", NULL, NULL, NULL },
};

static JsonObject *
find_device (JsonNode *bundle)
{
  JsonArray *entries =
    json_object_get_array_member (json_node_get_object (bundle), "entry");
  guint n = json_array_get_length (entries);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *resource =
        json_object_get_object_member (json_array_get_object_element (entries, i),
                                       "resource");

      if (g_str_equal (json_object_get_string_member (resource, "resourceType"),
                       "Device"))
        return resource;
    }
  g_assert_not_reached ();
}

static void
test_device (gconstpointer data)
{
  const Row *row = data;
  BenkFhirFollowup followup = { .author_id = AUTHOR,
                                .author_name = "KT",
                                .serial = row->known };
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"DetectedIssue\",\"id\":\"a\",\"patient\":{\"identifier\":{"
    "\"system\":\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\"13116900216\"}},%s}",
    row->members);
  g_autoptr (GBytes) resource = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autofree char *made = NULL;
  g_autoptr (JsonNode) bundle = NULL;
  JsonObject *device;

  g_assert_true (benk_id_parse (STEP, &followup.id));
  document = benk_fhir_followup_compose (&followup, resource, &error);
  g_assert_no_error (error);
  made = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  bundle = json_from_string (made, NULL);
  device = find_device (bundle);
  g_assert_cmpstr (json_object_get_string_member_with_default (device, "serialNumber",
                                                               NULL),
                   ==, row->serial);
  g_assert_true (json_object_has_member (device, "identifier") == (row->system != NULL));
  if (row->system != NULL)
    {
      JsonObject *number = json_array_get_object_element (
        json_object_get_array_member (device, "identifier"), 0);

      g_assert_cmpstr (json_object_get_string_member (number, "system"), ==, row->system);
      g_assert_cmpstr (json_object_get_string_member (number, "value"), ==, row->serial);
    }
  g_assert_null (strstr (made, "9144900"));
  g_assert_null (strstr (made, PERSONS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/feed/document-device/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_device);
    }
  return g_test_run ();
}
