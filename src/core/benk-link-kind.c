/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-link-kind.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName link_kind_names[] = {
  [BENK_LINK_KIND_USB] = { "usb", N_ ("USB") },
  [BENK_LINK_KIND_SIMULATED] = { "simulated", N_ ("Simulated") },
  [BENK_LINK_KIND_REPLAY] = { "replay", N_ ("Replay of a recording") },
  [BENK_LINK_KIND_CHECKLIST] = { "checklist", N_ ("Checklist") },
  [BENK_LINK_KIND_IMPORTED] = { "imported", N_ ("Imported") },
  [BENK_LINK_KIND_NETWORK] = { "network", N_ ("Network") },
};

BENK_DEFINE_NAMES (BenkLinkKind, benk_link_kind, link_kind_names)

/**
 * benk_link_kind_counts:
 * @kind: a link kind
 * @demo_store: whether the store was made as a demo store
 *
 * Whether something known in this way may satisfy a guard. A simulated device or a replay
 * does so in a demo store only; what was imported, or came over a network, never does.
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
    case BENK_LINK_KIND_NETWORK:
    default:
      return FALSE;
    }
}
