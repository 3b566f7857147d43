/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-walk.h"

#include "benk-keys.h"

typedef struct
{
  const BenkWalkTarget *target;
  BenkKeysCount count;
} Row;

static const BenkWalkTarget *walked;
static GArray *rows;

static gboolean
is_met (const Row *row)
{
  return row->count.clicks <= row->target->clicks &&
         row->count.decisions <= row->target->decisions &&
         row->count.values <= row->target->values;
}

void
benk_walk_begin (const BenkWalkTarget *target)
{
  g_assert_null (walked);
  walked = target;
  benk_keys_start_count ();
}

void
benk_walk_end (void)
{
  const Row row = { walked, benk_keys_get_count () };

  g_assert_nonnull (walked);
  /* Nothing was sent: nothing was walked. */
  g_assert_cmpuint (row.count.clicks, >, 0);
  if (!rows)
    rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_append_val (rows, row);
  walked = NULL;
  if (!is_met (&row))
    g_test_fail_printf ("“%s” takes more than it may", row.target->situation);
}

/* "4 of 6"; without a target just what it was. */
static char *
say (guint n, guint most)
{
  return most == BENK_WALK_ANY ? g_strdup_printf ("%u", n)
                               : g_strdup_printf ("%u of %u", n, most);
}

guint
benk_walk_print (void)
{
  guint n = rows ? rows->len : 0;

  g_print ("# WALK %-46s %-9s %-9s %-9s %s\n", "situation", "clicks", "decisions",
           "values", "target");
  for (guint i = 0; i < n; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      g_autofree char *clicks = say (row->count.clicks, row->target->clicks);
      g_autofree char *decisions = say (row->count.decisions, row->target->decisions);
      g_autofree char *values = say (row->count.values, row->target->values);

      g_print ("# WALK %-46s %-9s %-9s %-9s %s\n", row->target->situation, clicks,
               decisions, values, is_met (row) ? "met" : "NOT MET");
    }
  g_clear_pointer (&rows, g_array_unref);
  return n;
}
