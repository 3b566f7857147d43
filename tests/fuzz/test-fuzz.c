/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

#include <gio/gio.h>
#include <string.h>

/* The corpus, and then its octets changed at random; GLib prints the seed. */

#define ROUNDS 2500
#define SLOW_ROUNDS 200000
#define LONGEST 4096

static GPtrArray *
read_corpus (const char *name)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *entry;

  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, entry, NULL);
      char *octets = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (file, &octets, &length, NULL));
      g_ptr_array_add (seeds, g_bytes_new_take (octets, length));
    }
  g_assert_cmpuint (seeds->len, >, 0);
  return seeds;
}

static guint
draw (guint below)
{
  return below > 0 ? (guint) g_test_rand_int () % below : 0;
}

/* One small change, of the kinds that break a decoder. */
static void
change (GByteArray *octets)
{
  static const guint8 edges[] = { 0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff };
  guint at = draw (octets->len);
  guint8 drawn = (guint8) g_test_rand_int ();

  if (octets->len == 0)
    {
      g_byte_array_append (octets, &drawn, 1);
      return;
    }
  switch (draw (6))
    {
    case 0:
      octets->data[at] = drawn;
      break;
    case 1:
      octets->data[at] = edges[draw (G_N_ELEMENTS (edges))];
      break;
    case 2:
      octets->data[at] ^= (guint8) (1u << draw (8));
      break;
    case 3:
      g_byte_array_set_size (octets, at);
      break;
    case 4:
      g_byte_array_remove_index (octets, at);
      break;
    default:
      if (octets->len < LONGEST)
        {
          guint size = MIN (octets->len - at, 64);
          g_autofree guint8 *copy = g_memdup2 (octets->data + at, size);

          g_byte_array_append (octets, copy, size);
        }
      break;
    }
}

static void
run_changed (const BenkFuzzTarget *target, GBytes *seed)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (seed, &length);

  g_byte_array_append (octets, data, (guint) length);
  for (guint i = draw (4) + 1; i > 0; i--)
    change (octets);
  target->run (octets->data, octets->len);
}

static void
test_target (gconstpointer data)
{
  const BenkFuzzTarget *target = data;
  guint rounds = g_test_slow () ? SLOW_ROUNDS : ROUNDS;
  g_autoptr (GPtrArray) seeds = read_corpus (target->name);

  for (guint i = 0; i < seeds->len; i++)
    {
      gsize length;
      const guint8 *octets = g_bytes_get_data (seeds->pdata[i], &length);

      target->run (octets, length);
    }
  target->run (NULL, 0);
  for (guint i = 0; i < rounds; i++)
    run_changed (target, seeds->pdata[draw (seeds->len)]);
  g_test_message ("%u seeds, %u changed ones", seeds->len, rounds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < benk_fuzz_n_targets; i++)
    {
      g_autofree char *path = g_strdup_printf ("/fuzz/%s", benk_fuzz_targets[i].name);

      g_test_add_data_func (path, &benk_fuzz_targets[i], test_target);
    }
  return g_test_run ();
}
