/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-json-scan.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static void
skip_blanks (Cursor *c)
{
  while (c->at < c->end && strchr (" \t\r\n", *c->at) != NULL && *c->at != '\0')
    c->at++;
}

static gboolean
check_escape (Cursor *c)
{
  if (c->at >= c->end)
    return FALSE;
  if (*c->at != 'u')
    return *c->at != '\0' && strchr ("\"\\/bfnrt", *c->at++) != NULL;
  c->at++;
  for (int i = 0; i < 4; i++)
    if (c->at >= c->end || !g_ascii_isxdigit (*c->at++))
      return FALSE;
  return TRUE;
}

/* At the opening quote; leaves the cursor behind the closing one. */
static gboolean
check_string (Cursor *c)
{
  if (c->at >= c->end || *c->at != '"')
    return FALSE;
  c->at++;
  while (c->at < c->end)
    {
      guchar ch = (guchar) *c->at++;

      if (ch == '"')
        return TRUE;
      if (ch < 0x20 || (ch == '\\' && !check_escape (c)))
        return FALSE;
    }
  return FALSE;
}

static gboolean
check_digits (Cursor *c)
{
  const char *start = c->at;

  while (c->at < c->end && g_ascii_isdigit (*c->at))
    c->at++;
  return c->at > start;
}

static gboolean
check_number (Cursor *c)
{
  if (c->at < c->end && *c->at == '-')
    c->at++;
  if (c->at < c->end && *c->at == '0')
    c->at++;
  else if (!check_digits (c))
    return FALSE;
  if (c->at < c->end && *c->at == '.')
    {
      c->at++;
      if (!check_digits (c))
        return FALSE;
    }
  if (c->at < c->end && (*c->at == 'e' || *c->at == 'E'))
    {
      c->at++;
      if (c->at < c->end && (*c->at == '+' || *c->at == '-'))
        c->at++;
      return check_digits (c);
    }
  return TRUE;
}

static gboolean
check_word (Cursor *c, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (c->end - c->at) < length || strncmp (c->at, word, length) != 0)
    return FALSE;
  c->at += length;
  return TRUE;
}

static gboolean
check_scalar (Cursor *c)
{
  switch (*c->at)
    {
    case '"':
      return check_string (c);
    case 't':
      return check_word (c, "true");
    case 'f':
      return check_word (c, "false");
    case 'n':
      return check_word (c, "null");
    default:
      return check_number (c);
    }
}

static gboolean
check_key (Cursor *c)
{
  skip_blanks (c);
  if (!check_string (c))
    return FALSE;
  skip_blanks (c);
  if (c->at >= c->end || *c->at != ':')
    return FALSE;
  c->at++;
  return TRUE;
}

/* Opens an object or array; *@want_value tells whether a value comes next. */
static gboolean
check_open (Cursor *c, char *stack, guint *depth, gboolean *want_value)
{
  char open = *c->at++;
  char close = open == '{' ? '}' : ']';

  if (*depth == BENK_JSON_MAX_DEPTH)
    return FALSE;
  skip_blanks (c);
  *want_value = TRUE;
  if (c->at < c->end && *c->at == close)
    {
      c->at++;
      *want_value = FALSE;
      return TRUE;
    }
  stack[(*depth)++] = close;
  return open == '[' || check_key (c);
}

/* Behind a value: closes what ends here, or goes on behind a comma. */
static gboolean
check_after (Cursor *c, char *stack, guint *depth, gboolean *want_value)
{
  char close = stack[*depth - 1];

  if (c->at >= c->end)
    return FALSE;
  if (*c->at == close)
    {
      c->at++;
      (*depth)--;
      return TRUE;
    }
  if (*c->at++ != ',')
    return FALSE;
  *want_value = TRUE;
  return close == ']' || check_key (c);
}

/*
 * Strict RFC 8259, at most BENK_JSON_MAX_DEPTH deep, valid UTF-8, without recursion: what
 * passes may be given to a parser that is not so careful.
 */
gboolean
benk_json_check (const char *text, gsize length, gsize *fault_at)
{
  Cursor c = { text, text + length };
  char stack[BENK_JSON_MAX_DEPTH];
  guint depth = 0;
  gboolean want_value = TRUE;
  gboolean good = g_utf8_validate_len (text, length, NULL);

  while (good)
    {
      skip_blanks (&c);
      if (!want_value)
        {
          if (depth == 0)
            break;
          good = check_after (&c, stack, &depth, &want_value);
        }
      else if (c.at >= c.end)
        good = FALSE;
      else if (*c.at == '{' || *c.at == '[')
        good = check_open (&c, stack, &depth, &want_value);
      else
        {
          good = check_scalar (&c);
          want_value = FALSE;
        }
    }
  if (fault_at)
    *fault_at = (gsize) (c.at - text);
  return good && c.at == c.end;
}

static guint
hex4 (const char *at)
{
  guint value = 0;

  for (int i = 0; i < 4; i++)
    value = value * 16 + (guint) g_ascii_xdigit_value (at[i]);
  return value;
}

static gboolean
is_escape_u (const char *at, const char *end)
{
  return end - at >= 6 && at[0] == '\\' && at[1] == 'u';
}

/*
 * A copy of a checked text in which half surrogates and U+0000 are U+FFFD: json-glib ends
 * the process over the one and cuts the string at the other. Every offset stays.
 */
char *
benk_json_make_tame (const char *text, gsize length)
{
  char *tame = g_malloc (length + 1);
  char *end = tame + length;
  char *at = tame;

  memcpy (tame, text, length);
  *end = '\0';
  while (at < end)
    {
      guint unit;

      if (*at != '\\' || !is_escape_u (at, end))
        {
          at += *at == '\\' ? 2 : 1;
          continue;
        }
      unit = hex4 (at + 2);
      if (unit >= 0xd800 && unit <= 0xdbff && is_escape_u (at + 6, end) &&
          hex4 (at + 8) >= 0xdc00 && hex4 (at + 8) <= 0xdfff)
        at += 6;
      else if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
        memcpy (at + 2, "fffd", 4);
      at += 6;
    }
  return tame;
}

/* In a checked text: behind the value at the cursor. */
static void
skip_value (Cursor *c)
{
  guint depth = 0;

  do
    {
      skip_blanks (c);
      if (*c->at == '{' || *c->at == '[')
        {
          depth++;
          c->at++;
        }
      else if (*c->at == '}' || *c->at == ']')
        {
          depth--;
          c->at++;
        }
      else if (*c->at == ',' || *c->at == ':')
        c->at++;
      else
        check_scalar (c);
    }
  while (depth > 0 && c->at < c->end);
}

static BenkJsonSpan
take_value (Cursor *c)
{
  BenkJsonSpan span;

  skip_blanks (c);
  span.start = c->at;
  skip_value (c);
  span.length = (gsize) (c->at - span.start);
  return span;
}

/* The value of a member of a checked object; of two of one name the last, as json-glib.
 */
gboolean
benk_json_span_member (BenkJsonSpan object, const char *name, BenkJsonSpan *out)
{
  Cursor c = { object.start, object.start + object.length };
  gboolean found = FALSE;

  if (object.length < 2 || *c.at++ != '{')
    return FALSE;
  for (skip_blanks (&c); c.at < c.end && *c.at == '"'; skip_blanks (&c))
    {
      const char *key = c.at + 1;
      gsize length;
      BenkJsonSpan value;

      check_string (&c);
      length = (gsize) (c.at - 1 - key);
      skip_blanks (&c);
      c.at++;
      value = take_value (&c);
      if (length == strlen (name) && strncmp (key, name, length) == 0)
        {
          *out = value;
          found = TRUE;
        }
      skip_blanks (&c);
      if (c.at < c.end && *c.at == ',')
        c.at++;
    }
  return found;
}

/* The elements of a checked array, as BenkJsonSpan; empty if it is none. */
GArray *
benk_json_span_elements (BenkJsonSpan array)
{
  GArray *elements = g_array_new (FALSE, FALSE, sizeof (BenkJsonSpan));
  Cursor c = { array.start, array.start + array.length };

  if (array.length < 2 || *c.at++ != '[')
    return elements;
  for (skip_blanks (&c); c.at < c.end && *c.at != ']'; skip_blanks (&c))
    {
      BenkJsonSpan value = take_value (&c);

      g_array_append_val (elements, value);
      skip_blanks (&c);
      if (c.at < c.end && *c.at == ',')
        c.at++;
    }
  return elements;
}
