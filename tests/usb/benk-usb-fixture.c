/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-fixture.h"

/* Longer than anything here takes, even under a sanitizer on a busy machine. */
#define PATIENCE_S 20

static gboolean
on_impatient (gpointer user_data)
{
  g_error ("Waited for %d s in vain", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

void
benk_wait_until (BenkWaitFunc func, gpointer user_data)
{
  g_autoptr (GSource) patience = g_timeout_source_new_seconds (PATIENCE_S);

  g_source_set_callback (patience, on_impatient, NULL, NULL);
  g_source_attach (patience, NULL);
  while (!func (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_destroy (patience);
}

typedef struct
{
  const guint *count;
  guint wanted;
} Count;

static gboolean
count_reached (gpointer user_data)
{
  Count *count = user_data;

  return *count->count >= count->wanted;
}

void
benk_wait_for_count (const guint *count, guint wanted)
{
  Count pair = { count, wanted };

  benk_wait_until (count_reached, &pair);
}

void
benk_wait_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_arrived (BenkUsbWatch *watch, BenkUsbDevice *device, BenkUsbFixture *self)
{
  g_ptr_array_add (self->arrived, g_object_ref (device));
}

static void
on_left (BenkUsbWatch *watch, BenkUsbDevice *device, BenkUsbFixture *self)
{
  g_ptr_array_add (self->left, g_object_ref (device));
}

static void
on_settled (BenkUsbWatch *watch, BenkUsbFixture *self)
{
  self->n_settled++;
}

void
benk_usb_fixture_set_up (BenkUsbFixture *self, gconstpointer data)
{
  self->bus = benk_mock_bus_new ();
  self->clock = benk_fake_clock_new (1000);
  self->arrived = g_ptr_array_new_with_free_func (g_object_unref);
  self->left = g_ptr_array_new_with_free_func (g_object_unref);
}

void
benk_usb_fixture_start (BenkUsbFixture *self, BenkUsbWatchFlags flags)
{
  g_autoptr (GError) error = NULL;

  self->watch = benk_usb_watch_new (BENK_CLOCK (self->clock), flags, &error);
  g_assert_no_error (error);
  g_signal_connect (self->watch, "arrived", G_CALLBACK (on_arrived), self);
  g_signal_connect (self->watch, "left", G_CALLBACK (on_left), self);
  g_signal_connect (self->watch, "settled", G_CALLBACK (on_settled), self);
  benk_usb_watch_start (self->watch);
}

static gboolean
is_quiet (gpointer user_data)
{
  return !benk_usb_watch_is_busy (user_data);
}

void
benk_usb_fixture_tear_down (BenkUsbFixture *self, gconstpointer data)
{
  if (self->watch != NULL)
    {
      benk_usb_watch_stop (self->watch);
      benk_wait_until (is_quiet, self->watch);
    }
  benk_wait_idle ();
  g_ptr_array_unref (self->arrived);
  g_ptr_array_unref (self->left);
  if (self->watch != NULL)
    g_assert_finalize_object (self->watch);
  g_clear_pointer (&self->bus, benk_mock_bus_free);
  g_assert_cmpuint (benk_fake_clock_get_n_timers (self->clock), ==, 0);
  g_clear_object (&self->clock);
}

BenkUsbDevice *
benk_usb_fixture_plug (BenkUsbFixture *self,
                       const BenkMockSpec *spec,
                       BenkMockDevice **mock)
{
  guint before = self->arrived->len;

  *mock = benk_mock_bus_plug (self->bus, spec);
  benk_wait_for_count (&self->arrived->len, before + 1);
  return g_ptr_array_index (self->arrived, before);
}
