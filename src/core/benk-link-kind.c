/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-link-kind.h"

#include "benk-config.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *label;
} kinds[BENK_N_LINK_KINDS] = {
  [BENK_LINK_KIND_USB] = { "usb", N_ ("USB") },
  [BENK_LINK_KIND_SIMULATED] = { "simulated", N_ ("Simulated") },
  [BENK_LINK_KIND_REPLAY] = { "replay", N_ ("Replay of a recording") },
  [BENK_LINK_KIND_CHECKLIST] = { "checklist", N_ ("Checklist") },
  [BENK_LINK_KIND_IMPORTED] = { "imported", N_ ("Imported") },
};

/**
 * benk_link_kind_to_name:
 * @kind: a link kind
 *
 * Returns: (transfer none): the stable name, or %NULL if @kind is out of range
 */
const char *
benk_link_kind_to_name (BenkLinkKind kind)
{
  return (guint) kind < BENK_N_LINK_KINDS ? kinds[kind].name : NULL;
}

/**
 * benk_link_kind_from_name:
 * @name: (nullable): a stable name
 * @out_kind: (out): the kind, untouched if there is none
 *
 * Returns: %TRUE if @name is the name of a kind
 */
gboolean
benk_link_kind_from_name (const char *name, BenkLinkKind *out_kind)
{
  for (guint i = 0; i < BENK_N_LINK_KINDS; i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        *out_kind = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * benk_link_kind_get_label:
 * @kind: a link kind
 *
 * Returns: (transfer none): a translated word for people, or %NULL if @kind is out of
 * range
 */
const char *
benk_link_kind_get_label (BenkLinkKind kind)
{
  return (guint) kind < BENK_N_LINK_KINDS
           ? g_dgettext (GETTEXT_PACKAGE, kinds[kind].label)
           : NULL;
}

/**
 * benk_link_kind_counts:
 * @kind: a link kind
 * @demo_store: whether the store was made as a demo store
 *
 * Whether something known in this way may satisfy a guard. A simulated device or a replay
 * does so in a demo store only; what was imported never does.
 *
 * Returns: %TRUE if it counts
 */
gboolean
benk_link_kind_counts (BenkLinkKind kind, gboolean demo_store)
{
  switch (kind)
    {
    case BENK_LINK_KIND_USB:
    case BENK_LINK_KIND_CHECKLIST:
      return TRUE;
    case BENK_LINK_KIND_SIMULATED:
    case BENK_LINK_KIND_REPLAY:
      return demo_store;
    case BENK_LINK_KIND_IMPORTED:
    default:
      return FALSE;
    }
}
