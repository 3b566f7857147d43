/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-store.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "benk-db-private.h"
#include "benk-journal.h"
#include "benk-photo.h"
#include "benk-schema.h"
#include "benk-store-file.h"
#include "benk-store-thread.h"

/* How late another process's commit may be seen. */
#define FOREIGN_POLL_MS 1000

struct _BenkStore
{
  GObject parent_instance;

  char *path;
  BenkClock *clock;
  GMainContext *context;
  BenkJournalHead head; /* site and demo, which never change */

  BenkStoreThread *writer;
  BenkStoreThread *reader;
  gint64 data_version; /* reader only */

  GMutex mutex; /* guards the next two */
  gint64 last_seq;
  GSource *changed;

  GSource *poll;
  gint polling; /* atomic */
  int engine_fd;
};

G_DEFINE_FINAL_TYPE (BenkStore, benk_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
emit_changed (gpointer user_data)
{
  BenkStore *self = user_data;
  gint64 seq;

  g_mutex_lock (&self->mutex);
  seq = self->last_seq;
  g_clear_pointer (&self->changed, g_source_unref);
  g_mutex_unlock (&self->mutex);

  g_signal_emit (self, signals[CHANGED], 0, seq);

  return G_SOURCE_REMOVE;
}

/* From any thread of the store; many commits become one signal. */
static void
publish (BenkStore *self, gint64 seq)
{
  g_mutex_lock (&self->mutex);
  if (seq > self->last_seq)
    {
      self->last_seq = seq;
      if (self->changed == NULL)
        {
          self->changed = g_idle_source_new ();
          g_source_set_priority (self->changed, G_PRIORITY_DEFAULT);
          g_source_set_static_name (self->changed, "[dosebenk] store changed");
          g_source_set_callback (self->changed, emit_changed, self, NULL);
          g_source_attach (self->changed, self->context);
        }
    }
  g_mutex_unlock (&self->mutex);
}

static void
writer_done (BenkDb *db, gpointer owner)
{
  if (db->last_seq > 0)
    publish (owner, db->last_seq);
}

static gpointer
look_for_foreign (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkStore *self = data;
  BenkJournalHead head;
  gint64 version;

  g_atomic_int_set (&self->polling, 0);

  if (!benk_db_get_int64 (db, "PRAGMA data_version", &version, error))
    return NULL;
  if (version == self->data_version)
    return NULL;
  if (!benk_journal_get_newest (db, &head, error))
    return NULL;

  self->data_version = version;
  publish (self, head.seq);

  return NULL;
}

static void
looked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  benk_store_read_finish (BENK_STORE (object), result, &error);
  if (error != NULL)
    g_debug ("store: looking for changes of others: %s", error->message);
}

static void arm_poll (BenkStore *self);

static gboolean
poll_due (gpointer user_data)
{
  BenkStore *self = user_data;

  g_clear_pointer (&self->poll, g_source_unref);
  if (g_atomic_int_compare_and_exchange (&self->polling, 0, 1))
    benk_store_read_async (self, look_for_foreign, self, NULL, NULL, looked, NULL);
  arm_poll (self);

  return G_SOURCE_REMOVE;
}

static void
arm_poll (BenkStore *self)
{
  self->poll = benk_clock_create_timer (self->clock, FOREIGN_POLL_MS);
  g_source_set_callback (self->poll, poll_due, self, NULL);
  g_source_attach (self->poll, self->context);
}

static BenkDb *
open_writer (gpointer owner, GError **error)
{
  BenkStore *self = owner;
  g_autoptr (BenkDb) db = NULL;

  if (!benk_store_file_check (self->path, self->clock, error))
    return NULL;

  db = benk_db_open (self->path, BENK_DB_READ_WRITE, self->clock, error);
  if (db == NULL || !benk_schema_migrate (db, error) ||
      !benk_journal_get_newest (db, &self->head, error) ||
      !benk_journal_check_demo (db, &self->head, error) ||
      !benk_photo_sweep_unfinished (db, error))
    return NULL;

  self->last_seq = self->head.seq;
  return g_steal_pointer (&db);
}

static BenkDb *
open_reader (gpointer owner, GError **error)
{
  BenkStore *self = owner;

  return benk_db_open (self->path, BENK_DB_READ_ONLY, self->clock, error);
}

static void
benk_store_dispose (GObject *object)
{
  benk_store_close (BENK_STORE (object));

  G_OBJECT_CLASS (benk_store_parent_class)->dispose (object);
}

static void
benk_store_finalize (GObject *object)
{
  BenkStore *self = BENK_STORE (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->path, g_free);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (benk_store_parent_class)->finalize (object);
}

static void
benk_store_class_init (BenkStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_store_dispose;
  object_class->finalize = benk_store_finalize;

  /**
   * BenkStore::changed:
   * @seq: the newest journal row
   *
   * Something was committed, by this or by another process; emitted in the main context
   * that was the thread's default when the store was opened, once for many commits.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
benk_store_init (BenkStore *self)
{
  self->engine_fd = -1;
  g_mutex_init (&self->mutex);
}

/**
 * benk_store_open:
 * @path: the file
 * @clock: where instants come from
 *
 * Opens a store, migrating it if an older program made it. Blocks until it is open.
 *
 * Returns: (transfer full): the store, or %NULL with %BENK_ERROR_NOT_FOUND,
 * %BENK_ERROR_NEWER, %BENK_ERROR_INVALID (another program's database),
 * %BENK_ERROR_CORRUPT or another error; the file is then as it was
 */
BenkStore *
benk_store_open (const char *path, BenkClock *clock, GError **error)
{
  g_autoptr (BenkStore) self = g_object_new (BENK_TYPE_STORE, NULL);

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (BENK_IS_CLOCK (clock), NULL);

  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->context = g_main_context_ref_thread_default ();

  self->writer =
    benk_store_thread_new ("store-writer", open_writer, writer_done, self, error);
  if (self->writer == NULL)
    return NULL;
  self->reader = benk_store_thread_new ("store-reader", open_reader, NULL, self, error);
  if (self->reader == NULL)
    return NULL;

  arm_poll (self);

  return g_steal_pointer (&self);
}

/**
 * benk_store_create:
 * @path: a file that does not exist
 * @demo: whether simulated devices count; never changed later
 * @clock: where instants come from
 *
 * Makes a store and opens it. The name appears when the store is complete.
 *
 * Returns: (transfer full): the store, or %NULL with %BENK_ERROR_CONFLICT (the file
 * exists) or another error
 */
BenkStore *
benk_store_create (const char *path, gboolean demo, BenkClock *clock, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (BENK_IS_CLOCK (clock), NULL);

  if (!benk_store_file_make (path, demo, clock, error))
    return NULL;

  return benk_store_open (path, clock, error);
}

/**
 * benk_store_close:
 *
 * Does the work that waits, closes both connections and gives up the engine. No work may
 * be handed in afterwards. Called by the last unref too.
 */
void
benk_store_close (BenkStore *self)
{
  g_return_if_fail (BENK_IS_STORE (self));

  if (self->poll != NULL)
    g_source_destroy (self->poll);
  g_clear_pointer (&self->poll, g_source_unref);

  g_clear_pointer (&self->writer, benk_store_thread_free);
  g_clear_pointer (&self->reader, benk_store_thread_free);

  if (self->changed != NULL)
    g_source_destroy (self->changed);
  g_clear_pointer (&self->changed, g_source_unref);

  benk_store_release_engine (self);
}

const char *
benk_store_get_path (BenkStore *self)
{
  return self->path;
}

/**
 * benk_store_is_demo:
 *
 * Returns: whether simulated devices count in this store
 */
gboolean
benk_store_is_demo (BenkStore *self)
{
  return self->head.demo;
}

/**
 * benk_store_get_site:
 *
 * Returns: (transfer none): the name of this laptop's chain
 */
const BenkId *
benk_store_get_site (BenkStore *self)
{
  return &self->head.site;
}

/**
 * benk_store_get_clock:
 *
 * Returns: (transfer none): the clock handed in
 */
BenkClock *
benk_store_get_clock (BenkStore *self)
{
  return self->clock;
}

/**
 * benk_store_get_last_seq:
 *
 * Returns: the newest journal row seen; 0 when there is none
 */
gint64
benk_store_get_last_seq (BenkStore *self)
{
  gint64 seq;

  g_mutex_lock (&self->mutex);
  seq = self->last_seq;
  g_mutex_unlock (&self->mutex);

  return seq;
}

/**
 * benk_store_write:
 * @work: run on the writer thread
 *
 * Runs work with the only connection that writes, and waits. Not for the main thread of
 * the desktop application.
 *
 * Returns: (transfer full) (nullable): what @work returned; look at @error
 */
gpointer
benk_store_write (BenkStore *self,
                  BenkStoreWork work,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (BENK_IS_STORE (self) && self->writer != NULL, NULL);

  return benk_store_thread_run (self->writer, work, data, cancellable, error);
}

/**
 * benk_store_read:
 * @work: run on the reader thread
 *
 * Runs work with a connection that cannot write, and waits. Not for the main thread of
 * the desktop application.
 *
 * Returns: (transfer full) (nullable): what @work returned; look at @error
 */
gpointer
benk_store_read (BenkStore *self,
                 BenkStoreWork work,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (BENK_IS_STORE (self) && self->reader != NULL, NULL);

  return benk_store_thread_run (self->reader, work, data, cancellable, error);
}

static GTask *
new_task (BenkStore *self,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data,
          gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* What is committed is told, whatever was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

/**
 * benk_store_write_async:
 * @work: run on the writer thread
 * @data: handed to @work
 * @destroy: (nullable): frees @data, in the caller's main context
 * @cancellable: (nullable): work that has not begun ends with %BENK_ERROR_CANCELLED
 *
 * Runs work with the only connection that writes. Work is done in the order it was handed
 * in.
 */
void
benk_store_write_async (BenkStore *self,
                        BenkStoreWork work,
                        gpointer data,
                        GDestroyNotify destroy,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (BENK_IS_STORE (self) && self->writer != NULL);

  benk_store_thread_push (self->writer, work, data, destroy,
                          new_task (self, cancellable, callback, user_data,
                                    benk_store_write_async));
}

/**
 * benk_store_write_finish:
 *
 * Returns: (transfer full) (nullable): what the work returned; look at @error
 */
gpointer
benk_store_write_finish (BenkStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, benk_store_write_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_store_read_async:
 * @work: run on the reader thread
 * @data: handed to @work
 * @destroy: (nullable): frees @data, in the caller's main context
 * @cancellable: (nullable): work that has not begun ends with %BENK_ERROR_CANCELLED
 *
 * Runs work with a connection that cannot write.
 */
void
benk_store_read_async (BenkStore *self,
                       BenkStoreWork work,
                       gpointer data,
                       GDestroyNotify destroy,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (BENK_IS_STORE (self) && self->reader != NULL);

  benk_store_thread_push (self->reader, work, data, destroy,
                          new_task (self, cancellable, callback, user_data,
                                    benk_store_read_async));
}

/**
 * benk_store_read_finish:
 *
 * Returns: (transfer full) (nullable): what the work returned; look at @error
 */
gpointer
benk_store_read_finish (BenkStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, benk_store_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_store_try_engine:
 *
 * Tries to become the one process that polls feeds, sends the outbox and notifies. Held
 * until [method@BenkStore.release_engine], the end of the store or of the process.
 *
 * Returns: %FALSE with %BENK_ERROR_BUSY while another has it, or with another error
 */
gboolean
benk_store_try_engine (BenkStore *self, GError **error)
{
  g_autofree char *path = NULL;
  int fd, number;

  g_return_val_if_fail (BENK_IS_STORE (self), FALSE);

  if (self->engine_fd >= 0)
    return TRUE;

  path = g_strconcat (self->path, ".engine", NULL);
  fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      self->engine_fd = fd;
      return TRUE;
    }

  number = errno;
  if (fd >= 0)
    close (fd);
  if (number == EWOULDBLOCK)
    g_set_error (error, BENK_ERROR, BENK_ERROR_BUSY,
                 _ ("Another Dosebenk already looks after this store."));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "%s: %s", path, g_strerror (number));

  return FALSE;
}

gboolean
benk_store_is_engine (BenkStore *self)
{
  return self->engine_fd >= 0;
}

void
benk_store_release_engine (BenkStore *self)
{
  if (self->engine_fd >= 0)
    close (self->engine_fd);
  self->engine_fd = -1;
}
