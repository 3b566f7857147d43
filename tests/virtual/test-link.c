/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-error.h"
#include "benk-virtual-link.h"

/* A link to a dispenser, and what came of it. */
typedef struct
{
  TestHost *host;
  BenkLink *link;
  GPtrArray *received;
  GError *down;
  guint n_down;
  guint n_ended;
  GError *error;
} Fixture;

static void
on_received (BenkLink *link, GBytes *apdu, Fixture *self)
{
  g_ptr_array_add (self->received, g_bytes_ref (apdu));
}

static void
on_down (BenkLink *link, const GError *error, Fixture *self)
{
  self->n_down++;
  g_clear_error (&self->down);
  self->down = g_error_copy (error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->n_ended++;
  g_clear_error (&self->error);
  benk_link_open_finish (BENK_LINK (source), result, &self->error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->n_ended++;
  g_clear_error (&self->error);
  benk_link_send_finish (BENK_LINK (source), result, &self->error);
}

static void
run_until_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->host = test_host_new ("medido", NULL);
  self->received = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->link = benk_virtual_link_new (self->host->dispenser);
  g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->link, "down", G_CALLBACK (on_down), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  run_until_idle ();
  g_assert_finalize_object (self->link);
  g_ptr_array_unref (self->received);
  g_clear_error (&self->down);
  g_clear_error (&self->error);
  test_host_free (self->host);
}

static void
send (Fixture *self, BenkApdu *apdu)
{
  g_autoptr (GBytes) octets = benk_apdu_compose (apdu);

  benk_apdu_free (apdu);
  benk_link_send_async (self->link, octets, NULL, on_sent, self);
}

static void
test_kind (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (benk_link_get_kind (self->link), ==, BENK_LINK_KIND_SIMULATED);
  g_assert_cmpstr (benk_link_get_usb_serial (self->link), ==, "MD9000001");
  g_assert_cmpstr (benk_link_get_bus_path (self->link), ==, "virtual:medido:MD9000001");
  g_assert_cmpstr (benk_link_get_description (self->link), ==,
                   "Simulated (Medido-like) MD9000001");
}

static void
test_nothing_happens_at_once (Fixture *self, gconstpointer data)
{
  BenkAssocInfo info = { .system_type = BENK_SYSTEM_MANAGER };

  benk_link_open_async (self->link, NULL, on_opened, self);
  g_assert_cmpuint (self->n_ended, ==, 0);
  run_until_idle ();
  g_assert_cmpuint (self->n_ended, ==, 1);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->received->len, ==, 1);

  send (self, benk_apdu_new_aare (BENK_ASSOC_ACCEPTED_UNKNOWN_CONFIG, &info));
  g_assert_cmpuint (self->received->len, ==, 1);
  run_until_idle ();
  g_assert_cmpuint (self->n_ended, ==, 2);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->received->len, ==, 2);
}

static void
test_unplugged (Fixture *self, gconstpointer data)
{
  benk_virtual_dispenser_unplug (self->host->dispenser);
  benk_link_open_async (self->link, NULL, on_opened, self);
  run_until_idle ();
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_cmpuint (self->n_down, ==, 0);
}

static void
test_down_comes_once (Fixture *self, gconstpointer data)
{
  benk_link_open_async (self->link, NULL, on_opened, self);
  run_until_idle ();
  benk_virtual_dispenser_unplug (self->host->dispenser);
  g_assert_cmpuint (self->n_down, ==, 0);
  run_until_idle ();
  g_assert_cmpuint (self->n_down, ==, 1);
  g_assert_error (self->down, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  benk_virtual_dispenser_plug (self->host->dispenser);
  send (self, benk_apdu_new_reason (BENK_APDU_ABRT, 0));
  run_until_idle ();
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_cmpuint (self->n_down, ==, 1);
}

static void
test_close_answers_all (Fixture *self, gconstpointer data)
{
  benk_link_open_async (self->link, NULL, on_opened, self);
  run_until_idle ();
  send (self, benk_apdu_new_reason (BENK_APDU_ABRT, 0));
  send (self, benk_apdu_new_reason (BENK_APDU_ABRT, 0));
  benk_link_close (self->link);
  run_until_idle ();
  g_assert_cmpuint (self->n_ended, ==, 3);
  g_assert_error (self->error, BENK_ERROR, BENK_ERROR_CANCELLED);
  g_assert_cmpuint (self->n_down, ==, 0);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  benk_link_open_async (self->link, cancellable, on_opened, self);
  g_cancellable_cancel (cancellable);
  run_until_idle ();
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->received->len, ==, 0);
}

static void
test_next_link_starts_anew (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      BenkLink *link = benk_virtual_link_new (self->host->dispenser);

      g_signal_connect (link, "received", G_CALLBACK (on_received), self);
      benk_link_open_async (link, NULL, on_opened, self);
      run_until_idle ();
      g_assert_no_error (self->error);
      g_assert_cmpuint (self->received->len, ==, i + 1);
      benk_link_close (link);
      g_assert_finalize_object (link);
    }
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/virtual/link/says-that-it-is-simulated", test_kind);
  add ("/virtual/link/nothing-happens-at-once", test_nothing_happens_at_once);
  add ("/virtual/link/unplugged-does-not-open", test_unplugged);
  add ("/virtual/link/down-comes-once", test_down_comes_once);
  add ("/virtual/link/close-answers-all", test_close_answers_all);
  add ("/virtual/link/cancelled-does-not-open", test_cancelled);
  add ("/virtual/link/the-next-link-starts-anew", test_next_link_starts_anew);

  return g_test_run ();
}
