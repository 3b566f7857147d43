/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-serial-pattern.h"

#include "benk-serial.h"

#include <string.h>

#define MAX_RUNS 24

typedef struct
{
  char class; /* 'A' letters, '0' digits, else the sign itself */
  guint least;
  guint most;
} Run;

typedef struct
{
  Run runs[MAX_RUNS];
  guint n_runs;
} Shape;

static char
get_class (char sign)
{
  if (g_ascii_isdigit (sign))
    return '0';
  return g_ascii_isupper (sign) ? 'A' : sign;
}

/* FALSE when it has more runs than a serial has, or signs that are no ASCII. */
static gboolean
read_shape (const char *example, Shape *shape)
{
  g_autofree char *normal = benk_serial_normalise (example);

  shape->n_runs = 0;
  for (const char *c = normal; *c != '\0'; c++)
    {
      char class = get_class (*c);
      Run *last = shape->n_runs > 0 ? &shape->runs[shape->n_runs - 1] : NULL;

      if (!g_ascii_isgraph (*c))
        return FALSE;
      if (last != NULL && last->class == class)
        last->least = last->most = last->most + 1;
      else if (shape->n_runs == MAX_RUNS)
        return FALSE;
      else
        shape->runs[shape->n_runs++] = (Run){ class, 1, 1 };
    }
  return shape->n_runs > 0;
}

/* Widens @into where both have the same runs of letters, digits and signs. */
static gboolean
join_shape (Shape *into, const Shape *shape)
{
  if (into->n_runs != shape->n_runs)
    return FALSE;
  for (guint i = 0; i < shape->n_runs; i++)
    if (into->runs[i].class != shape->runs[i].class)
      return FALSE;
  for (guint i = 0; i < shape->n_runs; i++)
    {
      into->runs[i].least = MIN (into->runs[i].least, shape->runs[i].least);
      into->runs[i].most = MAX (into->runs[i].most, shape->runs[i].most);
    }
  return TRUE;
}

static void
append_shape (GString *pattern, const Shape *shape)
{
  for (guint i = 0; i < shape->n_runs; i++)
    {
      const Run *run = &shape->runs[i];

      if (run->class == '0' || run->class == 'A')
        g_string_append (pattern, run->class == '0' ? "[0-9]" : "[A-Z]");
      else
        g_string_append_printf (pattern, "\\x%02x", (guint) (guchar) run->class);
      if (run->least != run->most)
        g_string_append_printf (pattern, "{%u,%u}", run->least, run->most);
      else if (run->most > 1)
        g_string_append_printf (pattern, "{%u}", run->most);
    }
}

/**
 * benk_serial_pattern_of:
 * @examples: serials of one model
 *
 * What the serials have in common: where letters stand, where digits, and how many. It is
 * a guess from few: it may warn, never refuse.
 *
 * Returns: (transfer full) (nullable): a regular expression for normalised serials, or
 * %NULL when nothing can be said
 */
char *
benk_serial_pattern_of (const char *const *examples)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (Shape));
  GString *pattern;

  for (guint i = 0; examples[i] != NULL; i++)
    {
      gboolean joined = FALSE;
      Shape shape;

      if (!read_shape (examples[i], &shape))
        return NULL;
      for (guint k = 0; !joined && k < shapes->len; k++)
        joined = join_shape (&g_array_index (shapes, Shape, k), &shape);
      if (!joined)
        g_array_append_val (shapes, shape);
    }
  if (shapes->len == 0)
    return NULL;

  pattern = g_string_new ("^(?:");
  for (guint i = 0; i < shapes->len; i++)
    {
      if (i > 0)
        g_string_append_c (pattern, '|');
      append_shape (pattern, &g_array_index (shapes, Shape, i));
    }
  g_string_append (pattern, ")$");
  return g_string_free (pattern, FALSE);
}
