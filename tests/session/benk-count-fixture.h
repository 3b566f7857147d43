/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-session-fixture.h"
#include "benk-stocktake.h"

G_BEGIN_DECLS

#define SHELF "Hylle A1"
#define OTHER "Hylle B1"

BenkStocktake *count_fixture_get (BenkSessionFixture *f);
void count_fixture_put (BenkSessionFixture *f,
                        const char *serial,
                        BenkDeviceState state,
                        const char *place);
gboolean
count_fixture_try_start (BenkSessionFixture *f, const char *place, GError **error);
void count_fixture_start (BenkSessionFixture *f, const char *place);
BenkCountItem *count_fixture_try_scan (BenkSessionFixture *f,
                                       const char *code,
                                       const char *at,
                                       gboolean *already,
                                       GError **error);
BenkCountItem *count_fixture_scan (BenkSessionFixture *f,
                                   const char *code,
                                   const char *at,
                                   gboolean want_already);
void count_fixture_assert_scan (BenkSessionFixture *f,
                                const char *code,
                                const char *at,
                                BenkCountVerdict verdict);
BenkStocktakeView *count_fixture_load (BenkSessionFixture *f, const BenkId *id);
gboolean count_fixture_try_fix (BenkSessionFixture *f,
                                BenkStocktakeFix fix,
                                gint64 *seq,
                                GError **error);
void count_fixture_fix (BenkSessionFixture *f, BenkStocktakeFix one);
void count_fixture_end (BenkSessionFixture *f);
gboolean count_fixture_try_take_back (BenkSessionFixture *f,
                                      const BenkId *id,
                                      guint *n,
                                      GError **error);
void
count_fixture_assert_place (BenkSessionFixture *f, const char *serial, const char *place);
BenkStocktakeView *count_fixture_list_first (BenkSessionFixture *f);

G_END_DECLS
