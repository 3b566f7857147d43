/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-data.h"

#include <string.h>

static void
row_free (gpointer data)
{
  DataRow *row = data;

  g_free (row->name);
  g_bytes_unref (row->bytes);
  g_free (row);
}

/* Hex digits in pairs; stops at the first word that is none. */
GBytes *
data_from_hex (const char *hex)
{
  GByteArray *array = g_byte_array_new ();
  g_auto (GStrv) words = g_strsplit_set (hex, " \n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint8 octet;

      if (*words[i] == '\0' || *words[i] == '|')
        continue;
      if (strlen (words[i]) != 2 || !g_ascii_isxdigit (words[i][0]) ||
          !g_ascii_isxdigit (words[i][1]))
        break;
      octet = (guint8) g_ascii_strtoull (words[i], NULL, 16);
      g_byte_array_append (array, &octet, 1);
    }
  return g_byte_array_free_to_bytes (array);
}

char *
data_to_hex (GBytes *bytes)
{
  GString *hex = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%s%02x", i > 0 ? " " : "", data[i]);
  return g_string_free (hex, FALSE);
}

void
data_assert_equal (GBytes *got, GBytes *expected, const char *name)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  g_assert_nonnull (got);
  left = data_to_hex (got);
  right = data_to_hex (expected);
  if (!g_str_equal (left, right))
    g_test_message ("%s", name);
  g_assert_cmpstr (left, ==, right);
}

static char *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "phd", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* "name  octets  hex": the number is the last word before the hex pairs. */
static DataRow *
read_vector (const char *line)
{
  g_autoptr (GRegex) regex =
    g_regex_new ("^(.*?)\\s+(\\d+)\\s+((?:[0-9a-f]{2}(?: |$))+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *octets = NULL;
  g_autofree char *hex = NULL;
  DataRow *row;

  if (!g_regex_match (regex, line, 0, &match))
    return NULL;
  octets = g_match_info_fetch (match, 2);
  hex = g_match_info_fetch (match, 3);
  row = g_new0 (DataRow, 1);
  row->name = g_match_info_fetch (match, 1);
  row->octets = (guint) g_ascii_strtoull (octets, NULL, 10);
  row->bytes = data_from_hex (hex);
  return row;
}

GPtrArray *
data_read_vectors (const char *name)
{
  g_autofree char *text = load (name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      DataRow *row = read_vector (lines[i]);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

/* A heading with "[N octets]", then lines of an offset and up to 16 octets. */
GPtrArray *
data_read_sessions (const char *name)
{
  g_autofree char *text = load (name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *mark = strstr (lines[i], " octets]");
      const char *open = mark != NULL ? strrchr (lines[i], '[') : NULL;
      g_autoptr (GString) hex = g_string_new (NULL);
      DataRow *row;

      if (open == NULL)
        continue;
      row = g_new0 (DataRow, 1);
      row->name = g_strchomp (g_strndup (lines[i], (gsize) (open - lines[i])));
      row->octets = (guint) g_ascii_strtoull (open + 1, NULL, 10);
      while (lines[i + 1] != NULL && g_str_has_prefix (lines[i + 1], "      0"))
        g_string_append_printf (hex, " %s", lines[++i] + 12);
      row->bytes = data_from_hex (hex->str);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

const DataRow *
data_find (GPtrArray *rows, const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const DataRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->name, name))
        return row;
    }
  g_test_message ("no row \"%s\"", name);
  g_assert_not_reached ();
  return NULL;
}
