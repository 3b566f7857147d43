/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-natural.h"

#include <sqlite3.h>
#include <string.h>

#include "benk-db-private.h"

/* Sorts where digits do. */
#define NUMBER_START '0'

/* The length of a number comes before its digits: of two, the longer one is greater. */
static const char *
add_number (GString *key, const char *digits)
{
  const char *end;

  while (digits[0] == '0' && g_ascii_isdigit (digits[1]))
    digits++;
  for (end = digits; g_ascii_isdigit (*end);)
    end++;
  g_string_append_c (key, NUMBER_START);
  g_string_append_c (key, (char) (1 + MIN (end - digits, 250)));
  g_string_append_len (key, digits, end - digits);

  return end;
}

/* The Norwegian alphabet ends in æ, ø, å; only å stands elsewhere by its number. */
static gunichar
place_letter (gunichar letter)
{
  return letter == 0xe5 ? 0xf9 : letter;
}

/*< private >
 * benk_natural_key:
 * @text: UTF-8
 *
 * Makes a key whose bytes sort as people do: case aside, numbers as numbers (D-9 before
 * D-10), å last. Not for eyes, and not always UTF-8.
 *
 * Returns: (transfer full): the key
 */
char *
benk_natural_key (const char *text)
{
  g_autoptr (GString) key = g_string_new (NULL);

  while (*text != '\0')
    {
      gunichar letter = g_utf8_get_char_validated (text, -1);

      if (g_ascii_isdigit (*text))
        {
          text = add_number (key, text);
          continue;
        }
      if (letter >= 0x80 && letter < 0x110000)
        {
          g_string_append_unichar (key, place_letter (g_unichar_tolower (letter)));
          text = g_utf8_next_char (text);
          continue;
        }
      g_string_append_c (key, g_ascii_tolower (*text));
      text++;
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* Figures stand where figures stood and capitals where capitals did, so that bytes and
 * people agree. */
static gboolean
has_same_shape (const char *text, const char *other)
{
  while (*text != '\0' &&
         (*text == *other || (g_ascii_isdigit (*text) && g_ascii_isdigit (*other)) ||
          (g_ascii_isupper (*text) && g_ascii_isupper (*other))))
    {
      text++;
      other++;
    }

  return *text == *other;
}

/*< private >
 * benk_natural_is_after:
 * @text: UTF-8 without lower case
 * @before: another text whose bytes are not greater
 *
 * Returns: whether people would look for @text at or after @before, too
 */
gboolean
benk_natural_is_after (const char *text, const char *before)
{
  g_autofree char *key = NULL;
  g_autofree char *key_before = NULL;

  if (has_same_shape (text, before))
    return TRUE;
  key = benk_natural_key (text);
  key_before = benk_natural_key (before);

  return strcmp (key, key_before) >= 0;
}

static void
natural_in_sql (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  char *key = text != NULL ? benk_natural_key (text) : NULL;

  if (key != NULL)
    sqlite3_result_blob (context, key, (int) strlen (key), g_free);
  else
    sqlite3_result_null (context);
}

/*< private >
 * benk_natural_register:
 *
 * Lets statements sort by natural_key (text).
 *
 * Returns: a code of SQLite
 */
int
benk_natural_register (BenkDb *db)
{
  return sqlite3_create_function (db->handle, "natural_key", 1,
                                  SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                  natural_in_sql, NULL, NULL);
}
