/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-count.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/** benk_count_new: Returns: (transfer full): a count of nothing */
BenkCount *
benk_count_new (void)
{
  return g_new0 (BenkCount, 1);
}

/** benk_count_free: @self: (nullable) (transfer full): a count */
void
benk_count_free (BenkCount *self)
{
  if (self == NULL)
    return;

  g_free (self->place_name);
  g_free (self->who);
  g_free (self);
}

/**
 * benk_count_get_title:
 * @self: a count
 *
 * Returns: (transfer none): what is counted, for a person
 */
const char *
benk_count_get_title (const BenkCount *self)
{
  if (benk_id_is_nil (&self->place))
    return _ ("All places of our own");

  return self->place_name != NULL ? self->place_name : "?";
}

/**
 * benk_count_is_open:
 * @self: a count
 *
 * Returns: whether it goes on
 */
gboolean
benk_count_is_open (const BenkCount *self)
{
  return self->ended_ms == 0;
}
