/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-zip.h"

#include "benk-config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"

/* Archives of a stranger: how many parts are looked at, and how far one may grow. Deflate
 * packs the sheets of spreadsheets 10 to 30 times. */
#define MAX_PARTS 4096
#define FREE_BYTES (G_GUINT64_CONSTANT (48) * 1024 * 1024)
#define MAX_GROWTH 100
#define MAX_PART_BYTES (G_GUINT64_CONSTANT (1024) * 1024 * 1024)

#define BLOCK_BYTES (64 * 1024)

typedef struct archive Archive;

static void
close_archive (Archive *archive)
{
  archive_free (archive);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, close_archive)

static void
set_damaged (GError **error, Archive *archive)
{
  const char *words = archive != NULL ? archive_error_string (archive) : NULL;

  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               /* Translators: %s is what the unpacking library says, in English. */
               _ ("The file is damaged or cut off: %s."), words != NULL ? words : "zip");
}

static Archive *
open_archive (GBytes *bytes, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (archive != NULL && archive_read_support_format_zip (archive) == ARCHIVE_OK &&
      archive_read_open_memory (archive, data, length) == ARCHIVE_OK)
    return g_steal_pointer (&archive);

  set_damaged (error, archive);
  return NULL;
}

/* Unpacks the part the archive stands on; what it says of its own size is not believed.
 */
static gboolean
read_data (
  Archive *archive, guint64 packed, BenkZipSink sink, gpointer user_data, GError **error)
{
  guint64 limit = MIN (FREE_BYTES + packed * MAX_GROWTH, MAX_PART_BYTES);
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  guint64 total = 0;
  la_ssize_t n;

  while ((n = archive_read_data (archive, block, BLOCK_BYTES)) > 0)
    {
      total += (guint64) n;
      if (total > limit)
        {
          g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                               _ ("The file unpacks to far more than a list can hold."));
          return FALSE;
        }
      if (!sink (block, (gsize) n, user_data, error))
        return FALSE;
    }
  if (n == 0)
    return TRUE;

  set_damaged (error, archive);
  return FALSE;
}

/**
 * benk_zip_is_zip:
 * @bytes: the content of a file
 *
 * Returns: whether it begins as a ZIP archive does
 */
gboolean
benk_zip_is_zip (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length >= 4 && memcmp (data, "PK\003\004", 4) == 0;
}

/**
 * benk_zip_read_part:
 * @bytes: a ZIP archive
 * @name: the path of a part; case does not matter (ECMA-376 part 2, 6.2.2.3)
 * @sink: takes what it holds, piece by piece
 * @user_data: for @sink
 * @error: return location for an error
 *
 * Unpacks one part. How far it may grow is bounded by the size of the archive.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND, %BENK_ERROR_INVALID in words or the error
 * of
 *   @sink
 */
gboolean
benk_zip_read_part (
  GBytes *bytes, const char *name, BenkZipSink sink, gpointer user_data, GError **error)
{
  g_autoptr (Archive) archive = open_archive (bytes, error);
  struct archive_entry *entry;
  int code = ARCHIVE_EOF;

  if (archive == NULL)
    return FALSE;
  for (guint i = 0; i < MAX_PARTS; i++)
    {
      const char *path;

      code = archive_read_next_header (archive, &entry);
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        break;
      path = archive_entry_pathname (entry);
      if (path != NULL && g_ascii_strcasecmp (path, name) == 0)
        return read_data (archive, g_bytes_get_size (bytes), sink, user_data, error);
    }
  if (code == ARCHIVE_EOF || code == ARCHIVE_OK || code == ARCHIVE_WARN)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("The part “%s” is missing in the file."), name);
  else
    set_damaged (error, archive);

  return FALSE;
}

static la_ssize_t
append_block (Archive *archive, void *user_data, const void *block, size_t length)
{
  g_byte_array_append (user_data, block, (guint) length);

  return (la_ssize_t) length;
}

static gboolean
write_part (Archive *archive, const BenkZipPart *part, GCancellable *cancellable)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize length;
  const char *data = g_bytes_get_data (part->bytes, &length);
  gboolean done;

  archive_entry_set_pathname (entry, part->name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) length);
  done = archive_write_header (archive, entry) == ARCHIVE_OK;
  for (gsize at = 0; done && at < length; at += BLOCK_BYTES)
    {
      gsize n = MIN (length - at, BLOCK_BYTES);

      done = !g_cancellable_is_cancelled (cancellable) &&
             archive_write_data (archive, data + at, n) == (la_ssize_t) n;
    }
  archive_entry_free (entry);

  return done;
}

/**
 * benk_zip_write:
 * @parts: (array length=n_parts): what the archive is to hold, in this order
 * @n_parts: their number
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Returns: (transfer full): a ZIP archive, or %NULL with %BENK_ERROR_FAILED or
 *   %G_IO_ERROR_CANCELLED
 */
GBytes *
benk_zip_write (const BenkZipPart *parts,
                gsize n_parts,
                GCancellable *cancellable,
                GError **error)
{
  /* Freed last: an archive that is given up writes its end. */
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (Archive) archive = archive_write_new ();
  gboolean going =
    archive != NULL && archive_write_set_format_zip (archive) == ARCHIVE_OK &&
    archive_write_set_bytes_in_last_block (archive, 1) == ARCHIVE_OK &&
    archive_write_open (archive, out, NULL, append_block, NULL) == ARCHIVE_OK;

  for (gsize i = 0; going && i < n_parts; i++)
    going = write_part (archive, &parts[i], cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (going && archive_write_close (archive) == ARCHIVE_OK)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));

  g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED, "zip: %s",
               archive != NULL && archive_error_string (archive) != NULL
                 ? archive_error_string (archive)
                 : "no archive");
  return NULL;
}
