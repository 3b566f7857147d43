/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-xlsx-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-csv.h"
#include "benk-error.h"

/* More is no list of a district. */
#define MAX_SHEETS 1024
#define MAX_FORMATS 65536
#define MAX_STRINGS (8 * 1024 * 1024)

/* Relationships of one part: id and type → the path of another. */
typedef struct
{
  GHashTable *by_id;
  GHashTable *by_type; /* by the last word of the type */
  char *folder;
} Relations;

static void
relations_clear (Relations *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->by_type, g_hash_table_unref);
  g_clear_pointer (&self->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Relations, relations_clear)

static char *
resolve_path (const char *folder, const char *target)
{
  g_autofree char *whole =
    *target == '/' ? g_strdup (target + 1) : g_strconcat (folder, target, NULL);
  g_auto (GStrv) steps = g_strsplit (whole, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; steps[i] != NULL; i++)
    if (strcmp (steps[i], "..") == 0 && kept->len > 0)
      g_ptr_array_set_size (kept, (int) kept->len - 1);
    else if (strcmp (steps[i], ".") != 0 && strcmp (steps[i], "..") != 0)
      g_ptr_array_add (kept, steps[i]);
  g_ptr_array_add (kept, NULL);

  return g_strjoinv ("/", (char **) kept->pdata);
}

static gboolean
on_relation (BenkXml *xml, const char *name, gpointer user_data, GError **error)
{
  Relations *self = user_data;
  g_autofree char *id = benk_xml_dup_attribute (xml, "Id");
  g_autofree char *type = benk_xml_dup_attribute (xml, "Type");
  g_autofree char *target = benk_xml_dup_attribute (xml, "Target");
  const char *word = type != NULL ? strrchr (type, '/') : NULL;

  if (strcmp (name, "Relationship") != 0 || id == NULL || word == NULL || target == NULL)
    return TRUE;
  g_hash_table_insert (self->by_id, g_strdup (id), resolve_path (self->folder, target));
  if (!g_hash_table_contains (self->by_type, word + 1))
    g_hash_table_insert (self->by_type, g_strdup (word + 1),
                         resolve_path (self->folder, target));

  return TRUE;
}

/* The relationships of the part @path, "" for the archive itself. */
static gboolean
read_relations (Relations *self,
                GBytes *archive,
                const char *path,
                GCancellable *cancellable,
                GError **error)
{
  static const BenkXmlHandler handler = { .start = on_relation };
  const char *slash = strrchr (path, '/');
  g_autofree char *part = NULL;

  self->folder =
    slash != NULL ? g_strndup (path, (gsize) (slash + 1 - path)) : g_strdup ("");
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->by_type = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  part =
    g_strdup_printf ("%s_rels/%s.rels", self->folder, slash != NULL ? slash + 1 : path);

  return benk_xml_read_part (archive, part, &handler, self, cancellable, error);
}

typedef struct
{
  BenkXlsxBook *book;
  Relations *relations;
} WorkbookReader;

static gboolean
is_true (const char *text)
{
  return g_strcmp0 (text, "1") == 0 || g_strcmp0 (text, "true") == 0;
}

static gboolean
on_workbook (BenkXml *xml, const char *name, gpointer user_data, GError **error)
{
  WorkbookReader *reader = user_data;
  BenkXlsxBook *book = reader->book;

  if (strcmp (name, "workbookPr") == 0)
    {
      g_autofree char *epoch = benk_xml_dup_attribute (xml, "date1904");

      book->epoch_1904 = is_true (epoch);
    }
  else if (strcmp (name, "sheet") == 0 && book->sheets->len < MAX_SHEETS)
    {
      g_autofree char *title = benk_xml_dup_attribute (xml, "name");
      g_autofree char *id = benk_xml_dup_attribute (xml, "id");
      const char *part =
        id != NULL ? g_hash_table_lookup (reader->relations->by_id, id) : NULL;

      g_ptr_array_add (book->sheets, g_strdup (title != NULL ? title : ""));
      g_ptr_array_add (book->parts, g_strdup (part != NULL ? part : ""));
    }

  return TRUE;
}

typedef struct
{
  BenkXlsxBook *book;
  GHashTable *codes; /* id → format */
  gboolean in_cells;
} StyleReader;

static gboolean
on_style (BenkXml *xml, const char *name, gpointer user_data, GError **error)
{
  StyleReader *reader = user_data;
  char id[16];

  if (strcmp (name, "cellXfs") == 0)
    reader->in_cells = TRUE;
  else if (strcmp (name, "numFmt") == 0 &&
           benk_xml_copy_attribute (xml, "numFmtId", id, sizeof id) &&
           g_hash_table_size (reader->codes) < MAX_FORMATS)
    {
      g_autofree char *code = benk_xml_dup_attribute (xml, "formatCode");

      if (code != NULL)
        g_hash_table_insert (reader->codes,
                             GUINT_TO_POINTER ((guint) g_ascii_strtoull (id, NULL, 10)),
                             GUINT_TO_POINTER (benk_xlsx_format_from_code (code)));
    }
  else if (strcmp (name, "xf") == 0 && reader->in_cells &&
           reader->book->formats->len < MAX_FORMATS)
    {
      guint n = benk_xml_copy_attribute (xml, "numFmtId", id, sizeof id)
                  ? (guint) g_ascii_strtoull (id, NULL, 10)
                  : 0;
      gpointer own = NULL;
      guint format =
        g_hash_table_lookup_extended (reader->codes, GUINT_TO_POINTER (n), NULL, &own)
          ? GPOINTER_TO_UINT (own)
          : benk_xlsx_format_from_id (n);

      g_array_append_val (reader->book->formats, format);
    }

  return TRUE;
}

static gboolean
on_style_end (const char *name, gpointer user_data, GError **error)
{
  StyleReader *reader = user_data;

  if (strcmp (name, "cellXfs") == 0)
    reader->in_cells = FALSE;

  return TRUE;
}

static gboolean
read_styles (BenkXlsxBook *book,
             GBytes *archive,
             const char *part,
             GCancellable *cancellable,
             GError **error)
{
  static const BenkXmlHandler handler = { .start = on_style, .end = on_style_end };
  StyleReader reader = { book, g_hash_table_new (NULL, NULL), FALSE };
  gboolean done =
    benk_xml_read_part (archive, part, &handler, &reader, cancellable, error);

  g_hash_table_unref (reader.codes);

  return done;
}

/* Shared strings: the runs of rich text belong together, what is said of how to pronounce
 * them does not. */
typedef struct
{
  BenkXlsxBook *book;
  GString *text;
  guint64 total;
  gboolean in_text;
  guint in_phonetic;
} StringsReader;

static gboolean
on_string (BenkXml *xml, const char *name, gpointer user_data, GError **error)
{
  StringsReader *reader = user_data;

  if (strcmp (name, "si") == 0)
    g_string_truncate (reader->text, 0);
  else if (strcmp (name, "rPh") == 0)
    reader->in_phonetic++;
  else if (strcmp (name, "t") == 0)
    reader->in_text = reader->in_phonetic == 0;

  return TRUE;
}

static gboolean
on_string_text (const char *text, gsize length, gpointer user_data, GError **error)
{
  StringsReader *reader = user_data;

  /* A run ends where a cell's longest text, in UTF-8, ends. */
  if (reader->in_text && reader->text->len + length <= BENK_CSV_MAX_FIELD * 4)
    g_string_append_len (reader->text, text, (gssize) length);
  else if (reader->in_text)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("A text in the file is longer than %d characters."),
                   BENK_CSV_MAX_FIELD);
      return FALSE;
    }

  return TRUE;
}

static gboolean
on_string_end (const char *name, gpointer user_data, GError **error)
{
  StringsReader *reader = user_data;

  if (strcmp (name, "t") == 0)
    reader->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0 && reader->in_phonetic > 0)
    reader->in_phonetic--;
  else if (strcmp (name, "si") == 0)
    {
      benk_xlsx_unescape (reader->text);
      reader->total += reader->text->len + 1;
      if (reader->total > BENK_XLSX_MAX_TEXT || reader->book->strings->len >= MAX_STRINGS)
        {
          g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                               _ ("The file holds far more text than a list can."));
          return FALSE;
        }
      g_ptr_array_add (reader->book->strings,
                       g_string_chunk_insert_len (reader->book->text, reader->text->str,
                                                  (gssize) reader->text->len));
    }

  return TRUE;
}

const BenkXmlHandler benk_xlsx_strings_handler = { on_string, on_string_end,
                                                   on_string_text };

/*
 * benk_xlsx_strings_reader_new:
 *
 * Returns: (transfer full): what benk_xlsx_strings_handler wants handed in
 */
gpointer
benk_xlsx_strings_reader_new (BenkXlsxBook *book)
{
  StringsReader *reader = g_new0 (StringsReader, 1);

  reader->book = book;
  reader->text = g_string_new (NULL);

  return reader;
}

void
benk_xlsx_strings_reader_free (gpointer data)
{
  StringsReader *reader = data;

  g_string_free (reader->text, TRUE);
  g_free (reader);
}

static gboolean
read_strings (BenkXlsxBook *book,
              GBytes *archive,
              const char *part,
              GCancellable *cancellable,
              GError **error)
{
  gpointer reader = benk_xlsx_strings_reader_new (book);
  gboolean done = benk_xml_read_part (archive, part, &benk_xlsx_strings_handler, reader,
                                      cancellable, error);

  benk_xlsx_strings_reader_free (reader);

  return done;
}

/*
 * benk_xlsx_book_new:
 *
 * Returns: (transfer full): a workbook without anything
 */
BenkXlsxBook *
benk_xlsx_book_new (void)
{
  BenkXlsxBook *self = g_new0 (BenkXlsxBook, 1);

  self->sheets = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->strings = g_ptr_array_new ();
  self->text = g_string_chunk_new (16 * 1024);
  self->formats = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
benk_xlsx_book_free (BenkXlsxBook *self)
{
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->strings);
  g_string_chunk_free (self->text);
  g_array_unref (self->formats);
  g_free (self);
}

static gboolean
read_book (BenkXlsxBook *self, GBytes *file, GCancellable *cancellable, GError **error)
{
  static const BenkXmlHandler handler = { .start = on_workbook };
  g_auto (Relations) root = { NULL };
  g_auto (Relations) relations = { NULL };
  WorkbookReader reader = { self, &relations };
  const char *workbook, *part;

  if (!read_relations (&root, file, "", cancellable, error))
    return FALSE;
  workbook = g_hash_table_lookup (root.by_type, "officeDocument");
  if (workbook == NULL)
    workbook = "xl/workbook.xml";
  if (!read_relations (&relations, file, workbook, cancellable, error) ||
      !benk_xml_read_part (file, workbook, &handler, &reader, cancellable, error))
    return FALSE;
  part = g_hash_table_lookup (relations.by_type, "styles");
  if (part != NULL && !read_styles (self, file, part, cancellable, error))
    return FALSE;
  part = g_hash_table_lookup (relations.by_type, "sharedStrings");

  return part == NULL || read_strings (self, file, part, cancellable, error);
}

/*
 * benk_xlsx_book_read:
 * @file: an XLSX file
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads everything but the sheets (ECMA-376 part 1, 12.3).
 *
 * Returns: (transfer full): the workbook, or %NULL with %BENK_ERROR_INVALID in words
 */
BenkXlsxBook *
benk_xlsx_book_read (GBytes *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (BenkXlsxBook) self = benk_xlsx_book_new ();
  g_autoptr (GError) local = NULL;

  if (read_book (self, file, cancellable, &local) && self->sheets->len > 0)
    return g_steal_pointer (&self);
  if (local == NULL || g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("This is not a workbook of a spreadsheet (.xlsx): %s"),
                 local != NULL ? local->message : _ ("It has no sheet."));
  else
    g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}
