/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkLinkKind:
 * @BENK_LINK_KIND_USB: a real device on the USB bus.
 * @BENK_LINK_KIND_SIMULATED: a simulated device, however it is reached.
 * @BENK_LINK_KIND_REPLAY: a recording played back.
 * @BENK_LINK_KIND_CHECKLIST: done by a person by a checklist, not read from the device.
 * @BENK_LINK_KIND_IMPORTED: taken over from a list; says nothing about the device itself.
 * @BENK_LINK_KIND_NETWORK: over a network, where anybody may be at the other end.
 *
 * How something is known. It stands on every run, proof and report.
 */
typedef enum
{
  BENK_LINK_KIND_USB,
  BENK_LINK_KIND_SIMULATED,
  BENK_LINK_KIND_REPLAY,
  BENK_LINK_KIND_CHECKLIST,
  BENK_LINK_KIND_IMPORTED,
  BENK_LINK_KIND_NETWORK,
} BenkLinkKind;

#define BENK_N_LINK_KINDS (BENK_LINK_KIND_NETWORK + 1)

const char *benk_link_kind_to_name (BenkLinkKind value);
gboolean benk_link_kind_from_name (const char *name, BenkLinkKind *out_value);
const char *benk_link_kind_get_label (BenkLinkKind value);
gboolean benk_link_kind_counts (BenkLinkKind kind, gboolean demo_store);

G_END_DECLS
