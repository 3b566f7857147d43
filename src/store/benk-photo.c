/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-photo.h"

#include "benk-config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "benk-db-private.h"
#include "benk-table-private.h"

#define FOLDER_SUFFIX ".photos"

/* Lies beside a picture until its row is committed. */
#define MARK ".new"

static const guint8 png_start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

/**
 * benk_photo_get_path:
 * @file: the name of a picture
 *
 * Returns: (transfer full): where it lies, in a folder beside the store
 */
char *
benk_photo_get_path (const char *store_path, const char *file)
{
  g_autofree char *folder = g_strconcat (store_path, FOLDER_SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

static guint32
get_be (const guint8 *data, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | data[i];
  return value;
}

/* JPEG: application segments and comments, but for JFIF (0) and Adobe's colours (14). */
static gboolean
strip_jpeg (const guint8 *data, gsize length, GByteArray *out)
{
  gsize at = 2;

  g_byte_array_append (out, data, 2);
  while (at + 4 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize size = 2 + (gsize) get_be (data + at + 2, 2);

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0xda)
        {
          g_byte_array_append (out, data + at, (guint) (length - at));
          return TRUE;
        }
      if (size < 4 || at + size > length)
        return FALSE;
      if (marker == 0xe0 || marker == 0xee ||
          !(marker == 0xfe || (marker >= 0xe1 && marker <= 0xef)))
        g_byte_array_append (out, data + at, (guint) size);
      at += size;
    }
  return FALSE;
}

static gboolean
strip_png (const guint8 *data, gsize length, GByteArray *out)
{
  static const char *const dropped[] = { "tEXt", "zTXt", "iTXt", "eXIf", "tIME", NULL };
  gsize at = sizeof png_start;

  g_byte_array_append (out, data, sizeof png_start);
  while (at + 12 <= length)
    {
      gsize size = 12 + (gsize) get_be (data + at, 4);
      char type[5] = { 0 };

      if (size > length - at)
        return FALSE;
      memcpy (type, data + at + 4, 4);
      if (!g_strv_contains (dropped, type))
        g_byte_array_append (out, data + at, (guint) size);
      at += size;
      if (strcmp (type, "IEND") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_png (const guint8 *data, gsize length)
{
  return length > sizeof png_start && memcmp (data, png_start, sizeof png_start) == 0;
}

/**
 * benk_photo_strip:
 * @picture: the octets of a JPEG or PNG file
 * @error: %BENK_ERROR_INVALID
 *
 * Leaves out what a camera wrote beside the picture: place, time, owner.
 *
 * Returns: (transfer full): the picture alone, or %NULL
 */
GBytes *
benk_photo_strip (GBytes *picture, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean done = FALSE;

  if (length > BENK_PHOTO_MAX_SIZE)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The picture is larger than %d MB. Nothing was kept."),
                   BENK_PHOTO_MAX_SIZE / (1024 * 1024));
      return NULL;
    }
  if (is_png (data, length))
    done = strip_png (data, length, out);
  else if (length > 4 && data[0] == 0xff && data[1] == 0xd8)
    done = strip_jpeg (data, length, out);
  if (done)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("This is not a whole JPEG or PNG picture. Nothing was kept."));
  return NULL;
}

static GBytes *
digest_bytes (GBytes *bytes)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  g_checksum_update (sum, data, (gssize) length);
  g_checksum_get_digest (sum, digest, &size);
  return g_bytes_new (digest, size);
}

static gboolean
write_files (const char *path, const char *data, gsize length, GError **error)
{
  g_autofree char *mark = g_strconcat (path, MARK, NULL);

  return g_file_set_contents_full (mark, "", 0, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error) &&
         g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT |
                                     G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/**
 * benk_photo_keep:
 * @db: a connection with an open scope
 * @picture: what benk_photo_strip() gave
 * @photo: gets id, file, size and digest
 * @error: return location for an error
 *
 * Writes the file, and a mark beside it. The row is the caller's to add; when that fails,
 * benk_photo_forget(), and once it is committed benk_photo_settle().
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_photo_keep (BenkDb *db, GBytes *picture, BenkChecklistPhoto *photo, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (picture, &length);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) local = NULL;

  if (!benk_scope_require (db, error))
    return FALSE;
  photo->id = benk_id_new (benk_db_get_clock (db));
  id = benk_id_to_string (&photo->id);
  g_free (photo->file);
  photo->file =
    g_strconcat (id, is_png ((const guint8 *) data, length) ? ".png" : ".jpg", NULL);
  photo->size = (gint64) length;
  g_clear_pointer (&photo->digest, g_bytes_unref);
  photo->digest = digest_bytes (picture);
  path = benk_photo_get_path (db->path, photo->file);
  folder = g_path_get_dirname (path);
  if (g_mkdir (folder, 0700) == 0 || errno == EEXIST)
    if (write_files (path, data, length, &local))
      return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_IO,
               _ ("The picture could not be kept in %s: %s"), folder,
               local != NULL ? local->message : g_strerror (errno));
  return FALSE;
}

/** benk_photo_forget: removes the file of a picture whose row was not kept */
void
benk_photo_forget (BenkDb *db, const BenkChecklistPhoto *photo)
{
  g_autofree char *path =
    photo->file != NULL ? benk_photo_get_path (db->path, photo->file) : NULL;

  if (path == NULL)
    return;
  g_unlink (path);
  benk_photo_settle (db->path, photo->file);
}

/** benk_photo_settle: @file is named by a row for good, or gone */
void
benk_photo_settle (const char *store_path, const char *file)
{
  g_autofree char *path = benk_photo_get_path (store_path, file);
  g_autofree char *mark = g_strconcat (path, MARK, NULL);

  g_unlink (mark);
}

/**
 * benk_photo_check:
 * @text: (out): what is wrong with the file, a sentence; %NULL if nothing is
 * @error: return location for an error of reading
 *
 * Returns: %FALSE with @error set when it could not be looked at
 */
gboolean
benk_photo_check (const char *store_path,
                  const BenkChecklistPhoto *photo,
                  char **text,
                  GError **error)
{
  g_autofree char *path = benk_photo_get_path (store_path, photo->file);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) digest = NULL;
  char *data;
  gsize length;

  *text = NULL;
  if (!g_file_get_contents (path, &data, &length, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          *text = g_strdup_printf (_ ("The picture %s is missing."), photo->file);
          return TRUE;
        }
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, _ ("%s cannot be read: %s"), path,
                   local->message);
      return FALSE;
    }
  bytes = g_bytes_new_take (data, length);
  digest = digest_bytes (bytes);
  if ((gint64) length != photo->size || photo->digest == NULL ||
      !g_bytes_equal (digest, photo->digest))
    *text = g_strdup_printf (
      _ ("The picture %s is not the one that was taken: it was changed."), photo->file);
  return TRUE;
}

#define EACH_SQL "SELECT file, size, digest FROM checklist_photo WHERE erased_ms IS "

static BenkChecklistPhoto *
read_file_row (BenkStmt *stmt)
{
  BenkChecklistPhoto *photo = g_new0 (BenkChecklistPhoto, 1);

  photo->file = benk_stmt_dup_text (stmt, 0);
  photo->size = benk_stmt_get_int64 (stmt, 1);
  photo->digest = benk_stmt_get_bytes (stmt, 2);
  return photo;
}

/**
 * benk_photo_check_all:
 * @text: (out): the first picture that is missing or changed, a sentence; or %NULL
 *
 * Returns: %FALSE with @error set when they could not be looked at
 */
gboolean
benk_photo_check_all (BenkDb *db, char **text, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, EACH_SQL "NULL", "");
  g_autoptr (GError) local = NULL;

  *text = NULL;
  if (stmt == NULL)
    return FALSE;
  while (*text == NULL && benk_stmt_step (stmt, &local))
    {
      BenkChecklistPhoto *photo = read_file_row (stmt);
      gboolean done = benk_photo_check (db->path, photo, text, error);

      benk_checklist_photo_free (photo);
      if (!done)
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_photo_sweep:
 *
 * Removes the files of pictures that were erased.
 *
 * Returns: %FALSE with %BENK_ERROR_IO when one is still there
 */
gboolean
benk_photo_sweep (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, EACH_SQL "NOT NULL", "");
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;
  while (benk_stmt_step (stmt, &local))
    {
      g_autofree char *path =
        benk_photo_get_path (db->path, benk_stmt_get_text (stmt, 0));

      if (g_unlink (path) == 0 || errno == ENOENT)
        continue;
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "%s cannot be removed.", path);
      return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_named (BenkDb *db, const char *file, gboolean *named, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT 1 FROM checklist_photo WHERE file = ?", "t",
                       file);

  *named = stmt != NULL && benk_stmt_step (stmt, &local);

  return benk_table_ended (stmt, &local, error);
}

/* A file that is being written has six more letters until it is whole. */
static void
remove_unfinished (const char *folder, const char *file)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gsize length = strlen (file);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, file) &&
        (name[length] == '\0' || (name[length] == '.' && strlen (name) == length + 7)))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
}

/* Returns: (transfer full) (element-type utf8): the files that have a mark */
static GPtrArray *
list_marked (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, MARK))
      g_ptr_array_add (files, g_strndup (name, strlen (name) - strlen (MARK)));
  return files;
}

static gboolean
sweep_marked (BenkDb *db, GPtrArray *files, const char *folder, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const char *file = g_ptr_array_index (files, i);
      gboolean named;

      if (!is_named (db, file, &named, error))
        return FALSE;
      if (!named)
        remove_unfinished (folder, file);
      benk_photo_settle (db->path, file);
    }
  return TRUE;
}

/**
 * benk_photo_sweep_unfinished:
 * @db: a writing connection without an open scope
 * @error: return location for an error
 *
 * Removes pictures that were being kept when the program was killed: those with a mark
 * that no row names. It never touches another file. Whoever is keeping one just now holds
 * the store; then it is left to the next time.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_photo_sweep_unfinished (BenkDb *db, GError **error)
{
  g_autofree char *folder = g_strconcat (db->path, FOLDER_SUFFIX, NULL);
  g_autoptr (GPtrArray) files = list_marked (folder);
  g_autoptr (GError) local = NULL;
  gboolean swept;

  if (files->len == 0)
    return TRUE;
  if (!benk_db_exec (db, "BEGIN IMMEDIATE", &local))
    {
      if (g_error_matches (local, BENK_ERROR, BENK_ERROR_BUSY))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  swept = sweep_marked (db, files, folder, error);
  return benk_db_exec (db, "ROLLBACK", swept ? error : NULL) && swept;
}
