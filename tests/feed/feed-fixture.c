/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "feed-fixture.h"

#include <glib/gstdio.h>

#define TOKEN "very-secret-token"

/* The token comes from a file here; the keyring has a test of its own. */
static char *
write_token (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-feed-XXXXXX", NULL);
  char *path = g_build_filename (dir, "token", NULL);

  g_assert_true (g_file_set_contents_full (path, TOKEN "\n", -1, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
  return path;
}

static void
remove_token (const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static char *token_path;

/* A worker may hold an object for a moment after its last page was handed over; nobody
 * else may. A test that hangs here is stopped by its runner. */
static void
drop (gpointer *slot)
{
  GObject *object = *slot;

  g_object_add_weak_pointer (object, slot);
  g_object_unref (object);
  while (*slot != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

void
fixture_set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkAuth) auth = NULL;
  g_autoptr (GError) error = NULL;

  token_path = write_token ();
  auth = benk_auth_new_file (token_path);
  f->clock = benk_fake_clock_new (START_MS);
  f->hub = benk_virtual_hub_new (BENK_CLOCK (f->clock), TOKEN);
  g_assert_true (benk_virtual_hub_start (f->hub, &error));
  g_assert_no_error (error);
  f->client = benk_fhir_client_new (benk_virtual_hub_get_url (f->hub), auth,
                                    BENK_CLOCK (f->clock), &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  drop ((gpointer *) &f->client);
  benk_virtual_hub_stop (f->hub);
  drop ((gpointer *) &f->hub);
  drop ((gpointer *) &f->clock);
  remove_token (token_path);
  g_clear_pointer (&token_path, g_free);
}

char *
fixture_raise (Fixture *f, const char *code)
{
  const BenkVirtualAlarm alarm = {
    .serial = "EV-000123",
    .device_name = "Medisindispenser",
    .code = code,
    .text = "Rull sitter fast",
    .severity = "high",
    .detail = "rød",
    .patient_number = NUMBER,
    .patient_name = NAME,
  };

  return benk_virtual_hub_raise (f->hub, &alarm);
}

void
fixture_note_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* Bounded by the test runner; nothing on the way waits for a wall clock. */
GAsyncResult *
fixture_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

BenkFhirPage *
fixture_search (Fixture *f, gint64 newest_ms, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_fhir_client_search_async (f->client, newest_ms, NULL, fixture_note_result,
                                 &result);
  return benk_fhir_client_search_finish (f->client, fixture_wait (&result), error);
}

BenkFhirPage *
fixture_next (Fixture *f, BenkFhirPage *page, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_fhir_client_search_next_async (f->client, page, NULL, fixture_note_result,
                                      &result);
  return benk_fhir_client_search_finish (f->client, fixture_wait (&result), error);
}

BenkFhirIssue *
fixture_step (
  Fixture *f, const char *id, const char *step, gboolean closing, GError **error)
{
  const BenkFhirStep words = {
    .id = step,
    .author_id = "7c5f9a02-1a0b-4a57-8b43-9a3f0a1d2c11",
    .author_name = "KT",
    .text = closing ? "Rullen satt inn på nytt" : NULL,
    .at_ms = START_MS + 60000,
  };
  g_autoptr (GAsyncResult) result = NULL;

  if (closing)
    benk_fhir_client_close_async (f->client, id, &words, NULL, fixture_note_result,
                                  &result);
  else
    benk_fhir_client_take_async (f->client, id, &words, NULL, fixture_note_result,
                                 &result);
  return benk_fhir_client_take_finish (f->client, fixture_wait (&result), error);
}

BenkFhirReceipt *
fixture_send (Fixture *f,
              const char *id,
              const BenkFhirFollowup *followup,
              gboolean tried_before,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_fhir_client_send_followup_async (f->client, f->client, id, followup, tried_before,
                                        NULL, fixture_note_result, &result);
  return benk_fhir_client_send_followup_finish (f->client, fixture_wait (&result), NULL,
                                                error);
}
