/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "benk-db-private.h"

#define MIGRATION_MARK ".before-schema-"

static gboolean
fail_errno (const char *path, const char *doing, int number, GError **error)
{
  int code = number == ENOSPC || number == EDQUOT  ? BENK_ERROR_FULL
             : number == EACCES || number == EPERM ? BENK_ERROR_PERMISSION
                                                   : BENK_ERROR_IO;

  g_set_error (error, BENK_ERROR, code, "%s: %s: %s", path, doing, g_strerror (number));
  return FALSE;
}

/**
 * benk_backup_sync_folder:
 * @path: a file in the folder
 *
 * Makes a new name in a folder survive a power cut.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_backup_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int failed;

  if (fd < 0)
    return fail_errno (folder, "open", errno, error);

  failed = fsync (fd) == 0 ? 0 : errno;
  close (fd);

  return failed == 0 || fail_errno (folder, "sync", failed, error);
}

static gboolean
copy_pages (BenkDb *from, BenkDb *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");
  int code;

  if (backup == NULL)
    {
      benk_db_set_error (to, sqlite3_extended_errcode (to->handle), "backup", error);
      return FALSE;
    }

  code = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  if (code == SQLITE_DONE)
    return TRUE;

  benk_db_set_error (to, code, "backup", error);
  return FALSE;
}

static gboolean
write_copy (BenkDb *db, const char *path, GError **error)
{
  g_autoptr (BenkDb) to = NULL;
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    return fail_errno (path, "create", errno, error);
  close (fd);

  to = benk_db_open (path, BENK_DB_CREATE, db->clock, error);

  /* One file, without a log beside it. */
  return to != NULL && copy_pages (db, to, error) &&
         benk_db_exec (to, "PRAGMA journal_mode = DELETE", error);
}

/**
 * benk_backup_write:
 * @path: the copy; an older one of this name is replaced
 *
 * Copies the whole store as it is now into one file, readable by its owner only. The name
 * appears when the copy is complete.
 *
 * Returns: %FALSE with @error set on failure; @path is then as before
 */
gboolean
benk_backup_write (BenkDb *db, const char *path, GError **error)
{
  g_autofree char *partial = g_strconcat (path, ".part", NULL);

  benk_db_assert_owner (db);

  g_unlink (partial);
  if (!write_copy (db, partial, error))
    {
      g_unlink (partial);
      return FALSE;
    }

  if (g_rename (partial, path) != 0)
    return fail_errno (path, "rename", errno, error);

  return benk_backup_sync_folder (path, error);
}

/**
 * benk_backup_get_migration_path:
 * @schema: the schema that is migrated to
 *
 * Returns: (transfer full): where the copy made before a migration lies
 */
char *
benk_backup_get_migration_path (const char *store_path, int schema)
{
  return g_strdup_printf ("%s" MIGRATION_MARK "%d", store_path, schema);
}

/**
 * benk_backup_list:
 *
 * Returns: (transfer full) (element-type filename): the copies made before migrations
 * that lie beside a store
 */
GPtrArray *
benk_backup_list (const char *store_path)
{
  g_autofree char *folder = g_path_get_dirname (store_path);
  g_autofree char *base = g_path_get_basename (store_path);
  g_autofree char *prefix = g_strconcat (base, MIGRATION_MARK, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && !g_str_has_suffix (name, ".part"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));

  return paths;
}
