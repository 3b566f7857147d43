/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-backoff.h"

/**
 * benk_backoff_get_ms:
 * @self: the first wait, the longest, and how often it failed in a row
 * @random: where chance comes from
 *
 * Twice as long after each failure, a fifth early or late, so that the laptops of a
 * district do not knock all at once when a server comes back.
 *
 * Returns: how long to wait, ms
 */
gint64
benk_backoff_get_ms (const BenkBackoff *self, GRand *random)
{
  gint64 base = self->first_ms;

  for (guint i = 0; i < self->n_failed && base < self->most_ms; i++)
    base *= 2;
  base = MIN (base, self->most_ms);
  return base + (gint64) ((g_rand_double (random) * 2 - 1) * (double) base / 5);
}
