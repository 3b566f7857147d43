/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-link.h"

G_BEGIN_DECLS

/**
 * BenkBenchSent:
 * @apdu: what was sent
 * @n_received: how many APDUs had arrived before
 */
typedef struct
{
  GBytes *apdu;
  guint n_received;
} BenkBenchSent;

#define BENK_TYPE_BENCH_SPY (benk_bench_spy_get_type ())
G_DECLARE_FINAL_TYPE (BenkBenchSpy, benk_bench_spy, BENK, BENCH_SPY, BenkLink)

BenkLink *benk_bench_spy_new (BenkLink *link, GArray *sent);
GArray *benk_bench_spy_new_record (void);

G_END_DECLS
