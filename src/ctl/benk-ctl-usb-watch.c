/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-usb-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

#include "benk-udev-resource.h"

#define RULE "/no/dosebenk/Dosebenk/ctl/70-dosebenk.rules"

typedef struct
{
  BenkCtl *ctl;
  GMainLoop *loop;
  GListModel *devices;
  GPtrArray *shown; /* BenkBenchDevice, in the order of the list */
  GHashTable *changed;
  guint flush;
} Watch;

/* Always JSON, a line an event, as it happens. */
static void
tell (Watch *self, const char *event, BenkBenchDevice *device)
{
  g_autofree char *line = NULL;

  benk_json_begin_object (self->ctl->out, NULL);
  benk_json_add_string (self->ctl->out, "event", event);
  if (device != NULL)
    benk_ctl_usb_print (self->ctl, "device", device);
  else
    {
      benk_json_add_string (self->ctl->out, "device", NULL);
    }
  benk_json_end_object (self->ctl->out);
  line = benk_json_take (self->ctl->out);
  g_print ("%s\n", line);
  fflush (stdout);
}

static gboolean
on_flush (gpointer user_data)
{
  Watch *self = user_data;
  GHashTableIter iter;
  gpointer device;

  self->flush = 0;
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &device, NULL))
    {
      tell (self, "changed", device);
      g_hash_table_iter_remove (&iter);
    }
  return G_SOURCE_REMOVE;
}

/* What is read comes as many properties at once. */
static void
on_notify (BenkBenchDevice *device, GParamSpec *pspec, Watch *self)
{
  g_hash_table_add (self->changed, device);
  if (self->flush == 0)
    self->flush = g_idle_add (on_flush, self);
}

static void
forget (Watch *self, BenkBenchDevice *device)
{
  g_signal_handlers_disconnect_by_data (device, self);
  g_hash_table_remove (self->changed, device);
}

static void
on_items_changed (
  GListModel *devices, guint position, guint removed, guint added, Watch *self)
{
  for (guint i = 0; i < removed; i++)
    {
      g_autoptr (BenkBenchDevice) device =
        g_object_ref (g_ptr_array_index (self->shown, position));

      g_ptr_array_remove_index (self->shown, position);
      forget (self, device);
      tell (self, "left", device);
    }
  for (guint i = 0; i < added; i++)
    {
      BenkBenchDevice *device = g_list_model_get_item (devices, position + i);

      g_ptr_array_insert (self->shown, (int) (position + i), device);
      g_signal_connect (device, "notify", G_CALLBACK (on_notify), self);
      tell (self, "arrived", device);
    }
}

static gboolean
on_interrupt (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
watch_run (Watch *self, BenkBench *bench)
{
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, self->loop);
  guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, self->loop);

  self->devices = benk_bench_get_devices (bench);
  g_signal_connect (self->devices, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self->devices, 0, 0, g_list_model_get_n_items (self->devices), self);
  g_main_loop_run (self->loop);
  g_signal_handlers_disconnect_by_data (self->devices, self);
  for (guint i = 0; i < self->shown->len; i++)
    forget (self, g_ptr_array_index (self->shown, i));
  g_clear_handle_id (&self->flush, g_source_remove);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *self = user_data;
  const char *notice = benk_bench_get_usb_notice (BENK_BENCH (source));

  if (!benk_bench_settle_finish (BENK_BENCH (source), result, NULL))
    return;
  if (notice != NULL)
    g_printerr ("dosebenkctl: %s\n", notice);
  tell (self, notice != NULL ? "looking" : "listening", NULL);
}

/**
 * benk_ctl_usb_run_watch:
 *
 * Tells of what comes and goes until it is interrupted. Once what was plugged in before
 * has been read, says whether the system tells of changes or is looked at every second.
 */
gboolean
benk_ctl_usb_run_watch (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) changed = g_hash_table_new (NULL, NULL);
  Watch self = { .ctl = ctl, .loop = loop, .shown = shown, .changed = changed };
  BenkBench *bench;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  ctl->json = TRUE;
  bench = benk_session_get_bench (ctl->session);
  if (!benk_bench_start (bench, error))
    return FALSE;
  benk_bench_settle_async (bench, NULL, on_settled, &self);
  watch_run (&self, bench);
  return TRUE;
}

/**
 * benk_ctl_usb_run_rule:
 *
 * Prints the udev rule as it stands, for `sudo tee`.
 */
gboolean
benk_ctl_usb_run_rule (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GBytes) rule = NULL;
  g_autofree char *text = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  rule = g_resource_lookup_data (benk_udev_get_resource (), RULE,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!rule)
    return FALSE;
  text = g_strndup (g_bytes_get_data (rule, NULL), g_bytes_get_size (rule));
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "rule", text);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s", g_strchomp (text));
  return TRUE;
}
