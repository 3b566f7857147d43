/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-store-file.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "benk-backup.h"
#include "benk-schema.h"

static gboolean
make_file (const char *path, gboolean demo, BenkClock *clock, GError **error)
{
  g_autoptr (BenkDb) db = NULL;
  BenkId site = benk_id_new (clock);
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int number = errno;

      g_set_error (error, BENK_ERROR,
                   number == EACCES ? BENK_ERROR_PERMISSION : BENK_ERROR_IO, "%s: %s",
                   path, g_strerror (number));
      return FALSE;
    }
  close (fd);

  db = benk_db_open (path, BENK_DB_CREATE, clock, error);

  return db != NULL && benk_schema_create (db, &site, demo, error) &&
         benk_db_truncate_wal (db, error);
}

/* A hard link fails where the name is taken; a rename would replace it. */
static gboolean
give_name (const char *made, const char *path, GError **error)
{
  int number;

  if (link (made, path) == 0)
    return g_unlink (made) == 0 && benk_backup_sync_folder (path, error);

  number = errno;
  if (number != EEXIST && !g_file_test (path, G_FILE_TEST_EXISTS) &&
      g_rename (made, path) == 0)
    return benk_backup_sync_folder (path, error);

  g_set_error (error, BENK_ERROR, number == EEXIST ? BENK_ERROR_CONFLICT : BENK_ERROR_IO,
               "%s: %s", path, g_strerror (number));
  return FALSE;
}

/*< private >
 * benk_store_file_make:
 *
 * Makes an empty store beside its place and gives it its name when it is complete.
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT (the name is taken) or another error
 */
gboolean
benk_store_file_make (const char *path, gboolean demo, BenkClock *clock, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *made = NULL;
  BenkId id;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT, _ ("%s exists already."),
                   path);
      return FALSE;
    }

  id = benk_id_new (clock);
  name = benk_id_to_string (&id);
  made = g_strdup_printf ("%s.%s.new", path, name);
  if (make_file (made, demo, clock, error) && give_name (made, path, error))
    return TRUE;

  g_unlink (made);
  return FALSE;
}

/*< private >
 * benk_store_file_check:
 *
 * Looks at a store before anything is set in it, so that what is not ours or newer stays
 * as it is.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND, %BENK_ERROR_NEWER, %BENK_ERROR_INVALID or
 * another error
 */
gboolean
benk_store_file_check (const char *path, BenkClock *clock, GError **error)
{
  g_autoptr (BenkDb) db = NULL;
  int version;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   _ ("There is no store at %s."), path);
      return FALSE;
    }

  db = benk_db_open (path, BENK_DB_READ_ONLY, clock, error);

  return db != NULL && benk_schema_check (db, &version, error);
}
