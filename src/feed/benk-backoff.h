/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long to wait after failures in a row. */
typedef struct
{
  gint64 first_ms;
  gint64 most_ms;
  guint n_failed;
} BenkBackoff;

gint64 benk_backoff_get_ms (const BenkBackoff *self, GRand *random);

G_END_DECLS
