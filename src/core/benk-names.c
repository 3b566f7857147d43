/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-names.h"

#include "benk-config.h"

#include <glib/gi18n.h>

/**
 * benk_names_get:
 * @names: (array length=n_names): names by value
 * @n_names: how many
 * @value: a value
 *
 * Returns: (transfer none) (nullable): the stable name, or %NULL if @value is out of
 * range
 */
const char *
benk_names_get (const BenkName *names, gsize n_names, guint value)
{
  return value < n_names ? names[value].name : NULL;
}

/**
 * benk_names_find:
 * @names: (array length=n_names): names by value
 * @n_names: how many
 * @name: (nullable): a stable name
 * @out_value: (out): the value, untouched if there is none
 *
 * Returns: %TRUE if @name is one of them
 */
gboolean
benk_names_find (const BenkName *names, gsize n_names, const char *name, guint *out_value)
{
  for (gsize i = 0; name != NULL && i < n_names; i++)
    if (g_strcmp0 (name, names[i].name) == 0)
      {
        *out_value = (guint) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * benk_names_get_label:
 * @names: (array length=n_names): names by value
 * @n_names: how many
 * @value: a value
 *
 * Returns: (transfer none) (nullable): the translated label, or %NULL if out of range
 */
const char *
benk_names_get_label (const BenkName *names, gsize n_names, guint value)
{
  if (value >= n_names || names[value].label == NULL)
    return NULL;

  return g_dgettext (GETTEXT_PACKAGE, names[value].label);
}
