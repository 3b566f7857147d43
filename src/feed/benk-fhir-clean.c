/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-private.h"

#include <string.h>

#include "benk-json-read.h"
#include "benk-national-number.h"
#include "benk-serial.h"

#define MAX_VERSION 64
#define MAX_SERIAL 64
/* Norwegian registers of persons and of health personnel. */
#define PERSON_SYSTEMS "urn:oid:2.16.578.1.12.4.1.4."

static char *
take_out (char *text, const char *secret)
{
  g_autofree char *owned = text;
  g_auto (GStrv) parts = NULL;

  if (secret == NULL || strlen (secret) < 3 || strstr (text, secret) == NULL)
    return g_steal_pointer (&owned);
  parts = g_strsplit (text, secret, -1);
  return g_strjoinv ("…", parts);
}

static void
skip_digits (const char **at, GString *out)
{
  while (g_ascii_isdigit (**at))
    g_string_append_c (out, *(*at)++);
}

/**
 * benk_fhir_clean_text:
 * @text: (nullable): what a source wrote, UTF-8
 * @max_chars: what is longer is cut
 * @secrets: (nullable) (array zero-terminated=1): words to take out wherever they stand
 *
 * What may be kept of foreign text: without control characters, without @secrets, without
 * anything that looks like a national number.
 *
 * Returns: (transfer full) (nullable): the text; %NULL if nothing is left
 */
char *
benk_fhir_clean_text (const char *text, gsize max_chars, const char *const *secrets)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *clean = NULL;
  const char *at;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  clean = g_strdup (text);
  for (gsize i = 0; secrets && secrets[i]; i++)
    clean = take_out (clean, secrets[i]);
  for (at = clean; *at != '\0';)
    {
      int digits[BENK_NATIONAL_NUMBER_DIGITS];
      gsize number = benk_national_number_measure (at, digits);

      if (number > 0)
        {
          g_string_append (out, "…");
          at += number;
        }
      else if (g_ascii_isdigit (*at))
        skip_digits (&at, out);
      else
        {
          gunichar ch = g_utf8_get_char (at);

          g_string_append_unichar (out, g_unichar_iscntrl (ch) ? ' ' : ch);
          at = g_utf8_next_char (at);
        }
    }
  g_strstrip (out->str);
  if (out->str[0] == '\0')
    return NULL;
  return g_utf8_substring (out->str, 0,
                           MIN ((glong) max_chars, g_utf8_strlen (out->str, -1)));
}

char *
benk_fhir_whole_text (const char *text, gsize max_octets, const char *const *secrets)
{
  if (text == NULL || text[0] == '\0' || strlen (text) > max_octets)
    return NULL;
  for (gsize i = 0; secrets[i]; i++)
    if (strstr (text, secrets[i]) != NULL)
      return NULL;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return NULL;
  return g_strdup (text);
}

/* R4 `code` and `uri`: without blanks. What goes on from there into a log that cannot be
 * erased has nothing but what a code or the name of a system is made of. */
char *
benk_fhir_plain_text (const char *text, gsize max_octets, const char *const *secrets)
{
  if (text == NULL ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    "0123456789.-_:/#?=&+~%") != strlen (text) ||
      benk_text_holds_national_number (text))
    return NULL;
  return benk_fhir_whole_text (text, max_octets, secrets);
}

/* What can be the number of a device; else it is not kept. */
char *
benk_fhir_read_serial (const char *text, const char *const *secrets)
{
  return benk_serial_is_plausible (text)
           ? benk_fhir_whole_text (text, MAX_SERIAL, secrets)
           : NULL;
}

/* One whose reference does not say what it leads to is told by its register. */
gboolean
benk_fhir_is_of_person (JsonObject *identifier)
{
  const char *system = benk_json_get_string (identifier, "system");

  return system && g_str_has_prefix (system, PERSON_SYSTEMS);
}

gboolean
benk_fhir_is_id (const char *id)
{
  return id != NULL && id[0] != '\0' &&
         strspn (id,
                 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-") ==
           strlen (id) &&
         strspn (id, ".") != strlen (id);
}

/* Opaque, and a string in FHIR; a server that writes a number means the same. */
char *
benk_fhir_read_version (JsonObject *meta, const char *const *secrets)
{
  JsonNode *node = meta ? json_object_get_member (meta, "versionId") : NULL;

  if (node && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return benk_fhir_whole_text (benk_json_get_string (meta, "versionId"), MAX_VERSION,
                               secrets);
}
