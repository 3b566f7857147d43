/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-spy.h"

struct _BenkBenchSpy
{
  BenkLink parent_instance;

  BenkLink *link;
  GArray *sent; /* BenkBenchSent */
  guint n_received;
};

G_DEFINE_FINAL_TYPE (BenkBenchSpy, benk_bench_spy, BENK_TYPE_LINK)

static void
on_received (BenkBenchSpy *self, GBytes *apdu)
{
  self->n_received++;
  benk_link_emit_received (BENK_LINK (self), apdu);
}

static void
on_down (BenkBenchSpy *self, const GError *error)
{
  benk_link_emit_down (BENK_LINK (self), error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_link_open_finish (BENK_LINK (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_link_send_finish (BENK_LINK (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
benk_bench_spy_open_async (BenkLink *link,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BenkBenchSpy *self = BENK_BENCH_SPY (link);

  benk_link_open_async (self->link, cancellable, on_opened,
                        g_task_new (self, cancellable, callback, user_data));
}

static void
benk_bench_spy_send_async (BenkLink *link,
                           GBytes *apdu,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BenkBenchSpy *self = BENK_BENCH_SPY (link);
  BenkBenchSent sent = { g_bytes_ref (apdu), self->n_received };

  g_array_append_val (self->sent, sent);
  benk_link_send_async (self->link, apdu, cancellable, on_sent,
                        g_task_new (self, cancellable, callback, user_data));
}

static gboolean
benk_bench_spy_finish (BenkLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
benk_bench_spy_close (BenkLink *link)
{
  benk_link_close (BENK_BENCH_SPY (link)->link);
}

static void
benk_bench_spy_dispose (GObject *object)
{
  BenkBenchSpy *self = BENK_BENCH_SPY (object);

  g_clear_object (&self->link);
  g_clear_pointer (&self->sent, g_array_unref);
  G_OBJECT_CLASS (benk_bench_spy_parent_class)->dispose (object);
}

static void
benk_bench_spy_class_init (BenkBenchSpyClass *klass)
{
  BenkLinkClass *link_class = BENK_LINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_bench_spy_dispose;
  link_class->open_async = benk_bench_spy_open_async;
  link_class->open_finish = benk_bench_spy_finish;
  link_class->send_async = benk_bench_spy_send_async;
  link_class->send_finish = benk_bench_spy_finish;
  link_class->close = benk_bench_spy_close;
}

static void
benk_bench_spy_init (BenkBenchSpy *self)
{
}

/* @link: (transfer full): the real one. @sent: where what is sent is noted. */
BenkLink *
benk_bench_spy_new (BenkLink *link, GArray *sent)
{
  BenkBenchSpy *self =
    g_object_new (BENK_TYPE_BENCH_SPY, "kind", (int) benk_link_get_kind (link),
                  "description", benk_link_get_description (link), "bus-path",
                  benk_link_get_bus_path (link), "usb-serial",
                  benk_link_get_usb_serial (link), NULL);

  self->link = link;
  self->sent = g_array_ref (sent);
  g_signal_connect_object (link, "received", G_CALLBACK (on_received), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "down", G_CALLBACK (on_down), self, G_CONNECT_SWAPPED);

  return BENK_LINK (self);
}

static void
clear_sent (gpointer sent)
{
  g_bytes_unref (((BenkBenchSent *) sent)->apdu);
}

GArray *
benk_bench_spy_new_record (void)
{
  GArray *record = g_array_new (FALSE, FALSE, sizeof (BenkBenchSent));

  g_array_set_clear_func (record, clear_sent);
  return record;
}
