/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-demo-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "benk-bench.h"
#include "benk-demo-reserve.h"
#include "benk-demo-resources.h"
#include "benk-error.h"
#include "benk-feeds.h"
#include "benk-import.h"
#include "benk-plan-proposal.h"
#include "benk-virtual-hub.h"

/* The test person of the national samples; nobody's number. */
#define TEST_PERSON_NUMBER "13116900216"
#define TEST_PERSON_NAME "Line Danser"
#define ALARM_EVERY_MS (45 * 1000)

struct _BenkDemo
{
  GObject parent_instance;

  BenkSession *session;
  BenkVirtualHub *hub;
  char *dir;
  char *token;
  GSource *timer;
  guint n_raised;
};

G_DEFINE_FINAL_TYPE (BenkDemo, benk_demo, G_TYPE_OBJECT)

static const BenkDemoDevice devices[BENK_N_DEMO_DEVICES] = {
  { "medido", "MD0900001" },
  { "evondos-e300", "PP900002" },
  { "mini-evondos", "PM900003" },
  { "pilly-sms", "PS-90004" },
};

/* What comes in while one looks at the demo, in turn; without a code it is a dose that
 * was handed out. */
static const struct
{
  const char *serial;
  const char *code;
  const char *text;
} alarms[] = {
  { "MD0900014", "1.8", "Rull sitter fast" },
  { "MD0900017", "1.20", "Ingen kontakt" },
  { "MD0900024", "1.1", "Ikke utlevert" },
  { "MD0900014", "1.17", "Batteri lavt" },
  { "MD0900024", NULL, "1.1" },
  { "MD0900017", "9.99", "Ukjent hendelse fra leverandør" },
  { "XX0000000", "1.19", "Ikke tilkoblet strøm" },
};

static void
benk_demo_dispose (GObject *object)
{
  BenkDemo *self = BENK_DEMO (object);

  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->hub)
    benk_virtual_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_demo_parent_class)->dispose (object);
}

static void
benk_demo_finalize (GObject *object)
{
  BenkDemo *self = BENK_DEMO (object);

  g_clear_pointer (&self->dir, g_free);
  g_clear_pointer (&self->token, g_free);
  G_OBJECT_CLASS (benk_demo_parent_class)->finalize (object);
}

static void
benk_demo_class_init (BenkDemoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_demo_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_demo_finalize;
}

static void
benk_demo_init (BenkDemo *self)
{
}

/**
 * benk_demo_new:
 * @session: a session on a demo store
 * @dir: a folder for the dispensers' memories, the hub's log and its token
 * @error: %BENK_ERROR_REFUSED when the store is not a demo store
 *
 * Returns: (transfer full): the surroundings, with nothing started, or %NULL
 */
BenkDemo *
benk_demo_new (BenkSession *session, const char *dir, GError **error)
{
  BenkDemo *self;

  if (!benk_session_is_demo (session))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("The demo runs only in a demo store."));
      return NULL;
    }
  self = g_object_new (BENK_TYPE_DEMO, NULL);
  self->session = g_object_ref (session);
  self->dir = g_strdup (dir);
  self->token = g_uuid_string_random ();
  return self;
}

/**
 * benk_demo_get_devices:
 *
 * Returns: (transfer none) (array fixed-size=4): the dispensers that are plugged in
 */
const BenkDemoDevice *
benk_demo_get_devices (void)
{
  return devices;
}

static void
write_list (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BenkDemo *self = source;
  GError *error = NULL;
  g_autoptr (GBytes) list =
    g_resource_lookup_data (benk_demo_get_resource (),
                            "/no/dosebenk/Dosebenk/demo/stock.csv", 0, &error);
  g_autofree char *path = g_build_filename (self->dir, "stock.csv", NULL);

  if (g_mkdir_with_parents (self->dir, 0700) != 0)
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_IO,
                             _ ("The folder “%s” cannot be made."), self->dir);
  else if (!list || !g_file_set_contents (path, g_bytes_get_data (list, NULL),
                                          (gssize) g_bytes_get_size (list), &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_file_new_for_path (path), g_object_unref);
}

/**
 * benk_demo_write_list_async:
 * @self: the demo
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Makes the demo's folder and writes its list of devices into it.
 */
void
benk_demo_write_list_async (BenkDemo *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_demo_write_list_async);
  g_task_run_in_thread (task, write_list);
}

/**
 * benk_demo_write_list_finish:
 * @self: the demo
 * @result: what the callback was given
 * @error: why it could not be written
 *
 * Returns: (transfer full): the file, or %NULL
 */
GFile *
benk_demo_write_list_finish (BenkDemo *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_demo_make_plan:
 *
 * Returns: (transfer full): settings with three dose times a day
 */
BenkPlan *
benk_demo_make_plan (void)
{
  return benk_plan_propose ("08:00 14:00 20:00", NULL);
}

static void plug_next (GTask *task);

static void
on_plugged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_bench_plug_virtual_finish (BENK_BENCH (source), result, &error))
    plug_next (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full): its data is how many are plugged in */
static void
plug_next (GTask *task)
{
  g_autoptr (GTask) owned = task;
  BenkDemo *self = g_task_get_source_object (task);
  BenkBench *bench = benk_session_get_bench (self->session);
  guint n = GPOINTER_TO_UINT (g_task_get_task_data (task));
  g_autofree char *state_dir = g_build_filename (self->dir, "dispensers", NULL);
  GError *error = NULL;

  g_task_set_task_data (task, GUINT_TO_POINTER (n + 1), NULL);
  if (n < BENK_N_DEMO_DEVICES)
    benk_bench_plug_virtual_async (bench, devices[n].model_id, devices[n].serial,
                                   state_dir, g_task_get_cancellable (task), on_plugged,
                                   g_steal_pointer (&owned));
  else if (benk_bench_start (bench, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * benk_demo_plug_in_async:
 * @self: the demo
 * @cancellable: (nullable): a cancellable
 * @callback: called when all are plugged in
 * @user_data: for @callback
 *
 * Plugs the four simulated dispensers in.
 */
void
benk_demo_plug_in_async (BenkDemo *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_demo_plug_in_async);
  plug_next (task);
}

/**
 * benk_demo_plug_in_finish:
 * @self: the demo
 * @result: what the callback was given
 * @error: why one could not be plugged in
 *
 * Returns: whether all are plugged in
 */
gboolean
benk_demo_plug_in_finish (BenkDemo *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_feed_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (BenkFeed) feed = benk_feeds_add_finish (BENK_FEEDS (source), result, &error);

  if (feed)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
get_token_file (BenkDemo *self)
{
  return g_build_filename (self->dir, "hub-token", NULL);
}

/* A hub that is not started yet, with its token and its log. */
static void
make_hub (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BenkDemo *self = source;
  g_autofree char *log = g_build_filename (self->dir, "hub-requests.jsonl", NULL);
  g_autofree char *token_file = get_token_file (self);
  g_autoptr (BenkVirtualHub) hub =
    benk_virtual_hub_new (benk_session_get_clock (self->session), self->token);
  GError *error = NULL;

  if (g_file_set_contents_full (token_file, self->token, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error) &&
      benk_virtual_hub_set_log_file (hub, log, &error))
    g_task_return_pointer (task, g_steal_pointer (&hub), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_hub_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = BENK_DEMO (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *token_file = get_token_file (self);
  BenkNewFeed feed = { .name = _ ("Demo hub"), .token_file = token_file };
  GError *error = NULL;

  self->hub = g_task_propagate_pointer (G_TASK (result), &error);
  if (!self->hub || !benk_virtual_hub_start_thread (self->hub, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  feed.url = benk_virtual_hub_get_url (self->hub);
  benk_feeds_add_async (benk_session_get_feeds (self->session), &feed, cancellable,
                        on_feed_added, g_steal_pointer (&task));
}

/**
 * benk_demo_connect_async:
 * @self: the demo
 * @cancellable: (nullable): a cancellable
 * @callback: called when the hub is a source of the store
 * @user_data: for @callback
 *
 * Starts the virtual alarm hub and adds it as a source.
 */
void
benk_demo_connect_async (BenkDemo *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) hub = g_task_new (self, cancellable, on_hub_made, task);

  g_task_set_source_tag (task, benk_demo_connect_async);
  g_task_run_in_thread (hub, make_hub);
}

/**
 * benk_demo_connect_finish:
 * @self: the demo
 * @result: what the callback was given
 * @error: why the hub is no source
 *
 * Returns: whether the hub is a source now
 */
gboolean
benk_demo_connect_finish (BenkDemo *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_demo_get_hub_url:
 * @self: the demo
 *
 * Returns: (transfer none) (nullable): where the hub listens on this machine
 */
const char *
benk_demo_get_hub_url (BenkDemo *self)
{
  return self->hub ? benk_virtual_hub_get_url (self->hub) : NULL;
}

/**
 * benk_demo_raise:
 * @self: the demo
 * @serial: the device that calls
 * @code: an alarm code
 * @text: (nullable): the source's own words
 * @error: %BENK_ERROR_REFUSED before the hub is started
 *
 * Lets the hub send an alarm.
 *
 * Returns: whether the hub holds it
 */
gboolean
benk_demo_raise (
  BenkDemo *self, const char *serial, const char *code, const char *text, GError **error)
{
  g_autofree char *id = NULL;

  if (!self->hub)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("The hub is not started."));
      return FALSE;
    }
  id = benk_virtual_hub_raise (self->hub, &(BenkVirtualAlarm){
                                            .serial = serial,
                                            .code = code,
                                            .text = text,
                                            .patient_number = TEST_PERSON_NUMBER,
                                            .patient_name = TEST_PERSON_NAME,
                                          });
  return id != NULL;
}

/**
 * benk_demo_get_n_documents:
 * @self: the demo
 *
 * Returns: how many follow-up documents the hub has accepted
 */
guint
benk_demo_get_n_documents (BenkDemo *self)
{
  return self->hub ? benk_virtual_hub_get_n_documents (self->hub) : 0;
}

static void arm (BenkDemo *self);

static gboolean
on_timer (gpointer user_data)
{
  BenkDemo *self = user_data;
  gsize i = self->n_raised++ % G_N_ELEMENTS (alarms);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->timer, g_source_unref);
  if (alarms[i].code == NULL)
    g_free (
      benk_virtual_hub_hand_out (self->hub, NULL,
                                 &(BenkVirtualDispense){ .serial = alarms[i].serial,
                                                         .event = alarms[i].text }));
  else if (!benk_demo_raise (self, alarms[i].serial, alarms[i].code, alarms[i].text,
                             &error))
    g_warning ("The demo's alarm could not be raised: %s", error->message);
  arm (self);
  return G_SOURCE_REMOVE;
}

static void
arm (BenkDemo *self)
{
  self->timer = benk_clock_create_timer (benk_session_get_clock (self->session),
                                         self->n_raised < 3 ? 1000 : ALARM_EVERY_MS);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
on_plugged_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = BENK_DEMO (source);
  GError *error = NULL;

  if (!benk_demo_plug_in_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  arm (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = BENK_DEMO (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (benk_demo_connect_finish (self, result, &error))
    benk_demo_plug_in_async (self, cancellable, on_plugged_in, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
on_reserved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (benk_demo_reserve_finish (BENK_SESSION (source), result, &error))
    benk_demo_connect_async (self, cancellable, on_connected, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = BENK_DEMO (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (benk_demo_look_finish (source, result, &error))
    benk_demo_reserve_async (self->session, cancellable, on_reserved,
                             g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!benk_import_apply_finish (BENK_IMPORT (source), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  benk_demo_look_async (self->session, self, cancellable, on_looked,
                        g_steal_pointer (&task));
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (BenkImport) import = benk_import_preview_finish (result, &error);

  if (!import)
    {
      g_task_return_error (task, error);
      return;
    }
  benk_import_apply_async (import, cancellable, on_applied, g_steal_pointer (&task));
}

static void
on_list_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkDemo *self = BENK_DEMO (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GFile) list = benk_demo_write_list_finish (self, result, &error);

  if (list)
    benk_import_preview_async (benk_session_get_inventory (self->session), list,
                               cancellable, on_previewed, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/**
 * benk_demo_run_async:
 * @self: the demo
 * @cancellable: (nullable): a cancellable
 * @callback: called when everything is there
 * @user_data: for @callback
 *
 * Imports the list, starts the hub, plugs the dispensers in, and lets alarms come.
 */
void
benk_demo_run_async (BenkDemo *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_demo_run_async);
  benk_demo_write_list_async (self, cancellable, on_list_written, task);
}

/**
 * benk_demo_run_finish:
 * @self: the demo
 * @result: what the callback was given
 * @error: what did not work
 *
 * Returns: whether the demo runs
 */
gboolean
benk_demo_run_finish (BenkDemo *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
