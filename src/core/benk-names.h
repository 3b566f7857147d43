/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stable names and labels of an enum whose values count from 0. For the .c files of core.
 */
typedef struct
{
  const char *name;
  const char *label; /* msgid */
} BenkName;

const char *benk_names_get (const BenkName *names, gsize n_names, guint value);
gboolean benk_names_find (const BenkName *names,
                          gsize n_names,
                          const char *name,
                          guint *out_value);
const char *benk_names_get_label (const BenkName *names, gsize n_names, guint value);

/* Defines TYPE's prefix_to_name (), prefix_from_name () and prefix_get_label (), as the
 * header declares them, from an array of BenkName. */
#define BENK_DEFINE_NAMES(Type, prefix, array)                                           \
  const char *prefix##_to_name (Type value)                                              \
  {                                                                                      \
    return benk_names_get (array, G_N_ELEMENTS (array), (guint) value);                  \
  }                                                                                      \
  gboolean prefix##_from_name (const char *name, Type *out_value)                        \
  {                                                                                      \
    guint value = 0;                                                                     \
    if (!benk_names_find (array, G_N_ELEMENTS (array), name, &value))                    \
      return FALSE;                                                                      \
    *out_value = (Type) value;                                                           \
    return TRUE;                                                                         \
  }                                                                                      \
  const char *prefix##_get_label (Type value)                                            \
  {                                                                                      \
    return benk_names_get_label (array, G_N_ELEMENTS (array), (guint) value);            \
  }

G_END_DECLS
