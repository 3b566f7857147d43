/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-test-vfs.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* A write or, without data, a truncation to @offset that no sync has followed. */
typedef struct
{
  gint64 offset;
  GBytes *data;
} Pending;

/* What would be on the disk after a power cut. */
typedef struct
{
  char *path;
  GByteArray *synced;
  GPtrArray *pending;
} Image;

typedef struct
{
  sqlite3_file base;
  Image *image; /* NULL for what has no name */
  sqlite3_file *real;
} File;

/* SQLite hands the VFS no pointer of ours through every call, so its state is one. */
static struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  GHashTable *images;
  int n_syncs, cut_at;
  int n_writes, fill_at;
  gboolean cut, full;
} disk;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static void
image_free (gpointer data)
{
  Image *self = data;

  g_free (self->path);
  g_byte_array_unref (self->synced);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

static Image *
image_for (const char *path)
{
  Image *self = g_hash_table_lookup (disk.images, path);
  g_autofree char *content = NULL;
  gsize length = 0;

  if (self != NULL)
    return self;

  self = g_new0 (Image, 1);
  self->path = g_strdup (path);
  self->synced = g_byte_array_new ();
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  if (g_file_get_contents (path, &content, &length, NULL))
    g_byte_array_append (self->synced, (guint8 *) content, (guint) length);
  g_hash_table_insert (disk.images, self->path, self);

  return self;
}

static void
image_write (Image *self, const Pending *pending)
{
  gsize length;
  gconstpointer data;
  guint end;

  if (pending->data == NULL)
    {
      g_byte_array_set_size (self->synced, (guint) pending->offset);
      return;
    }

  data = g_bytes_get_data (pending->data, &length);
  end = (guint) (pending->offset + (gint64) length);
  if (end > self->synced->len)
    {
      guint before = self->synced->len;

      g_byte_array_set_size (self->synced, end);
      memset (self->synced->data + before, 0, end - before);
    }
  memcpy (self->synced->data + pending->offset, data, length);
}

static void
image_settle (Image *self, BenkTestVfsKeep keep, gboolean all)
{
  for (guint i = 0; i < self->pending->len; i++)
    if (all || (keep == BENK_TEST_VFS_KEEP_SOME && g_test_rand_bit ()))
      image_write (self, g_ptr_array_index (self->pending, i));
  g_ptr_array_set_size (self->pending, 0);
}

static void
remember (File *file, gint64 offset, GBytes *data)
{
  Pending *pending;

  if (file->image == NULL)
    return;

  pending = g_new0 (Pending, 1);
  pending->offset = offset;
  pending->data = data;
  g_ptr_array_add (file->image->pending, pending);
}

static int
file_close (sqlite3_file *base)
{
  return ((File *) base)->real->pMethods->xClose (((File *) base)->real);
}

static int
file_read (sqlite3_file *base, void *data, int length, sqlite3_int64 offset)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xRead (real, data, length, offset);
}

static int
file_write (sqlite3_file *base, const void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (disk.cut)
    return SQLITE_IOERR_WRITE;
  if (disk.fill_at > 0 && ++disk.n_writes >= disk.fill_at)
    {
      disk.full = TRUE;
      return SQLITE_FULL;
    }
  if (disk.fill_at == 0)
    disk.n_writes++;

  remember (file, offset, g_bytes_new (data, (gsize) length));
  return file->real->pMethods->xWrite (file->real, data, length, offset);
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (disk.cut)
    return SQLITE_IOERR_TRUNCATE;

  remember (file, size, NULL);
  return file->real->pMethods->xTruncate (file->real, size);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;

  if (!disk.cut && ++disk.n_syncs == disk.cut_at)
    disk.cut = TRUE;
  if (disk.cut)
    return SQLITE_IOERR_FSYNC;

  if (file->image != NULL)
    image_settle (file->image, BENK_TEST_VFS_KEEP_NONE, TRUE);
  return file->real->pMethods->xSync (file->real, flags);
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xFileSize (real, size);
}

static int
file_lock (sqlite3_file *base, int level)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xLock (real, level);
}

static int
file_unlock (sqlite3_file *base, int level)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xUnlock (real, level);
}

static int
file_check_lock (sqlite3_file *base, int *out)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xCheckReservedLock (real, out);
}

static int
file_control (sqlite3_file *base, int op, void *arg)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xFileControl (real, op, arg);
}

static int
file_sector (sqlite3_file *base)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xSectorSize (real);
}

static int
file_traits (sqlite3_file *base)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xDeviceCharacteristics (real);
}

static int
file_shm_map (sqlite3_file *base, int page, int size, int extend, void volatile **out)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xShmMap (real, page, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xShmLock (real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  sqlite3_file *real = ((File *) base)->real;

  real->pMethods->xShmBarrier (real);
}

static int
file_shm_unmap (sqlite3_file *base, int remove)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xShmUnmap (real, remove);
}

/* Version 2: no memory-mapped reads or writes past xWrite. */
static const sqlite3_io_methods methods = {
  2,           file_close,   file_read,     file_write,       file_truncate,  file_sync,
  file_size,   file_lock,    file_unlock,   file_check_lock,  file_control,   file_sector,
  file_traits, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap,
};

static int
vfs_open (
  sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  File *file = (File *) base;
  int code;

  file->real = (sqlite3_file *) (file + 1);
  file->image = name != NULL ? image_for (name) : NULL;
  code = disk.real->xOpen (disk.real, name, file->real, flags, out_flags);
  base->pMethods = file->real->pMethods != NULL ? &methods : NULL;

  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  if (disk.cut)
    return SQLITE_IOERR_DELETE;

  g_hash_table_remove (disk.images, name);
  return disk.real->xDelete (disk.real, name, sync_folder);
}

/* Makes the VFS known to SQLite, once a program. */
void
benk_test_vfs_register (void)
{
  disk.real = sqlite3_vfs_find (NULL);
  disk.vfs = *disk.real;
  disk.vfs.zName = BENK_TEST_VFS;
  disk.vfs.pNext = NULL;
  disk.vfs.szOsFile = (int) sizeof (File) + disk.real->szOsFile;
  disk.vfs.xOpen = vfs_open;
  disk.vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&disk.vfs, 0), ==, SQLITE_OK);
}

/* Takes every file as it is as synced. */
void
benk_test_vfs_begin (void)
{
  benk_test_vfs_end ();
  disk.images = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, image_free);
}

void
benk_test_vfs_end (void)
{
  g_clear_pointer (&disk.images, g_hash_table_unref);
  disk.n_syncs = disk.cut_at = disk.n_writes = disk.fill_at = 0;
  disk.cut = disk.full = FALSE;
}

/* The power goes when the sync numbered @n, counted from 1, is asked for. */
void
benk_test_vfs_cut_at_sync (int n)
{
  disk.cut_at = n;
}

/* There is no room from the write numbered @n on. */
void
benk_test_vfs_fill_at_write (int n)
{
  disk.n_writes = 0;
  disk.fill_at = n;
}

void
benk_test_vfs_make_room (void)
{
  disk.fill_at = 0;
  disk.full = FALSE;
}

int
benk_test_vfs_get_n_syncs (void)
{
  return disk.n_syncs;
}

int
benk_test_vfs_get_n_writes (void)
{
  return disk.n_writes;
}

gboolean
benk_test_vfs_is_cut (void)
{
  return disk.cut;
}

gboolean
benk_test_vfs_is_full (void)
{
  return disk.full;
}

/* Writes to the real files what the disk would hold after the cut. */
void
benk_test_vfs_leave_what_was_synced (BenkTestVfsKeep keep)
{
  GHashTableIter iter;
  Image *image;

  g_hash_table_iter_init (&iter, disk.images);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &image))
    {
      g_autofree char *shm = g_strconcat (image->path, "-shm", NULL);
      g_autoptr (GError) error = NULL;

      image_settle (image, keep, FALSE);
      g_file_set_contents_full (image->path, (char *) image->synced->data,
                                image->synced->len, G_FILE_SET_CONTENTS_NONE, 0600,
                                &error);
      g_assert_no_error (error);
      g_unlink (shm);
    }
}
