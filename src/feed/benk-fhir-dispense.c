/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir.h"
#include "benk-fhir-private.h"

#include <string.h>

#include "benk-fhir-time.h"
#include "benk-json-read.h"

#define MAX_ID 64
#define MAX_LIST 64
/* A clock may be a little ahead of the server's; further ahead a time is a slip. */
#define AHEAD_MS (24 * 60 * 60 * 1000)

/* The events of the draft of version 0.9.0. Older systems of the same family also told of
 * what was not handed out, by the same numbers. */
#define SYSTEM BENK_FHIR_VKP "vkp-medicationdispense-events-v090"
static const char *const events[] = { "1",   "1.1", "1.2", "1.3", "2",
                                      "2.1", "2.2", "3",   NULL };

/* The user's number and name, read only to be kept out of the rest. */
static void
read_secrets (JsonObject *resource, const char *secrets[3])
{
  JsonObject *subject = benk_json_get_object (resource, "subject");
  JsonObject *identifier = benk_json_nth (subject, "identifier", 0);
  const char *words[] = { benk_json_get_string (identifier, "value"),
                          benk_json_get_string (subject, "display") };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] && strlen (words[i]) >= 3)
      secrets[n++] = words[i];
}

static const char *
read_event (JsonObject *resource)
{
  JsonObject *category = benk_json_get_object (resource, "category");
  guint n = MIN (benk_json_count (category, "coding"), MAX_LIST);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *coding = benk_json_nth (category, "coding", i);
      const char *code = benk_json_get_string (coding, "code");

      if (g_strcmp0 (benk_json_get_string (coding, "system"), SYSTEM) == 0 && code &&
          g_strv_contains (events, code))
        return code;
    }
  return NULL;
}

static char *
read_serial (JsonObject *resource, const char *const *secrets)
{
  guint n = MIN (benk_json_count (resource, "performer"), MAX_LIST);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *actor =
        benk_json_get_object (benk_json_nth (resource, "performer", i), "actor");
      JsonObject *identifier = benk_json_nth (actor, "identifier", 0);
      char *serial =
        benk_fhir_is_of_person (identifier)
          ? NULL
          : benk_fhir_read_serial (benk_json_get_string (identifier, "value"), secrets);

      if (serial)
        return serial;
    }
  return NULL;
}

static void
read_meta (BenkFhirDispense *self,
           JsonObject *resource,
           const char *sha256,
           const char *const *secrets)
{
  JsonObject *meta = benk_json_get_object (resource, "meta");

  self->version = benk_fhir_read_version (meta, secrets);
  if (self->version == NULL)
    self->version = g_strdup_printf ("h%.32s", sha256);
  if (!benk_fhir_time_parse (benk_json_get_string (meta, "lastUpdated"),
                             &self->updated_ms))
    self->updated_ms = -1;
}

/* The path of the first thing without which nothing can be said; NULL: nothing. */
static const char *
read_facts (BenkFhirDispense *self, JsonObject *resource, const char *const *secrets)
{
  const char *status = benk_json_get_string (resource, "status");
  gboolean holds = g_strcmp0 (status, "completed") == 0;

  self->event = holds ? g_strdup (read_event (resource)) : NULL;
  self->serial = read_serial (resource, secrets);
  if (status == NULL)
    return ".status";
  if (holds && self->event == NULL)
    return ".category.coding";
  if (self->serial == NULL)
    return ".performer";
  if (benk_fhir_time_parse (benk_json_get_string (resource, "whenHandedOver"),
                            &self->at_ms) &&
      (self->updated_ms < 0 || self->at_ms <= self->updated_ms + AHEAD_MS))
    return NULL;
  self->at_ms = MAX (self->updated_ms, 0);
  return holds ? ".whenHandedOver" : NULL;
}

/*
 * Reads a `MedicationDispense`. NULL if it says nothing: then @flaw is the path of the
 * reason. One that is not completed, or was taken back, has no event.
 */
BenkFhirDispense *
benk_fhir_dispense_read (JsonObject *resource,
                         const char *sha256,
                         char **id,
                         const char **flaw)
{
  g_autoptr (BenkFhirDispense) self = g_new0 (BenkFhirDispense, 1);
  const char *secrets[3] = { NULL };
  const char *name = benk_json_get_string (resource, "id");

  read_secrets (resource, secrets);
  if (benk_fhir_is_id (name))
    self->id = benk_fhir_whole_text (name, MAX_ID, secrets);
  *id = g_strdup (self->id);
  *flaw = ".id";
  if (self->id == NULL)
    return NULL;
  read_meta (self, resource, sha256, secrets);
  *flaw = read_facts (self, resource, secrets);
  return *flaw == NULL ? g_steal_pointer (&self) : NULL;
}

void
benk_fhir_dispense_free (BenkFhirDispense *dispense)
{
  g_free (dispense->id);
  g_free (dispense->version);
  g_free (dispense->event);
  g_free (dispense->serial);
  g_free (dispense);
}
