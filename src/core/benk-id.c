/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-id.h"

#include <string.h>
#include <sys/random.h>

G_DEFINE_BOXED_TYPE (BenkId, benk_id, benk_id_copy, benk_id_free)

#define SHA256_OCTETS 32

static void
fill_random (guint8 *octets, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize got = getrandom (octets + done, length - done, 0);

      if (got <= 0)
        break;
      done += (gsize) got;
    }

  for (; done < length; done++)
    octets[done] = (guint8) g_random_int_range (0, 256);
}

static void
set_version (BenkId *id, guint8 version)
{
  id->b[6] = (guint8) ((id->b[6] & 0x0f) | (version << 4));
  id->b[8] = (guint8) ((id->b[8] & 0x3f) | 0x80);
}

/**
 * benk_id_new:
 * @clock: the clock
 *
 * A new UUIDv7 (RFC 9562, 5.7): 48 bits of wall milliseconds, the rest random.
 *
 * Returns: the id
 */
BenkId
benk_id_new (BenkClock *clock)
{
  guint64 wall_ms = (guint64) benk_clock_get_wall_ms (clock);
  BenkId id;

  fill_random (id.b, sizeof id.b);
  for (int i = 0; i < 6; i++)
    id.b[i] = (guint8) (wall_ms >> (40 - 8 * i));
  set_version (&id, 7);

  return id;
}

/**
 * benk_id_new_named:
 * @ns: what kind of name it is
 * @name: the name
 *
 * A UUIDv8 (RFC 9562, 5.8) from the SHA-256 of @ns, a zero octet and @name, so that two
 * laptops that learn of the same thing make the same id.
 *
 * Returns: the id
 */
BenkId
benk_id_new_named (const char *ns, const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[SHA256_OCTETS];
  gsize length = sizeof digest;
  BenkId id;

  g_checksum_update (checksum, (const guchar *) ns, (gssize) strlen (ns) + 1);
  g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name));
  g_checksum_get_digest (checksum, digest, &length);

  memcpy (id.b, digest, sizeof id.b);
  set_version (&id, 8);

  return id;
}

/**
 * benk_id_to_string:
 * @id: an id
 *
 * Returns: (transfer full): 36 characters, lower case with hyphens
 */
char *
benk_id_to_string (const BenkId *id)
{
  const guint8 *b = id->b;

  return g_strdup_printf (
    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
    b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
    b[15]);
}

/**
 * benk_id_parse:
 * @str: (nullable): text from a person, a file or the network
 * @out_id: (out): the id, untouched on failure
 *
 * Reads the form of benk_id_to_string(), in either case, of any UUID version.
 *
 * Returns: %TRUE if @str is an id
 */
gboolean
benk_id_parse (const char *str, BenkId *out_id)
{
  BenkId id;

  if (str == NULL || strlen (str) != 36)
    return FALSE;

  for (gsize i = 0, at = 0; i < sizeof id.b; i++, at += 2)
    {
      int high, low;

      if (at == 8 || at == 13 || at == 18 || at == 23)
        if (str[at++] != '-')
          return FALSE;

      high = g_ascii_xdigit_value (str[at]);
      low = g_ascii_xdigit_value (str[at + 1]);
      if (high < 0 || low < 0)
        return FALSE;
      id.b[i] = (guint8) (high << 4 | low);
    }

  *out_id = id;

  return TRUE;
}

/**
 * benk_id_is_nil:
 * @id: (nullable): an id
 *
 * Returns: %TRUE if @id is %NULL or all zero
 */
gboolean
benk_id_is_nil (const BenkId *id)
{
  static const BenkId nil = { { 0 } };

  return id == NULL || memcmp (id->b, nil.b, sizeof nil.b) == 0;
}

/**
 * benk_id_equal:
 * @a: (type BenkId): an id
 * @b: (type BenkId): an id
 *
 * A #GEqualFunc.
 *
 * Returns: %TRUE if they are the same
 */
gboolean
benk_id_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (BenkId)) == 0;
}

/**
 * benk_id_hash:
 * @id: (type BenkId): an id
 *
 * A #GHashFunc.
 *
 * Returns: a hash
 */
guint
benk_id_hash (gconstpointer id)
{
  const guint8 *b = ((const BenkId *) id)->b;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (BenkId); i++)
    hash = hash * 33 + b[i];

  return hash;
}

/**
 * benk_id_compare:
 * @a: (type BenkId): an id
 * @b: (type BenkId): an id
 *
 * A #GCompareFunc: by octets, which for UUIDv7 is by time.
 *
 * Returns: negative, 0 or positive
 */
int
benk_id_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (BenkId));
}

/**
 * benk_id_copy:
 * @id: (nullable): an id
 *
 * Returns: (transfer full) (nullable): a copy on the heap
 */
BenkId *
benk_id_copy (const BenkId *id)
{
  return id != NULL ? g_memdup2 (id, sizeof *id) : NULL;
}

/**
 * benk_id_free:
 * @id: (nullable) (transfer full): an id on the heap
 */
void
benk_id_free (BenkId *id)
{
  g_free (id);
}
